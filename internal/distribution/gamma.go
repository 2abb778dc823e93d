package distribution

import "math"

// incompleteGamma is the regularised incomplete gamma function, P(a, x) and
// Q(a, x) = 1 - P(a, x), for a > 0 and x >= 0: below a by its series, above by
// its continued fraction (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
func incompleteGamma(a, x float64) (lower, upper float64) {
	if x <= 0 {
		return 0, 1
	}
	front := gammaFront(a, x)
	if x < a+1 {
		lower = front * gammaSeries(a, x) / a
		return lower, 1 - lower
	}
	upper = front * gammaFraction(a, x)
	return 1 - upper, upper
}

// gammaFront is x^a exp(-x) / gamma(a).
func gammaFront(a, x float64) float64 {
	if a < 10 {
		return a * math.Exp(a*math.Log(x)-x-logGammaPlus1(a))
	}
	return math.Sqrt(a/(2*math.Pi)) * math.Exp(-a*excess((x-a)/a, x/a)-stirling(a))
}

// gammaLog is the logarithm of the x at which the incomplete gamma function is
// lower.
func gammaLog(lower, a float64) float64 {
	// Far down the function is x^a/gamma(a+1) and nothing else.
	if u := (math.Log(lower) + logGammaPlus1(a)) / a; u < negligible {
		return u
	}
	if lower > 0.5 {
		return solve(math.Log(a), 1-lower, func(u float64) (tail, rate float64) {
			x := math.Exp(u)
			_, tail = incompleteGamma(a, x)
			return tail, -gammaFront(a, x)
		})
	}
	return solve(math.Log(a), lower, func(u float64) (tail, rate float64) {
		x := math.Exp(u)
		tail, _ = incompleteGamma(a, x)
		return tail, gammaFront(a, x)
	})
}

// negligible is the logarithm of what makes no difference beside 1.
const negligible = -40

// logGammaPlus1 is log gamma(1+a), to the last digits of a small a too.
func logGammaPlus1(a float64) float64 {
	g, _ := math.Lgamma(1 + a)
	if a < 1 {
		const euler = 0.57721566490153286
		g -= euler * (a - ((1 + a) - 1)) // what 1+a has lost of a
	}
	return g
}

func gammaSeries(a, x float64) float64 {
	sum, term := 1.0, 1.0
	for n := 1.0; term > 1e-17*sum; n++ {
		term *= x / (a + n)
		sum += term
	}
	return sum
}

// gammaFraction is even part of the fraction, by Lentz's method; all of its
// numbers are above 0 for x >= a+1 up to the last that matters.
func gammaFraction(a, x float64) float64 {
	f := newLentz(x - a + 1)
	for n := 1.0; f.add(n*(a-n), x-a+1+2*n); n++ {
	}
	return 1 / f.value
}

// excess is x - log(1+x), at least 0, for x > -1. onePlus is 1+x, given apart
// because x may be too close to -1 for it to be found from x.
func excess(x, onePlus float64) float64 {
	if math.Abs(x) > 0.5 {
		return x - math.Log(onePlus)
	}
	// log(1+x) = 2 atanh(r) with r = x/(2+x), and x - 2r = x*r.
	r := x / (2 + x)
	sum, power := 0.0, 1.0
	for n := 3.0; power > 1e-17; n += 2 {
		sum += power / n
		power *= r * r
	}
	return r * (x - 2*r*r*sum)
}

// stirling is log gamma(x) less Stirling's formula, for x >= 10.
func stirling(x float64) float64 {
	r := 1 / (x * x)
	return (1.0/12 - r*(1.0/360-r*(1.0/1260-r*(1.0/1680-r*(1.0/1188-r*(691.0/360360-r*(1.0/156))))))) / x
}
