package estimate_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
)

// indicators has a column for each category of each variable and for none, more
// than any study of the tests has.
func indicators(variables []int) []float64 {
	const most = 5
	x := make([]float64, most*len(variables))
	for i, c := range variables {
		x[most*i+c+1] = 1
	}
	return x
}

// residuals replaces w z by w e, with e = z - x'B and B the least squares fit of z
// on x over the whole file, weighted by the design's weights: by the normal
// equations' pseudo-inverse.
func (f file) residuals(wz []float64) {
	if len(f) == 0 || f[0].x == nil {
		return
	}
	p := len(f[0].x)
	square, right := mat.NewDense(p, p, nil), mat.NewVecDense(p, nil)
	for i, r := range f {
		if r.weight == 0 {
			continue
		}
		x := mat.NewVecDense(p, r.x)
		square.RankOne(square, r.design, x, x)
		right.AddScaledVec(right, r.design*wz[i]/r.weight, x)
	}
	var svd mat.SVD
	if !svd.Factorize(square, mat.SVDThin) {
		panic("no decomposition")
	}
	values := svd.Values(nil)
	rank := 0
	for rank < len(values) && values[rank] > 1e-10*values[0] {
		rank++
	}
	var b mat.Dense
	svd.SolveTo(&b, right, rank)
	for i, r := range f {
		for j, v := range r.x {
			wz[i] -= r.weight * v * b.At(j, 0)
		}
	}
}

// TestRakedEstimatesAgreeWithASecondImplementation holds waves with raked weights
// against residuals that are made respondent by respondent.
func TestRakedEstimatesAgreeWithASecondImplementation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld([]string{"s1", "s2"}, []string{"1", "2"})
		schema := normalise.NewSchema(w.study)
		for _, v := range w.study.Surveys {
			for _, x := range v.Waves {
				s := measuretest.Draw(t, schema, 40)
				if rapid.IntRange(0, 3).Draw(t, "raked") > 0 {
					s.Weighted = s.Weighted || s.FPC // raking starts from weights
					s.Rake(t, schema)
				}
				w.put(v.ID, x.ID, s)
			}
		}
		rows, diags := w.estimate(t)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		const every = 12
		offset := rapid.IntRange(0, every-1).Draw(t, "offset")
		for i, r := range rows {
			if i%every == offset && r.Status != "w" {
				w.check(t, r)
			}
		}
	})
}

// TestFixedByCalibration: what follows from the margins has no error, and the
// limits are the estimate.
func TestFixedByCalibration(t *testing.T) {
	for _, clustered := range []bool{false, true} {
		rapid.Check(t, func(t *rapid.T) {
			w, s := drawOne(t)
			s.Clustered, s.FPC = clustered, false
			for i := range s.Respondents {
				x := &s.Respondents[i]
				x.FPC, x.PSU = math.Inf(1), x.Stratum+string(rune('a'+i%7))
				x.Variables[0], x.Answers[0] = i%3, i%3 // what they want follows from their role
			}
			s.Rake(t, normalise.NewSchema(w.study))
			for _, r := range w.rows(t, s) {
				if r.Measure != "want" || r.Statistic != "share" || r.Breakdown != "" || r.Contrast != "" || r.Survey != "s" || r.Status != "" || !r.DF.Known() {
					continue
				}
				same(t, r, "se", r.SE, 0, 1)
				if p, _ := r.Estimate.Get(); p > 0 && p < 100 {
					same(t, r, "lower", r.Lower, p, 1)
					same(t, r, "upper", r.Upper, p, 1)
				}
				if r.Deff.Known() || r.EffectiveBase.Or(0) != float64(r.Base) {
					t.Fatalf("%+v: deff %v, effective base %v of %d", r.Key, r.Deff, r.EffectiveBase, r.Base)
				}
			}
		})
	}
}
