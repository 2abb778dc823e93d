package survey

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answers are 12 rows in six PSUs of two strata, with a value missing here and there.
type answers struct {
	sample    *Sample
	will, can []float64
}

func someAnswers(t *testing.T) answers {
	t.Helper()
	nan := math.NaN()
	s, err := New(Design{Rows: 12, Weights: []float64{1, 2, 1, 3, 2, 2, 1, 4, 0, 2, 1, 2},
		Stages: []Stage{{Units: codes(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5), Strata: codes(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1)}}})
	if err != nil {
		t.Fatal(err)
	}
	return answers{s,
		[]float64{3, nan, 4, 1, 5, 2, nan, nan, 2, 4, 5, 1},
		[]float64{2, 5, nan, 1, 4, 4, 3, 2, nan, nan, 1, 2}}
}

// availableGap is the mean of will over those who answered it, less the mean of can
// over those who answered that, linearised as one number over all rows.
type availableGap struct{ will, can *Mean }

func (g availableGap) Len() int { return 1 }

func (g availableGap) Estimate(w []float64) []float64 {
	return []float64{g.will.Estimate(w)[0] - g.can.Estimate(w)[0]}
}

func (g availableGap) Linearise(w, _ []float64, _ int, z []float64) {
	other := make([]float64, len(z))
	g.will.Linearise(w, g.will.Estimate(w), 0, z)
	g.can.Linearise(w, g.can.Estimate(w), 0, other)
	for k := range z {
		z[k] -= other[k]
	}
}

// TestAvailableCases: the difference of two means of different rows has the error of
// the difference of their linearised values, in whichever way it is had.
func TestAvailableCases(t *testing.T) {
	a := someAnswers(t)
	will, can := NewMean(Numeric(a.will)), NewMean(Numeric(a.can))
	one, err := a.sample.Estimate(availableGap{will, can})
	if err != nil {
		t.Fatal(err)
	}
	j, err := a.sample.EstimateJoint(Part{Statistic: can}, Part{Statistic: will})
	if err != nil {
		t.Fatal(err)
	}
	d := j.Difference(0, 1)
	if got, want := value(d.Estimate), one.Theta[0]; math.Abs(got-want) > 1e-14 {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := value(d.Variance), one.V[0][0]; math.Abs(got-want) > 1e-14 {
		t.Errorf("variance %v, want %v", got, want)
	}
	counts := []int{j.Parts[0].N, j.Parts[1].N, j.N, j.Missing}
	if diff := cmp.Diff([]int{9, 8, 11, 0}, counts); diff != "" {
		t.Errorf("can, will, either, neither: %s", diff)
	}
	if own, err := a.sample.Estimate(will); err != nil || math.Abs(own.V[0][0]-j.Parts[1].V[0][0]) > 1e-15 {
		t.Errorf("variance of will %v, by itself %v (%v)", j.Parts[1].V, own.V, err)
	}
}

// TestGroupsWithoutAnEstimate: a group of missing answers is there, and nothing is
// known of it; rows without a group are counted, and those of weight 0 are not.
func TestGroupsWithoutAnEstimate(t *testing.T) {
	a := someAnswers(t)
	g, err := a.sample.EstimateGroups(NewMean(Numeric(a.will)), codes(0, 1, 0, 0, 0, 3, 1, 1, 4, -1, 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	var got []any
	for i, group := range g.Groups {
		e := group.Estimates
		got = append(got, group.Code, e.N, e.Missing, e.DF, e.DFObserved, e.Value(0).Known(), isNumber(g.V[i][i]), isNumber(g.V[i][0]))
	}
	want := []any{
		int32(0), 4, 0, 2.0, 2.0, true, true, true,
		int32(1), 0, 3, 0.0, 0.0, false, false, false,
		int32(3), 3, 0, 0.0, 0.0, true, true, true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if g.Ungrouped != 1 {
		t.Errorf("%d rows without a group, want 1", g.Ungrouped)
	}
}

func isNumber(x float64) bool { return !math.IsNaN(x) }

// TestInfiniteValues are errors that name the row, unless they stand outside.
func TestInfiniteValues(t *testing.T) {
	a := someAnswers(t)
	a.will[4] = math.Inf(-1)
	_, err := a.sample.Estimate(NewTotal(Numeric(a.can), Numeric(a.will)))
	var infinite *InfiniteError
	if !errors.As(err, &infinite) || infinite.Row != 4 {
		t.Errorf("error %v", err)
	}
	in := make([]bool, 12)
	in[0], in[10] = true, true
	if _, err := a.sample.Subset(in).Estimate(NewTotal(Numeric(a.will))); err != nil {
		t.Error(err)
	}
}

// TestRoundingIsNoVariance: a mean of equal numbers has an error of exactly 0 and no
// design effect, and no covariance with others.
func TestRoundingIsNoVariance(t *testing.T) {
	a := someAnswers(t)
	same := make([]float64, 12)
	for k := range same {
		same[k] = 0.1
	}
	e, err := a.sample.Estimate(NewMean(Numeric(same), Numeric(a.will)))
	if err != nil {
		t.Fatal(err)
	}
	if e.V[0][0] != 0 || e.V[0][1] != 0 || e.DeffReplace(0).Known() || e.V[1][1] == 0 {
		t.Errorf("covariance %v, design effect %v", e.V, e.DeffReplace(0))
	}
}

// TestStepsLeaveTheSampleAlone: steps give another sample.
func TestStepsLeaveTheSampleAlone(t *testing.T) {
	a := someAnswers(t)
	before := append([]float64(nil), a.sample.Weights()...)
	sub := a.sample.Subset(make([]bool, 12))
	if _, err := sub.Adjust(make([]float64, 12), nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, a.sample.Weights()); diff != "" || sub.N() != 0 || sub.DF() != 0 || a.sample.N() != 11 || a.sample.DesignRows() != 12 {
		t.Errorf("weights changed: %s; %d, %d and %d rows", diff, sub.N(), a.sample.N(), a.sample.DesignRows())
	}
}

// TestConstantsHaveNoDesignEffect: the total of equal numbers has an error where
// weights differ, and nothing to compare it with but rounding.
func TestConstantsHaveNoDesignEffect(t *testing.T) {
	a := someAnswers(t)
	for _, x := range []float64{1, 0.1, -3.7e9} {
		same := make([]float64, 12)
		for k := range same {
			same[k] = x
		}
		e, err := a.sample.Estimate(NewTotal(Numeric(same)))
		if err != nil || e.DeffReplace(0).Known() || e.Deff(0).Known() || value(e.SE(0)) == 0 {
			t.Errorf("%v: design effect %v, error %v (%v)", x, e.DeffReplace(0), e.SE(0), err)
		}
	}
}
