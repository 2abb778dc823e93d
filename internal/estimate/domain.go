package estimate

import (
	"cmp"
	"math"
	"slices"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
)

// cellAt is a cell of the moments at its unit's place in the design.
type cellAt struct {
	unit, cell, category int32
}

// domain is a set of respondents: everyone, a category, or the rest of a
// breakdown. It lists the cells that it is made of.
type domain struct {
	part       *measure.Partition
	cells      []cellAt
	categories []int32 // whose counts add up to the domain's

	byRaking *measure.Partition // nil without raked weights
	raked    []rakedCell
}

// order sorts the cells of a partition by unit, then by the category's place.
// Ids of organisations depend on who comes first, their places on their names.
func (d *design) order(p *measure.Partition, place func(category int32) int32) []cellAt {
	out := make([]cellAt, len(p.Cells))
	for i, c := range p.Cells {
		out[i] = cellAt{d.at[c.Unit], int32(i), c.Category}
	}
	slices.SortFunc(out, func(a, b cellAt) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(place(a.category), place(b.category)))
	})
	return out
}

// domainOf gathers the cells of the categories for which keep holds.
func domainOf(p *measure.Partition, ordered []cellAt, keep func(category int32) bool) domain {
	out := domain{part: p}
	for c := int32(-1); int(c)+1 < len(p.Respondents); c++ {
		if keep(c) {
			out.categories = append(out.categories, c)
		}
	}
	for _, c := range ordered {
		if keep(c.category) {
			out.cells = append(out.cells, c)
		}
	}
	return out
}

// respondents counts the domain's respondents with a weight above 0.
func (d domain) respondents() int {
	n := 0
	for _, c := range d.categories {
		n += d.part.Respondents[c+1]
	}
	return n
}

// point is an estimate before it is put into words: a mean of y over the domain,
// with its linearised values.
type point struct {
	theta    float64
	total    float64 // the domain's weight
	n        int     // respondents
	count    int     // of a share: those in the numerator
	s2       float64 // the variance of y between respondents, n/(n-1) form
	inf      influence
	v, df    float64
	reliable bool         // else the flag u
	unraked  number.Value // theta with the design's weights alone, where others are used
}

// slotMean estimates the mean of y over the slots that are in: a share where y
// is 0 or 1 (statistics.md 2: z = (y - ybar)/W).
func (d *design) slotMean(dom domain, j int, values slotValues) point {
	slots := len(values)
	weight, weight2 := dom.part.Weight[j], dom.part.Weight2[j]
	e := point{inf: d.newInfluence()}
	e.n, e.count = dom.counts(j, values)
	total, sum := 0.0, 0.0
	for _, c := range dom.cells {
		w := at(weight, c.cell, slots)
		for s, v := range values {
			if v.in && w != nil {
				total += w[s] * d.units[c.unit].factor
				sum += w[s] * v.y * d.units[c.unit].factor
			}
		}
	}
	if e.n == 0 || total == 0 {
		return point{}
	}
	e.theta, e.total = sum/total, total
	between := 0.0
	for _, c := range dom.cells {
		w, w2 := at(weight, c.cell, slots), at(weight2, c.cell, slots)
		factor := d.units[c.unit].factor
		for s, v := range values {
			if !v.in || w == nil || w[s] == 0 {
				continue
			}
			u := v.y - e.theta
			e.inf.in[c.unit] = true
			e.inf.sum[c.unit] += factor * w[s] * u / total
			between += factor * w[s] * u * u
			if d.rows {
				e.inf.squares[c.unit] += factor * factor * w2[s] * u * u / (total * total)
			}
		}
	}
	if d.calibration != nil {
		d.slotResiduals(&e, dom, j, values, total)
	}
	e.finish(d, between/total)
	return e
}

// numericMean estimates the mean of a score or gap.
func (d *design) numericMean(dom domain, j int, centre float64) point {
	sums := dom.part.Numerics[j]
	var total measure.Sums
	for _, c := range dom.cells {
		if int(c.cell) < len(sums) {
			f, s := d.units[c.unit].factor, sums[c.cell]
			total.N += s.N
			total.W += f * s.W
			total.WU += f * s.WU
			total.WUU += f * s.WUU
		}
	}
	if total.N == 0 || total.W == 0 {
		return point{}
	}
	e := point{n: int(total.N), inf: d.newInfluence()}
	mean := total.WU / total.W
	e.theta, e.total = centre+mean, total.W
	between := 0.0
	for _, c := range dom.cells {
		if int(c.cell) >= len(sums) || sums[c.cell].N == 0 {
			continue
		}
		f, s := d.units[c.unit].factor, sums[c.cell]
		e.inf.in[c.unit] = true
		e.inf.sum[c.unit] += f * (s.WU - mean*s.W) / total.W
		between += f * (s.WUU - 2*mean*s.WU + mean*mean*s.W)
		if d.rows {
			e.inf.squares[c.unit] += f * f * (s.W2UU - 2*mean*s.W2U + mean*mean*s.W2) / (total.W * total.W)
		}
	}
	if between <= constantY*total.WUU {
		// What is left of the squares is rounding; everyone has the same value.
		clear(e.inf.sum)
		clear(e.inf.squares)
		between = 0
	}
	if d.calibration != nil {
		d.numericResiduals(&e, dom, j, centre, total.W)
	}
	e.finish(d, between/total.W)
	return e
}

// constantY is the part of a sum of squares that rounding may leave of nothing.
// One of ten million respondents who differs by a point leaves 40 times as much.
const constantY = 1e-12

// finish sets what follows from the sums: S2 from the weighted mean square, the
// variance and the degrees of freedom.
func (e *point) finish(d *design, meanSquare float64) {
	e.inf.n = e.n
	if e.n > 1 {
		e.s2 = float64(e.n) / float64(e.n-1) * meanSquare
	}
	e.v = zeroIfTiny(d.variance(e.inf), e.theta)
	e.df = d.df(e.inf)
}

// zeroIfTiny calls a variance zero that is only rounding (statistics.md 16).
func zeroIfTiny(v, theta float64) float64 {
	limit := 1e-9 * max(math.Abs(theta), 1e-3)
	if v <= limit*limit {
		return 0
	}
	return v
}

// slotValue is what a slot counts for.
type slotValue struct {
	in bool
	y  float64
}

type slotValues []slotValue

func at(sums []float64, cell int32, slots int) []float64 {
	from := int(cell) * slots
	if from+slots > len(sums) {
		return nil
	}
	return sums[from : from+slots]
}

func (d domain) counts(j int, values slotValues) (n, count int) {
	counts, slots := d.part.Count[j], len(values)
	for _, c := range d.categories {
		from := int(c+1) * slots
		if from+slots > len(counts) {
			continue
		}
		for s, v := range values {
			if v.in {
				n += int(counts[from+s])
				if v.y != 0 {
					count += int(counts[from+s])
				}
			}
		}
	}
	return n, count
}

// options counts the respondents of each option of an item.
func (d domain) options(s *spec) []int {
	return d.addUp(d.part.Count[s.index], len(s.values))[normalise.FirstOption:]
}

// joint counts the domain's respondents by joint state; nil where there is none.
func (d domain) joint(states int) []int {
	if states == 0 {
		return nil
	}
	return d.addUp(d.part.Joint, states)
}

// addUp adds up counts by category and slot over the domain's categories.
func (d domain) addUp(counts []uint32, slots int) []int {
	out := make([]int, slots)
	for _, c := range d.categories {
		from := int(c+1) * slots
		if from+slots > len(counts) {
			continue
		}
		for s := range out {
			out[s] += int(counts[from+s])
		}
	}
	return out
}
