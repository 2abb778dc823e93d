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
	r := &MarginRegression{dummies: x, basis: newBasis(weighted)}
	r.basis.q, x.columns, x.cells = nil, nil, nil // only R and the places are needed from here on
	return r
}

// Columns is how many columns there are: every margin's categories, and missing.
func (r *MarginRegression) Columns() int { return len(r.dummies.names) }

// Column is the place of a margin's category in B and in right-hand sides; a code of
// -1 is missing.
func (r *MarginRegression) Column(margin int, code int32) int { return r.dummies.column(margin, code) }

// Solve returns B = (sum d x x')^-1 sum d x z. sums are the sums of d z by column.
func (r *MarginRegression) Solve(sums []float64) []float64 { return r.basis.solve(sums) }
