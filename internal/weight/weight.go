// Package weight says what sampling weights do to a survey: how far they range,
// and what their inequality costs.
//
//  1. Moments of the weights come from one pass over the respondents (Sums.Add).
//  2. Describe turns them into Kish's design effect of weighting, the sample size
//     that is left after it, and the range of the weights about their mean.
//
// The effect ignores strata and clusters; it is shown beside a survey and never
// used in place of a variance (Kish 1992).
package weight

import (
	"math"

	"github.com/caregap/caregap/internal/number"
)

// Sums are the moments of weights above 0.
type Sums struct {
	N               int
	Sum, SumSquares float64
	Min, Max        float64
}

// NewSums returns the moments of no weights.
func NewSums() Sums { return Sums{Min: math.Inf(1)} }

// Add adds respondents' weights; those of 0 stand outside.
func (s *Sums) Add(weights []float64) {
	for _, w := range weights {
		if w <= 0 {
			continue
		}
		s.N++
		s.Sum += w
		s.SumSquares += w * w
		s.Min, s.Max = min(s.Min, w), max(s.Max, w)
	}
}

// Merge adds the moments of another piece.
func (s *Sums) Merge(o Sums) {
	s.N += o.N
	s.Sum += o.Sum
	s.SumSquares += o.SumSquares
	s.Min, s.Max = min(s.Min, o.Min), max(s.Max, o.Max)
}

// Description is what weights do. Nothing in it is known of no weights.
type Description struct {
	Effect        number.Value // n sum w^2 / (sum w)^2 = 1 + cv^2(w)
	EffectiveBase number.Value // (sum w)^2 / sum w^2, respondents
	Least, Most   number.Value // the smallest and the largest weight over their mean
}

// Describe applies Kish's formulas (Kish 1965, 11.7; 1992).
func (s Sums) Describe() Description {
	if s.N == 0 || s.Sum == 0 {
		return Description{}
	}
	n := float64(s.N)
	mean := s.Sum / n
	return Description{
		Effect:        number.Of(n * s.SumSquares / (s.Sum * s.Sum)),
		EffectiveBase: number.Of(s.Sum * s.Sum / s.SumSquares),
		Least:         number.Of(s.Min / mean),
		Most:          number.Of(s.Max / mean),
	}
}
