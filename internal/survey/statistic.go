package survey

import (
	"math"

	"github.com/caregap/caregap/internal/number"
)

// Statistic is a vector of numbers that weighted rows have.
type Statistic interface {
	// Len is how many numbers it is.
	Len() int
	// Estimate gives the numbers under the weights w, of which those of 0 stand
	// outside. A number that is not to be had is NaN.
	Estimate(w []float64) []float64
	// Linearise fills z with the linearised values of number i, one a row, 0 for
	// rows outside, such that its variance is that of the total of w z.
	Linearise(w, theta []float64, i int, z []float64)
}

// Listwise is a Statistic that cannot take every row.
type Listwise interface {
	// Observed are those of rows that have all the values needed. An error
	// tells of a value that nothing can be made of, such as an infinite one.
	Observed(rows []int32) ([]int32, error)
}

// byRow is a Statistic that can be had from a list of rows that were observed,
// without a look at the others.
type byRow interface {
	Statistic
	estimateAt(rows []int32, w []float64) []float64
	// lineariseAt gives a function that fills z, one value for each of rows.
	lineariseAt(rows []int32, w, theta []float64) func(i int, z []float64)
}

// simple is a Statistic that has a variance under simple random sampling with
// replacement, for design effects.
type simple interface {
	// simpleVariance gives it for each number, NaN where there is none. n is what
	// counts as the number of rows.
	simpleVariance(rows []int32, w, theta []float64, n int) []float64
}

// Estimates are the numbers of a Statistic with their covariance. NaN in their
// vectors marks what is not to be had.
type Estimates struct {
	Theta []float64
	V     [][]float64 // covariance, len(Theta) square
	DF    float64     // of the sample as given
	// DFObserved is that of the rows that took part.
	DFObserved float64
	N          int     // rows with a weight that took part
	Missing    int     // rows with a weight that could not: a value is missing
	SumWeights float64 // of the rows that took part
	// Undefined counts replicates that have no estimate and were left out.
	Undefined int

	simple []float64 // variances under simple random sampling with replacement
	nobs   int       // rows that design effects count

	rounding float64 // a standard error relative to its number below which it is 0
}

// Value is number i, nothing where it is not to be had.
func (e *Estimates) Value(i int) number.Value { return number.Of(e.Theta[i]) }

// Variance is the variance of number i.
func (e *Estimates) Variance(i int) number.Value { return number.Of(e.V[i][i]) }

// SE is the standard error of number i. It is a known 0 where DF is 0 or less and
// all rows lie in one PSU: whether that can be believed is the caller's to say.
func (e *Estimates) SE(i int) number.Value { return number.Of(math.Sqrt(e.V[i][i])) }

// CV is the standard error over the number, nothing at 0.
func (e *Estimates) CV(i int) number.Value {
	return number.Of(math.Sqrt(e.V[i][i]) / e.Theta[i])
}

// DeffReplace is the design effect of number i against simple random sampling with
// replacement, nothing where that has no variance (Kish 1965; R's deff = "replace").
func (e *Estimates) DeffReplace(i int) number.Value {
	if e.simple == nil || e.V[i][i] == 0 {
		return number.Value{}
	}
	r := e.V[i][i] / e.simple[i]
	if r > mostDeff {
		return number.Value{}
	}
	return number.Of(r)
}

// mostDeff is above all design effects: what is larger has the rounding of a
// constant below the line.
const mostDeff = 1e12

// Deff is the same against sampling without replacement, nothing where the weights
// add up to fewer than the rows and so are not population weights (R's deff = TRUE).
func (e *Estimates) Deff(i int) number.Value {
	left := e.SumWeights - float64(e.nobs)
	if left <= 0 {
		return number.Value{}
	}
	r, ok := e.DeffReplace(i).Get()
	if !ok {
		return number.Value{}
	}
	return number.Of(r * e.SumWeights / left)
}

// floored is a Statistic with a scale of its own below which a standard error is
// rounding.
type floored interface {
	floor(sumWeights float64) float64
}

// smallest is the scale of numbers for which a statistic has none.
const smallest = 1e-3

func floorOf(st Statistic, sumWeights float64) float64 {
	if f, ok := st.(floored); ok {
		return f.floor(sumWeights)
	}
	return smallest
}

// What a standard error is rounding below, relative to its number: 1e-9 where
// weights were adjusted to give the number or replicates were, and 1e-13 where
// nothing but sums stand between the data and the error, so that numbers of 1e9
// that differ by less than 1 keep theirs.
const (
	adjustedRounding = 1e-9
	plainRounding    = 1e-13
)

// rounding is that of the sample's errors.
func (s *Sample) rounding() float64 {
	if s.reps != nil || s.Adjusted() {
		return adjustedRounding
	}
	return plainRounding
}

// finish marks numbers that are not to be had, and takes variances that are rounding
// alone, as of a calibrated total, for 0: V <= (rounding max(|theta|, floor))^2.
func (e *Estimates) finish(floor func(i int) float64) {
	for i, theta := range e.Theta {
		switch limit := e.rounding * max(math.Abs(theta), floor(i)); {
		case notFinite(theta):
			e.Theta[i] = math.NaN()
			e.overwrite(i, math.NaN())
		case e.V[i][i] <= limit*limit:
			e.overwrite(i, 0)
		}
	}
}

// finished does so for the numbers of one statistic.
func (e *Estimates) finished(st Statistic) *Estimates {
	floor := floorOf(st, e.SumWeights)
	e.finish(func(int) float64 { return floor })
	return e
}

// overwrite sets the variance of number i and its covariances with others that
// are known.
func (e *Estimates) overwrite(i int, v float64) {
	for j := range e.V {
		if !math.IsNaN(e.V[i][j]) {
			e.V[i][j], e.V[j][i] = v, v
		}
	}
}
