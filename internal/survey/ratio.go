package survey

// Ratio is the total of one column over that of another, of the rows that have
// both (R's svyratio).
type Ratio struct{ columns }

// NewRatio is the ratio of two numeric columns of one length.
func NewRatio(numerator, denominator []float64) *Ratio {
	return &Ratio{newColumns([]Column{Numeric(numerator), Numeric(denominator)})}
}

// Len is 1.
func (r *Ratio) Len() int { return 1 }

// Estimate gives the ratio, NaN where the denominator adds up to 0.
func (r *Ratio) Estimate(w []float64) []float64 { return estimateRows(r, r, w) }

// Linearise gives (y - R x) / sum w x.
func (r *Ratio) Linearise(w, theta []float64, i int, z []float64) {
	lineariseRows(r, r, w, theta, i, z)
}

func (r *Ratio) estimateAt(rows []int32, w []float64) []float64 { return r.Of(r.sums(rows, w)) }

func (r *Ratio) lineariseAt(rows []int32, w, theta []float64) func(i int, z []float64) {
	y, x := r.of[0].numbers, r.of[1].numbers
	sum := weightedSum(x, rows, w)
	return func(_ int, z []float64) {
		for j, k := range rows {
			z[j] = (y[k] - theta[0]*x[k]) / sum
		}
	}
}

// simpleVariance is that of the total of z, which is 0: S2 W^2/n.
func (r *Ratio) simpleVariance(rows []int32, w, theta []float64, n int) []float64 {
	z := make([]float64, len(rows))
	r.lineariseAt(rows, w, theta)(0, z)
	squares := 0.0
	for j, k := range rows {
		squares += w[k] * z[j] * z[j]
	}
	return []float64{squares * besselFactor(n) * sumWeights(rows, w) / float64(n)}
}

// Sums, Add and Of make the ratio of weighted sums.
func (r *Ratio) Sums() int { return 3 }

// Add adds row k.
func (r *Ratio) Add(k int, w float64, sums []float64) { r.add(k, w, sums) }

// Of divides one sum by the other.
func (r *Ratio) Of(sums []float64) []float64 { return []float64{sums[0] / sums[1]} }
