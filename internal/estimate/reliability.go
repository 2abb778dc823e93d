package estimate

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/reliability"
)

// Coefficient names what a reliability is.
type Coefficient string

// The coefficients.
const (
	Alpha         Coefficient = "alpha"          // Cronbach's, of three items or more
	SpearmanBrown Coefficient = "spearman_brown" // of two items
	OfDifference  Coefficient = "difference"     // of a gap
)

// Reliability is that of a construct's or gap's score for everyone in a wave, by
// the final weights: from 0 to 1, or below 0 where items contradict one another.
type Reliability struct {
	Measure, Survey, Wave string
	Coefficient           Coefficient
	Items                 []string // that it rests on: those that the wave asks for
	Base                  int      // respondents who have all of them; of a gap, both scores
	Value                 number.Value
}

// reliabilities are those of the wave's constructs of two items or more, and of
// the gaps between them.
func (e *waveEstimator) reliabilities() []Reliability {
	var out []Reliability
	sides := map[int]Reliability{} // by construct
	for i, t := range e.plan.Together {
		s := e.Moments.Together[i]
		if t.Kind == measure.Construct {
			if r, ok := e.ofItems(t.Index, s); ok {
				sides[t.Index] = r
				out = append(out, r)
			}
			continue
		}
		g := e.plan.Schema.Gaps[t.Index]
		of, okOf := sides[g.Of]
		minus, okMinus := sides[g.Minus]
		if okOf && okMinus {
			out = append(out, e.ofSides(g.ID, of, minus, s))
		}
	}
	return out
}

func (e *waveEstimator) ofItems(construct int, s measure.TogetherSums) (Reliability, bool) {
	c := e.plan.Schema.Constructs[construct]
	if len(s.Items) < 2 || !e.asked(c.ID) {
		return Reliability{}, false
	}
	r := Reliability{Measure: c.ID, Survey: e.Survey.ID, Wave: e.Wave.Wave.ID, Coefficient: Alpha, Base: s.N}
	for _, j := range s.Items {
		r.Items = append(r.Items, c.Construct.Items[j])
	}
	v := e.covariances(s)
	if len(s.Items) == 2 {
		r.Coefficient = SpearmanBrown
		r.Value = reliability.SpearmanBrown(v.At(0, 1) / math.Sqrt(v.At(0, 0)*v.At(1, 1)))
		return r, true
	}
	r.Value = reliability.Alpha(len(s.Items), mat.Trace(v), mat.Sum(v))
	return r, true
}

func (e *waveEstimator) ofSides(gap string, of, minus Reliability, s measure.TogetherSums) Reliability {
	r := Reliability{Measure: gap, Survey: e.Survey.ID, Wave: e.Wave.Wave.ID, Coefficient: OfDifference, Base: s.N}
	r.Items = append(append(r.Items, of.Items...), minus.Items...)
	v := e.covariances(s)
	side := func(x Reliability, i int) reliability.Side {
		return reliability.Side{Reliability: x.Value.Or(math.NaN()), Variance: v.At(i, i)}
	}
	r.Value = reliability.Difference(side(of, 0), side(minus, 1), v.At(0, 1))
	return r
}

// covariances are the weighted ones (R's svyvar, but for n/(n-1), which every
// coefficient divides out). What rounding leaves of a constant is nothing.
func (e *waveEstimator) covariances(s measure.TogetherSums) *mat.SymDense {
	k := len(s.Items)
	p := e.together(s)
	v := mat.NewSymDense(k, nil)
	about := func(j, l int) float64 { return p.WUU[j*k+l]/p.W - p.WU[j]/p.W*(p.WU[l]/p.W) }
	varies := make([]bool, k)
	for j := range k {
		varies[j] = about(j, j) > 1e-12*p.WUU[j*k+j]/p.W
		for l := range j + 1 {
			if varies[j] && varies[l] {
				v.SetSym(j, l, about(j, l))
			}
		}
	}
	return v
}

// together adds strata up, in the order of their names, with the weights that the
// FPC gives them.
func (e *waveEstimator) together(s measure.TogetherSums) measure.Products {
	if len(s.Strata) == 1 {
		return s.Strata[0]
	}
	k := len(s.Items)
	out := measure.Products{WU: make([]float64, k), WUU: make([]float64, k*k)}
	ids := make([]int32, len(e.design.strata))
	for i, u := range e.Moments.Units {
		ids[e.design.units[e.design.at[i]].stratum] = u.Stratum
	}
	for h, id := range ids {
		if int(id) < len(s.Strata) {
			out.Add(1/e.design.strata[h].f, s.Strata[id])
		}
	}
	return out
}
