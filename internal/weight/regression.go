package weight

import "math"

// MarginRegression is the regression of any z on the indicators of margins'
// categories, missing included, weighted by the design: what raking leaves of z is
// its residual (Deville & Särndal 1992, 3: calibration estimators share the variance
// of generalised regression). Factorised once, it solves for any number of z.
//
// The residual of a respondent is z less the sum over the margins of B at the
// respondent's category; so the residuals' total over a PSU, with weights w, is the
// total of w z less the sum over columns of B times the PSU's sum of w there.
type MarginRegression struct {
	cells   []RakeCell
	dummies *dummies
	basis   *basis
}

// NewMarginRegression factorises sum of d x x' over the cells. Of columns that follow
// from others, such as one category of every margin but the first, those that come
// later are left out; their B is 0.
func NewMarginRegression(cells []RakeCell, margins []Population) *MarginRegression {
	x := newDummies(cells, margins)
	weighted := make([][]float64, len(x.columns))
	for j, column := range x.columns {
		weighted[j] = make([]float64, len(cells))
		for i, v := range column {
			weighted[j][i] = v * math.Sqrt(cells[i].D.Sum)
		}
	}
	r := &MarginRegression{cells: cells, dummies: x, basis: newBasis(weighted)}
	r.basis.q, x.columns, x.cells = nil, nil, nil // only R and the places are needed from here on
	return r
}

// Fitted returns x'B of each cell, B = (sum d x x')^-1 sum d x z, from the cells' sums
// of d z.
func (r *MarginRegression) Fitted(sums []float64) []float64 {
	columns := make([]float64, len(r.dummies.names))
	for i, c := range r.cells {
		for m, code := range c.Codes {
			columns[r.dummies.column(m, code)] += sums[i]
		}
	}
	b := r.basis.solve(columns)
	out := make([]float64, len(r.cells))
	for i, c := range r.cells {
		for m, code := range c.Codes {
			out[i] += b[r.dummies.column(m, code)]
		}
	}
	return out
}
