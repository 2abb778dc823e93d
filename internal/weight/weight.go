// Package weight makes weights match what is known of a population, and says what
// weights do to a survey.
//
//  1. Adjusters turn the weights of rows into others: Poststratification, Raking,
//     Calibration, Trim, RakingWithin. Each answers as R's survey package does and
//     hands over its Residual, which is what it does to variances.
//  2. ReadPopulations reads a study's population totals. RakeCells rakes a survey's
//     respondents to them, not row by row but in cells of everyone who has the same
//     categories, by calibration with the distance of raking, within bounds if asked.
//     MarginRegression gives the residuals that its variances rest on.
//  3. Moments of weights come from one pass over the respondents (Sums.Add). Describe
//     turns them into Kish's design effect of weighting, the sample size that is left
//     after it, and the range of the weights about their mean.
//
// Kish's effect ignores strata and clusters; it is shown beside a survey and never
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

// times are the moments of weights multiplied by g, which is above 0.
func (s Sums) times(g float64) Sums {
	return Sums{N: s.N, Sum: s.Sum * g, SumSquares: s.SumSquares * g * g, Min: s.Min * g, Max: s.Max * g}
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
