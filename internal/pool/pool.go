// Package pool brings several independent estimates of one quantity together,
// as a random-effects meta-analysis does.
//
//  1. Each study has an estimate y and the variance v of its error, above 0. The
//     studies share no respondents: their errors are independent.
//  2. The true values of the studies vary about their mean with a variance tau2,
//     which Method says how to estimate; FixedEffect takes it as 0.
//  3. The mean is that of the estimates weighted by 1/(v + tau2). Test says what
//     its error and limits rest on.
//  4. Beside the mean stand how far the studies disagree (Q, I2, H2, tau2 and its
//     limits) and where the true value of one more study would lie (the
//     prediction interval).
//
// What a number of studies does not determine is nothing: of one study neither
// tau2 nor Hartung and Knapp's error nor a prediction, of two no prediction by
// Higgins. The results are those of R's metafor, rma.uni.
package pool

import (
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// Study is one estimate with the variance of its error.
type Study struct{ Estimate, Variance float64 }

// Test is what the mean's error and limits rest on.
type Test int

// The tests, by metafor's names z, knha and adhoc.
const (
	Normal        Test = iota // 1/sqrt of the weights' sum, and normal quantiles
	HartungKnapp              // the error from the studies' spread, and t with k-1 df (Hartung and Knapp 2001)
	HartungKnapp1             // the same, but never less than that of Normal (Roever, Knapp and Friede 2015)
)

// Options say how to pool.
type Options struct {
	Method Method
	Test   Test
	Level  float64 // of confidence, between 0 and 1; 0 stands for 0.95
}

// Result is the pooled estimate, in the studies' unit; I2 and Weights are per
// cent.
type Result struct {
	Mean, SE, Statistic, PValue, Lower, Upper number.Value

	DF                   float64 // of the test: infinite, or k-1
	Tau2, Tau2SE         number.Value
	Tau2Lower, Tau2Upper number.Value // by the Q-profile (Viechtbauer 2007); none with FixedEffect
	I2, H2               number.Value // Higgins and Thompson (2002), from tau2; with FixedEffect from Q
	Q, QPValue           number.Value // Cochran's Q, chi-squared with k-1 df where the studies agree
	Prediction           Limits       // of one more study's true value, with the quantile of the mean's limits, as metafor has it
	HigginsPrediction    Limits       // with t's quantile at k-2 df (Higgins, Thompson and Spiegelhalter 2009)
	Weights              []float64
}

// Limits are both ends of an interval.
type Limits struct{ Lower, Upper number.Value }

// Pool pools studies. It is an error if there is none, or one has no finite
// estimate, or a variance that is not above 0.
func Pool(studies []Study, o Options) (Result, error) {
	if err := check(studies); err != nil {
		return Result{}, err
	}
	if o.Level == 0 {
		o.Level = 0.95
	}
	s := sample(studies)
	r := Result{DF: math.Inf(1)}
	tau2 := 0.0
	if o.Method != FixedEffect && len(s) > 1 {
		tau2 = s.tau2(o.Method)
		r.Tau2, r.Tau2SE = number.Of(tau2), number.Of(s.tau2SE(o.Method, tau2))
		r.Tau2Lower, r.Tau2Upper = s.profile((1 - o.Level) / 2)
	}
	s.agreement(&r, o.Method, tau2)
	m := s.mean(tau2)
	for _, w := range m.weights {
		r.Weights = append(r.Weights, 100*w/m.sum)
	}
	s.test(&r, o, m, tau2)
	return r, nil
}

func check(studies []Study) error {
	if len(studies) == 0 {
		return fmt.Errorf("no studies to pool")
	}
	for i, s := range studies {
		if math.IsNaN(s.Estimate) || math.IsInf(s.Estimate, 0) {
			return fmt.Errorf("study %d: estimate %v, expected a finite number", i+1, s.Estimate)
		}
		if !(s.Variance > 0) || math.IsInf(s.Variance, 1) {
			return fmt.Errorf("study %d: variance %v, expected a finite number above 0", i+1, s.Variance)
		}
	}
	return nil
}

// test fills the mean, its error and limits, and the predictions.
func (s sample) test(r *Result, o Options, m mean, tau2 float64) {
	k := len(s)
	r.Mean = number.Of(m.at)
	variance := 1 / m.sum
	if o.Test != Normal {
		r.DF = float64(k - 1)
		if k == 1 {
			return
		}
		q := m.q / float64(k-1)
		if o.Test == HartungKnapp1 {
			q = max(1, q)
		}
		variance *= q
	}
	se := math.Sqrt(variance)
	r.SE = number.Of(se)
	r.Statistic = number.Of(m.at / se)
	r.PValue = number.Of(distribution.TwoSided(m.at/se, r.DF))
	tail := (1 - o.Level) / 2
	crit := distribution.TQuantile(tail, r.DF)
	own := around(m.at, crit*se)
	r.Lower, r.Upper = own.Lower, own.Upper
	if o.Method == FixedEffect || k == 1 {
		return
	}
	spread := math.Sqrt(tau2 + variance)
	r.Prediction = around(m.at, crit*spread)
	if k > 2 {
		r.HigginsPrediction = around(m.at, distribution.TQuantile(tail, float64(k-2))*spread)
	}
}

func around(at, half float64) Limits { return Limits{number.Of(at - half), number.Of(at + half)} }

// agreement fills Q, I2 and H2. The typical variance of a study is Higgins and
// Thompson's (2002, equation 9).
func (s sample) agreement(r *Result, method Method, tau2 float64) {
	k := float64(len(s))
	fixed := s.mean(0)
	r.Q = number.Of(fixed.q)
	if k == 1 {
		return
	}
	r.QPValue = number.Of(distribution.ChiSquaredUpper(fixed.q, k-1))
	if method == FixedEffect {
		r.H2 = number.Of(fixed.q / (k - 1))
		r.I2 = number.Of(100 * max(0, 1-(k-1)/fixed.q))
		return
	}
	typical := (k - 1) * fixed.sum / (fixed.sum*fixed.sum - fixed.squares)
	r.H2 = number.Of((tau2 + typical) / typical)
	r.I2 = number.Of(100 * tau2 / (tau2 + typical))
}
