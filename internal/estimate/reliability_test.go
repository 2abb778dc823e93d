package estimate_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/pool"
	"github.com/caregap/caregap/internal/study"
)

// draw gives the first wave of a survey a sample.
func (w *world) draw(t *rapid.T, survey string) measuretest.Sample {
	s := measuretest.Draw(t, normalise.NewSchema(w.study), 40)
	w.put(survey, "1", s)
	return s
}

// parts are the values of some measures of everyone who has all of them, with the
// weights of the design.
func (w *world) parts(survey, wave string, measures ...string) (weights []float64, values [][]float64) {
	s := w.samples[key{survey, wave}]
	values = make([][]float64, len(measures))
	files := make([]file, len(measures))
	for i, m := range measures {
		files[i] = persons(s, "", func(r measuretest.Respondent) (float64, bool) {
			return measuretest.Value(w.study.Framework, r, m, "mean", "")
		})
	}
	for row := range s.Respondents {
		if slices.ContainsFunc(files, func(f file) bool { return !f[row].in() }) {
			continue
		}
		weights = append(weights, files[0][row].weight)
		for i := range files {
			values[i] = append(values[i], files[i][row].y)
		}
	}
	return weights, values
}

// covary is the weighted covariance about the weighted means.
func covary(w, x, y []float64) float64 {
	mean := func(x []float64) float64 {
		sum, total := 0.0, 0.0
		for i := range x {
			sum, total = sum+w[i]*x[i], total+w[i]
		}
		return sum / total
	}
	products := make([]float64, len(x))
	for i, mx, my := 0, mean(x), mean(y); i < len(x); i++ {
		products[i] = (x[i] - mx) * (y[i] - my)
	}
	return mean(products)
}

// expectedReliability is the textbook's, NaN where there is none.
func (w *world) expectedReliability(r estimate.Reliability) (value float64, base int) {
	f := w.study.Framework
	if g, ok := f.Gaps.Get(r.Measure); ok {
		weights, x := w.parts(r.Survey, r.Wave, g.Of, g.Minus)
		side := func(id string, i int) float64 {
			c, _ := f.Constructs.Get(id)
			own, _ := w.expectedReliability(estimate.Reliability{Measure: id, Survey: r.Survey, Wave: r.Wave, Items: c.Items})
			return own * covary(weights, x[i], x[i])
		}
		both := covary(weights, x[0], x[1])
		difference := covary(weights, x[0], x[0]) + covary(weights, x[1], x[1]) - 2*both
		if difference < 1e-6 {
			return math.NaN(), len(weights)
		}
		return (side(g.Of, 0) + side(g.Minus, 1) - 2*both) / difference, len(weights)
	}
	weights, x := w.parts(r.Survey, r.Wave, r.Items...)
	sum := make([]float64, len(weights))
	own := 0.0
	for _, column := range x {
		own += covary(weights, column, column)
		for i, v := range column {
			sum[i] += v
		}
	}
	if len(x) == 2 {
		r := covary(weights, x[0], x[1]) / math.Sqrt(covary(weights, x[0], x[0])*covary(weights, x[1], x[1]))
		if covary(weights, x[0], x[0]) < 1e-9 || covary(weights, x[1], x[1]) < 1e-9 || r < -1+1e-9 {
			return math.NaN(), len(weights)
		}
		return 2 * r / (1 + r), len(weights)
	}
	total := covary(weights, sum, sum)
	if total < 1e-6 {
		return math.NaN(), len(weights)
	}
	k := float64(len(x))
	return k / (k - 1) * (1 - own/total), len(weights)
}

