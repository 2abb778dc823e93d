package normalise

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/caregap/caregap/internal/weight"
)

// indicators are the columns that weights are raked to: of every category that
// somebody is in, missing included. A cell is in one category of each margin.
type indicators struct {
	names  []string
	totals []float64
	of     [][]int // by cell: its column in each margin
}

func (out *Raking) indicators(p *pass, r *raker) indicators {
	c := indicators{of: make([][]int, len(out.code))}
	for i, m := range out.Margins {
		variable, _ := p.Schema.Study.Framework.Variables.Get(m.Variable)
		column := map[int]int{}
		for category := -1; category < len(m.Categories); category++ {
			if sums := m.of(category); sums.Before > 0 {
				column[category] = len(c.names)
				name := m.Variable + " (none given)"
				if category >= 0 {
					name = fmt.Sprintf("%s %q", m.Variable, variable.Categories[category].ID)
				}
				c.names, c.totals = append(c.names, name), append(c.totals, sums.Target)
			}
		}
		for cell, code := range out.code {
			if at, ok := column[r.categories(code)[i]]; ok {
				c.of[cell] = append(c.of[cell], at)
			}
		}
	}
	return c
}

// calibration is raking within bounds as a calibration of the cells: they are few
// where respondents are many, and all of one cell have the same factor.
func (c indicators) calibration(bounds weight.Bounds) weight.Calibration {
	values := make([][]float64, len(c.names))
	for j := range values {
		values[j] = make([]float64, len(c.of))
	}
	for cell, of := range c.of {
		for _, j := range of {
			values[j][cell] = 1
		}
	}
	return weight.Calibration{Columns: values, Names: c.names, Totals: c.totals, Distance: weight.Exp, Bounds: bounds}
}

// greg is the regression on the columns, weighted by the design's weights: B is
// (sum d X X')^-1 sum d X z (Särndal, Swensson and Wretman 1992, 6.6). Both sums
// need the sums by cell alone.
type greg struct {
	of   [][]int // by cell: its columns that stand on their own
	chol mat.Cholesky
	size int
}

// newGREG prepares it, without the columns that follow from others.
func newGREG(c indicators, dropped []string, sums []float64) *greg {
	place := make([]int, len(c.names))
	g := &greg{of: make([][]int, len(c.of))}
	for j, name := range c.names {
		place[j] = -1
		if !slices.Contains(dropped, name) {
			place[j] = g.size
			g.size++
		}
	}
	square := mat.NewSymDense(g.size, nil)
	for cell, of := range c.of {
		for _, j := range of {
			if place[j] >= 0 {
				g.of[cell] = append(g.of[cell], place[j])
			}
		}
		for _, a := range g.of[cell] {
			for _, b := range g.of[cell] {
				if a <= b {
					square.SetSym(a, b, square.At(a, b)+sums[cell])
				}
			}
		}
	}
	if !g.chol.Factorize(square) {
		panic("normalise: columns that stand on their own have no regression")
	}
	return g
}

// fitted is X'B by cell, from the sums of d z by cell.
func (g *greg) fitted(sums []float64) []float64 {
	right := mat.NewVecDense(g.size, nil)
	for cell, of := range g.of {
		for _, j := range of {
			right.SetVec(j, right.AtVec(j)+sums[cell])
		}
	}
	var b mat.VecDense
	if err := g.chol.SolveVecTo(&b, right); err != nil {
		panic("normalise: " + err.Error()) // a condition of 1e16, which the columns' rank rules out
	}
	out := make([]float64, len(g.of))
	for cell, of := range g.of {
		for _, j := range of {
			out[cell] += b.AtVec(j)
		}
	}
	return out
}
