package normalise

import (
	"errors"
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
)

// raker finds the raking cell of each respondent: all who have the same category
// of every margin. A missing category is one of its own. It is made once a pass.
type raker struct {
	weights study.Weights
	columns []int   // variable of each margin, in the schema
	strides []int32 // of a margin's categories, counted from 1; 0 is missing
	seen    []*weight.RakeCell
}

// newRaker prepares a pass over a wave; nil where its survey is not raked.
//
//gosec:disable G115 -- cells are fewer than 2^20, see study.maxRakingCells
func newRaker(s *Schema, survey *study.Survey) *raker {
	weights, ok := s.Study.Weights.Get(survey.ID)
	if !ok {
		return nil
	}
	r := &raker{weights: weights}
	codes := int32(1)
	for _, m := range weights.Margins {
		r.columns = append(r.columns, s.Study.Framework.Variables.Index(m.ID))
		r.strides = append(r.strides, codes)
		codes *= int32(len(m.Totals)) + 1
	}
	r.seen = make([]*weight.RakeCell, codes)
	return r
}

// code computes each respondent's combination of categories.
func (r *raker) code(b *Block, out []int32) []int32 {
	out = out[:0]
	for row := range b.Rows {
		code := int32(0)
		for i, v := range r.columns {
			code += r.strides[i] * max(0, b.Variables[v][row]+1)
		}
		out = append(out, code)
	}
	return out
}

// add counts a block, whose Cell holds codes. Blocks come in file order.
func (r *raker) add(b *Block) {
	one := []float64{1}
	for row, code := range b.Cell {
		d := one
		if len(b.Weight) > 0 {
			d = b.Weight[row : row+1]
		}
		if d[0] <= 0 {
			continue
		}
		if r.seen[code] == nil {
			r.seen[code] = &weight.RakeCell{Codes: r.categories(code), D: weight.NewSums()}
		}
		r.seen[code].D.Add(d)
	}
}

// anybody reports whether there is somebody to rake.
func (r *raker) anybody() bool {
	return slices.ContainsFunc(r.seen, func(c *weight.RakeCell) bool { return c != nil })
}

// categories is a code taken apart: the category of each margin, -1 for missing.
//
//gosec:disable G115 -- cells are fewer than 2^20, see study.maxRakingCells
func (r *raker) categories(code int32) []int32 {
	out := make([]int32, len(r.strides))
	for i, m := range r.weights.Margins {
		options := int32(len(m.Totals)) + 1
		out[i] = code%options - 1
		code /= options
	}
	return out
}

// Raking is how a wave's final weights came of the design's.
type Raking struct {
	*weight.CellRaking // its cells are those of Block.Cell

	cells      []weight.RakeCell
	of         []int32 // by code: raking cell, or -1 where there is nobody
	regression *weight.MarginRegression
	problems   []diag.Diagnostic
}

// rake makes the factors of a wave's raking cells from what the pass counted.
// Where that cannot be done they are 1, and the problems say why.
//
//gosec:disable G115 -- cells are fewer than 2^20, see study.maxRakingCells
func (r *raker) rake(p *pass) *Raking {
	out := &Raking{of: make([]int32, len(r.seen))}
	for code, cell := range r.seen {
		out.of[code] = -1
		if cell != nil {
			out.of[code] = int32(len(out.cells))
			out.cells = append(out.cells, *cell)
		}
	}
	made, err := weight.RakeCells(out.cells, r.weights.Margins, r.weights.Bounds)
	if err != nil {
		out.CellRaking = &weight.CellRaking{G: ones(len(out.cells))}
		out.fail(p, r.weights, err)
		return out
	}
	out.CellRaking, out.regression = made, weight.NewMarginRegression(out.cells, r.weights.Margins)
	return out
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

func (r *Raking) fail(p *pass, w study.Weights, err error) {
	why := []string{err.Error()}
	var f *weight.Failure
	if errors.As(err, &f) {
		why = f.Problems
	}
	for _, reason := range why {
		r.problems = append(r.problems, diag.Diagnostic{Code: "cannot-rake", Pos: w.Pos,
			Message: fmt.Sprintf("survey %q, wave %q: %s", p.Survey.ID, p.Wave.ID, reason),
			Hint:    "merge small categories, or give wider bounds"})
	}
}

// reportRaking says why a wave cannot be raked, where nothing else is wrong with
// it that could be the reason.
func (p *pass) reportRaking(diags *diag.List) {
	if r := p.know.raking; r != nil && !diags.HasErrors() {
		diags.Add(r.problems...)
	}
}

// Factors are, by raking cell, what the design's weights are multiplied by.
func (r *Raking) Factors() []float64 { return r.G }

// Fitted returns X'B by raking cell from the sums of d z; see estimate.Raking.
func (r *Raking) Fitted(sums []float64) []float64 { return r.regression.Fitted(sums) }

// apply gives a block its final weights; its Cell holds codes. Respondents of
// weight 0 are of no account in any cell.
func (r *Raking) apply(b *Block) error {
	design, final := b.Weight, b.Before[:0]
	for row, code := range b.Cell {
		d, cell := 1.0, r.of[code]
		if len(design) > 0 {
			d = design[row]
		}
		switch {
		case d <= 0:
			cell = 0
		case cell < 0:
			return errChanged
		}
		b.Cell[row] = cell
		final = append(final, d*r.G[cell])
	}
	b.Weight, b.Before, b.Cells = final, design, len(r.G)
	return nil
}

var errChanged = errors.New("an export changed while it was read")
