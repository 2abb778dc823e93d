// Package distribution has the tails and quantiles that intervals and tests are
// made of: the normal distribution, Student's t, F, chi-squared and beta, for
// degrees of freedom that need not be whole, up to ten million and infinity.
//
//  1. Everything rests on two functions, the regularised incomplete beta and
//     gamma functions. Each gives both of its tails, the smaller one computed
//     as such and never as one minus the other.
//  2. Both are a front factor times a series or continued fraction (DiDonato
//     and Morris 1992, Algorithm 708). The front factor of large parameters is
//     taken as a deviance, in which the large logarithms have cancelled on paper
//     (Loader 2000); the fraction is written in how far x lies from the mean, so
//     that nothing cancels in it either.
//  3. Quantiles are found on the scale of the log odds (beta) or the log
//     (gamma), on which the density is log-concave: Newton's method on the
//     logarithm of the smaller tail then goes straight to the root.
//
// R's pnorm, pt, pf, pchisq, qnorm, qt, qchisq and qbeta agree to a relative
// 1e-12 over testdata/oracle/distributions.json, tails of 1e-97 included.
// A probability is given as that of the upper tail unless a name says otherwise.
package distribution

import "math"

// solve finds the u at which a tail is p, by Newton's method on the tail's
// logarithm from a start u. tailAt returns the tail and the rate at which it
// grows with u, negative for an upper tail. The logarithm of a tail of a
// log-concave density is concave: from the far side Newton's steps never pass
// the root, and from the near side they pass it once. Steps are kept short
// enough that no tail is too small for a number on the way.
func solve(u, p float64, tailAt func(u float64) (tail, rate float64)) float64 {
	for range 500 {
		tail, rate := tailAt(u)
		residual := math.Log(tail / p)
		step := within(20, residual) * tail / rate
		u -= within(1, step)
		// Convergence is quadratic: what is left now is the square of this.
		if math.Abs(residual) < 1e-9 {
			break
		}
	}
	return u
}

func within(limit, x float64) float64 { return max(-limit, min(limit, x)) }
