package weight

// residualSweeps is how often R goes over the margins (survey: svyrecvar).
const residualSweeps = 10

// rakeResidual is R's residual of raking: ten sweeps over the margins m of
// x <- x - w^(m) ave(x / w^(m)), w^(m) being the weights right after m in the last
// cycle and ave the mean over a cell's rows, each counting once. It is not the
// residual of the calibration with the same weights (Deville & Särndal 1992)
// unless the starting weights are equal.
type rakeResidual struct {
	raking *Raking
	start  []float64
	after  [][]float64 // w^(m) / start, by joint cell
}

// Residual implements Residual.
func (r *rakeResidual) Residual(x []float64) {
	counts := make([][]float64, len(r.raking.margins))
	for m, c := range r.raking.margins {
		counts[m] = make([]float64, len(c.totals))
		for row, cell := range c.of {
			if r.start[row] != 0 {
				counts[m][cell]++
			}
		}
	}
	for range residualSweeps {
		for m, c := range r.raking.margins {
			r.centre(x, c.of, r.after[m], counts[m])
		}
	}
}

// centre takes the mean of x/w of each cell away. A weight of 0 is that of a row
// outside.
func (r *rakeResidual) centre(x []float64, of []int32, g, counts []float64) {
	mean := make([]float64, len(counts))
	for row, cell := range of {
		if w := r.weight(row, g); w != 0 {
			mean[cell] += x[row] / w
		}
	}
	for cell, n := range counts {
		if n > 0 {
			mean[cell] /= n
		}
	}
	for row, cell := range of {
		if w := r.weight(row, g); w != 0 {
			x[row] -= w * mean[cell]
		}
	}
}

func (r *rakeResidual) weight(row int, g []float64) float64 {
	if r.start[row] == 0 {
		return 0
	}
	return r.start[row] * g[r.raking.joint[row]]
}
