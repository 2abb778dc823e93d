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
	steps   []step
	counted []bool         // per quantity
	in      map[int][]bool // per counted quantity, per state

	all     *sums               // of two steps; nil until it is needed
	known   map[uint64][][]step // ways, by what they make up
	changes map[string][][]step // see changing
}

// step is somebody who comes into a joint state (by 1) or leaves it (by -1).
type step struct{ state, by int }

type pair [2]step

// mostStates is up to how many states pairs are listed.
const mostStates = 300

// mostWays is how many ways to make up one profile are kept.
const mostWays = 60

func newJointer(s *linked.System) *jointer {
	j := &jointer{System: s, adds: make([]uint64, len(s.Joint.States)), counted: make([]bool, len(s.Quantities)), in: map[int][]bool{},
		known: map[uint64][][]step{}, changes: map[string][][]step{}}
	for state := range j.adds {
		j.steps = append(j.steps, step{state, 1}, step{state, -1})
	}
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

// sums are what two steps together add, with the steps.
type sums struct {
	pairs map[uint64][]pair
	keys  []uint64 // in order
}

// sumsOf lists what any two steps add that do not undo each other; of many states
// it lists none.
func sumsOf(steps []step, of func(step) uint64) *sums {
	out := &sums{pairs: map[uint64][]pair{}}
	if len(steps) > 2*mostStates {
		return out
	}
	for a, x := range steps {
		for _, y := range steps[a:] {
			if x.state == y.state && x.by != y.by {
				continue
			}
			k := of(x) + of(y)
			if out.pairs[k] == nil {
				out.keys = append(out.keys, k)
			}
			out.pairs[k] = append(out.pairs[k], pair{x, y})
		}
	}
	return out
}

// adder is what a step adds, of so much a state.
func adder(adds []uint64) func(step) uint64 {
	return func(s step) uint64 { return uint64(s.by) * adds[s.state] } //gosec:disable G115 -- taken round 2^64 on purpose
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
	of := adder(j.adds)
	if j.all == nil {
		j.all = sumsOf(j.steps, of)
	}
	out := j.upToTwo(missing, of, j.all)
	for _, s := range j.steps {
		for _, p := range j.all.pairs[missing-of(s)] {
			if len(out) < mostWays/2 {
				out = append(out, []step{s, p[0], p[1]})
			}
		}
	}
	out = j.all.fours(out, missing, mostWays)
	j.known[missing] = out
	return out
}

// upToTwo lists the single steps, and the pairs, that add what is wanted.
func (j *jointer) upToTwo(wanted uint64, of func(step) uint64, all *sums) [][]step {
	var out [][]step
	for _, s := range j.steps {
		if of(s) == wanted {
			out = append(out, []step{s})
		}
	}
	for i, p := range all.pairs[wanted] {
		if i == mostChanges {
			break
		}
		out = append(out, p[:])
	}
	return out
}

// fours adds two pairs that add what is wanted, up to so many in all, of each sum a
// few.
func (x *sums) fours(out [][]step, wanted uint64, most int) [][]step {
	for _, k := range x.keys {
		for _, a := range x.pairs[wanted-k] {
			for i, b := range x.pairs[k] {
				if len(out) >= most {
					return out
				}
				if i < 4 {
					out = append(out, slices.Concat(a[:], b[:]))
				}
			}
		}
	}
	return out
}
