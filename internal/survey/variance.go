package survey

// Covariances are the weighted variances and covariances of numeric columns, of
// the rows that have all of them (R's svyvar): number i*p+j of p columns is that of
// columns i and j,
//
//	(n/(n-1)) sum w (y-ybar)(x-xbar) / W
//
// n being the rows with a weight.
type Covariances struct{ columns }

// NewCovariances is the covariances of numeric columns of one length.
func NewCovariances(of ...[]float64) *Covariances {
	numeric := make([]Column, len(of))
	for i, x := range of {
		numeric[i] = Numeric(x)
	}
	return &Covariances{newColumns(numeric)}
}

// Len is the square of the number of columns.
func (c *Covariances) Len() int { return len(c.of) * len(c.of) }

// Estimate gives the covariances, NaN with fewer than two rows.
func (c *Covariances) Estimate(w []float64) []float64 { return estimateRows(c, c, w) }

// Linearise gives (u - S2)/W with u = (n/(n-1)) (y-ybar)(x-xbar): that of a mean of
// u, in which the means are taken as fixed.
func (c *Covariances) Linearise(w, theta []float64, i int, z []float64) {
	lineariseRows(c, c, w, theta, i, z)
}

func (c *Covariances) means(rows []int32, w []float64) []float64 {
	means, sum := c.sums(rows, w), sumWeights(rows, w)
	for i := range means {
		means[i] /= sum
	}
	return means
}

func (c *Covariances) estimateAt(rows []int32, w []float64) []float64 {
	p, means := len(c.of), c.means(rows, w)
	scale := besselFactor(len(rows)) / sumWeights(rows, w)
	out := make([]float64, c.Len())
	for i, y := range c.of {
		for j := range i + 1 {
			x, sum := c.of[j].numbers, 0.0
			for _, k := range rows {
				sum += w[k] * (y.numbers[k] - means[i]) * (x[k] - means[j])
			}
			out[i*p+j], out[j*p+i] = scale*sum, scale*sum
		}
	}
	return out
}

func (c *Covariances) lineariseAt(rows []int32, w, theta []float64) func(i int, z []float64) {
	p, means := len(c.of), c.means(rows, w)
	n, sum := besselFactor(len(rows)), sumWeights(rows, w)
	return func(i int, z []float64) {
		a, b := i/p, i%p
		y, x := c.of[a].numbers, c.of[b].numbers
		for j, k := range rows {
			z[j] = (n*(y[k]-means[a])*(x[k]-means[b]) - theta[i]) / sum
		}
	}
}
