package survey

import (
	"math"
	"slices"
)

// covariance puts the estimates of the replicates together (R's svrVar). A
// replicate that has no estimate of one of the numbers takes part in nothing; it
// gives how many there were. With none left nothing is known.
func (r *Replicates) covariance(theta []float64, each [][]float64) (v [][]float64, undefined int) {
	kept, scales := r.defined(each)
	undefined = len(each) - len(kept)
	v = squareMatrix(len(theta))
	if len(kept) == 0 {
		for i := range v {
			fillWith(v[i], math.NaN())
		}
		return v, undefined
	}
	c := theta
	if !r.MSE {
		c = centre(kept, scales)
	}
	for i, row := range v {
		for j := range row[:i+1] {
			sum := 0.0
			for k, t := range kept {
				sum += scales[k] * (t[i] - c[i]) * (t[j] - c[j])
			}
			v[i][j], v[j][i] = r.Scale*sum, r.Scale*sum
		}
	}
	return v, undefined
}

// defined are the replicates' estimates without those that have none, with their
// scales.
func (r *Replicates) defined(each [][]float64) (kept [][]float64, scales []float64) {
	for k, t := range each {
		if slices.ContainsFunc(t, notFinite) {
			continue
		}
		kept, scales = append(kept, t), append(scales, r.RScales[k])
	}
	return kept, scales
}

// centre is the mean over the replicates that have a say, of all strata together.
func centre(each [][]float64, scales []float64) []float64 {
	c, n := make([]float64, len(each[0])), 0.0
	for k, t := range each {
		if scales[k] <= 0 {
			continue
		}
		n++
		for i := range c {
			c[i] += t[i]
		}
	}
	for i := range c {
		c[i] /= n
	}
	return c
}

func notFinite(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }

func fillWith(xs []float64, x float64) {
	for i := range xs {
		xs[i] = x
	}
}

func squareMatrix(n int) [][]float64 {
	v := make([][]float64, n)
	for i := range v {
		v[i] = make([]float64, n)
	}
	return v
}
