package estimate

import (
	"math"
	"slices"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// quantiler estimates medians and quartiles from the respondents' kept columns.
// Every measure has few distinct values, so that respondents are counted by
// value and never sorted.
type quantiler struct {
	e    *waveEstimator
	name string
	ranks
	all   counts     // of everyone
	parts [][]counts // per partition, by category+1
}

// counts are a group's weights by value, and how many of them are above 0.
type counts struct {
	weight []float64
	n      int
}

func newQuantiler(e *waveEstimator) *quantiler { return &quantiler{e: e} }

// quantileOf is a quantile with its Woodruff limits.
type quantileOf struct {
	n             int
	q, se, lo, hi float64 // NaN where not to be had
	df            float64
}

// quantiles estimates one quantile in every group: the value by R's qrule "math"
// (Hyndman and Fan 1996, type 1), the limits by inverting a Wald interval of the
// distribution function at that value (Woodruff 1952; statistics.md 10).
func (q *quantiler) quantiles(s *spec) []quantileOf {
	q.layOut(s)
	out := make([]quantileOf, len(q.e.groups))
	shares := make([]cumulated, len(q.e.groups))
	for g := range q.e.groups {
		d := &shares[g]
		own := q.of(&q.e.groups[g])
		if own.n == 0 {
			continue
		}
		d.weights, out[g].n = own.weight, own.n
		for _, w := range d.weights {
			d.total += w
		}
		d.at = invert(d.weights, d.total, s.quantile)
		for _, w := range d.weights[:d.at+1] {
			d.share += w / d.total
		}
		d.below, d.above = (1-d.share)/d.total, -d.share/d.total
		d.inf = q.e.design.newInfluence()
		d.inf.n = out[g].n
		if q.e.design.calibration != nil {
			d.fit = q.e.design.newFit()
		}
		out[g].q = q.values[d.at]
	}
	q.influences(shares)
	for g := range out {
		if out[g].n > 0 {
			if shares[g].fit != nil {
				shares[g].fit.residual(&shares[g].inf)
			}
			q.limits(&out[g], &shares[g])
		}
	}
	return out
}

// cumulated is a group's weights by value, and its distribution function at
// the quantile with its linearised values.
type cumulated struct {
	weights      []float64
	total, share float64
	at           int
	inf          influence
	fit          *fit    // nil without raked weights
	below, above float64 // what a unit of weight at or below the quantile, or above it, adds to its linearised values
}

func (q *quantiler) limits(out *quantileOf, d *cumulated) {
	out.se, out.lo, out.hi = math.NaN(), math.NaN(), math.NaN()
	out.df = q.e.design.df(d.inf)
	if out.df <= 0 {
		return
	}
	t := distribution.TQuantile((1-q.e.level)/2, out.df)
	half := t * math.Sqrt(zeroIfTiny(q.e.design.variance(d.inf), d.share))
	// A limit of the distribution function outside 0 and 1 has no value to be
	// inverted to. The other stands, without an error, as in R.
	if lo := d.share - half; lo >= 0 {
		out.lo = q.values[invert(d.weights, d.total, lo)]
	}
	if hi := d.share + half; hi <= 1+1e-12 {
		out.hi = q.values[invert(d.weights, d.total, hi)]
	}
	out.se = (out.hi - out.lo) / (2 * t)
}

// invert returns the place of the smallest value whose share of the weight is at
// least p. Shares that differ from p by rounding only are equal to it.
func invert(weights []float64, total, p float64) int {
	cumulated, last := 0.0, 0
	for i, w := range weights {
		if w == 0 {
			continue
		}
		cumulated += w
		last = i
		if cumulated >= p*total-1e-12*total {
			return i
		}
	}
	return last
}

// layOut ranks every respondent's value of a measure.
func (q *quantiler) layOut(s *spec) {
	if q.name == s.measure {
		return
	}
	q.name = s.measure
	q.ranks = q.e.ranksOf(s)
	q.count()
}

// count adds the weights up by value: of everyone, and of every category of every
// partition. Respondents come in file order, whatever ids their categories have.
func (q *quantiler) count() {
	q.all = counts{weight: make([]float64, len(q.values))}
	q.parts = make([][]counts, len(q.e.plan.Partitions))
	for p := range q.parts {
		q.each(p, func(category, rank int32, w float64, _, _ int32) {
			for int(category)+1 >= len(q.parts[p]) {
				q.parts[p] = append(q.parts[p], counts{weight: make([]float64, len(q.values))})
			}
			q.parts[p][category+1].add(rank, w)
			if p == 0 {
				q.all.add(rank, w)
			}
		})
	}
}

func (c *counts) add(rank int32, w float64) {
	if w > 0 {
		c.weight[rank] += w
		c.n++
	}
}

// each visits the respondents with a value, in file order, with their category
// in a partition, their weight, their unit's place in the design and their raking
// cell, if any.
func (q *quantiler) each(partition int, visit func(category, rank int32, w float64, unit, cell int32)) {
	var categories []int32
	for i := range q.e.Kept.Blocks {
		b := &q.e.Kept.Blocks[i]
		categories = slices.Grow(categories[:0], b.Rows)[:b.Rows]
		q.e.plan.Category(partition, b.Variables, categories)
		for r, rank := range q.rank[i] {
			if rank < 0 {
				continue
			}
			unit := q.e.design.at[b.Unit[r]]
			w := q.e.design.units[unit].factor
			if b.Weight != nil {
				w *= b.Weight[r]
			}
			cell := int32(-1)
			if b.Cell != nil {
				cell = b.Cell[r]
			}
			visit(categories[r], rank, w, unit, cell)
		}
	}
}

// of returns the group's counts.
func (q *quantiler) of(g *group) counts {
	if g.index < 0 {
		return q.all
	}
	if part := q.parts[g.partition]; int(g.index)+1 < len(part) {
		return part[g.index+1]
	}
	return counts{}
}

// influences fills the linearised values of every group's distribution function:
// the mean of 1[x <= value], centred at its own estimate. One pass over the
// respondents per partition serves all its categories.
func (q *quantiler) influences(shares []cumulated) {
	for p := range q.e.plan.Partitions {
		byCategory := map[int32]*cumulated{}
		for g := range q.e.groups {
			if q.e.groups[g].partition == p && shares[g].total > 0 {
				byCategory[q.e.groups[g].index] = &shares[g]
			}
		}
		everyone := byCategory[-1] // of the first partition alone
		table := make([]*cumulated, len(q.parts[p]))
		for c := 1; c < len(table); c++ {
			table[c] = byCategory[int32(c-1)]
		}
		q.each(p, func(category, rank int32, w float64, unit, cell int32) {
			if w <= 0 {
				return
			}
			if everyone != nil {
				everyone.visit(rank, w, unit, cell)
			}
			if d := table[category+1]; d != nil {
				d.visit(rank, w, unit, cell)
			}
		})
	}
}

func (d *cumulated) visit(rank int32, w float64, unit, cell int32) {
	x := w * d.above
	if int(rank) <= d.at {
		x = w * d.below
	}
	d.inf.in[unit] = true
	d.inf.sum[unit] += x
	if d.inf.squares != nil {
		d.inf.squares[unit] += x * x
	}
	if d.fit != nil {
		d.fit.add(unit, cell, x, w*x)
	}
}

func (e *waveEstimator) addQuantile(s *spec, g int, q quantileOf) {
	row := e.row(s, &e.groups[g])
	if q.n == 0 {
		row.Status = "w"
		e.add(row, s, g, 0, 0)
		return
	}
	row.Base, row.EffectiveBase = q.n, number.Of(float64(q.n))
	row.Estimate, row.SE, row.Lower, row.Upper = number.Of(q.q), number.Of(q.se), number.Of(q.lo), number.Of(q.hi)
	if q.df > 0 {
		row.DF = number.Of(q.df)
	}
	if q.n < 30 || q.df <= 0 {
		row.Flags = "u"
	}
	e.add(row, s, g, 0, 0)
}
