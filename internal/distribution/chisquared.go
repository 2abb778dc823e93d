package distribution

import "math"

// ChiSquaredUpper is P(X > x) for chi-squared with df degrees of freedom, df > 0.
func ChiSquaredUpper(x, df float64) float64 {
	if x <= 0 {
		return 1
	}
	_, upper := incompleteGamma(df/2, x/2)
	return upper
}

// ChiSquaredQuantile is the x with P(X <= x) = lower for chi-squared with df
// degrees of freedom, lower in [0, 1] and df > 0.
func ChiSquaredQuantile(lower, df float64) float64 {
	switch lower {
	case 0:
		return 0
	case 1:
		return math.Inf(1)
	}
	return 2 * math.Exp(gammaLog(lower, df/2))
}
