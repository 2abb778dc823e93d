package attack

import (
	"fmt"
	"math"
	"slices"
)

// term is a coefficient of a variable.
type term struct {
	v int
	a float64
}

// row says that a sum lies between two bounds.
type row struct {
	terms  []term
	lo, hi float64
}

// system is all that is known: variables within bounds, of which some are whole
// numbers, and rows that join them.
type system struct {
	lo, hi  []float64
	whole   []bool
	rows    []row
	of      [][]int // per variable the rows that it stands in; made by index
	indexed int     // rows that it was made of
}

// rounding is what float sums of a few hundred terms may be out by.
const rounding = 1e-6

func (s *system) variable(lo, hi float64, whole bool) int {
	s.lo, s.hi, s.whole = append(s.lo, lo), append(s.hi, hi), append(s.whole, whole)
	return len(s.lo) - 1
}

// add adds a row; terms of one variable are put together.
func (s *system) add(terms []term, lo, hi float64) {
	at := map[int]int{}
	var out []term
	for _, t := range terms {
		if i, ok := at[t.v]; ok {
			out[i].a += t.a
			continue
		}
		at[t.v] = len(out)
		out = append(out, t)
	}
	kept := out[:0]
	for _, t := range out {
		if t.a != 0 {
			kept = append(kept, t)
		}
	}
	if len(kept) > 0 {
		s.rows = append(s.rows, row{kept, lo, hi})
	}
}

// contradiction says that no solution is left: the attacker has believed
// something false.
type contradiction string

func (c contradiction) Error() string { return string(c) }

// fixed reports whether only one value is left for a variable.
func (s *system) fixed(v int) bool { return s.hi[v]-s.lo[v] < rounding }

// tighten narrows a variable's bounds and reports whether it was worth it.
func (s *system) tighten(v int, lo, hi float64) (bool, error) {
	if s.whole[v] {
		lo, hi = math.Ceil(lo-rounding), math.Floor(hi+rounding)
	}
	worth := min(0.01*(s.hi[v]-s.lo[v]), 0.5) + rounding
	better := false
	if lo > s.lo[v]+worth {
		s.lo[v], better = lo, true
	}
	if hi < s.hi[v]-worth {
		s.hi[v], better = hi, true
	}
	if s.lo[v] > s.hi[v]+rounding {
		return false, contradiction(fmt.Sprintf("variable %d lies between %g and %g", v, s.lo[v], s.hi[v]))
	}
	if s.lo[v] > s.hi[v] {
		s.lo[v] = s.hi[v]
	}
	return better, nil
}

// propagate narrows bounds by every row until nothing more comes of it: what a
// row leaves to one variable when all others are at their ends.
func (s *system) propagate() error {
	s.index()
	queue := make([]int, len(s.rows))
	waiting := make([]bool, len(s.rows))
	for i := range queue {
		queue[i], waiting[i] = i, true
	}
	for turns := 0; len(queue) > 0 && turns < 60*len(s.rows); turns++ {
		i := queue[0]
		queue, waiting[i] = queue[1:], false
		changed, err := s.narrow(&s.rows[i])
		if err != nil {
			return err
		}
		for _, v := range changed {
			for _, r := range s.of[v] {
				if !waiting[r] {
					queue, waiting[r] = append(queue, r), true
				}
			}
		}
	}
	return nil
}

// index notes which rows a variable stands in.
func (s *system) index() {
	if len(s.of) == len(s.lo) && s.indexed == len(s.rows) {
		return
	}
	s.indexed = len(s.rows)
	count := make([]int, len(s.lo))
	all := 0
	for _, r := range s.rows {
		for _, t := range r.terms {
			count[t.v]++
		}
		all += len(r.terms)
	}
	room := make([]int, all)
	s.of = make([][]int, len(s.lo))
	for v, n := range count {
		s.of[v], room = room[:0:n], room[n:]
	}
	for i, r := range s.rows {
		for _, t := range r.terms {
			s.of[t.v] = append(s.of[t.v], i)
		}
	}
}

