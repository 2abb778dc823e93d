package estimate_test

import (
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
)

// TestMain keeps the properties to a number of samples that takes seconds, unless
// the command line says otherwise.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "15"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// valuesEqual lets figures differ by rounding.
var valuesEqual = cmp.Comparer(func(a, b number.Value) bool {
	x, okX := a.Get()
	y, okY := b.Get()
	return okX == okY && math.Abs(x-y) <= 1e-9*max(1, math.Abs(x))
})

// drawOne draws a study of one wave.
func drawOne(t *rapid.T) (*world, measuretest.Sample) {
	w := newWorld([]string{"s"}, []string{"1"})
	s := measuretest.Draw(t, normalise.NewSchema(w.study), 30)
	return w, s
}

func (w *world) rows(t *rapid.T, s measuretest.Sample) []estimate.Row {
	t.Helper()
	w.put("s", "1", s)
	rows, diags := w.estimate(t)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return rows
}

// Property 1: the order of respondents and the names of PSUs and strata do not
// matter.
func TestOrderAndNamesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		before := w.rows(t, s)
		s.Respondents = rapid.Permutation(s.Respondents).Draw(t, "order")
		for i := range s.Respondents {
			r := &s.Respondents[i]
			r.PSU = "x" + strings.NewReplacer("0", "9", "1", "8", "2", "7").Replace(r.PSU)
			if s.Stratified {
				r.Stratum = strings.NewReplacer("0", "9", "1", "8", "2", "7").Replace(r.Stratum)
			}
		}
		if diff := cmp.Diff(before, w.rows(t, s), valuesEqual); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Property 1, to the last bit: ids are given out by chance, names are not.
func TestIDsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		w.put("s", "1", s)
		before, _ := w.estimate(t)
		w.firstNames = []string{"p1.3", "p0.2", "p1.0", "p0.0", "p2.1"}
		after, _ := w.estimate(t)
		if diff := cmp.Diff(before, after, cmp.Comparer(func(a, b number.Value) bool { return a == b })); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Property 2: weights times c leave means, errors and limits alone.
func TestScalingWeightsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		s.Weighted = true
		before := w.rows(t, s)
		c := rapid.SampledFrom([]float64{1e-6, 0.3, 7, 1e6}).Draw(t, "c")
		for i := range s.Respondents {
			s.Respondents[i].Weight *= c
		}
		if diff := cmp.Diff(before, w.rows(t, s), valuesEqual); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Property 8: the mean gap is the contrast of the two means among those who have
// both, error and all.
func TestMeanGapIsTheContrastOfItsSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		f := w.study.Framework
		both := func(construct string) func(measuretest.Respondent) (float64, bool) {
			return func(r measuretest.Respondent) (float64, bool) {
				y, _ := measuretest.Score(f, r, construct)
				_, ok := measuretest.Value(f, r, "ability_gap", "mean", "")
				return y, ok
			}
		}
		for _, r := range w.rows(t, s) {
			if r.Measure != "ability_gap" || r.Statistic != "mean" || r.Breakdown != "" || r.Status != "" {
				continue
			}
			will, ability := persons(s, "", both("will")), persons(s, "", both("ability"))
			a, b := will.mean(), ability.mean()
			for i := range a.z {
				a.z[i] -= b.z[i]
			}
			same(t, r, "estimate", r.Estimate, a.theta-b.theta, 1)
			if a.df > 0 {
				same(t, r, "se", r.SE, math.Sqrt(will.variance(a.z, a.theta-b.theta)), 1)
			}
		}
	})
}

// Property 9: a share and its complement have one error, and mirrored limits. Of
// the three answers to asked, two are positive: the first is their complement.
func TestComplementsMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		rows := map[estimate.Key]estimate.Row{}
		for _, r := range w.rows(t, s) {
			rows[r.Key] = r
		}
		mirror := func(v number.Value) number.Value {
			if x, ok := v.Get(); ok {
				return number.Of(100 - x)
			}
			return v
		}
		for k, r := range rows {
			if k.Measure != "asked" || k.Level != "positive" || k.Statistic != "share" || k.Survey != "s" {
				continue
			}
			k.Level = "1"
			other, ok := rows[k]
			if !ok {
				continue // options are only shown in large categories
			}
			if diff := cmp.Diff([]number.Value{mirror(r.Estimate), r.SE, mirror(r.Upper), mirror(r.Lower), r.Deff}, []number.Value{other.Estimate, other.SE, other.Lower, other.Upper, other.Deff}, valuesEqual); diff != "" {
				t.Fatalf("%+v and its complement: %s", r.Key, diff)
			}
		}
	})
}

