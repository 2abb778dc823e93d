package attack

import "slices"

// simplex finds the least of a linear form over a system, whole numbers left
// aside. It is the simplex method for variables within bounds, by a dictionary:
// every basic variable is a sum of the others, which stand still, mostly at an end
// of theirs. What cannot move is put together, with a last variable that is 1.
type simplex struct {
	table    [][]float64 // basic i = sum over j of table[i][j] * other j
	basic    []int
	other    []int
	lo, hi   []float64 // by variable; the rows' own follow the system's, then 1
	x        []float64
	cost     []float64 // of the others, in the form that is sought
	of       []float64 // by variable, in that form
	turns    int
	work     int   // so far, in multiplications
	budget   int   // that it may take
	filled   []int // places of the pivot's line that are not 0
	feasible bool
}

// most steps that a search may take before it is given up.
const mostTurns = 4000

const (
	pivotLeast = 1e-7
	costLeast  = 1e-9
	within     = 1e-7
)

// newSimplex goes on where a dictionary stands, at a solution or not.
func newSimplex(d *dictionary, budget int) *simplex {
	end := []float64{1}
	p := &simplex{budget: budget, basic: slices.Clone(d.basic), lo: slices.Concat(d.lo, end), hi: slices.Concat(d.hi, end), x: slices.Concat(d.x, end)}
	place := make([]int, len(d.other))
	for j, o := range d.other {
		if place[j] = -1; d.room(o) >= 0 {
			place[j] = len(p.other)
			p.other = append(p.other, o)
		}
	}
	one := len(p.other)
	p.other = append(p.other, len(p.x)-1)
	for _, line := range d.lines {
		out := make([]float64, one+1)
		for _, t := range line {
			if place[t.v] >= 0 {
				out[place[t.v]] = t.a
			} else {
				out[one] += t.a * p.x[d.other[t.v]]
			}
		}
		p.table = append(p.table, out)
	}
	p.cost, p.of = make([]float64, one+1), make([]float64, len(p.x))
	p.settle()
	return p
}

// settle works the basic variables out anew.
func (p *simplex) settle() {
	for i, b := range p.basic {
		sum := 0.0
		for j, o := range p.other {
			sum += p.table[i][j] * p.x[o]
		}
		p.x[b] = sum
	}
}

// find makes the point feasible; false where the search was given up or there is
// no such point.
func (p *simplex) find() bool {
	if p.feasible {
		return true
	}
	cost := make([]float64, len(p.other))
	for ; p.turns < mostTurns && p.work < p.budget; p.turns++ {
		out := false
		clear(cost)
		for i, b := range p.basic {
			sign := 0.0
			if p.x[b] < p.lo[b]-within {
				sign = -1
			} else if p.x[b] > p.hi[b]+within {
				sign = 1
			}
			if sign == 0 {
				continue
			}
			out = true
			for j, a := range p.table[i] {
				cost[j] += sign * a
			}
		}
		if !out {
			p.feasible = true
			return true
		}
		if !p.step(cost) {
			return false
		}
	}
	return false
}

// least finds the least of a form of the system's variables, given as terms. It may
// stop where the form is as little as enough.
func (p *simplex) least(form []term, enough float64) (float64, bool) {
	p.turns = 0
	if !p.find() {
		return 0, false
	}
	p.price(form)
	for p.turns < mostTurns && p.work < p.budget {
		p.turns++
		done := !p.step(p.cost)
		if value := p.value(form); done || value <= enough {
			return value, true
		}
	}
	return 0, false
}

// price works out what a form is of the others.
func (p *simplex) price(form []term) {
	for _, t := range form {
		p.of[t.v] += t.a
	}
	for j, o := range p.other {
		p.cost[j] = p.of[o]
	}
	for i, b := range p.basic {
		if c := p.of[b]; c != 0 {
			for j, a := range p.table[i] {
				p.cost[j] += c * a
			}
			p.work += len(p.cost)
		}
	}
	for _, t := range form {
		p.of[t.v] = 0
	}
}

// value is what a form is where the search stands.
func (p *simplex) value(form []term) float64 {
	sum := 0.0
	for _, t := range form {
		sum += t.a * p.x[t.v]
	}
	return sum
}
