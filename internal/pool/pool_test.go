package pool_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/pool"
)

func TestRefusesWhatHasNoError(t *testing.T) {
	for _, c := range []struct {
		studies []pool.Study
		want    string
	}{
		{nil, "no studies to pool"},
		{[]pool.Study{{1, 1}, {2, 0}}, "study 2: variance 0, expected a finite number above 0"},
		{[]pool.Study{{1, -1}}, "study 1: variance -1"},
		{[]pool.Study{{1, math.NaN()}}, "study 1: variance NaN"},
		{[]pool.Study{{1, math.Inf(1)}}, "study 1: variance +Inf"},
		{[]pool.Study{{math.NaN(), 1}}, "study 1: estimate NaN, expected a finite number"},
	} {
		_, err := pool.Pool(c.studies, pool.Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %q", c.studies, err, c.want)
		}
	}
}

func TestOneStudyHasNothingBetweenStudies(t *testing.T) {
	one := []pool.Study{{Estimate: 3, Variance: 4}}
	got, err := pool.Pool(one, pool.Options{Method: pool.RestrictedML, Test: pool.HartungKnapp1})
	if err != nil {
		t.Fatal(err)
	}
	want := pool.Result{Mean: number.Of(3), Q: number.Of(0), Weights: []float64{100}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(number.Value{})); diff != "" {
		t.Error(diff)
	}
}

// Studies that agree: the plain Hartung-Knapp interval is narrower than that of
// one true value, and the other is not.
func TestHartungKnappIsNotNarrower(t *testing.T) {
	alike := []pool.Study{{0.10, 0.04}, {0.11, 0.05}, {0.09, 0.03}}
	se := func(test pool.Test) float64 {
		r, err := pool.Pool(alike, pool.Options{Method: pool.DerSimonianLaird, Test: test})
		if err != nil {
			t.Fatal(err)
		}
		return r.SE.Or(-1)
	}
	if plain, z, least := se(pool.HartungKnapp), se(pool.Normal), se(pool.HartungKnapp1); !(plain < z && least == z) {
		t.Errorf("errors %v, %v, %v", plain, z, least)
	}
}

var everyMethod = []pool.Method{pool.FixedEffect, pool.DerSimonianLaird, pool.PauleMandel, pool.RestrictedML, pool.MaximumLikelihood, pool.Hedges, pool.SidikJonkman}

func drawStudies(t *rapid.T) []pool.Study {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pool.Study {
		return pool.Study{Estimate: rapid.Float64Range(-50, 50).Draw(t, "y"), Variance: rapid.Float64Range(0.1, 30).Draw(t, "v")}
	}), 2, 9).Draw(t, "studies")
}

func drawOptions(t *rapid.T) pool.Options {
	return pool.Options{
		Method: rapid.SampledFrom(everyMethod).Draw(t, "method"),
		Test:   rapid.SampledFrom([]pool.Test{pool.Normal, pool.HartungKnapp, pool.HartungKnapp1}).Draw(t, "test"),
		Level:  rapid.SampledFrom([]float64{0.8, 0.95, 0.99}).Draw(t, "level"),
	}
}

func mustPool(t *rapid.T, s []pool.Study, o pool.Options) pool.Result {
	t.Helper()
	r, err := pool.Pool(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func near(t *rapid.T, what string, got, want number.Value) {
	t.Helper()
	x, known := got.Get()
	y, alsoKnown := want.Get()
	if known != alsoKnown || math.Abs(x-y) > 1e-7*max(1, math.Abs(y)) {
		t.Fatalf("%s: %v, not %v", what, got, want)
	}
}

func TestUnitAndOriginDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		studies, o := drawStudies(t), drawOptions(t)
		scale, shift := rapid.Float64Range(0.1, 10).Draw(t, "scale"), rapid.Float64Range(-100, 100).Draw(t, "shift")
		moved := make([]pool.Study, len(studies))
		for i, s := range studies {
			moved[i] = pool.Study{Estimate: scale*s.Estimate + shift, Variance: scale * scale * s.Variance}
		}
		before, after := mustPool(t, studies, o), mustPool(t, moved, o)
		move := func(v number.Value) number.Value { return number.Of(scale*v.Or(math.NaN()) + shift) }
		near(t, "mean", after.Mean, move(before.Mean))
		near(t, "lower", after.Lower, move(before.Lower))
		near(t, "predicted", after.Prediction.Upper, move(before.Prediction.Upper))
		near(t, "I2", after.I2, before.I2)
		near(t, "Q", after.Q, before.Q)
		near(t, "tau2", after.Tau2, number.Of(scale*scale*before.Tau2.Or(math.NaN())))
		near(t, "upper limit of tau2", after.Tau2Upper, number.Of(scale*scale*before.Tau2Upper.Or(math.NaN())))
	})
}

func TestIntervalsHoldWhatTheyAreOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		studies, o := drawStudies(t), drawOptions(t)
		r := mustPool(t, studies, o)
		at := r.Mean.Or(math.NaN())
		if !(r.Lower.Or(at) <= at && at <= r.Upper.Or(at)) {
			t.Fatalf("mean %v outside %v to %v", at, r.Lower, r.Upper)
		}
		least, most, sum := math.Inf(1), math.Inf(-1), 0.0
		for i, s := range studies {
			least, most, sum = min(least, s.Estimate), max(most, s.Estimate), sum+r.Weights[i]
		}
		if at < least-1e-9 || at > most+1e-9 || math.Abs(sum-100) > 1e-9 {
			t.Fatalf("mean %v of estimates from %v to %v with weights %v", at, least, most, r.Weights)
		}
		if o.Method == pool.FixedEffect {
			return
		}
		if r.Prediction.Lower.Or(at) > r.Lower.Or(at) || r.Tau2Lower.Or(0) > r.Tau2Upper.Or(0) || r.I2.Or(-1) < 0 || r.I2.Or(101) > 100 || r.H2.Or(0) < 1 {
			t.Fatalf("%+v", r)
		}
		// Paule and Mandel's tau2 makes Q its expected value, so the profile holds it.
		if tau2 := r.Tau2.Or(0); o.Method == pool.PauleMandel && o.Level >= 0.95 && len(studies) > 2 &&
			(tau2 < r.Tau2Lower.Or(0) || tau2 > r.Tau2Upper.Or(0)) {
			t.Fatalf("tau2 %v outside %v to %v", tau2, r.Tau2Lower, r.Tau2Upper)
		}
	})
}

// With equal variances all estimators that are 0 together agree with the plain
// variance less theirs, and the mean is plain.
func TestEqualVariances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		studies := drawStudies(t)
		k, sum, squares := float64(len(studies)), 0.0, 0.0
		for i := range studies {
			studies[i].Variance = 4
			sum += studies[i].Estimate
		}
		for _, s := range studies {
			squares += (s.Estimate - sum/k) * (s.Estimate - sum/k)
		}
		want := number.Of(max(0, squares/(k-1)-4))
		for _, m := range []pool.Method{pool.DerSimonianLaird, pool.PauleMandel, pool.RestrictedML, pool.Hedges} {
			r := mustPool(t, studies, pool.Options{Method: m})
			near(t, "tau2", r.Tau2, want)
			near(t, "mean", r.Mean, number.Of(sum/k))
		}
		near(t, "tau2 by ML", mustPool(t, studies, pool.Options{Method: pool.MaximumLikelihood}).Tau2, number.Of(max(0, squares/k-4)))
	})
}
