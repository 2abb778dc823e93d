package measuretest

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/weight"
)

// Raked says how the design's weights of a sample were multiplied, cell by cell of
// all its variables. Residuals do not ask what the factors are, so that any will do.
type Raked struct {
	cells      []weight.RakeCell
	factors    []float64
	regression *weight.MarginRegression
}

// Rake multiplies the weights of a sample's raking cells.
//
//gosec:disable G115 -- samples of tests are small
func (s *Sample) Rake(t *rapid.T, schema *normalise.Schema) {
	r := &Raked{}
	place := map[string]int32{}
	for i := range s.Respondents {
		x := &s.Respondents[i]
		if x.Factor = 1; x.Weight == 0 {
			continue
		}
		key := fmt.Sprint(x.Variables)
		if _, seen := place[key]; !seen {
			place[key] = int32(len(r.cells))
			r.cells = append(r.cells, weight.RakeCell{Codes: codes(x.Variables), D: weight.NewSums()})
			r.factors = append(r.factors, rapid.SampledFrom([]float64{0.5, 0.8, 1, 1.7, 3}).Draw(t, "factor"))
		}
		x.Cell = place[key]
		x.Factor = r.factors[x.Cell]
		r.cells[x.Cell].D.Add([]float64{x.Weight})
	}
	var margins []weight.Population
	for _, v := range schema.Variables {
		margins = append(margins, weight.Population{Variable: weight.Variable{ID: v.ID, Categories: v.Variable.Categories.IDs()}})
	}
	r.regression = weight.NewMarginRegression(r.cells, margins)
	s.Raked = r
}

//gosec:disable G115 -- samples of tests are small
func codes(variables []int) []int32 {
	out := make([]int32, len(variables))
	for i, c := range variables {
		out[i] = int32(c)
	}
	return out
}

// Factors implements estimate.Raking.
func (r *Raked) Factors() []float64 { return r.factors }

// Fitted implements estimate.Raking, as normalise does.
func (r *Raked) Fitted(sums []float64) []float64 { return r.regression.Fitted(sums) }
