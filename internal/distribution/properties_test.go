package distribution

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// drawLog draws a number whose logarithm is even between those of lo and hi.
func drawLog(t *rapid.T, name string, lo, hi float64) float64 {
	return math.Exp(rapid.Float64Range(math.Log(lo), math.Log(hi)).Draw(t, name))
}

func requireNear(t *rapid.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within*math.Abs(want)) {
		t.Fatalf("%s: %.17g and %.17g differ by %.1e", what, got, want, math.Abs(got/want-1))
	}
}

func TestQuantilesInvertTails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawLog(t, "p", 1e-280, 0.5)
		df := drawLog(t, "df", 0.5, 1e7)
		// The tail far out turns on the last digit of the quantile: by x times its
		// logarithm's slope, at most twice the logarithm of p and some more.
		within := 1e-14 * (10 - math.Log(p))
		requireNear(t, "normal", NormalUpper(NormalQuantile(p)), p, within)
		if x := TQuantile(p, df); !math.IsInf(x, 1) {
			requireNear(t, "t", TUpper(x, df), p, within)
		}
		a, b := drawLog(t, "a", 0.5, 1e4), drawLog(t, "b", 0.5, 1e4)
		if x := BetaQuantile(p, a, b); x > 0x1p-1022 && x < 0.9 {
			lower, _ := incompleteBeta(a, b, x, 1-x)
			requireNear(t, "beta", lower, p, 1e-14*(10+a+b)) // the condition of x^a (1-x)^b
		}
		if x := ChiSquaredQuantile(p, df); x/2 > 0x1p-1022 { // logarithms of less are not exact
			lower, _ := incompleteGamma(df/2, x/2)
			requireNear(t, "chi-squared", lower, p, 1e-14*(10+df))
		}
	})
}

func TestOneTailIsTheMirrorOfTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := 1 - (1 - rapid.Float64Range(1e-6, 0.999).Draw(t, "p")) // so that 1-p is exact
		df := drawLog(t, "df", 0.5, 1e7)
		if TQuantile(p, df) != -TQuantile(1-p, df) && p > 0.5 {
			t.Fatalf("t quantiles of %v and its rest: %v, %v", p, TQuantile(p, df), TQuantile(1-p, df))
		}
		x := rapid.Float64Range(-8, 8).Draw(t, "x")
		if sum := TUpper(x, df) + TUpper(-x, df); math.Abs(sum-1) > 1e-14 {
			t.Fatalf("tails of t beyond %v sum to %v", x, sum)
		}
		a, b := drawLog(t, "a", 0.5, 1e4), drawLog(t, "b", 0.5, 1e4)
		if rest := BetaQuantile(p, a, b) + BetaQuantile(1-p, b, a) - 1; math.Abs(rest) > 1e-13 {
			t.Fatalf("beta quantiles of %v and its rest differ by %v", p, rest)
		}
	})
}

func TestFamiliesMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, df := rapid.Float64Range(0.01, 30).Draw(t, "x"), drawLog(t, "df", 0.5, 1e7)
		requireNear(t, "t and F", TwoSided(x, df), FUpper(x*x, 1, df), 1e-12)
		requireNear(t, "normal and chi-squared", 2*NormalUpper(x), ChiSquaredUpper(x*x, 1), 1e-12)
		requireNear(t, "F and chi-squared", FUpper(x, df, math.Inf(1)), ChiSquaredUpper(df*x, df), 1e-15)
		// The exponential distribution, and a maximum of b uniform numbers.
		requireNear(t, "exponential", ChiSquaredUpper(x, 2), math.Exp(-x/2), 1e-13)
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		requireNear(t, "maximum", BetaQuantile(p, df, 1), math.Pow(p, 1/df), 1e-13)
	})
}

// I_x(a,b) = I_x(a+1,b) + x^a y^b/(a B(a,b)): two fractions that share no term.
func TestBetaKeepsItsRecurrence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawLog(t, "a", 0.01, 5e6), drawLog(t, "b", 0.01, 5e6)
		// So many standard deviations from the mean, on the log odds.
		z := rapid.Float64Range(-12, 12).Draw(t, "z")
		x, y := fromLogOdds(math.Log(a/b) + within(20, z*math.Sqrt(1/a+1/b)))
		lower, _ := incompleteBeta(a, b, x, y)
		next, _ := incompleteBeta(a+1, b, x, y)
		rest := betaFront(a, b, x, y) / a
		if lower >= 0x1p-1022 { // below that a number has fewer digits
			requireNear(t, "recurrence", next+rest, lower, 1e-11)
		}
		if !(lower >= 0 && lower <= 1) {
			t.Fatalf("I_%v(%v, %v) = %v", x, a, b, lower)
		}
	})
}

func TestEnds(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"normal quantile of 0", NormalQuantile(0), math.Inf(1)},
		{"normal quantile of 1", NormalQuantile(1), math.Inf(-1)},
		{"normal quantile far out", NormalQuantile(1e-300), 37.0471},
		{"t quantile of 0", TQuantile(0, 3), math.Inf(1)},
		{"t quantile of a half", TQuantile(0.5, 3), 0},
		{"t with infinite df", TQuantile(0.025, math.Inf(1)), NormalQuantile(0.025)},
		{"F of nothing", FUpper(0, 2, 3), 1},
		{"chi-squared of nothing", ChiSquaredUpper(0, 2), 1},
		{"chi-squared quantile of 0", ChiSquaredQuantile(0, 2), 0},
		{"chi-squared quantile of 1", ChiSquaredQuantile(1, 2), math.Inf(1)},
		{"beta quantile of 0", BetaQuantile(0, 2, 3), 0},
		{"beta quantile of 1", BetaQuantile(1, 2, 3), 1},
		{"beta, all at 0", BetaQuantile(0.5, 0, 3), 0},
		{"beta, all at 1", BetaQuantile(0.5, 2, 0), 1},
	} {
		if c.got != c.want && !(math.Abs(c.got-c.want) < 1e-4) {
			t.Errorf("%s: %v, not %v", c.name, c.got, c.want)
		}
	}
}

// Far tails at large degrees of freedom: R 4.2.2's pt(x, df, lower.tail = FALSE).
func TestFarTailsOfLargeDegreesOfFreedom(t *testing.T) {
	for _, c := range []struct{ got, want float64 }{
		{TUpper(37, 1e7), 6.0006061613189768e-300},
		{TUpper(37, 1e6), 9.1498654309004522e-300},
		{TUpper(30, 12345.6), 3.1717830891914374e-191},
	} {
		if math.Abs(c.got/c.want-1) > 1e-12 {
			t.Errorf("got %.17g, R has %.17g", c.got, c.want)
		}
	}
}
