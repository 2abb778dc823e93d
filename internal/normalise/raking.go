package normalise

import (
	"errors"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
)

// raker finds the raking cell of each respondent: who is alike in every margin.
// A missing category is one of its own. It is made once a pass.
type raker struct {
	weights study.Weights
	columns []int   // variable of each margin, in the schema
	strides []int32 // of a margin's categories, counted from 1; 0 is missing
	codes   int     // combinations there may be

	seen   []bool    // by code: whether anybody has it
	sums   []float64 // by code: of the design's weights, in file order
	counts []int     // by code: respondents with a weight above 0
}

// newRaker prepares a pass over a wave; nil where its survey is not raked.
func newRaker(s *Schema, survey *study.Survey) *raker {
	weights, ok := s.Study.Weights.Get(survey.ID)
	if !ok {
		return nil
	}
	r := &raker{weights: weights, codes: 1}
	for _, m := range weights.Margins {
		r.columns = append(r.columns, s.Study.Framework.Variables.Index(m.Variable))
		r.strides = append(r.strides, int32(r.codes))
		r.codes *= len(m.Population) + 1
	}
	r.seen, r.sums, r.counts = make([]bool, r.codes), make([]float64, r.codes), make([]int, r.codes)
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

// categories is a code taken apart: the category of each margin, -1 for missing.
func (r *raker) categories(code int) []int {
	out := make([]int, len(r.strides))
	for i, m := range r.weights.Margins {
		out[i] = code%(len(m.Population)+1) - 1
		code /= len(m.Population) + 1
	}
	return out
}

// add counts a block, whose Cell holds codes. Blocks come in file order.
func (r *raker) add(b *Block) {
	for row, code := range b.Cell {
		w := designWeight(b.Weight, row)
		r.seen[code] = true
		r.sums[code] += w
		if w > 0 {
			r.counts[code]++
		}
	}
}

// Raking is how a wave's final weights came of the design's.
type Raking struct {
	Margins []RakedMargin
	// Respondents with a weight above 0, and how many of them have the smallest
	// and the largest factor that the bounds allow.
	Respondents, AtLower, AtUpper int

	sums, factors []float64 // by raking cell: design's weights, factor
	cell          []int32   // by code: raking cell, or -1 where there is nobody
	code          []int     // by raking cell
	greg          *greg
	problems      []diag.Diagnostic
}

// RakedMargin is a margin before and after. Sums are of weights.
type RakedMargin struct {
	Variable   string
	Categories []RakedCategory // as the framework has them
	Missing    RakedCategory   // respondents without a category, who keep their share
}

// RakedCategory is one category of a margin.
type RakedCategory struct {
	Respondents           int
	Before, After, Target float64
}

// Factors are, by raking cell, what the design's weights are multiplied by.
func (r *Raking) Factors() []float64 { return r.factors }

// Fitted returns X'B by raking cell from the sums of d z; see estimate.Raking.
func (r *Raking) Fitted(sums []float64) []float64 { return r.greg.fitted(sums) }

// apply gives a block its final weights; its Cell holds codes.
func (r *Raking) apply(b *Block) error {
	design, final := b.Weight, b.Before[:0]
	for row, code := range b.Cell {
		cell := r.cell[code]
		if cell < 0 {
			return errChanged
		}
		b.Cell[row] = cell
		final = append(final, designWeight(design, row)*r.factors[cell])
	}
	b.Weight, b.Before, b.Cells = final, design, len(r.factors)
	return nil
}

var errChanged = errors.New("an export changed while it was read")

// designWeight is a row's weight in a column that may be empty: then it is 1.
func designWeight(column []float64, row int) float64 {
	if len(column) == 0 {
		return 1
	}
	return column[row]
}

// reportRaking says why a wave cannot be raked, where nothing else is wrong with
// it that could be the reason.
func (p *pass) reportRaking(diags *diag.List) {
	if r := p.know.raking; r != nil && !diags.HasErrors() {
		diags.Add(r.problems...)
	}
}
