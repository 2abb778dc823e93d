// Package interval makes confidence limits for shares from what is known of
// them: the estimate, its design variance and the degrees of freedom.
//
//  1. The design is in the variance. Methods that were made for counts of
//     independent answers get the number of those that would have had the same
//     variance: the effective size n* = p(1-p)/V.
//  2. The degrees of freedom are in t, which stands where the methods have z.
//  3. A share of 0 or 1 has a variance of 0, which says nothing. What is printed
//     then is the Reading's business: R's limits are for comparison with R, ours
//     fall back on the number of answers where a method allows it.
//
// Nothing here is NaN for a share with degrees of freedom; Limits say why there
// are none.
package interval

import (
	"math"

	"github.com/caregap/caregap/internal/distribution"
)

// Share is an estimated share.
type Share struct {
	P  float64 // the estimate, from 0 to 1
	V  float64 // its design variance
	DF float64
	N  float64 // answers
	// Rows of the design, with those that lack an answer: R's size for Korn and
	// Graubard's limits.
	Rows float64
	// Dispersion of the working model, for Likelihood: about 1.
	Dispersion float64
	// LogitSE is the error of the logit where replicates give it; 0: by the delta
	// method.
	LogitSE float64
}

// certain reports whether the estimate is 0 or 1, of which V says nothing.
func (s Share) certain() bool { return s.P <= 0 || s.P >= 1 }

// Effective is the effective size n* = p(1-p)/V: infinite where there is no
// variance, and NaN for a share of 0 or 1.
func (s Share) Effective() float64 {
	if s.certain() {
		return math.NaN()
	}
	return s.P * (1 - s.P) / s.V
}

// t is the quantile of Student's t that leaves tail above it.
func (s Share) t(tail float64) float64 { return distribution.TQuantile(tail, s.DF) }

// wald is p -+ t SE (R's "mean").
func (s Share) wald(tail float64) (lo, hi float64) {
	half := s.t(tail) * math.Sqrt(s.V)
	return s.P - half, s.P + half
}

// logit is symmetric on the log odds (R's "logit" and "xlogit").
func (s Share) logit(tail, se float64) (lo, hi float64) {
	centre := math.Log(s.P / (1 - s.P))
	half := s.t(tail) * se
	return expit(centre - half), expit(centre + half)
}

// deltaLogitSE is the error of the log odds by the delta method.
func (s Share) deltaLogitSE() float64 { return math.Sqrt(s.V) / (s.P * (1 - s.P)) }

func expit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// asin is symmetric in the angle whose squared sine is the share (R's "asin").
// The angle is as it comes: beyond 0 and a right angle the limits turn back.
func (s Share) asin(tail float64, clamp bool) (lo, hi float64) {
	centre := math.Asin(math.Sqrt(s.P))
	half := s.t(tail) * math.Sqrt(s.V) / (2 * math.Sqrt(s.P*(1-s.P)))
	lo, hi = centre-half, centre+half
	if clamp {
		lo, hi = max(lo, 0), min(hi, math.Pi/2)
	}
	return math.Pow(math.Sin(lo), 2), math.Pow(math.Sin(hi), 2)
}

// Wilson is the score interval (Wilson 1927) with the effective size and t in
// place of z, as in R 4.5's svyciprop(method = "wilson"). Where p is 0 or 1 the
// size is n; where the whole population answered there is no error.
func Wilson(p, v, n, t float64) (lo, hi float64) {
	size := n
	if p > 0 && p < 1 {
		if v == 0 {
			return p, p
		}
		size = p * (1 - p) / v
	}
	t2 := t * t
	centre := p + t2/(2*size)
	half := t / (2 * size) * math.Sqrt(4*size*p*(1-p)+t2)
	return max(0, (centre-half)/(1+t2/size)), min(1, (centre+half)/(1+t2/size))
}

// ClopperPearson is the exact interval (Clopper and Pearson 1934) at a size that
// need not be whole, with tail left out at either side.
func ClopperPearson(p, n, tail float64) (lo, hi float64) {
	x := n * p
	return distribution.BetaQuantile(tail, x, n-x+1), 1 - distribution.BetaQuantile(tail, n-x, x+1)
}

// kornGraubard is the exact interval at the effective size, corrected for the
// degrees of freedom by way of a size n (Korn and Graubard 1998).
func (s Share) kornGraubard(tail, n float64) (lo, hi float64) {
	return ClopperPearson(s.P, s.Effective()*s.correction(tail, n), tail)
}

func (s Share) correction(tail, n float64) float64 {
	ratio := distribution.TQuantile(tail, max(1, n-1)) / s.t(tail)
	return ratio * ratio
}

// truncatedSize is the corrected effective size, but at most the number of
// answers, which it starts from where there is no variance.
func (s Share) truncatedSize(tail float64) float64 {
	size := s.N
	if !s.certain() && s.V > 0 {
		size = s.Effective()
	}
	return min(s.N, size*s.correction(tail, s.N))
}

// likelihood takes in the shares that the working likelihood holds against the
// estimate by no more than t allows: 2 n* KL(p^, p) <= dispersion t^2, where KL is
// the divergence of Kullback and Leibler. R profiles svyglm's likelihood, scaled
// by the ratio of the design's variance to the model's, and interpolates.
func (s Share) likelihood(tail float64) (lo, hi float64) {
	t := s.t(tail)
	allowed := s.Dispersion * t * t / (2 * s.Effective())
	return s.against(0, allowed), s.against(1, allowed)
}

// against is where, between the estimate and an end, the divergence from the
// estimate reaches what is allowed: by bisection, as it only grows.
func (s Share) against(end, allowed float64) float64 {
	inside, outside := s.P, end
	for range 200 {
		p := inside + (outside-inside)/2
		if p == inside || p == outside {
			break
		}
		if s.divergence(p) <= allowed {
			inside = p
		} else {
			outside = p
		}
	}
	return inside
}

func (s Share) divergence(p float64) float64 {
	return s.P*math.Log(s.P/p) + (1-s.P)*math.Log((1-s.P)/(1-p))
}
