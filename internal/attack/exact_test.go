package attack

import (
	"math"
	word "math/bits"
	"math/rand/v2"
)

// Elimination counts modulo a prime of 61 bits, where a fraction takes no more room
// than a whole number: what fixes a variable in fractions fixes it here and the other
// way round, unless the prime divides one of the few determinants in question.
const prime = 1<<61 - 1

func times(a, b uint64) uint64 {
	high, low := word.Mul64(a, b)
	return reduced(low&prime + (high<<3 | low>>61))
}

// reduced takes the prime from a number that is less than twice as much.
func reduced(a uint64) uint64 {
	if a >= prime {
		return a - prime
	}
	return a
}

func minus(a, b uint64) uint64 { return reduced(a + prime - b) }

// inverse is what times a is 1 (Fermat).
func inverse(a uint64) uint64 {
	if a == 1 || a == prime-1 {
		return a
	}
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = times(out, a)
		}
		a = times(a, a)
	}
	return out
}

// residue is a whole number modulo the prime, and whole the other way round for
// numbers of less than 60 bits.
func residue(a float64) uint64 {
	if a < 0 {
		return minus(0, uint64(-a))
	}
	return uint64(a)
}

func whole(a uint64) float64 {
	if a > prime/2 {
		return -float64(prime - a)
	}
	return float64(a)
}

// cell is a coefficient of a variable in a line.
type cell struct {
	v int
	a uint64
}

// equation says that a sum of cells, in the order of their variables, is a number.
type equation struct {
	cells []cell
	sum   uint64
}

// solution are two solutions of the equations between whole numbers, whose free
// variables were drawn at random: what is the same in both is fixed.
type solution struct{ one, other []uint64 }

// solve eliminates over the rows that are exact equations between whole numbers.
func (s *system) solve() solution {
	e := newElimination(s)
	e.run()
	rnd := rand.New(rand.NewPCG(5, 3)) //gosec:disable G404 -- any two solutions do
	return solution{e.solution(s, rnd), e.solution(s, rnd)}
}

// fixes reports whether a form with whole coefficients can be one number only, and
// which.
func (x solution) fixes(form []term) (float64, bool) {
	one, other := uint64(0), uint64(0)
	for _, t := range form {
		if t.a != math.Round(t.a) {
			return 0, false
		}
		one, other = minus(one, times(residue(-t.a), x.one[t.v])), minus(other, times(residue(-t.a), x.other[t.v]))
	}
	return whole(one), one == other
}

// exact is a row as an equation, if it is one with whole coefficients; fixed
// variables are put in.
func (s *system) exact(r *row) (equation, bool) {
	if r.lo != r.hi || r.lo != math.Round(r.lo) {
		return equation{}, false
	}
	out := equation{sum: residue(r.lo)}
	for _, t := range r.terms {
		if t.a != math.Round(t.a) || !s.whole[t.v] {
			return equation{}, false
		}
		if s.fixed(t.v) {
			out.sum = minus(out.sum, times(residue(t.a), residue(math.Round(s.lo[t.v]))))
			continue
		}
		out.cells = append(out.cells, cell{t.v, residue(t.a)})
	}
	return out, len(out.cells) > 0
}
