package survey

import "math"

// The variance of a total of x = w z is the sum, over stages and their strata h, of
//
//	m_h (1-f_h) n_h/(n_h-1) sum_i (t_hi - tbar_h)'(t_hi - tbar_h)
//
// t_hi being the totals of x over the n_h units of the stratum, f_h the fraction
// that they are of the population's, and m_h the product of the fractions of the
// units above (Saerndal, Swensson and Wretman 1992, ch. 4; Lumley 2010, ch. 3; R's
// svyrecvar). Units without a row of the domain have total 0 and are not stored.

// StratumCovariance is what a stratum adds to the covariance of two statistics. a
// and b are the totals of their weighted linearised values over the same units of
// the stratum, in the same order; the stratum has n units, and those not among
// them have totals of 0. f is the fraction of the population's units that the n
// are. Strata of one unit, and those taken whole, add 0.
func StratumCovariance(n int, f float64, a, b []float64) float64 {
	if n < 2 || 1-f < wholeBelow {
		return 0
	}
	return stratumFactor(n, f) * about(n, a, b, total(a)/float64(n), total(b)/float64(n))
}

// wholeBelow is what 1-f of a stratum that was taken whole is below.
const wholeBelow = 1e-7

func stratumFactor(n int, f float64) float64 {
	return (1 - f) * float64(n) / float64(n-1)
}

// about is the sum of products about centres over n units, of which those not
// listed are 0. Deviations are taken first, so that nothing cancels.
func about(n int, a, b []float64, centreA, centreB float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += (x - centreA) * (b[i] - centreB)
	}
	return sum + float64(n-len(a))*centreA*centreB
}

func total(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum
}

// covariance adds what the stage gives to the covariance of all columns of the
// blocks, one after the other, into v. apart says that no two blocks share a row.
func (p *stagePlan) covariance(blocks []*block, apart bool, v [][]float64) {
	if p.unknown {
		for _, row := range v {
			fillWith(row, math.NaN())
		}
		return
	}
	offset := 0
	for i, a := range blocks {
		p.within(a, offset, v)
		other := offset + len(a.values)
		for _, b := range blocks[i+1:] {
			p.between(a, b, apart && p.rows, offset, other, v)
			other += len(b.values)
		}
		offset += len(a.values)
	}
}

// within adds the covariances between columns of one block.
func (p *stagePlan) within(b *block, offset int, v [][]float64) {
	for s := range b.spans {
		factor := p.factors[b.spans[s].stratum]
		if factor == 0 {
			continue
		}
		n, centres := int(p.strata[b.spans[s].stratum].n), b.centres(s)
		for i := range b.values {
			for j := range i + 1 {
				c := factor * about(n, b.at(i, s), b.at(j, s), centres[i], centres[j])
				v[offset+i][offset+j] += c
				if j < i {
					v[offset+j][offset+i] += c
				}
			}
		}
	}
}

// between adds the covariances between columns of two blocks. Units that one of
// them alone has, or neither, are dealt with by their sums.
func (p *stagePlan) between(a, b *block, apart bool, offsetA, offsetB int, v [][]float64) {
	m := meeting{a: a, b: b}
	for sa, sb := 0, 0; sa < len(a.spans) && sb < len(b.spans); {
		switch h, other := a.spans[sa].stratum, b.spans[sb].stratum; {
		case h < other:
			sa++
		case h > other:
			sb++
		default:
			if factor := p.factors[h]; factor != 0 {
				m.meet(sa, sb, apart)
				m.add(int(p.strata[h].n), factor, offsetA, offsetB, v)
			}
			sa++
			sb++
		}
	}
}

// meeting is a stratum of two blocks and the places of the units that both have.
type meeting struct {
	a, b             *block
	sa, sb           int
	placesA, placesB []int32
}

func (m *meeting) meet(sa, sb int, apart bool) {
	m.sa, m.sb, m.placesA, m.placesB = sa, sb, m.placesA[:0], m.placesB[:0]
	if apart {
		return
	}
	x, y := m.a.spans[sa], m.b.spans[sb]
	for i, j := x.from, y.from; i < x.to && j < y.to; {
		switch u, o := m.a.units[i], m.b.units[j]; {
		case u < o:
			i++
		case u > o:
			j++
		default:
			m.placesA, m.placesB = append(m.placesA, i), append(m.placesB, j)
			i++
			j++
		}
	}
}

func (m *meeting) add(n int, factor float64, offsetA, offsetB int, v [][]float64) {
	x, y := m.a.spans[m.sa], m.b.spans[m.sb]
	neither := float64(n - int(x.to-x.from) - int(y.to-y.from) + len(m.placesA))
	for i, centreA := range m.a.centres(m.sa) {
		sharedA := sharedSum(m.a.values[i], m.placesA, centreA)
		for j, centreB := range m.b.centres(m.sb) {
			sharedB := sharedSum(m.b.values[j], m.placesB, centreB)
			c := 0.0
			for k, at := range m.placesA {
				c += (m.a.values[i][at] - centreA) * (m.b.values[j][m.placesB[k]] - centreB)
			}
			c -= centreB * (m.a.deviations(m.sa)[i] - sharedA)
			c -= centreA * (m.b.deviations(m.sb)[j] - sharedB)
			c += neither * centreA * centreB
			v[offsetA+i][offsetB+j] += factor * c
			v[offsetB+j][offsetA+i] += factor * c
		}
	}
}

func sharedSum(values []float64, places []int32, centre float64) float64 {
	sum := 0.0
	for _, at := range places {
		sum += values[at] - centre
	}
	return sum
}
