package attack

import "math"

// step moves one variable from its end to where something else comes to an end;
// false where no move makes the form less.
func (p *simplex) step(cost []float64) bool {
	j, direction := p.enter(cost)
	if j < 0 {
		return false
	}
	o := p.other[j]
	length, leaving, end := p.hi[o]-p.x[o], -1, 0.0
	if direction < 0 {
		length = p.x[o] - p.lo[o]
	}
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
