package survey

import (
	"math"

	"github.com/caregap/caregap/internal/number"
)

// Combined is a linear combination of estimates.
type Combined struct {
	Estimate, Variance number.Value
	DF                 float64 // of the estimates, as given
	DFObserved         float64
}

// SE is the standard error.
func (c Combined) SE() number.Value {
	v, ok := c.Variance.Get()
	if !ok {
		return number.Value{}
	}
	return number.Of(math.Sqrt(v))
}

// Contrast is sum_j c_j theta_j with the variance c'Vc (R's svycontrast). c has a
// coefficient for each number; those of coefficient 0 need not be known.
func (e *Estimates) Contrast(c []float64) Combined {
	estimate, variance, scale, terms := 0.0, 0.0, 0.0, 0.0
	for i, ci := range c {
		if ci == 0 {
			continue
		}
		estimate += ci * e.Theta[i]
		scale = max(scale, math.Abs(ci*e.Theta[i]))
		for j, cj := range c {
			if cj != 0 {
				variance += ci * cj * e.V[i][j]
				terms += math.Abs(ci * cj * e.V[i][j])
			}
		}
	}
	// What is left of terms that cancel may be their rounding.
	if limit := e.rounding * max(scale, 1e-3); variance <= max(limit*limit, 1e-14*terms) {
		variance = 0
	}
	return Combined{number.Of(estimate), number.Of(variance), e.DF, e.DFObserved}
}

// Difference is number j less number i of a joint estimate.
func (e *Estimates) Difference(i, j int) Combined {
	c := make([]float64, len(e.Theta))
	c[i]--
	c[j]++
	return e.Contrast(c)
}
