package distribution

import (
	"math"
	"sync"
)

// TUpper is P(T > x) for Student's t with df degrees of freedom, df > 0.
func TUpper(x, df float64) float64 {
	if math.IsInf(df, 1) {
		return NormalUpper(x)
	}
	if x < 0 {
		return 1 - TUpper(-x, df)
	}
	// Far out the tail is u^(df/2)/(df B(df/2, 1/2)) and nothing else, u = df/x^2;
	// by logarithms, as x^2 may be too large and u too small to be held.
	if u := math.Log(df) - 2*math.Log(x); u+math.Log1p(df) < negligible {
		return 0.5 * math.Exp(df/2*u-logBeta(df/2, 0.5))
	}
	tail, _ := incompleteBeta(df/2, 0.5, df/(df+x*x), x*x/(df+x*x))
	return 0.5 * tail
}

// TwoSided is the two-sided p-value of a t statistic.
func TwoSided(t, df float64) float64 { return 2 * TUpper(math.Abs(t), df) }

type tKey struct{ upper, df float64 }

var tCache sync.Map // tKey -> float64: a report asks for the same few quantiles again and again

// TQuantile is the x with P(T > x) = upper, for upper in [0, 1] and df > 0.
func TQuantile(upper, df float64) float64 {
	switch {
	case upper > 0.5:
		return -TQuantile(1-upper, df)
	case upper == 0.5:
		return 0
	case upper == 0:
		return math.Inf(1)
	case math.IsInf(df, 1):
		return NormalQuantile(upper)
	}
	if q, ok := tCache.Load(tKey{upper, df}); ok {
		return q.(float64)
	}
	// x*x/df are the odds of a beta variable with parameters 1/2 and df/2.
	q := math.Sqrt(df) * math.Exp(betaLogOdds(1-2*upper, 2*upper, 0.5, df/2)/2)
	tCache.Store(tKey{upper, df}, q)
	return q
}
