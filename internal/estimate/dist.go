package estimate

import (
	"math"
	"sync"
)

// The distribution functions that intervals and tests need, for non-integer
// degrees of freedom up to infinity. Tails are computed as such, never as one
// minus the other side. gonum's Student's t loses nine digits at ten million
// degrees of freedom, so the incomplete beta function is done here.

// tUpper is P(T > x) for Student's t with df degrees of freedom.
func tUpper(x, df float64) float64 {
	if math.IsInf(df, 1) {
		return 0.5 * math.Erfc(x/math.Sqrt2)
	}
	if x < 0 {
		return 1 - tUpper(-x, df)
	}
	d := df + x*x
	return 0.5 * betaInc(df/2, 0.5, df/d, x*x/d)
}

// twoSided is the two-sided p-value of a t statistic.
func twoSided(t, df float64) float64 { return 2 * tUpper(math.Abs(t), df) }

// fUpper is P(F > x).
func fUpper(x, df1, df2 float64) float64 {
	if x <= 0 {
		return 1
	}
	d := df2 + df1*x
	return betaInc(df2/2, df1/2, df2/d, df1*x/d)
}

type tKey struct{ upper, df float64 }

var tCache sync.Map // tKey -> float64: quantiles are asked for again and again

// tQuantile is the x with P(T > x) = upper, for upper in (0, 0.5]. Newton's
// method from the normal quantile, with the Cornish-Fisher term for a start.
func tQuantile(upper, df float64) float64 {
	if upper == 0.5 {
		return 0
	}
	z := normalQuantile(upper)
	if math.IsInf(df, 1) {
		return z
	}
	if q, ok := tCache.Load(tKey{upper, df}); ok {
		return q.(float64)
	}
	q := solveT(upper, df, z+(z*z*z+z)/(4*df))
	tCache.Store(tKey{upper, df}, q)
	return q
}

// normalQuantile is the z with P(Z > z) = upper; the library's inverse is good to
// nine digits in the tails, one Newton step on the log makes it exact.
func normalQuantile(upper float64) float64 {
	z := math.Sqrt2 * math.Erfcinv(2*upper)
	for range 2 {
		p := 0.5 * math.Erfc(z/math.Sqrt2)
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		z += math.Log(p/upper) * p / density
	}
	return z
}

func solveT(upper, df, x float64) float64 {
	logDensity := -0.5*math.Log(df) - lbeta(df/2, 0.5)
	lo, hi := 0.0, math.Inf(1)
	for range 200 {
		p := tUpper(x, df)
		if p > upper {
			lo = x
		} else {
			hi = x
		}
		// Newton on the logarithm of the tail, which is close to linear far out.
		density := math.Exp(logDensity - (df+1)/2*math.Log1p(x*x/df))
		next := x + math.Log(p/upper)*p/density
		if !(next > lo && next < hi) {
			next = bisect(lo, hi, x)
		}
		if math.Abs(next-x) <= 1e-15*math.Abs(next) {
			return next
		}
		x = next
	}
	return x
}

func bisect(lo, hi, x float64) float64 {
	if math.IsInf(hi, 1) {
		return 2*x + 1
	}
	return (lo + hi) / 2
}

// betaQuantile is the x with I_x(a, b) = p, by Newton's method kept inside a
// shrinking bracket.
func betaQuantile(p, a, b float64) float64 {
	if p <= 0 || a <= 0 {
		return 0
	}
	if p >= 1 || b <= 0 {
		return 1
	}
	lo, hi := 0.0, 1.0
	mean := a / (a + b)
	z := math.Sqrt2 * math.Erfinv(2*p-1)
	x := mean + z*math.Sqrt(mean*(1-mean)/(a+b+1))
	if x <= 0 || x >= 1 {
		x = mean
	}
	lb := lbeta(a, b)
	for range 200 {
		f := betaInc(a, b, x, 1-x) - p
		if f > 0 {
			hi = x
		} else {
			lo = x
		}
		density := math.Exp((a-1)*math.Log(x) + (b-1)*math.Log1p(-x) - lb)
		next := x - f/density
		if !(next > lo && next < hi) {
			next = (lo + hi) / 2
		}
		if math.Abs(next-x) <= 1e-14*next {
			return next
		}
		x = next
	}
	return x
}

// betaInc is the regularised incomplete beta function I_x(a, b); y is 1-x, given
// apart because it may be too small to be found from x.
func betaInc(a, b, x, y float64) float64 {
	if x <= 0 {
		return 0
	}
	if y <= 0 {
		return 1
	}
	front := math.Exp(a*logOf(x, y) + b*logOf(y, x) - lbeta(a, b))
	if x < (a+1)/(a+b+2) {
		return front * betaFraction(a, b, x) / a
	}
	return 1 - front*betaFraction(b, a, y)/b
}

// logOf is log(x) where x = 1-y: from whichever of the two is exact.
func logOf(x, y float64) float64 {
	if y < 0.5 {
		return math.Log1p(-y)
	}
	return math.Log(x)
}

// betaFraction is the continued fraction of the incomplete beta function by
// Lentz's method (Abramowitz and Stegun 1964, 26.5.8).
func betaFraction(a, b, x float64) float64 {
	const tiny = 1e-300
	guard := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/guard(1-(a+b)*x/(a+1))
	h := d
	for i := 1; i < 100_000; i++ {
		m := float64(i)
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / guard(1+even*d)
		c = guard(1 + even/c)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / guard(1+odd*d)
		c = guard(1 + odd/c)
		step := d * c
		h *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	return h
}

// lbeta is the logarithm of the beta function. For large arguments the leading
// terms of the log gamma functions cancel, so only their Stirling corrections
// are subtracted (Didonato and Morris 1992).
func lbeta(a, b float64) float64 {
	if a > b {
		a, b = b, a
	}
	switch {
	case a >= 10:
		corr := stirling(a) + stirling(b) - stirling(a+b)
		return -0.5*math.Log(b) + 0.5*math.Log(2*math.Pi) + corr + (a-0.5)*math.Log(a/(a+b)) + b*math.Log1p(-a/(a+b))
	case b >= 10:
		g, _ := math.Lgamma(a)
		corr := stirling(b) - stirling(a+b)
		return g + corr + a - a*math.Log(a+b) + (b-0.5)*math.Log1p(-a/(a+b))
	}
	ga, _ := math.Lgamma(a)
	gb, _ := math.Lgamma(b)
	gab, _ := math.Lgamma(a + b)
	return ga + gb - gab
}

// stirling is the correction of Stirling's formula for x >= 10.
func stirling(x float64) float64 {
	r := 1 / (x * x)
	return (1.0/12 - r*(1.0/360-r*(1.0/1260-r*(1.0/1680-r*(1.0/1188-r*(691.0/360360-r*(1.0/156))))))) / x
}
