package survey_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/survey"
)

func shares(t fataler, s *survey.Sample, of ...survey.Column) *survey.Proportions {
	t.Helper()
	p, err := s.Proportions(of...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// eachLimits calls use for every method and reading.
func eachLimits(use func(m interval.Method, reading interval.Reading)) {
	for m := range interval.Names {
		use(interval.Method(m), interval.Published)
		use(interval.Method(m), interval.AsInR)
	}
}

// Property 9: those who did not have the variance of those who did and mirrored
// limits, with replicates as well. Levels of a variable are shares like others.
func TestComplements(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4).without(false)
		s := d.sample(t)
		if rapid.Bool().Draw(t, "replicates") {
			var err error
			if s, err = s.Replicate(survey.Replication{Kind: survey.JKn}); err != nil {
				t.Fatal(err)
			}
		}
		did := d.column(func(r row) float64 { return r.share })
		didNot := d.column(func(r row) float64 { return 1 - r.share })
		levels := survey.Categorical(d.codes(func(r row) int32 { return int32(r.share) }), 2)
		yes, no, both := shares(t, s, survey.Numeric(did)), shares(t, s, survey.Numeric(didNot)), shares(t, s, levels)
		near(t, "variance", no.V[0][0], yes.V[0][0], 1e-3)
		eachLimits(func(m interval.Method, reading interval.Reading) {
			a, b := yes.Limits(0, m, 0.9, reading), no.Limits(0, m, 0.9, reading)
			c := both.Limits(1, m, 0.9, reading)
			sameLimit(t, m.String(), b.Lower, a.Upper, 1, -1)
			sameLimit(t, m.String(), b.Upper, a.Lower, 1, -1)
			sameLimit(t, m.String(), c.Upper, a.Upper, 0, 1)
		})
	})
}

// sameLimit holds got to add + times want.
func sameLimit(t fataler, what string, got, want number.Value, add, times float64) {
	t.Helper()
	w, ok := want.Get()
	if ok != got.Known() {
		t.Fatal(what, "has one of two mirrored limits")
	}
	if ok && math.Abs(got.Or(0)-(add+times*w)) > 1e-7 {
		t.Fatal(what, got.Or(0), "is not", add+times*w)
	}
}

// Missing answers are in R's sizes and in none that is published: leaving rows out
// of the sample is the same as their having no answer.
func TestMissingAnswersInPublishedLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		answered := d.domain()
		y := d.column(func(r row) float64 {
			if !r.in {
				return math.NaN()
			}
			return r.share
		})
		a := shares(t, d.sample(t), survey.Numeric(y))
		b := shares(t, d.sample(t).Subset(answered), survey.Numeric(y))
		for m := range interval.Names {
			x, z := a.Limits(0, interval.Method(m), 0.95, interval.Published), b.Limits(0, interval.Method(m), 0.95, interval.Published)
			sameLimit(t, interval.Names[m], x.Lower, z.Lower, 0, 1)
			sameLimit(t, interval.Names[m], x.Upper, z.Upper, 0, 1)
		}
	})
}

// A share of nobody has no limits, and one that is not of 0 and 1 is refused.
func TestProportionsOfNothing(t *testing.T) {
	s := equally(t, 3)
	nan := math.NaN()
	none := shares(t, s, survey.Numeric([]float64{nan, nan, nan}))
	if none.Value(0).Known() {
		t.Errorf("the share of nobody is %v", none.Theta[0])
	}
	eachLimits(func(m interval.Method, reading interval.Reading) {
		if l := none.Limits(0, m, 0.95, reading); l.Lower.Known() || l.Upper.Known() {
			t.Errorf("%s: %v to %v of nobody", m, l.Lower, l.Upper)
		}
	})
	if _, err := s.Proportions(survey.Numeric([]float64{0, 1, 2})); err == nil {
		t.Error("no error for a share of 0, 1 and 2")
	}
}
