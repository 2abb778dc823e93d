package distribution

import "math"

// BetaQuantile is the x with P(X <= x) = lower for a beta variable with
// parameters a and b, lower in [0, 1]. A parameter of 0 puts all of it at one
// end: the limits of Clopper and Pearson (1934) for none and for all.
func BetaQuantile(lower, a, b float64) float64 {
	if lower <= 0 || a <= 0 {
		return 0
	}
	if lower >= 1 || b <= 0 {
		return 1
	}
	x, _ := fromLogOdds(betaLogOdds(lower, 1-lower, a, b))
	return x
}

// betaLogOdds is log(x/(1-x)) where the incomplete beta function of x is lower,
// and its upper tail is upper.
func betaLogOdds(lower, upper, a, b float64) float64 {
	// Far down the function is x^a/(a B(a, b)) and nothing else.
	if u := (math.Log(lower) + logBeta(a, b)) / a; u+math.Log1p(b) < negligible {
		return u
	}
	if u := (math.Log(upper) + logBeta(b, a)) / b; u+math.Log1p(a) < negligible {
		return -u
	}
	if lower > upper {
		return -betaLogOdds(upper, lower, b, a)
	}
	return solve(math.Log(a/b), lower, func(u float64) (tail, rate float64) {
		x, y := fromLogOdds(u)
		tail, _ = incompleteBeta(a, b, x, y)
		return tail, betaFront(a, b, x, y)
	})
}

func fromLogOdds(u float64) (x, y float64) { return 1 / (1 + math.Exp(-u)), 1 / (1 + math.Exp(u)) }

// incompleteBeta is the regularised incomplete beta function I_x(a, b), and one
// minus it, for a and b above 0. y is 1-x, given apart because it may be too
// small to be found from x.
func incompleteBeta(a, b, x, y float64) (lower, upper float64) {
	switch {
	case x <= 0:
		return 0, 1
	case y <= 0:
		return 1, 0
	}
	if x < (a+1)/(a+b+2) {
		lower = betaFront(a, b, x, y) / betaFraction(a, b, x, y)
		return lower, 1 - lower
	}
	upper = betaFront(b, a, y, x) / betaFraction(b, a, y, x)
	return 1 - upper, upper
}

// belowMean is a - (a+b)x: how far x lies below the mean a/(a+b), by whichever
// of x and y = 1-x is small.
func belowMean(a, b, x, y float64) float64 {
	if a > b {
		return (a+b)*y - b
	}
	return a - (a+b)*x
}

// betaFraction is the continued fraction that divides the front factor, for x
// below the mean (DiDonato and Morris 1992, section 6): the even part of
// Abramowitz and Stegun's 26.5.8, written in the distance from the mean. The
// plain one takes (a+b)x/(a+1) from 1 and loses seven digits at a = 5e6.
func betaFraction(a, b, x, y float64) float64 {
	distance := belowMean(a, b, x, y)
	at := func(n float64) float64 {
		return n + n*(b-n)*x/(a+2*n-1) + (a+n)/(a+2*n+1)*(distance+1+n*(1+y))
	}
	f := newLentz(a / (a + 1) * (distance + 1))
	for n := 1.0; ; n++ {
		d := a + 2*n - 1
		if !f.add((a+n-1)/d*((a+b+n-1)/d)*n*(b-n)*x*x, at(n)) {
			return f.value
		}
	}
}

// betaFront is x^a y^b / B(a, b).
func betaFront(a, b, x, y float64) float64 {
	if min(a, b) < 10 {
		return a * math.Exp(a*logOf(x, y)+b*logOf(y, x)-logBeta(a, b))
	}
	// With the distance d from the mean the exponents are a log(1-d/a) and
	// b log(1+d/b), whose linear terms cancel.
	d := belowMean(a, b, x, y)
	deviance := a*excess(-d/a, x*((a+b)/a)) + b*excess(d/b, y*((a+b)/b))
	return math.Sqrt(a/(a+b)*b/(2*math.Pi)) * math.Exp(-deviance-betaCorrection(a, b))
}

// logOf is log(x) where x = 1-y: from whichever of the two is exact.
func logOf(x, y float64) float64 {
	if y < 0.5 {
		return math.Log1p(-y)
	}
	return math.Log(x)
}

// logBeta is log(a B(a, b)), which is close to 0 for a small a. The leading
// terms of the log gamma functions of large arguments cancel, so only their
// Stirling corrections are subtracted (DiDonato and Morris 1992).
func logBeta(a, b float64) float64 {
	switch {
	case min(a, b) >= 10:
		return 0.5*math.Log(2*math.Pi*a*((a+b)/b)) + betaCorrection(a, b) + a*logOf(a/(a+b), b/(a+b)) + b*logOf(b/(a+b), a/(a+b))
	case b >= 10:
		return logGammaPlus1(a) + gammaRatio(a, b)
	case a >= 10:
		return logGammaPlus1(b) + gammaRatio(b, a) + math.Log(a/b)
	}
	gb, _ := math.Lgamma(b)
	gab, _ := math.Lgamma(a + b)
	return logGammaPlus1(a) + gb - gab
}

// gammaRatio is log gamma(b) - log gamma(a+b) for b >= 10 and a below that.
func gammaRatio(a, b float64) float64 {
	return stirling(b) - stirling(a+b) + a - a*math.Log(a+b) + (b-0.5)*math.Log1p(-a/(a+b))
}

func betaCorrection(a, b float64) float64 { return stirling(a) + stirling(b) - stirling(a+b) }
