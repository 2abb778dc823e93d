package survey

import "github.com/caregap/caregap/internal/number"

// ErrorPair is a number with its standard error found in two ways.
type ErrorPair struct {
	Estimate, Linearised, Jackknife number.Value
}

// CompareErrors gives the numbers of a statistic with their linearised errors and,
// beside these, those of the jackknife about the full sample's estimate: a check of
// linearised values that asks nothing of them. The two agree to rounding for a
// total, closely for smooth statistics of many PSUs, and not for quantiles. Of
// several stages the jackknife sees the first. The sample's weights must not have
// been adjusted.
func (s *Sample) CompareErrors(st Statistic) ([]ErrorPair, error) {
	linear, err := s.Estimate(st)
	if err != nil {
		return nil, err
	}
	replicated, err := s.Replicate(Replication{Kind: JKn, MSE: true})
	if err != nil {
		return nil, err
	}
	jackknife, err := replicated.Estimate(st)
	if err != nil {
		return nil, err
	}
	pairs := make([]ErrorPair, st.Len())
	for i := range pairs {
		pairs[i] = ErrorPair{linear.Value(i), linear.SE(i), jackknife.SE(i)}
	}
	return pairs, nil
}
