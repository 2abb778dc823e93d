package survey

import (
	"math"
	"slices"
)

// Mean is the weighted means of columns, and of categorical ones the shares of
// their levels, of the rows that have all of them (R's svymean with na.rm).
type Mean struct{ columns }

// NewMean is the means of columns of one length.
func NewMean(of ...Column) *Mean { return &Mean{newColumns(of)} }

// Estimate gives the means, NaN without rows.
func (m *Mean) Estimate(w []float64) []float64 { return estimateRows(m, m, w) }

// Linearise gives (y - ybar)/W.
func (m *Mean) Linearise(w, theta []float64, i int, z []float64) { lineariseRows(m, m, w, theta, i, z) }

func (m *Mean) estimateAt(rows []int32, w []float64) []float64 {
	means, sum := m.sums(rows, w), sumWeights(rows, w)
	for i, p := range m.places {
		means[i] /= sum
		if p.column.codes == nil {
			means[i] += p.residual(rows, w, means[i]) / sum
		}
	}
	return means
}

// residual is the weighted sum of what the numbers are from a mean: what rounding
// has left of 0, by which the mean of large numbers is set right.
func (p place) residual(rows []int32, w []float64, mean float64) float64 {
	sum := 0.0
	p.each(rows, func(j int, y float64) { sum += w[rows[j]] * (y - mean) })
	return sum
}

// lineariseAt: a mean is the ratio of two estimated totals even where the sum of
// the weights happens to be known (Woodruff 1971; Binder 1983).
func (m *Mean) lineariseAt(rows []int32, w, theta []float64) func(i int, z []float64) {
	sum := sumWeights(rows, w)
	return func(i int, z []float64) {
		p, mean := m.places[i], theta[i]
		p.each(rows, func(j int, y float64) { z[j] = (y - mean) / sum })
	}
}

func (m *Mean) simpleVariance(rows []int32, w, theta []float64, n int) []float64 {
	out := make([]float64, len(theta))
	for i, p := range m.places {
		out[i] = p.variance(rows, w, theta[i], n) / float64(n)
	}
	return out
}

// variance is (n/(n-1)) sum w (y-ybar)^2 / W, n being what counts as the number of
// rows (R's svyvar).
func (p place) variance(rows []int32, w []float64, mean float64, n int) float64 {
	sum, squares := 0.0, 0.0
	p.each(rows, func(j int, y float64) {
		v := w[rows[j]]
		sum += v
		squares += v * (y - mean) * (y - mean)
	})
	return squares / sum * besselFactor(n)
}

// besselFactor is n/(n-1), NaN for one row.
func besselFactor(n int) float64 {
	if n < 2 {
		return math.NaN()
	}
	return float64(n) / float64(n-1)
}

// Sums, Add and Of make the means of weighted sums.
func (m *Mean) Sums() int { return m.Len() + 1 }

// Add adds row k.
func (m *Mean) Add(k int, w float64, sums []float64) { m.add(k, w, sums) }

// Of divides the sums by that of the weights.
func (m *Mean) Of(sums []float64) []float64 {
	out := make([]float64, m.Len())
	for i := range out {
		out[i] = sums[i] / sums[len(out)]
	}
	return out
}

// Total is the weighted totals of columns, and of categorical ones the estimated
// counts of their levels, of the rows that have all of them (R's svytotal).
type Total struct{ columns }

// NewTotal is the totals of columns of one length.
func NewTotal(of ...Column) *Total { return &Total{newColumns(of)} }

// Estimate gives the totals.
func (t *Total) Estimate(w []float64) []float64 { return estimateRows(t, t, w) }

// Linearise gives y.
func (t *Total) Linearise(w, theta []float64, i int, z []float64) {
	lineariseRows(t, t, w, theta, i, z)
}

func (t *Total) estimateAt(rows []int32, w []float64) []float64 { return t.sums(rows, w) }

func (t *Total) lineariseAt(rows []int32, _, _ []float64) func(i int, z []float64) {
	return func(i int, z []float64) {
		t.places[i].each(rows, func(j int, y float64) { z[j] = y })
	}
}

// simpleVariance is S2 W^2/n.
func (t *Total) simpleVariance(rows []int32, w, theta []float64, n int) []float64 {
	out, sum := make([]float64, len(theta)), sumWeights(rows, w)
	for i, p := range t.places {
		out[i] = p.variance(rows, w, theta[i]/sum, n) * sum * sum / float64(n)
	}
	return out
}

// floor has the size of a total of numbers of 1e-3.
func (t *Total) floor(sumWeights float64) float64 { return 1e-3 * math.Abs(sumWeights) }

// Sums, Add and Of make the totals of weighted sums.
func (t *Total) Sums() int { return t.Len() + 1 }

// Add adds row k.
func (t *Total) Add(k int, w float64, sums []float64) { t.add(k, w, sums) }

// Of copies the sums.
func (t *Total) Of(sums []float64) []float64 { return slices.Clone(sums[:t.Len()]) }
