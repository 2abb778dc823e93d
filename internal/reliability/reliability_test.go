package reliability_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/reliability"
)

func TestWhatHasNoReliability(t *testing.T) {
	for name, got := range map[string]number.Value{
		"one item":                   reliability.Alpha(1, 4, 4),
		"a constant sum":             reliability.Alpha(2, 8, 1e-15),
		"opposite items":             reliability.SpearmanBrown(-1),
		"an unknown correlation":     reliability.SpearmanBrown(math.NaN()),
		"a constant difference":      reliability.Difference(reliability.Side{Reliability: 0.8, Variance: 4}, reliability.Side{Reliability: 0.8, Variance: 4}, 4),
		"a side without reliability": reliability.Difference(reliability.Side{Reliability: math.NaN(), Variance: 4}, reliability.Side{Reliability: 0.8, Variance: 4}, 1),
		"a constant item":            reliability.Analyse(mat.NewSymDense(2, []float64{1, 0, 0, 0})).Alpha,
		"items that are the same":    reliability.Analyse(mat.NewSymDense(2, []float64{2, 2, 2, 2})).Lambda6,
	} {
		if got.Known() {
			t.Errorf("%s: %v", name, got.Full())
		}
	}
	if _, err := reliability.FromAnswers(reliability.Pairwise, []float64{1, 2}); err == nil {
		t.Error("one column has been analysed")
	}
}

// near holds a figure to a number.
func near(t *rapid.T, what string, got number.Value, want float64) {
	t.Helper()
	if !(math.Abs(got.Or(math.NaN())-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Fatalf("%s: %v, not %v", what, got.Full(), want)
	}
}

// Alpha of items that share one true score, with errors of any size, is the part
// of their sum's variance that is true.
func TestAlphaOfItemsWithOneTrueScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 6).Draw(t, "items")
		c := mat.NewSymDense(k, nil)
		errors := 0.0
		truth := rapid.Float64Range(0.5, 9).Draw(t, "true variance")
		for i := range k {
			e := rapid.Float64Range(0.1, 9).Draw(t, "error")
			errors += e
			for j := range k {
				c.SetSym(i, j, truth)
			}
			c.SetSym(i, i, truth+e)
		}
		signal := float64(k*k) * truth
		s := reliability.Analyse(c)
		near(t, "alpha", s.Alpha, signal/(signal+errors))
		if k == 2 {
			near(t, "standardised", s.Standardised, reliability.SpearmanBrown(s.AverageR.Or(math.NaN())).Or(math.NaN()))
		}
	})
}

// The reliability of a difference is the true share of its variance.
func TestReliabilityOfADifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		variance := rapid.Float64Range(0.1, 100)
		a, b := variance.Draw(t, "true a"), variance.Draw(t, "true b")
		errorA, errorB := variance.Draw(t, "error a"), variance.Draw(t, "error b")
		covariance := rapid.Float64Range(-1, 1).Draw(t, "correlation") * math.Sqrt(a*b)
		truth := a + b - 2*covariance
		got := reliability.Difference(
			reliability.Side{Reliability: a / (a + errorA), Variance: a + errorA},
			reliability.Side{Reliability: b / (b + errorB), Variance: b + errorB}, covariance)
		near(t, "reliability", got, truth/(truth+errorA+errorB))
	})
}

func TestUnitsAndRowsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, n := rapid.IntRange(2, 5).Draw(t, "items"), rapid.IntRange(8, 30).Draw(t, "rows")
		columns, moved := make([][]float64, k), make([][]float64, k)
		for i := range columns {
			for range n {
				x := float64(rapid.IntRange(1, 7).Draw(t, "answer"))
				columns[i] = append(columns[i], x)
				moved[i] = append(moved[i], 3*x-5)
			}
		}
		before, err := reliability.FromAnswers(reliability.Pairwise, columns...)
		if err != nil {
			t.Fatal(err)
		}
		after, _ := reliability.FromAnswers(reliability.Listwise, moved...)
		if before.Alpha.Known() != after.Alpha.Known() {
			t.Fatalf("alpha %v became %v", before.Alpha, after.Alpha)
		}
		if alpha, ok := before.Alpha.Get(); ok {
			near(t, "alpha", after.Alpha, alpha)
			near(t, "standardised", after.Standardised, before.Standardised.Or(math.NaN()))
			near(t, "mean", after.Mean, 3*before.Mean.Or(math.NaN())-5)
		}
	})
}