func TestReliabilityAgreesWithTheTextbook(t *testing.T) {
	known := 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld([]string{"a"}, []string{"1"})
		s := w.draw(t, "a")
		if rapid.Bool().Draw(t, "raked") {
			s.Weighted = s.Weighted || s.FPC // raking starts from weights
			s.Rake(t, normalise.NewSchema(w.study))
			w.put("a", "1", s)
		}
		table, _ := w.table(t)
		var measures []string
		for _, r := range table.Reliability {
			measures = append(measures, r.Measure)
			want, base := w.expectedReliability(r)
			got := r.Value.Or(math.NaN())
			if r.Base != base || math.IsNaN(got) != (math.IsNaN(want) || math.IsInf(want, 0)) || math.Abs(got-want) > 1e-8*max(1, math.Abs(want)) {
				t.Fatalf("%s of %v: %v on %d, expected %v on %d", r.Measure, r.Items, got, r.Base, want, base)
			}
			if r.Value.Known() {
				known++
			}
		}
		if diff := cmp.Diff([]string{"will", "ability", "capacity", "ability_gap", "capacity_gap"}, measures); len(table.Rows) > 0 && diff != "" {
			t.Fatal(diff)
		}
	})
	if known < 50 {
		t.Errorf("only %d known values", known)
	}
}

func TestCoefficientsByNumberOfItems(t *testing.T) {
	w := newWorld([]string{"a"}, []string{"1"})
	rapid.Custom(func(t *rapid.T) measuretest.Sample { return w.draw(t, "a") }).Example(7)
	table, _ := w.table(t)
	got := map[string]estimate.Coefficient{}
	for _, r := range table.Reliability {
		got[r.Measure] = r.Coefficient
	}
	want := map[string]estimate.Coefficient{"will": estimate.SpearmanBrown, "capacity": estimate.SpearmanBrown, "ability": estimate.Alpha,
		"ability_gap": estimate.OfDifference, "capacity_gap": estimate.OfDifference}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The heterogeneity of an average is that of the rows it is made of.
func TestHeterogeneityIsThatOfTheRows(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld([]string{"a", "b", "c"}, []string{"1"})
		for _, id := range []string{"a", "b", "c"} {
			w.draw(t, id)
		}
		table, _ := w.table(t)
		for _, h := range table.Heterogeneity {
			var studies []pool.Study
			for _, r := range table.Rows {
				if r.Measure == h.Measure && r.Statistic == "mean" && r.Survey != estimate.Average && r.Breakdown == "" && r.Contrast == "" && r.SE.Known() {
					se := r.SE.Or(0)
					studies = append(studies, pool.Study{Estimate: r.Estimate.Or(0), Variance: se * se})
				}
			}
			want, err := pool.Pool(studies, pool.Options{Method: pool.RestrictedML, Test: pool.HartungKnapp1})
			if err != nil {
				t.Fatal(err)
			}
			near := func(what string, got, want number.Value) {
				if math.Abs(got.Or(-1)-want.Or(-1)) > 1e-6*max(1, math.Abs(want.Or(-1))) {
					t.Fatalf("%s of %s: %v, expected %v", what, h.Measure, got, want)
				}
			}
			tau := h.Tau.Or(-1)
			near("tau2", number.Of(tau*tau), want.Tau2)
			near("Q", h.Q, want.Q)
			near("I2", h.I2, want.I2)
			near("mean", h.Pooled, want.Mean)
			near("lower limit", h.Lower, want.Lower)
			compared++
		}
	})
	if compared < 50 {
		t.Errorf("only %d compared", compared)
	}
}

func TestSurveysThatMaySharePeopleAreNotPooled(t *testing.T) {
	w := newWorld([]string{"a", "b"}, []string{"1"})
	for i, id := range []string{"a", "b"} {
		rapid.Custom(func(t *rapid.T) measuretest.Sample { return w.draw(t, id) }).Example(i + 20)
	}
	apart, _ := w.table(t)
	w.study.SamePeople = []study.Names{{"a", "b"}}
	together, _ := w.table(t)
	if len(apart.Heterogeneity) == 0 || len(together.Heterogeneity) != 0 {
		t.Errorf("%d measures apart, %d where people may be the same", len(apart.Heterogeneity), len(together.Heterogeneity))
	}
}
