package weight

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Factor is a column of categories.
type Factor struct {
	Name  string
	Codes []int32                 // one a row, from 0; -1: missing
	Label func(code int32) string // what a code stands for in messages; nil: its number
}

// Margin is a known population: the cells of one factor, or of several crossed.
type Margin struct {
	Factors    []Factor
	Population []Cell
}

// Cell is one cell of a margin.
type Cell struct {
	Codes []int32 // one a factor
	Total float64
}

// Name is the margin in messages: its factors.
func (m Margin) Name() string {
	names := make([]string, len(m.Factors))
	for i, f := range m.Factors {
		names[i] = f.Name
	}
	return strings.Join(names, " x ")
}

// called names a cell: region "North", sex "F".
func (m Margin) called(codes []int32) string {
	parts := make([]string, len(codes))
	for i, f := range m.Factors {
		label := fmt.Sprint(codes[i])
		if f.Label != nil {
			label = f.Label(codes[i])
		}
		parts[i] = fmt.Sprintf("%s %q", f.Name, label)
	}
	return strings.Join(parts, ", ")
}

// cells is a Margin with the cell of each row. Those of the population come
// first; those that only the sample has follow with a total of 0.
type cells struct {
	margin Margin
	of     []int32 // cell of each row; -1: missing
	codes  [][]int32
	totals []float64
	sum    float64 // of totals
}

// newCells finds every row's cell. All factors have a code for each of rows.
//
//gosec:disable G115 -- cells are no more than rows, which are counted in int32
func newCells(rows int, m Margin) (*cells, error) {
	c := &cells{margin: m, of: make([]int32, rows)}
	key, err := m.keys(rows)
	if err != nil {
		return nil, err
	}
	known := map[int64]int32{}
	var problems []string
	for _, p := range m.Population {
		k := key(p.Codes)
		if _, twice := known[k]; twice {
			problems = append(problems, fmt.Sprintf("the population of %s is given twice", m.called(p.Codes)))
		}
		if !(p.Total >= 0) || math.IsInf(p.Total, 0) {
			problems = append(problems, fmt.Sprintf("the population of %s is %v", m.called(p.Codes), p.Total))
		}
		known[k] = int32(len(c.codes))
		c.codes, c.totals = append(c.codes, p.Codes), append(c.totals, p.Total)
		c.sum += p.Total
	}
	codes := make([]int32, len(m.Factors))
	for row := range c.of {
		for i, f := range m.Factors {
			codes[i] = f.Codes[row]
		}
		c.of[row] = c.cell(codes, key, known)
	}
	return c, failure(problems)
}

//gosec:disable G115 -- cells are no more than rows, which are counted in int32
func (c *cells) cell(codes []int32, key func([]int32) int64, known map[int64]int32) int32 {
	if slices.Min(codes) < 0 {
		return -1
	}
	k := key(codes)
	cell, ok := known[k]
	if !ok {
		cell = int32(len(c.codes))
		known[k] = cell
		c.codes, c.totals = append(c.codes, slices.Clone(codes)), append(c.totals, 0)
	}
	return cell
}

// keys gives each combination of codes a number of its own.
func (m Margin) keys(rows int) (func(codes []int32) int64, error) {
	if len(m.Factors) == 0 {
		return nil, failuref("a margin has no variable")
	}
	size := make([]int64, len(m.Factors))
	product := 1.0
	for i, f := range m.Factors {
		if len(f.Codes) != rows {
			panic(fmt.Sprintf("weight: %s has %d codes for %d rows", f.Name, len(f.Codes), rows))
		}
		for _, code := range f.Codes {
			size[i] = max(size[i], int64(code)+1)
		}
		for _, p := range m.Population {
			size[i] = max(size[i], int64(p.Codes[i])+1)
		}
		product *= float64(size[i])
	}
	if product > 1<<62 {
		return nil, failuref("%s has more combinations than can be counted", m.Name())
	}
	return func(codes []int32) int64 {
		var k int64
		for i, code := range codes {
			k = k*size[i] + int64(code)
		}
		return k
	}, nil
}

// sums adds the rows' values by cell.
func (c *cells) sums(values []float64) []float64 {
	s := make([]float64, len(c.codes))
	for row, cell := range c.of {
		if cell >= 0 {
			s[cell] += values[row]
		}
	}
	return s
}

// check compares the sample, whose weights are start, with the population. Cells
// of the population without a respondent are problems unless partial; then they
// are returned.
func (c *cells) check(start []float64, partial bool) (ignored, problems []string) {
	count := make([]int, len(c.codes))
	missing, first := 0, 0
	for row, cell := range c.of {
		switch {
		case start[row] == 0:
		case cell >= 0:
			count[cell]++
		default:
			if missing++; missing == 1 {
				first = row + 1
			}
		}
	}
	if missing > 0 {
		problems = append(problems, fmt.Sprintf("%s is missing in %s with a weight, the first of them row %d; make missing a category of its own",
			c.margin.Name(), rows(missing), first))
	}
	for cell, n := range count {
		name, total := c.margin.called(c.codes[cell]), c.totals[cell]
		switch {
		case n > 0 && total == 0:
			problems = append(problems, fmt.Sprintf("%s has %s in the sample and no population", name, rows(n)))
		case n == 0 && total > 0 && partial:
			ignored = append(ignored, name)
		case n == 0 && total > 0:
			problems = append(problems, fmt.Sprintf("%s has a population of %v and nobody in the sample", name, total))
		}
	}
	return ignored, problems
}

func rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}
