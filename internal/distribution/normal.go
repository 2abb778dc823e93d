package distribution

import "math"

// NormalUpper is P(Z > z) for a standard normal Z.
func NormalUpper(z float64) float64 { return 0.5 * math.Erfc(z/math.Sqrt2) }

// NormalQuantile is the z with P(Z > z) = upper, for upper in [0, 1].
func NormalQuantile(upper float64) float64 {
	switch {
	case upper > 0.5:
		return -NormalQuantile(1 - upper)
	case upper == 0:
		return math.Inf(1)
	case upper > 0.2: // around 0 the tail says little about z, its distance from a half everything
		return math.Sqrt2 * math.Erfinv(1-2*upper)
	}
	// Chernoff's bound, P(Z > z) <= exp(-z*z/2)/2, lies beyond the root.
	return solve(math.Sqrt(-2*math.Log(2*upper)), upper, func(z float64) (tail, rate float64) {
		return NormalUpper(z), -math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	})
}
