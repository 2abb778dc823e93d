package attack

import "math"

// simplex finds the least of a linear form over a system, whole numbers left
// aside. It is the simplex method for variables within bounds, by a dictionary:
// every basic variable is a sum of the others, which stand at an end of theirs.
// A row of the system is a basic variable at the start.
type simplex struct {
	table    [][]float64 // basic i = sum over j of table[i][j] * other j
	basic    []int
	other    []int
	lo, hi   []float64 // by variable; the rows' own follow the system's
	x        []float64
	cost     []float64 // of the others, in the form that is sought
	turns    int
	work     int   // of all pivots so far, in multiplications
	budget   int   // that they may take
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

func newSimplex(s *system, budget int) *simplex {
	n, m := len(s.lo), len(s.rows)
	p := &simplex{budget: budget, lo: append([]float64(nil), s.lo...), hi: append([]float64(nil), s.hi...), x: make([]float64, n+m), cost: make([]float64, n)}
	for v := range n {
		p.other = append(p.other, v)
		p.x[v] = s.lo[v]
	}
	for i, r := range s.rows {
		line := make([]float64, n)
		for _, t := range r.terms {
			line[t.v] += t.a
		}
		p.table = append(p.table, line)
		p.basic = append(p.basic, n+i)
		p.lo, p.hi = append(p.lo, r.lo), append(p.hi, r.hi)
	}
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
	clear(p.cost)
	of := map[int]float64{}
	for _, t := range form {
		of[t.v] += t.a
	}
	for j, o := range p.other {
		p.cost[j] = of[o]
	}
	for i, b := range p.basic {
		if c := of[b]; c != 0 {
			for j, a := range p.table[i] {
				p.cost[j] += c * a
			}
		}
	}
	for p.turns < mostTurns && p.work < p.budget {
		p.turns++
		done := !p.step(p.cost)
		value := 0.0
		for _, t := range form {
			value += t.a * p.x[t.v]
		}
		if done || value <= enough {
			return value, true
		}
	}
	return 0, false
}

// step moves one variable from its end to where something else comes to an end;
// false where no move makes the form less.
func (p *simplex) step(cost []float64) bool {
	j, direction := p.enter(cost)
	if j < 0 {
		return false
	}
	o := p.other[j]
	length, leaving, end := p.hi[o]-p.lo[o], -1, 0.0
	for i, b := range p.basic {
		rate := p.table[i][j] * direction
		if math.Abs(rate) < pivotLeast {
			continue
		}
		to := p.limit(b, rate)
		if math.IsInf(to, 0) {
			continue
		}
		l := max(0, (to-p.x[b])/rate)
		if l < length-1e-12 || leaving >= 0 && l <= length && math.Abs(rate) > math.Abs(p.table[leaving][j]) {
			length, leaving, end = l, i, to
		}
	}
	for i, b := range p.basic {
		p.x[b] += p.table[i][j] * direction * length
	}
	p.x[o] += direction * length
	if leaving < 0 {
		if direction > 0 {
			p.x[o] = p.hi[o]
		} else {
			p.x[o] = p.lo[o]
		}
		return true
	}
	p.x[p.basic[leaving]] = end
	p.pivot(leaving, j, cost)
	if p.turns%64 == 63 {
		p.settle()
	}
	return true
}

// enter chooses the variable that makes the form less the fastest; after many
// steps the first that does, which cannot go in circles (Bland 1977).
func (p *simplex) enter(cost []float64) (int, float64) {
	best, at, direction := costLeast, -1, 0.0
	for j, c := range cost {
		o := p.other[j]
		if p.hi[o]-p.lo[o] <= 0 {
			continue
		}
		d := -1.0
		if c < 0 {
			d = 1
		}
		if d > 0 && p.x[o] >= p.hi[o] || d < 0 && p.x[o] <= p.lo[o] {
			continue
		}
		if math.Abs(c) > best {
			best, at, direction = math.Abs(c), j, d
			if p.turns > mostTurns/2 {
				break
			}
		}
	}
	return at, direction
}

// limit is the end that a basic variable comes to first; one that is beyond an end
// comes back to it.
func (p *simplex) limit(b int, rate float64) float64 {
	x := p.x[b]
	if rate > 0 {
		switch {
		case x < p.lo[b]-within:
			return p.lo[b]
		case x > p.hi[b]+within:
			return math.Inf(1)
		}
		return p.hi[b]
	}
	switch {
	case x > p.hi[b]+within:
		return p.hi[b]
	case x < p.lo[b]-within:
		return math.Inf(-1)
	}
	return p.lo[b]
}

// pivot exchanges a basic variable for another.
func (p *simplex) pivot(i, j int, cost []float64) {
	line := p.table[i]
	a := line[j]
	p.filled = p.filled[:0]
	for k, f := range line {
		if math.Abs(f) < 1e-12 {
			line[k] = 0
			continue
		}
		line[k] = -f / a
		if k != j {
			p.filled = append(p.filled, k)
		}
	}
	line[j] = 1 / a
	for r, other := range p.table {
		if r != i {
			p.exchange(other, line, j)
		}
	}
	p.exchange(cost, line, j)
	p.basic[i], p.other[j] = p.other[j], p.basic[i]
}

// exchange puts line, which is what other j now is, into a sum.
func (p *simplex) exchange(sum, line []float64, j int) {
	f := sum[j]
	if f == 0 {
		return
	}
	sum[j] = f * line[j]
	for _, k := range p.filled {
		sum[k] += f * line[k]
	}
	p.work += len(p.filled)
}