// Property 4: what lies in different strata varies apart.
func TestVariancesOfStrataAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		s.Stratified, s.FPC = true, false
		for i := range s.Respondents {
			r := &s.Respondents[i]
			r.Variables[1], r.Stratum, r.PSU, r.FPC = i%2, string(rune('n'+i%2)), string(rune('a'+i%8)), math.Inf(1)
		}
		variance := map[estimate.Key]float64{}
		for _, r := range w.rows(t, s) {
			if r.Breakdown != "place" {
				continue
			}
			k := r.Key
			k.Category = ""
			if se, ok := r.SE.Get(); ok && r.Contrast == "" && (r.Statistic == "mean" || r.Statistic == "share") {
				variance[k] += se * se
			}
			k.Contrast, k.Versus = "", ""
			k.Statistic = r.Stat
			if r.Contrast == "category" && r.Category == "y" && r.SE.Known() {
				same(t, r, "se", r.SE, math.Sqrt(variance[k]), 100)
			}
		}
	})
}

// Property 10: the union of a category and the rest has at least the degrees of
// freedom of either.
func TestDegreesOfFreedomOfUnions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		own := map[estimate.Key]float64{}
		for _, r := range w.rows(t, s) {
			if r.Breakdown == "" || strings.Contains(r.Breakdown, ":") {
				continue
			}
			if r.Contrast == "" {
				own[r.Key] = r.DF.Or(0)
				continue
			}
			k := r.Key
			k.Contrast, k.Versus, k.Statistic = "", "", r.Stat
			if df, ok := r.DF.Get(); ok && df < own[k] {
				t.Fatalf("%+v: %g degrees of freedom, %g in the category alone", r.Key, df, own[k])
			}
		}
	})
}

// Property 12: in a simple random sample that all answer, the error is s over the
// root of n.
func TestSimpleRandomSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		s.Weighted, s.Stratified, s.Clustered, s.FPC = false, false, false, false
		for i := range s.Respondents {
			r := &s.Respondents[i]
			r.Weight, r.Stratum, r.FPC = 1, "", math.Inf(1)
			r.Answers[2] = max(0, r.Answers[2]) // everybody answers
		}
		for _, r := range w.rows(t, s) {
			if r.Measure != "skill" || r.Statistic != "mean" || r.Breakdown != "" || r.Base < 2 {
				continue
			}
			sum, square, n := 0.0, 0.0, 0.0
			for _, x := range s.Respondents {
				if y, ok := measuretest.Value(w.study.Framework, x, "skill", "mean", ""); ok {
					sum, n = sum+y, n+1
				}
			}
			for _, x := range s.Respondents {
				if y, ok := measuretest.Value(w.study.Framework, x, "skill", "mean", ""); ok {
					square += (y - sum/n) * (y - sum/n)
				}
			}
			same(t, r, "se", r.SE, math.Sqrt(square/(n-1)/n), 1)
			same(t, r, "df", r.DF, n-1, 1)
			if square > 1e-6 {
				same(t, r, "deff", r.Deff, 1, 1)
			}
		}
	})
}

// Property 15: respondents of weight 0 in a PSU that is there change nothing; a
// PSU of nobody else does.
func TestRespondentsOfWeightZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		s.Weighted, s.Clustered, s.FPC = true, true, false
		for i := range s.Respondents {
			r := &s.Respondents[i]
			r.PSU, r.FPC, r.Weight = r.Stratum+string(rune('a'+i/3%3)), math.Inf(1), 0.5+float64(i%4)
		}
		before := w.rows(t, s)
		extra := s.Respondents[rapid.IntRange(0, len(s.Respondents)-1).Draw(t, "who")]
		extra.Weight = 0
		extra.Answers = append([]int{4}, extra.Answers[1:]...)
		s.Respondents = append(s.Respondents, extra)
		if diff := cmp.Diff(before, w.rows(t, s), valuesEqual); diff != "" {
			t.Fatalf("in a PSU that is there: %s", diff)
		}
		s.Respondents[len(s.Respondents)-1].PSU = "new"
		after := w.rows(t, s)
		changed := false
		for i, r := range after {
			was := before[i]
			if diff := cmp.Diff([]any{was.Key, was.Estimate, was.Base, was.DF}, []any{r.Key, r.Estimate, r.Base, r.DF}, valuesEqual); diff != "" {
				t.Fatalf("in a new PSU: %s", diff)
			}
			a, _ := was.SE.Get()
			b, _ := r.SE.Get()
			changed = changed || math.Abs(a-b) > 1e-9
		}
		if !changed {
			t.Fatal("a new PSU left every error as it was")
		}
	})
}

// Property 14: another category that nobody is in keeps all else as it was.
func TestAnEmptyCategoryKeepsAllElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, s := drawOne(t)
		before := w.rows(t, s)
		v := w.study.Framework.Variables
		i := v.Index("role")
		v[i].Value.Categories = append(v[i].Value.Categories, v[i].Value.Categories[0])
		v[i].Value.Categories[3].ID = "nobody"
		var after []estimate.Row
		for _, r := range w.rows(t, s) {
			if !strings.HasPrefix(r.Category, "nobody") {
				after = append(after, r)
			} else if r.Status != "w" {
				t.Fatalf("%+v: status %q", r.Key, r.Status)
			}
		}
		if diff := cmp.Diff(before, after, valuesEqual); diff != "" {
			t.Fatal(diff)
		}
	})
}
