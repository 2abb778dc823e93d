package example

import "math/rand/v2"

// seed makes the studies what they are. Another one makes others.
const seed = 20200214

// source draws whole numbers. Each wave and pool of people has a stream of its
// own, so that a change in one leaves the others as they are.
type source struct{ rnd *rand.Rand }

//gosec:disable G404 -- made-up data are to be the same again; nothing is secret
func newSource(stream uint64) source {
	return source{rand.New(rand.NewPCG(seed, stream))}
}

// below returns a number from 0 to n-1, the same on 32-bit and 64-bit machines.
//
//gosec:disable G115 -- callers' bounds are constants
func (s source) below(n int) int { return int(s.rnd.Int32N(int32(n))) }

// between returns a number from low to high, both included.
func (s source) between(low, high int) int { return low + s.below(high-low+1) }

// chance is true in so many of a thousand cases.
func (s source) chance(perMille int) bool { return s.below(1000) < perMille }

// normal returns a draw from nearly the standard normal distribution, in
// thousandths: twelve uniform draws have a variance of one (Irwin 1927, Hall 1927).
func (s source) normal() int {
	const uniforms, width, mean = 12, 1000, 5994
	sum := 0
	for range uniforms {
		sum += s.below(width)
	}
	return sum - mean
}

// pick returns an index with a chance in proportion to its weight.
func (s source) pick(weights []int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	at := s.below(total)
	for i, w := range weights {
		if at < w {
			return i
		}
		at -= w
	}
	return len(weights) - 1
}

// sample returns n different numbers below size, in random order.
func (s source) sample(n, size int) []int {
	all := make([]int, size)
	for i := range all {
		all[i] = i
	}
	for i := range n {
		j := i + s.below(size-i)
		all[i], all[j] = all[j], all[i]
	}
	return all[:n]
}
