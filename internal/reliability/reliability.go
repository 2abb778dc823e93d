// Package reliability says how far the items of a scale measure one thing.
//
//  1. Everything rests on the items' covariances. They come from answers, with
//     the pairs or only the complete rows that have them, or from weighted sums.
//  2. Cronbach's alpha compares the items' own variances with that of their sum;
//     of two items the Spearman-Brown coefficient is the better bound.
//  3. A difference of two scores is less reliable than either, the more so the
//     closer the two go together.
//
// Items worded the other way round must have been turned before. A negative alpha
// is a finding: one of them was not.
package reliability

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/caregap/caregap/internal/number"
)

// Alpha is Cronbach's (1951) alpha of items with the given sum of their variances
// and variance of their sum; nothing of one item, or where the sum is constant.
func Alpha(items int, variances, ofSum float64) number.Value {
	// A sum of constants varies by rounding alone.
	if items < 2 || !(ofSum > 1e-12*variances) {
		return number.Value{}
	}
	k := float64(items)
	return number.Of(k / (k - 1) * (1 - variances/ofSum))
}

// SpearmanBrown is the reliability of the sum of two items with correlation r:
// what is recommended of two, where alpha is too low unless their variances are
// equal (Eisinga, te Grotenhuis and Pelzer 2013). Items that are each other's
// opposite have none.
func SpearmanBrown(r float64) number.Value {
	if !(1+r > 1e-12) {
		return number.Value{}
	}
	return number.Of(2 * r / (1 + r))
}

// Side is the score on one side of a difference: its reliability and variance.
type Side struct{ Reliability, Variance float64 }

// Difference is the reliability of the difference of two scores with the given
// covariance, their errors being independent (Lord and Novick 1968; Williams and
// Zimmerman 1977); nothing where the difference is constant.
func Difference(a, b Side, covariance float64) number.Value {
	total := a.Variance + b.Variance - 2*covariance
	if !(total > 1e-12*(a.Variance+b.Variance)) {
		return number.Value{}
	}
	return number.Of((a.Reliability*a.Variance + b.Reliability*b.Variance - 2*covariance) / total)
}

// Scale is what the covariances of a scale's items say of it.
type Scale struct {
	Alpha        number.Value
	Standardised number.Value // alpha of the items brought to equal variances
	AverageR     number.Value // of the items' correlations
	Lambda6      number.Value // Guttman's (1945), from the squared multiple correlations
	SignalNoise  number.Value
	Items        []Item
}

// Item is one item beside the others.
type Item struct {
	RDrop               number.Value // correlation with the sum of the others
	RCor                number.Value // with the sum of all, what they share alone (psych's r.cor)
	AlphaWithout        number.Value // alpha of the others; nothing where one is left
	StandardisedWithout number.Value
}

// Analyse reads a scale off the covariances of its items, as R's psych::alpha
// does; all is nothing where an item is constant.
func Analyse(c *mat.SymDense) Scale {
	k := c.SymmetricDim()
	out := Scale{Items: make([]Item, k)}
	r := correlations(c)
	if k < 2 || r == nil {
		return out
	}
	own, all := mat.Trace(c), mat.Sum(c)
	out.Alpha = Alpha(k, own, all)
	out.Standardised = Alpha(k, float64(k), mat.Sum(r))
	average := (mat.Sum(r) - float64(k)) / float64(k*(k-1))
	out.AverageR = number.Of(average)
	out.SignalNoise = number.Of(float64(k) * average / (1 - average))
	shared := sharedVariances(r)
	if shared != nil {
		rest := float64(k)
		for _, s := range shared {
			rest -= s
		}
		out.Lambda6 = number.Of(1 - rest/mat.Sum(r))
	}
	for i := range out.Items {
		out.Items[i] = item(c, r, shared, i)
	}
	return out
}

// item sets an item beside the others: with those the sums less its own row.
func item(c, r *mat.SymDense, shared []float64, i int) Item {
	k := c.SymmetricDim()
	row, rowR := rowSum(c, i), rowSum(r, i)
	others := mat.Sum(c) - 2*row + c.At(i, i)
	out := Item{RDrop: number.Of((row - c.At(i, i)) / math.Sqrt(c.At(i, i)*others))}
	out.AlphaWithout = Alpha(k-1, mat.Trace(c)-c.At(i, i), others)
	out.StandardisedWithout = Alpha(k-1, float64(k-1), mat.Sum(r)-2*rowR+1)
	if shared != nil {
		total := mat.Sum(r) - float64(k)
		for _, s := range shared {
			total += s
		}
		out.RCor = number.Of((rowR - 1 + shared[i]) / math.Sqrt(total))
	}
	return out
}

func rowSum(c *mat.SymDense, i int) float64 {
	sum := 0.0
	for j := range c.SymmetricDim() {
		sum += c.At(i, j)
	}
	return sum
}

// correlations brings all variances to 1; nil where one is not above 0.
func correlations(c *mat.SymDense) *mat.SymDense {
	k := c.SymmetricDim()
	r := mat.NewSymDense(k, nil)
	for i := range k {
		if !(c.At(i, i) > 0) {
			return nil
		}
		for j := i; j < k; j++ {
			r.SetSym(i, j, c.At(i, j)/math.Sqrt(c.At(i, i)*c.At(j, j)))
		}
		r.SetSym(i, i, 1)
	}
	return r
}

// sharedVariances are the squared multiple correlations: how much of each item
// the others explain. nil where items determine one another.
func sharedVariances(r *mat.SymDense) []float64 {
	var lu mat.LU // pairs of unlike respondents need not make a positive definite matrix
	lu.Factorize(r)
	var inverse mat.Dense
	if lu.Cond() > 1e12 || lu.SolveTo(&inverse, false, identity(r.SymmetricDim())) != nil {
		return nil
	}
	out := make([]float64, r.SymmetricDim())
	for i := range out {
		out[i] = 1 - 1/inverse.At(i, i)
	}
	return out
}

func identity(k int) *mat.DiagDense {
	ones := make([]float64, k)
	for i := range ones {
		ones[i] = 1
	}
	return mat.NewDiagDense(k, ones)
}
