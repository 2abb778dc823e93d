package weight

import "fmt"

// Poststratification makes the weights of each cell add up to its population
// (Holt & Smith 1979; R: postStratify).
type Poststratification struct {
	cells   *cells
	partial bool
}

// NewPoststratification prepares it for a number of rows. With partial, cells of
// the population without a respondent are left out instead of refused.
func NewPoststratification(rows int, m Margin, partial bool) (*Poststratification, error) {
	c, err := newCells(rows, m)
	if err != nil {
		return nil, err
	}
	return &Poststratification{cells: c, partial: partial}, nil
}

// Adjust gives w_k = d_k N_c / sum of d over the cell.
func (p *Poststratification) Adjust(start []float64) (*Adjusted, error) {
	ignored, problems := p.cells.check(start, p.partial)
	sums := p.cells.sums(start)
	factor := make([]float64, len(sums))
	for cell, sum := range sums {
		factor[cell] = 1
		if total := p.cells.totals[cell]; sum > 0 {
			factor[cell] = total / sum
		} else if sum < 0 {
			problems = append(problems, fmt.Sprintf("the weights of %s add up to %v", p.cells.margin.called(p.cells.codes[cell]), sum))
		}
	}
	if err := failure(problems); err != nil {
		return nil, err
	}
	w := make([]float64, len(start))
	negative := 0
	for row, cell := range p.cells.of {
		if start[row] != 0 {
			w[row] = start[row] * factor[cell]
		}
		if w[row] < 0 {
			negative++
		}
	}
	return &Adjusted{
		Weights: w, Iterations: 1, Negative: negative, Ignored: ignored, Rescaled: 1,
		Residual: &cellResidual{cells: p.cells, start: start, sums: sums},
	}, nil
}

// cellResidual is the residual within cells (Valliant 1993; R: svyrecvar):
// x_k - w_k [sum_j x_j d_j/w_j] / [sum_j d_j]. As w/d is one number in a cell,
// that is x_k - d_k [sum_j x_j] / [sum_j d_j].
type cellResidual struct {
	cells *cells
	start []float64 // d
	sums  []float64 // of d, by cell
}

// Residual implements Residual.
func (r *cellResidual) Residual(x []float64) {
	totals := r.cells.sums(x)
	for row, cell := range r.cells.of {
		if r.start[row] != 0 {
			x[row] -= r.start[row] / r.sums[cell] * totals[cell]
		}
	}
}
