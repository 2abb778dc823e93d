package survey

import (
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// TTest is a t test that a mean or a difference of means is 0, with limits.
type TTest struct {
	Estimate, SE, T number.Value
	DF              number.Value // nothing where there are none
	P               number.Value // two-sided
	Lower, Upper    number.Value
}

// Test is the t test that a linear combination is 0, with limits at a level, by
// degrees of freedom that the caller chooses: DFObserved, or DF as R's confint has
// it (its svyttest takes one off). One mean alone makes a one-sample test, and the
// mean of differences within rows a paired one. There is no t without an error, and
// without degrees of freedom there is neither p nor limits.
func (c Combined) Test(df, level float64) TTest {
	t := TTest{Estimate: c.Estimate, SE: c.SE()}
	se, ok := t.SE.Get()
	estimate, known := t.Estimate.Get()
	if !ok || !known {
		return t
	}
	t.T = number.Of(estimate / se)
	if !(df > 0) {
		return t
	}
	t.DF = number.Of(df)
	if x, ok := t.T.Get(); ok {
		t.P = number.Of(distribution.TwoSided(x, df))
	}
	half := distribution.TQuantile((1-level)/2, df) * se
	t.Lower, t.Upper = number.Of(estimate-half), number.Of(estimate+half)
	return t
}

// TwoSample is what a test that two groups have the same mean rests on: the mean
// of the group with the higher code less that of the other, with their covariance.
// codes has a number for each row, -1 for none; rows that take part must have two
// different ones. The degrees of freedom are of both groups together.
func (s *Sample) TwoSample(y []float64, codes []int32) (Combined, error) {
	first, second, err := s.twoCodes(codes)
	if err != nil {
		return Combined{}, err
	}
	mean := NewMean(Numeric(y))
	j, err := s.EstimateJoint(Part{mean, equal(codes, first)}, Part{mean, equal(codes, second)})
	if err != nil {
		return Combined{}, err
	}
	return j.Difference(0, 1), nil
}

// twoCodes are the two that rows with a weight have.
func (s *Sample) twoCodes(codes []int32) (first, second int32, err error) {
	first, second = math.MaxInt32, -1
	for _, k := range s.taking() {
		if c := codes[k]; c >= 0 {
			first, second = min(first, c), max(second, c)
		}
	}
	if second <= first {
		return 0, 0, fmt.Errorf("the groups of a two-sample test are two, found fewer")
	}
	for _, k := range s.taking() {
		if c := codes[k]; c >= 0 && c != first && c != second {
			return 0, 0, fmt.Errorf("the groups of a two-sample test are two, found more")
		}
	}
	return first, second, nil
}

func equal(codes []int32, code int32) []bool {
	in := make([]bool, len(codes))
	for k, c := range codes {
		in[k] = c == code
	}
	return in
}