// span is the least and the most that a term can be.
func (s *system) span(t term) (lo, hi float64) {
	if t.a < 0 {
		return t.a * s.hi[t.v], t.a * s.lo[t.v]
	}
	return t.a * s.lo[t.v], t.a * s.hi[t.v]
}

func (s *system) narrow(r *row) (changed []int, err error) {
	least, most := 0.0, 0.0
	for _, t := range r.terms {
		lo, hi := s.span(t)
		least, most = least+lo, most+hi
	}
	slack := rounding * max(1, math.Abs(r.lo), math.Abs(r.hi))
	if least > r.hi+slack || most < r.lo-slack {
		return nil, contradiction(fmt.Sprintf("a sum between %g and %g is said to lie between %g and %g", least, most, r.lo, r.hi))
	}
	if least >= r.lo && most <= r.hi {
		return nil, nil
	}
	for _, t := range r.terms {
		lo, hi := s.span(t)
		from, to := (r.lo-(most-hi))/t.a, (r.hi-(least-lo))/t.a
		if t.a < 0 {
			from, to = to, from
		}
		better, err := s.tighten(t.v, from, to)
		if err != nil {
			return nil, err
		}
		if better {
			changed = append(changed, t.v)
			now, end := s.span(t)
			least, most = least+now-lo, most+end-hi
		}
	}
	return changed, nil
}

// sub is the part of a system that speaks of some variables, each named once. What
// else stands in its rows is put at whatever end leaves them the most room, so that
// all that holds in the whole holds in the part. The second result are the whole's
// variables in the part's order.
func (s *system) sub(vars []int) (*system, []int) {
	out := &system{}
	place := make([]int, len(s.lo)) // in the part, from 2 on; 1 where it has none yet
	for _, v := range vars {
		if !s.fixed(v) {
			place[v] = 1
		}
	}
	var back []int
	for _, i := range s.rowsOf(vars) {
		r, ok := s.within(&s.rows[i], place)
		if !ok {
			continue
		}
		for j, t := range r.terms {
			if place[t.v] == 1 {
				place[t.v] = 2 + out.variable(s.lo[t.v], s.hi[t.v], s.whole[t.v])
				back = append(back, t.v)
			}
			r.terms[j].v = place[t.v] - 2
		}
		out.rows = append(out.rows, r)
	}
	return out, back
}

// rowsOf are the rows in which some variables stand, in order.
func (s *system) rowsOf(vars []int) []int {
	s.index()
	var out []int
	for _, v := range vars {
		out = append(out, s.of[v]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// within is what a row says of the variables that have a place, if that is anything.
func (s *system) within(r *row, place []int) (row, bool) {
	out := row{nil, r.lo, r.hi}
	least, most, inside := 0.0, 0.0, 0
	for _, t := range r.terms {
		from, to := s.span(t)
		if place[t.v] > 0 {
			least, most, inside = least+from, most+to, inside+1
		} else {
			out.lo, out.hi = out.lo-to, out.hi-from
		}
	}
	if inside < 2 || least >= out.lo-rounding && most <= out.hi+rounding {
		return row{}, false
	}
	out.terms = make([]term, 0, inside)
	for _, t := range r.terms {
		if place[t.v] > 0 {
			out.terms = append(out.terms, t)
		}
	}
	return out, true
}

// blocks splits a system into parts that have nothing to do with one another.
func (s *system) blocks() [][]int {
	parent := make([]int, len(s.lo))
	for i := range parent {
		parent[i] = i
	}
	var find func(int) int
	find = func(v int) int {
		if parent[v] != v {
			parent[v] = find(parent[v])
		}
		return parent[v]
	}
	for _, r := range s.rows {
		for _, t := range r.terms[1:] {
			parent[find(t.v)] = find(r.terms[0].v)
		}
	}
	at := make([]int, len(parent)) // of a block by its root, from 1 on
	var out [][]int
	for v := range parent {
		root := find(v)
		if at[root] == 0 {
			out = append(out, nil)
			at[root] = len(out)
		}
		out[at[root]-1] = append(out[at[root]-1], v)
	}
	return out
}
