package survey

import (
	"errors"
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/number"
)

// Quantiles are those of one column, which is sorted once for all probabilities,
// rules and kinds of limits (R's svyquantile).
type Quantiles struct {
	N       int     // rows with a weight and a value
	Missing int     // rows with a weight alone
	DF      float64 // of the sample as given
	// DFObserved is that of the rows with a value, by which limits are made.
	DFObserved float64

	sample    *Sample // of the rows with a value
	x         []float64
	order     []int32
	ordered   *ordered
	shares    map[float64]interval.Share // of the weight at or below a value
	variances map[ruleAt]float64         // of quantiles, from replicates
}

type ruleAt struct {
	rule Rule
	p    float64
}

// Quantiles sorts a column, one number a row, NaN for missing.
func (s *Sample) Quantiles(x []float64) (*Quantiles, error) {
	kept, err := Numeric(x).observed(s.rows(), make([]int32, s.Rows()))
	if err != nil {
		return nil, err
	}
	q := &Quantiles{x: x, DF: s.DF(), sample: s, shares: map[float64]interval.Share{}, variances: map[ruleAt]float64{}}
	q.N = len(weighted(kept, s.weights))
	q.Missing = s.N() - q.N
	if len(kept) < s.DesignRows() {
		q.sample = s.Subset(rowsIn(s.Rows(), kept))
	}
	q.DFObserved = q.DF
	if q.Missing > 0 {
		q.DFObserved = q.sample.DF()
	}
	q.order = ascending(x)
	q.ordered = newOrdered(q.order, x, q.sample.weights)
	return q, nil
}

func rowsIn(rows int, kept []int32) []bool {
	in := make([]bool, rows)
	for _, k := range kept {
		in[k] = true
	}
	return in
}

// Quantile is a quantile with its error and limits, nothing where there are none.
type Quantile struct {
	Estimate, SE, Lower, Upper number.Value
	Note                       string // why there are no limits
}

// Estimate is the quantile at a probability from 0 to 1.
func (q *Quantiles) Estimate(p float64, rule Rule) (number.Value, error) {
	if !(p >= 0 && p <= 1) {
		return number.Value{}, fmt.Errorf("a quantile is at a probability from 0 to 1, found %v", p)
	}
	if q.N == 0 {
		return number.Value{}, nil
	}
	return number.Of(q.ordered.quantile(rule, p)), nil
}

// Woodruff is the quantile with limits by inverting, with the rule of the estimate,
// limits of the distribution function at the estimate (Woodruff 1952). The
// function's own value is the centre, not p. method is one of Mean, Beta, XLogit and
// Asin; a limit of the function outside of 0 and 1 has no value to be inverted to.
// The error is the width over twice t.
func (q *Quantiles) Woodruff(p float64, rule Rule, method interval.Method, level float64, reading interval.Reading) (Quantile, error) {
	estimate, err := q.Estimate(p, rule)
	value, known := estimate.Get()
	if err != nil || !known {
		return Quantile{}, err
	}
	share, err := q.shareTo(value)
	if err != nil {
		return Quantile{}, err
	}
	if method == interval.Mean {
		reading = interval.AsInR // limits that are clipped would be inverted to the extremes
	}
	l := share.Limits(method, level, reading)
	out := Quantile{Estimate: estimate, Lower: q.invert(rule, l.Lower), Upper: q.invert(rule, l.Upper), Note: l.Note}
	lo, ok := out.Lower.Get()
	if hi, also := out.Upper.Get(); ok && also {
		out.SE = number.Of((hi - lo) / (2 * distribution.TQuantile((1-level)/2, q.DFObserved)))
	}
	return out, nil
}

// shareTo is the share of the weight at or below a value.
func (q *Quantiles) shareTo(value float64) (interval.Share, error) {
	if share, ok := q.shares[value]; ok {
		return share, nil
	}
	below := make([]float64, len(q.x))
	for k, x := range q.x {
		if x <= value {
			below[k] = 1
		}
	}
	e, err := q.sample.Estimate(NewMean(Numeric(below)))
	if err != nil {
		return interval.Share{}, err
	}
	q.shares[value] = q.sample.share(e, 0)
	return q.shares[value], nil
}

func (q *Quantiles) invert(rule Rule, limit number.Value) number.Value {
	p, ok := limit.Get()
	if !ok || p < 0 || p > 1+knifeEdge {
		return number.Value{}
	}
	return number.Of(q.ordered.quantile(rule, min(p, 1)))
}

// Replicated is the quantile with the error that the replicates' quantiles give,
// and t limits (R's interval.type = "quantile"). It is an error without
// replicate weights. Of the jackknife it is no good estimate.
func (q *Quantiles) Replicated(p float64, rule Rule, level float64) (Quantile, error) {
	if q.sample.reps == nil {
		return Quantile{}, errors.New("limits from replicates' quantiles need replicate weights")
	}
	estimate, err := q.Estimate(p, rule)
	value, known := estimate.Get()
	if err != nil || !known {
		return Quantile{}, err
	}
	se := math.Sqrt(q.replicated(ruleAt{rule, p}, value))
	out := Quantile{Estimate: estimate, SE: number.Of(se)}
	if !(q.DFObserved > 0) {
		out.Note = interval.NoDF
		return out, nil
	}
	half := distribution.TQuantile((1-level)/2, q.DFObserved) * se
	out.Lower, out.Upper = number.Of(value-half), number.Of(value+half)
	return out, nil
}

// replicated is the variance of a quantile. The order of the rows is that of the
// full sample.
func (q *Quantiles) replicated(at ruleAt, value float64) float64 {
	if v, ok := q.variances[at]; ok {
		return v
	}
	reps := q.sample.reps
	each := make([][]float64, reps.Len())
	w, f := make([]float64, len(q.x)), make([]float64, reps.psus)
	for r := range each {
		q.sample.replicate(r, w, f)
		each[r] = []float64{math.NaN()}
		if o := newOrdered(q.order, q.x, w); len(o.x) > 0 {
			each[r][0] = o.quantile(at.rule, at.p)
		}
	}
	v, _ := reps.covariance([]float64{value}, each)
	q.variances[at] = v[0][0]
	return v[0][0]
}
