package attack

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// elimination takes one variable after the other out of a set of equations: always
// one that stands in the fewest of them, as that fills them the least (Markowitz
// 1957).
type elimination struct {
	lines   []equation
	open    []bool  // lines that no variable was taken out by
	of      [][]int // by variable, the lines that it stands in or stood in
	count   []int   // by variable, the open lines that it stands in
	waiting [][]int // by count, the variables that had it at some time
	pivots  []pivot
	merged  []cell
}

// pivot is a variable and the line that tells it from others.
type pivot struct{ line, v int }

func newElimination(s *system) *elimination {
	e := &elimination{of: make([][]int, len(s.lo)), count: make([]int, len(s.lo))}
	for i := range s.rows {
		line, ok := s.exact(&s.rows[i])
		if !ok {
			continue
		}
		slices.SortFunc(line.cells, func(a, b cell) int { return cmp.Compare(a.v, b.v) })
		for _, c := range line.cells {
			e.of[c.v] = append(e.of[c.v], len(e.lines))
			e.count[c.v]++
		}
		e.lines, e.open = append(e.lines, line), append(e.open, true)
	}
	for v := range e.count {
		e.wait(v)
	}
	return e
}

// wait notes a variable's count; notes that are out of date are passed over.
func (e *elimination) wait(v int) {
	n := e.count[v]
	if n == 0 {
		return
	}
	for len(e.waiting) <= n {
		e.waiting = append(e.waiting, nil)
	}
	e.waiting[n] = append(e.waiting[n], v)
}

func (e *elimination) run() {
	for n := 1; n < len(e.waiting); {
		last := len(e.waiting[n]) - 1
		if last < 0 {
			n++
			continue
		}
		v := e.waiting[n][last]
		e.waiting[n] = e.waiting[n][:last]
		if e.count[v] == n {
			e.takeOut(v)
			n = 1
		}
	}
}

// takeOut tells a variable by the shortest line that it stands in, and puts that
// into all others.
func (e *elimination) takeOut(v int) {
	best := -1
	for _, i := range e.of[v] {
		if e.open[i] && e.lines[i].at(v) >= 0 && (best < 0 || len(e.lines[i].cells) < len(e.lines[best].cells)) {
			best = i
		}
	}
	e.open[best] = false
	e.pivots = append(e.pivots, pivot{best, v})
	by := &e.lines[best]
	inverted := inverse(by.cells[by.at(v)].a)
	for _, i := range e.of[v] {
		if !e.open[i] {
			continue
		}
		if at := e.lines[i].at(v); at >= 0 {
			e.subtract(i, times(e.lines[i].cells[at].a, inverted), by)
		}
	}
	for _, c := range by.cells {
		e.count[c.v]--
		e.wait(c.v)
	}
}

// at is the place of a variable in a line, or -1.
func (l *equation) at(v int) int {
	if i, ok := slices.BinarySearchFunc(l.cells, v, func(c cell, v int) int { return cmp.Compare(c.v, v) }); ok {
		return i
	}
	return -1
}

// subtract takes f times a line from line i.
func (e *elimination) subtract(i int, f uint64, by *equation) {
	line := &e.lines[i]
	out := e.merged[:0]
	own, other := line.cells, by.cells
	for len(own) > 0 || len(other) > 0 {
		switch {
		case len(other) == 0 || len(own) > 0 && own[0].v < other[0].v:
			out, own = append(out, own[0]), own[1:]
		case len(own) == 0 || other[0].v < own[0].v:
			out = append(out, cell{other[0].v, minus(0, times(f, other[0].a))})
			e.joins(other[0].v, i)
			other = other[1:]
		default:
			if a := minus(own[0].a, times(f, other[0].a)); a != 0 {
				out = append(out, cell{own[0].v, a})
			} else {
				e.count[own[0].v]--
				e.wait(own[0].v)
			}
			own, other = own[1:], other[1:]
		}
	}
	line.cells, e.merged = append(line.cells[:0], out...), out
	line.sum = minus(line.sum, times(f, by.sum))
}

// joins notes that a variable stands in one more line.
func (e *elimination) joins(v, line int) {
	e.of[v] = append(e.of[v], line)
	e.count[v]++
	e.wait(v)
}

// solution draws what is free and works out the rest, the last variable that was
// taken out first.
func (e *elimination) solution(s *system, rnd *rand.Rand) []uint64 {
	x := make([]uint64, len(e.count))
	for v := range x {
		if x[v] = rnd.Uint64N(prime); s.whole[v] && s.fixed(v) {
			x[v] = residue(math.Round(s.lo[v]))
		}
	}
	for _, p := range slices.Backward(e.pivots) {
		l := &e.lines[p.line]
		sum, own := l.sum, uint64(0)
		for _, c := range l.cells {
			if c.v == p.v {
				own = c.a
				continue
			}
			sum = minus(sum, times(c.a, x[c.v]))
		}
		x[p.v] = times(sum, inverse(own))
	}
	return x
}
