package audit

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// jointer finds out who might make a move: in which joint states people come and
// go, so that all that counts them changes as a profile says. It tries one person,
// two, three and four of them.
//
// What a person in a state adds to the quantities is one number, a sum of a weight
// a quantity: the numbers of several add up, and two profiles with one number are
// the same but for a chance of about one in 2^64. World.check does not rely on that.
type jointer struct {
	*linked.System
	weights []uint64 // per Joint.Counted
	adds    []uint64 // per state
	pairs   map[uint64][]pair
	keys    []uint64 // of pairs, in order
	known   map[uint64][][]step
	counted []bool         // per quantity
	in      map[int][]bool // per counted quantity, per state
	changes map[string][][]step
}

// step is somebody who comes into a joint state (by 1) or leaves it (by -1).
type step struct{ state, by int }

type pair [2]step

// mostStates is up to how many states pairs are listed.
const mostStates = 300

// mostWays is how many ways to make up one profile are kept.
const mostWays = 60

func newJointer(s *linked.System) *jointer {
	j := &jointer{System: s, pairs: map[uint64][]pair{}, known: map[uint64][][]step{}, adds: make([]uint64, len(s.Joint.States)), counted: make([]bool, len(s.Quantities)), changes: map[string][][]step{}, in: map[int][]bool{}}
	seed := uint64(0x9e3779b97f4a7c15)
	for _, c := range s.Joint.Counted {
		seed = mix(seed)
		j.counted[c.Quantity], j.in[c.Quantity] = true, make([]bool, len(j.adds))
		j.weights = append(j.weights, seed)
		for _, state := range c.States {
			j.adds[state] += seed
			j.in[c.Quantity][state] = true
		}
	}
	if len(j.adds) > mostStates {
		return j
	}
	steps := j.steps()
	for a, x := range steps {
		for _, y := range steps[a:] {
			if x.state == y.state && x.by != y.by {
				continue
			}
			k := j.of(x) + j.of(y)
			if j.pairs[k] == nil {
				j.keys = append(j.keys, k)
			}
			j.pairs[k] = append(j.pairs[k], pair{x, y})
		}
	}
	return j
}

// mix makes the next of a row of numbers that have nothing in common (the finaliser
// of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (j *jointer) steps() []step {
	var out []step
	for state := range j.adds {
		out = append(out, step{state, 1}, step{state, -1})
	}
	return out
}

func (j *jointer) of(s step) uint64 {
	if s.by < 0 {
		return -j.adds[s.state]
	}
	return j.adds[s.state]
}

// settle completes a profile by joint states, if it can.
func (j *jointer) settle(m *mender) bool {
	if len(j.adds) == 0 {
		return true
	}
	missing := j.missing(m.by)
	if missing == 0 {
		return true
	}
	for _, way := range j.ways(missing) {
		if m.takes(j, way) {
			return true
		}
	}
	return false
}

// missing is what joint states have still to add.
func (j *jointer) missing(by []int) uint64 {
	out := uint64(0)
	for i, c := range j.Joint.Counted {
		n := by[c.Quantity]
		for _, state := range c.States {
			n -= by[j.Joint.Quantities[state]]
		}
		out += uint64(n) * j.weights[i] //gosec:disable G115 -- the sum is taken round 2^64 on purpose
	}
	return out
}

// takes applies steps where there are the people for them.
func (m *mender) takes(j *jointer, steps []step) bool {
	for i, s := range steps {
		q := j.Joint.Quantities[s.state]
		m.by[q] += s.by
		if m.has(q, 0) {
			continue
		}
		for _, done := range steps[:i+1] {
			m.by[j.Joint.Quantities[done.state]] -= done.by
		}
		return false
	}
	return true
}

// ways lists who could make up what is missing, fewest people first.
func (j *jointer) ways(missing uint64) [][]step {
	if found, ok := j.known[missing]; ok {
		return found
	}
	var out [][]step
	for _, s := range j.steps() {
		if j.of(s) == missing {
			out = append(out, []step{s})
		}
	}
	for _, p := range j.pairs[missing] {
		out = append(out, p[:])
	}
	out = j.more(missing, out)
	j.known[missing] = out
	return out
}

// more adds ways of three and four people.
func (j *jointer) more(missing uint64, out [][]step) [][]step {
	for _, s := range j.steps() {
		for _, p := range j.pairs[missing-j.of(s)] {
			if len(out) >= mostWays/2 {
				break
			}
			out = append(out, []step{s, p[0], p[1]})
		}
	}
	for _, k := range j.keys {
		for _, a := range j.pairs[missing-k] {
			for _, b := range j.pairs[k] {
				if len(out) >= mostWays {
					return out
				}
				out = append(out, slices.Concat(a[:], b[:]))
			}
		}
	}
	return out
}
