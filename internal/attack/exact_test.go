package attack

import (
	"math"
	"math/big"
	"slices"
)

// solve eliminates over the rows that are exact equations between whole numbers,
// in fractions, and returns the variables that they fix.
func (s *system) solve() map[int]*big.Rat {
	var lines []map[int]*big.Rat
	for i := range s.rows {
		if line := s.exact(&s.rows[i]); line != nil {
			lines = append(lines, line)
		}
	}
	byPivot := map[int]map[int]*big.Rat{}
	for _, line := range lines {
		reduce(line, byPivot)
		if p := pivotOf(line); p >= 0 {
			scale(line, p)
			byPivot[p] = line
		}
	}
	pivots := make([]int, 0, len(byPivot))
	for p := range byPivot {
		pivots = append(pivots, p)
	}
	slices.Sort(pivots)
	out := map[int]*big.Rat{}
	for _, p := range slices.Backward(pivots) {
		line := byPivot[p]
		delete(byPivot, p)
		reduce(line, byPivot)
		byPivot[p] = line
	}
	for _, p := range pivots {
		if line := byPivot[p]; len(line) == 1 || len(line) == 2 && line[constant] != nil {
			out[p] = new(big.Rat)
			if c := line[constant]; c != nil {
				out[p].Neg(c)
			}
		}
	}
	return out
}

// constant stands in a line for the number 1: a line is a sum that is zero.
const constant = -1

// exact is a row as a line, if it is an equation with whole coefficients; fixed
// variables are put in.
func (s *system) exact(r *row) map[int]*big.Rat {
	if r.lo != r.hi || r.lo != math.Round(r.lo) {
		return nil
	}
	line := map[int]*big.Rat{}
	c := new(big.Rat).SetFloat64(-r.lo)
	for _, t := range r.terms {
		if t.a != math.Round(t.a) || !s.whole[t.v] {
			return nil
		}
		a := new(big.Rat).SetFloat64(t.a)
		if s.fixed(t.v) {
			c.Add(c, a.Mul(a, new(big.Rat).SetFloat64(math.Round(s.lo[t.v]))))
			continue
		}
		line[t.v] = a
	}
	if c.Sign() != 0 {
		line[constant] = c
	}
	return line
}

// pivotOf is the first variable of a line, or -1.
func pivotOf(line map[int]*big.Rat) int {
	first := -1
	for v := range line {
		if v >= 0 && (first < 0 || v < first) {
			first = v
		}
	}
	return first
}

func scale(line map[int]*big.Rat, p int) {
	f := new(big.Rat).Inv(line[p])
	for _, a := range line {
		a.Mul(a, f)
	}
}

// reduce takes from a line what the pivots' lines say.
func reduce(line map[int]*big.Rat, byPivot map[int]map[int]*big.Rat) {
	for {
		at := -1
		for v := range line {
			if v >= 0 && byPivot[v] != nil && (at < 0 || v < at) {
				at = v
			}
		}
		if at < 0 {
			return
		}
		f := new(big.Rat).Set(line[at])
		for v, a := range byPivot[at] {
			x := new(big.Rat).Mul(f, a)
			if y := line[v]; y != nil {
				x.Sub(y, x)
			} else {
				x.Neg(x)
			}
			if x.Sign() == 0 {
				delete(line, v)
			} else {
				line[v] = x
			}
		}
	}
}
