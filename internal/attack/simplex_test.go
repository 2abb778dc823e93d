package attack

import "slices"

// simplex finds the least of a linear form over a system, whole numbers left
// aside. It is the simplex method for variables within bounds, by a dictionary:
// every basic variable is a sum of the others, which stand still, mostly at an end
// of theirs. A row of the system is a basic variable at the start, and what a row
// says beyond variables stands with a variable that is 1.
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
	down, up []float64 // how far each of the others can go alone from the start
}

// most steps that a search may take before it is given up.
const mostTurns = 4000

const (
	pivotLeast = 1e-7
	costLeast  = 1e-9
	within     = 1e-7
)

func newSimplex(s *system, budget int) *simplex {
	n, m := len(s.lo), len(s.rows)
	p := &simplex{budget: budget, lo: slices.Grow(slices.Clone(s.lo), m+1), hi: slices.Grow(slices.Clone(s.hi), m+1)}
	for v := range n {
		p.other = append(p.other, v)
	}
	for i, r := range s.rows {
		line := make([]float64, n+1)
		for _, t := range r.terms {
			line[t.v] += t.a
		}
		p.table, p.basic = append(p.table, line), append(p.basic, n+i)
		p.lo, p.hi = append(p.lo, r.lo), append(p.hi, r.hi)
	}
	p.other, p.lo, p.hi = append(p.other, n+m), append(p.lo, 1), append(p.hi, 1)
	p.x, p.cost, p.of = slices.Clone(p.lo), make([]float64, n+1), make([]float64, n+m+1)
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
