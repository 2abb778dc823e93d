package pool

import (
	"math"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// Method is an estimator of the variance between studies.
type Method int

// The estimators, by metafor's names FE, DL, PM, REML, ML, HE, SJ.
const (
	FixedEffect       Method = iota // none: all studies have one true value
	DerSimonianLaird                // by moments of Q (1986)
	PauleMandel                     // Q is what it is expected to be (1982)
	RestrictedML                    // restricted maximum likelihood (Viechtbauer 2005)
	MaximumLikelihood               // the same without the degree of freedom of the mean
	Hedges                          // by moments of the plain variance (Hedges and Olkin 1985)
	SidikJonkman                    // one step from the plain variance (2005); never 0
)

// sample is the studies, checked.
type sample []Study

// mean is the mean of the estimates with weights 1/(v + tau2): the weights, their
// sum, the sum of their squares, and Q about the mean.
type mean struct {
	weights         []float64
	sum, squares    float64
	at, q, qWeighed float64 // q: sum of w (y-at)^2; qWeighed: sum of w^2 (y-at)^2
}

func (s sample) mean(tau2 float64) mean {
	m := mean{weights: make([]float64, len(s))}
	total := 0.0
	for i, study := range s {
		w := 1 / (study.Variance + tau2)
		m.weights[i] = w
		m.sum += w
		m.squares += w * w
		total += w * study.Estimate
	}
	m.at = total / m.sum
	for i, study := range s {
		d := study.Estimate - m.at
		m.q += m.weights[i] * d * d
		m.qWeighed += m.weights[i] * m.weights[i] * d * d
	}
	return m
}

// plain is the sum of squares of the estimates about their plain mean.
func (s sample) plain() float64 {
	k, sum, squares := float64(len(s)), 0.0, 0.0
	for _, study := range s {
		sum += study.Estimate
	}
	for _, study := range s {
		d := study.Estimate - sum/k
		squares += d * d
	}
	return squares
}

func (s sample) tau2(method Method) float64 {
	k := float64(len(s))
	switch method {
	case DerSimonianLaird:
		m := s.mean(0)
		return max(0, (m.q-(k-1))/(m.sum-m.squares/m.sum))
	case PauleMandel:
		return s.root(func(m mean) float64 { return m.q - (k - 1) })
	case RestrictedML:
		return s.root(func(m mean) float64 { return m.qWeighed - m.sum + m.squares/m.sum })
	case MaximumLikelihood:
		return s.root(func(m mean) float64 { return m.qWeighed - m.sum })
	case Hedges:
		variance := 0.0
		for _, study := range s {
			variance += study.Variance
		}
		return max(0, s.plain()/(k-1)-variance/k)
	case SidikJonkman:
		start := s.plain() / k
		return start * s.mean(start).q / (k - 1)
	}
	panic("pool: no such method")
}

// root is the tau2 at which a score, above 0 to its left, becomes 0; 0 where the
// score is not above 0 to begin with. Bisection to the last digits: the reports of
// other programs end at 1e-5.
func (s sample) root(score func(mean) float64) float64 {
	if !(score(s.mean(0)) > 0) {
		return 0
	}
	lo, hi := 0.0, s[0].Variance
	for score(s.mean(hi)) > 0 {
		lo, hi = hi, 2*hi
	}
	for {
		mid := lo + (hi-lo)/2
		if mid <= lo || mid >= hi {
			return mid
		}
		if score(s.mean(mid)) > 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
}

// profile is the tau2 under which Q is no more unlikely than the tail on either
// side (Viechtbauer 2007, Q-profile); an end that is not to be found is 0.
func (s sample) profile(tail float64) (lower, upper number.Value) {
	k := float64(len(s))
	at := func(p float64) number.Value {
		limit := distribution.ChiSquaredQuantile(p, k-1)
		return number.Of(s.root(func(m mean) float64 { return m.q - limit }))
	}
	return at(1 - tail), at(tail)
}

// tau2SE is the error of tau2: by the information for the likelihoods, with
// metafor's form of it for Paule and Mandel, and by the variance of a quadratic
// form in the estimates for the moments (DerSimonian and Kacker 2007).
func (s sample) tau2SE(method Method, tau2 float64) float64 {
	k, m := float64(len(s)), s.mean(tau2)
	switch method {
	case MaximumLikelihood:
		return math.Sqrt(2 / m.squares)
	case RestrictedML:
		return math.Sqrt(2 / s.form(m.weights).squares)
	case PauleMandel:
		return math.Sqrt(2*k*k/(k-1)) / m.sum
	case SidikJonkman:
		start := s.plain() / k
		return start / (k - 1) * s.form(s.mean(start).weights).deviation(tau2)
	}
	weights := s.mean(0).weights
	if method == Hedges {
		for i := range weights {
			weights[i] = 1
		}
	}
	f := s.form(weights)
	return f.deviation(tau2) / f.trace
}

// form is the quadratic form of the estimates about their weighted mean, with the
// matrix P = W - w w'/sum(w): its trace, the sum of P's squares, the same weighted
// by the variances of the columns, and by those of rows and columns.
type form struct{ trace, squares, once, twice float64 }

func (s sample) form(weights []float64) form {
	var sum, w2, w2v float64
	for i, w := range weights {
		sum += w
		w2 += w * w
		w2v += w * w * s[i].Variance
	}
	f := form{sum - w2/sum, w2 * w2 / (sum * sum), w2 * w2v / (sum * sum), w2v * w2v / (sum * sum)}
	for i, w := range weights {
		d, v := w*w*(1-2*w/sum), s[i].Variance
		f.squares += d
		f.once += d * v
		f.twice += d * v * v
	}
	return f
}

// deviation is the form's standard deviation where the estimates vary by
// v + tau2.
func (f form) deviation(tau2 float64) float64 {
	return math.Sqrt(2*f.twice + 4*tau2*f.once + 2*tau2*tau2*f.squares)
}
