package survey_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/survey"
	"github.com/caregap/caregap/internal/weight"
)

// Property 5, of JK1 with the FPC of the first stage: the jackknife of a total about
// the full sample's total is the linearised variance.
func TestJackknifeOfTotalWithFPC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4).without(true).unstratified()
		s, st := d.sample(t), total(d.y(), d.x())
		nearAll(t, estimate(t, replicate(t, s, survey.Replication{Kind: survey.JK1, MSE: true}), st), estimate(t, s, st), 1)
	})
}

// Property 7: post-stratification is linear calibration on the cells' indicators,
// weights and errors, in a domain too.
func TestPoststratificationIsCalibration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		groups := d.groups()
		margin := weight.Margin{Factors: []weight.Factor{{Name: "g", Codes: groups}}}
		calibration := weight.Calibration{Distance: weight.Linear, Bounds: weight.NoBounds()}
		for g := range int32(3) {
			column, there := make([]float64, len(groups)), false
			for k, code := range groups {
				if code == g {
					column[k], there = 1, true
				}
			}
			if !there {
				continue
			}
			n := float64(rapid.IntRange(1, 500).Draw(t, "population"))
			margin.Population = append(margin.Population, weight.Cell{Codes: []int32{g}, Total: n})
			calibration.Columns, calibration.Names, calibration.Totals = append(calibration.Columns, column), append(calibration.Names, fmt.Sprint(g)), append(calibration.Totals, n)
		}
		cells, err := weight.NewPoststratification(len(groups), margin, false)
		if err != nil {
			t.Fatal(err)
		}
		a, b := adjusted(t, d.sample(t), cells), adjusted(t, d.sample(t), calibration)
		for k := range a.Weights() {
			near(t, "weight", b.Weights()[k], a.Weights()[k], 0)
		}
		for _, st := range d.several()[:4] {
			nearAll(t, estimate(t, b, st), estimate(t, a, st), 1)
			nearAll(t, estimate(t, b.Subset(d.domain()), st), estimate(t, a.Subset(d.domain()), st), 1)
		}
	})
}

func adjusted(t fataler, s *survey.Sample, by weight.Adjuster) *survey.Sample {
	t.Helper()
	a, err := by.Adjust(s.Weights())
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Adjust(a.Weights, a.Residual)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Property 12: of a simple random sample of weights 1 the error of a mean is
// s/sqrt(n), and Korn and Graubard's limits are Clopper and Pearson's of n-1.
func TestSimpleRandomSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(-100, 100), 3, 60).Draw(t, "y")
		n := float64(len(y))
		s, err := survey.New(survey.Design{Rows: len(y)})
		if err != nil {
			t.Fatal(err)
		}
		m, squares := 0.0, 0.0
		for _, v := range y {
			m += v / n
		}
		for _, v := range y {
			squares += (v - m) * (v - m)
		}
		e := estimate(t, s, mean(y))
		near(t, "mean", e.Theta[0], m, 100)
		near(t, "variance", e.V[0][0], squares/(n-1)/n, 1e-6)
		near(t, "df", e.DF, n-1, 0)

		count := float64(rapid.IntRange(1, len(y)-1).Draw(t, "count"))
		for k := range y {
			y[k] = 0
			if float64(k) < count {
				y[k] = 1
			}
		}
		e = estimate(t, s, mean(y))
		limits := interval.Share{P: e.Theta[0], V: e.V[0][0], DF: e.DF, N: n, Rows: n}.Limits(interval.Beta, 0.95, interval.AsInR)
		successes := (n - 1) * count / n
		lower, _ := limits.Lower.Get()
		upper, _ := limits.Upper.Get()
		near(t, "lower", lower, distribution.BetaQuantile(0.025, successes, n-1-successes+1), 1e-3)
		near(t, "upper", upper, distribution.BetaQuantile(0.975, successes+1, n-1-successes), 1e-3)
	})
}
