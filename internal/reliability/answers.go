package reliability

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/caregap/caregap/internal/number"
)

// Use says which answers the covariances rest on.
type Use int

// The answers that count.
const (
	Pairwise Use = iota // each pair of items: the rows that have both (psych's default)
	Listwise            // the rows that have all items
)

// Answers is a scale's analysis from unweighted answers, with what only the
// answers themselves show.
type Answers struct {
	Scale
	N        int          // rows, and with Listwise those that have all items
	SE       number.Value // of alpha, for normal answers (Duhachek and Iacobucci 2004)
	Mean, SD number.Value // of the rows' means over the items they have
	PerItem  []AnswersTo
}

// AnswersTo is one item's answers; R is their correlation with the rows' means,
// the item's own part included.
type AnswersTo struct {
	N           int
	R, Mean, SD number.Value
}

// FromAnswers analyses columns of answers, one a item, all of one length, NaN for
// missing. It is an error if there are fewer than two.
func FromAnswers(use Use, columns ...[]float64) (Answers, error) {
	if len(columns) < 2 {
		return Answers{}, fmt.Errorf("two items or more are expected, found %d", len(columns))
	}
	if use == Listwise {
		columns = complete(columns)
	}
	c := covariances(columns)
	out := Answers{Scale: Analyse(c), N: len(columns[0])}
	out.SE = standardError(c, out.N)
	means := rowMeans(columns)
	out.Mean, out.SD = meanAndSD(present(means))
	for _, x := range columns {
		own, total := both(x, means)
		item := AnswersTo{N: len(own), R: number.Of(stat.Correlation(own, total, nil))}
		item.Mean, item.SD = meanAndSD(own)
		out.PerItem = append(out.PerItem, item)
	}
	return out, nil
}

// complete keeps the rows that have all columns.
func complete(columns [][]float64) [][]float64 {
	out := make([][]float64, len(columns))
	for row := range columns[0] {
		whole := true
		for _, x := range columns {
			whole = whole && !math.IsNaN(x[row])
		}
		for i := 0; whole && i < len(columns); i++ {
			out[i] = append(out[i], columns[i][row])
		}
	}
	return out
}

// covariances are those of each pair of columns over the rows that have both.
func covariances(columns [][]float64) *mat.SymDense {
	c := mat.NewSymDense(len(columns), nil)
	for i := range columns {
		for j := i; j < len(columns); j++ {
			x, y := both(columns[i], columns[j])
			c.SetSym(i, j, stat.Covariance(x, y, nil))
		}
	}
	return c
}

// both are the values of two columns where neither is missing.
func both(x, y []float64) (a, b []float64) {
	for row := range x {
		if !math.IsNaN(x[row]) && !math.IsNaN(y[row]) {
			a, b = append(a, x[row]), append(b, y[row])
		}
	}
	return a, b
}

func present(x []float64) []float64 {
	out, _ := both(x, x)
	return out
}

// rowMeans is each row's mean over the columns it has.
func rowMeans(columns [][]float64) []float64 {
	out := make([]float64, len(columns[0]))
	for row := range out {
		sum, n := 0.0, 0
		for _, x := range columns {
			if !math.IsNaN(x[row]) {
				sum, n = sum+x[row], n+1
			}
		}
		out[row] = sum / float64(n)
	}
	return out
}

func meanAndSD(x []float64) (mean, sd number.Value) {
	m, s := stat.MeanStdDev(x, nil)
	return number.Of(m), number.Of(s)
}

// standardError is Duhachek and Iacobucci's (2004, equation 2): by the delta
// method from the covariances of n normal answers.
func standardError(c *mat.SymDense, n int) number.Value {
	k := float64(c.SymmetricDim())
	var square mat.Dense
	square.Mul(c, c)
	trace, all := mat.Trace(c), mat.Sum(c)
	q := 2 * k * k / ((k - 1) * (k - 1) * all * all * all) *
		(all*(mat.Trace(&square)+trace*trace) - 2*trace*mat.Sum(&square))
	return number.Of(math.Sqrt(q / float64(n)))
}
