package weight

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// What the regression on cells leaves of z is what the residual on rows leaves.
func TestMarginRegression(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t, false)
		cells, of := tabulate(s.codes, s.d)
		r := NewMarginRegression(cells, s.margins)
		z := rapid.SliceOfN(rapid.Float64Range(-5, 5), len(s.d), len(s.d)).Draw(t, "z")
		sums := make([]float64, len(cells))
		for row, v := range z {
			sums[of[row]] += s.d[row] * v
		}
		fitted := r.Fitted(sums)
		a, err := s.calibration(Exp).Adjust(s.d)
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float64, len(z))
		for row := range x {
			x[row] = a.Weights[row] * z[row]
		}
		a.Residual.Residual(x)
		for row, v := range z {
			if want := a.Weights[row] * (v - fitted[of[row]]); math.Abs(x[row]-want) > 1e-9*a.Weights[row] {
				t.Fatalf("residual of row %d: %v on rows, %v on cells", row, x[row], want)
			}
		}
	})
}
