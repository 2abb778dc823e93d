package request

import (
	"context"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/weight"
)

// margins rakes to the populations of a file as a study does.
type margins struct {
	name      string
	data      []byte
	variables []string
}

// RakeTo is the step that rakes to a file of population totals, which has the
// columns variable, category and population. Its variables are columns.
//
//gosec:disable G304 -- the user names the file on the command line, to be read with the user's own rights
func RakeTo(ctx context.Context, path, name string) (Step, error) {
	file, err := frame.Open(path, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m := &margins{name: name, data: data}
	want := frame.Want{Name: "variable", Text: true}
	if !slices.Contains(file.Columns, want.Name) {
		list := &diag.List{}
		weight.ReadPopulations(name, data, nil, list)
		return nil, list.Err() // says what columns there should be
	}
	columns, err := file.Read(ctx, []frame.Want{want})
	if err != nil {
		return nil, err
	}
	for _, v := range columns.Column(want).Categories().Labels {
		if v = strings.TrimSpace(v); !slices.Contains(m.variables, v) {
			m.variables = append(m.variables, v)
		}
	}
	return m, nil
}

func (p *margins) columns(want func(string)) {
	for _, v := range p.variables {
		want(v)
	}
}

func (p *margins) apply(m *maker, s *sample) (*sample, error) {
	var variables []weight.Variable
	for _, v := range p.variables {
		c, err := m.categories(v)
		if err != nil {
			return nil, err
		}
		variables = append(variables, weight.Variable{ID: v, Categories: c.Labels})
	}
	list := &diag.List{}
	populations := weight.ReadPopulations(p.name, p.data, variables, list)
	if err := list.Err(); err != nil {
		return nil, withoutNames(err, variables)
	}
	r := &raking{populations: populations}
	for _, p := range populations {
		c, err := m.categories(p.ID)
		if err != nil {
			return nil, err
		}
		r.codes = append(r.codes, c.Codes)
	}
	return s.adjusted(r)
}

// withoutNames takes out of problems what messages may not name.
func withoutNames(err error, variables []weight.Variable) error {
	var problems *diag.Problems
	if !errors.As(err, &problems) {
		return err
	}
	out := &diag.Problems{Diagnostics: slices.Clone(problems.Diagnostics)}
	for _, v := range variables {
		for _, c := range v.Categories {
			if nameable(c) == c {
				continue
			}
			for i := range out.Diagnostics {
				d := &out.Diagnostics[i]
				d.Message = strings.ReplaceAll(d.Message, strconv.Quote(c), strconv.Quote(nameable(c)))
				d.Hint = strings.ReplaceAll(d.Hint, strconv.Quote(c), strconv.Quote(nameable(c)))
			}
		}
	}
	return out
}

// raking is an Adjuster with the weights and the residuals of a study's raking:
// rows without a category keep their share, and what is left of z is the residual
// of its regression on the margins (Deville and Särndal 1992, 3).
type raking struct {
	populations []weight.Population
	codes       [][]int32 // by margin and row
}

func (r *raking) Adjust(start []float64) (*weight.Adjusted, error) {
	cells, of := r.cells(start)
	made, err := weight.RakeCells(cells, r.populations, weight.NoBounds())
	if err != nil {
		return nil, err
	}
	w := make([]float64, len(start))
	for row, c := range of {
		if c >= 0 {
			w[row] = start[row] * made.G[c]
		}
	}
	return &weight.Adjusted{
		Weights: w, Iterations: made.Iterations, Rescaled: 1,
		Residual: &rakingResidual{cells: cells, of: of, g: made.G, w: w, regression: weight.NewMarginRegression(cells, r.populations)},
	}, nil
}

// cells are the combinations of categories in the order of their codes, and the
// cell of each row, -1 where it has no weight.
//
//gosec:disable G115 -- bytes of a code, and cells no more than rows, which are counted in int32
func (r *raking) cells(start []float64) (cells []weight.RakeCell, of []int32) {
	of = make([]int32, len(start))
	place := map[string]int32{}
	var keys []string
	key := make([]byte, 0, 4*len(r.codes))
	for row, d := range start {
		if of[row] = -1; d == 0 {
			continue
		}
		key = key[:0]
		for _, codes := range r.codes {
			c := uint32(codes[row] + 1)
			key = append(key, byte(c>>24), byte(c>>16), byte(c>>8), byte(c))
		}
		c, ok := place[string(key)]
		if !ok {
			c = int32(len(cells))
			place[string(key)] = c
			keys = append(keys, string(key))
			cells = append(cells, weight.RakeCell{Codes: r.at(row), D: weight.NewSums()})
		}
		cells[c].D.Add(start[row : row+1])
		of[row] = c
	}
	return sortCells(cells, of, keys)
}

func (r *raking) at(row int) []int32 {
	out := make([]int32, len(r.codes))
	for i, codes := range r.codes {
		out[i] = codes[row]
	}
	return out
}

// sortCells makes the order of cells one that does not depend on that of rows.
func sortCells(cells []weight.RakeCell, of []int32, keys []string) ([]weight.RakeCell, []int32) {
	order := make([]int32, len(cells))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(keys[a], keys[b]) })
	place, sorted := make([]int32, len(cells)), make([]weight.RakeCell, len(cells))
	for i, c := range order {
		place[c], sorted[i] = int32(i), cells[c]
	}
	for row, c := range of {
		if c >= 0 {
			of[row] = place[c]
		}
	}
	return sorted, of
}

type rakingResidual struct {
	cells      []weight.RakeCell
	of         []int32
	g, w       []float64
	regression *weight.MarginRegression
}

// Residual replaces x = w z by w (z - X'B), B being the regression of z on the
// margins with the weights before, d = w/g.
func (r *rakingResidual) Residual(x []float64) {
	dz := make([]float64, len(r.cells)) // sums of d z by cell
	for row, c := range r.of {
		if c >= 0 {
			dz[c] += x[row] / r.g[c]
		}
	}
	fitted := r.regression.Fitted(dz)
	for row, c := range r.of {
		if c >= 0 {
			x[row] -= r.w[row] * fitted[c]
		}
	}
}

// PoststratifyTo is the step that post-stratifies to a file of cells: a column for
// each variable, with the columns' names, and population.
func PoststratifyTo(ctx context.Context, path, name string) (Step, error) {
	const total = "population"
	file, err := frame.Open(path, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	out := poststratify{}
	wants := []frame.Want{{Name: total}}
	for _, c := range file.Columns {
		if c != total {
			out.population.columns = append(out.population.columns, c)
			wants = append(wants, frame.Want{Name: c, Text: true})
		}
	}
	if err := file.Unknown(total); err != nil {
		return nil, err
	}
	data, err := file.Read(ctx, wants)
	if err != nil {
		return nil, err
	}
	totals, err := data.Column(wants[0]).Numbers()
	if err != nil {
		return nil, err
	}
	for row, t := range totals {
		cell := populationCell{total: t}
		for _, w := range wants[1:] {
			c := data.Column(w).Categories()
			if c.Codes[row] < 0 {
				return nil, &diag.Problems{Diagnostics: []diag.Diagnostic{{
					Code: "missing-category", Pos: diag.Pos{File: name, Row: data.Line(row), Column: w.Name}, Message: "a cell has no category",
				}}}
			}
			cell.categories = append(cell.categories, strings.TrimSpace(c.Labels[c.Codes[row]]))
		}
		out.cells = append(out.cells, cell)
	}
	return out, nil
}
