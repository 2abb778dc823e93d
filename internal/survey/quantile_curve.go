package survey

import (
	"cmp"
	"slices"
	"sort"
)

// curve is a quantile as a function of the probability, through points (p_k, x_k)
// with ascending p_k.
type curve struct{ p, x []float64 }

// curve of a rule is made once.
func (o *ordered) curve(r Rule) *curve {
	if c := o.curves[r]; c != nil {
		return c
	}
	c := &curve{make([]float64, len(o.x)), o.x}
	position := o.positions(r)
	for k := range c.p {
		c.p[k] = position(k)
	}
	o.curves[r] = c.ascending()
	return o.curves[r]
}

// positions gives p_k of a rule from the cumulated weights C_k and the row's own
// weight w_k (Hyndman and Fan 1996; Shah and Vaish 2006).
func (o *ordered) positions(r Rule) func(k int) float64 {
	n := len(o.x)
	total, last := o.total(), o.w[n-1]
	before := func(k int) float64 {
		if k == 0 {
			return 0
		}
		return o.sum[k-1]
	}
	switch r {
	case RuleShahVaish:
		// R subtracts half of the weight as it is, not as a multiple of the mean, so
		// that the points need not ascend.
		mean := total / float64(n)
		return func(k int) float64 { return (o.sum[k]/mean + 0.5 - o.w[k]/2) / float64(n+1) }
	case Rule5:
		return func(k int) float64 { return (o.sum[k] - o.w[k]/2) / total }
	case Rule6:
		return func(k int) float64 { return o.sum[k] / (total + last) }
	case Rule7:
		return func(k int) float64 { return before(k) / o.sum[n-2] }
	case Rule8:
		return func(k int) float64 { return (before(k)/3 + o.sum[k]*2/3) / (total + last/3) }
	case Rule9:
		return func(k int) float64 { return (before(k)*3/8 + o.sum[k]*5/8) / (total + last/4) }
	}
	panic("survey: the rule " + r.String() + " has no curve")
}

// ascending sorts the points, and makes one of those at the same place: the mean
// of their values (as R's approx does).
func (c *curve) ascending() *curve {
	if c.climbs() {
		return c
	}
	order := make([]int, len(c.p))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.p[a], c.p[b]) })
	out := &curve{}
	for from, to := 0, 0; from < len(order); from = to {
		sum := 0.0
		for to = from; to < len(order) && c.p[order[to]] == c.p[order[from]]; to++ {
			sum += c.x[order[to]]
		}
		out.p, out.x = append(out.p, c.p[order[from]]), append(out.x, sum/float64(to-from))
	}
	return out
}

// climbs reports whether every point lies beyond the one before.
func (c *curve) climbs() bool {
	for k := 1; k < len(c.p); k++ {
		if !(c.p[k] > c.p[k-1]) {
			return false
		}
	}
	return true
}

// step is the value of the last point at or below p, or of the first.
func (c *curve) step(p float64) float64 {
	k := sort.Search(len(c.p), func(k int) bool { return c.p[k] > p+knifeEdge })
	return c.x[max(0, k-1)]
}

// line is the value on the straight line between two points, and that of the first
// or last outside of them.
func (c *curve) line(p float64) float64 {
	n := len(c.p)
	k := sort.Search(n, func(k int) bool { return c.p[k] > p })
	switch k {
	case 0:
		return c.x[0]
	case n:
		return c.x[n-1]
	}
	share := (p - c.p[k-1]) / (c.p[k] - c.p[k-1])
	return c.x[k-1] + (c.x[k]-c.x[k-1])*share
}
