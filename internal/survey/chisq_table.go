package survey

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Factor is a categorical variable with its words.
type Factor struct {
	Name   string
	Codes  []int32 // one a row: a place in Levels, -1 for missing
	Levels []string
	// Declared levels stand in tables where no row has them; others are left out.
	Declared bool
}

// Table is a two-way table of estimated counts, of the rows that have both
// variables.
type Table struct {
	RowLevels, ColumnLevels []string
	Weighted                [][]float64 // by row level, then column level

	sample *Sample
	cross  *cross     // of the levels that a row with a weight has
	shares *Estimates // of its cells; made when a test asks for them
}

// Table crosses two variables.
func (s *Sample) Table(rows, columns Factor) *Table {
	shown := s.cross(rows.without(rows.unseen(s.rows())), columns.without(columns.unseen(s.rows())))
	t := &Table{RowLevels: shown.rowLevels, ColumnLevels: shown.columnLevels, sample: s}
	for i := range shown.rows {
		t.Weighted = append(t.Weighted, make([]float64, shown.cols))
		for j := range shown.cols {
			t.Weighted[i][j] = shown.totals[shown.cell(i, j)]
		}
	}
	rows.Declared, columns.Declared = false, false
	t.cross = s.cross(rows.without(rows.unseen(s.taking())), columns.without(columns.unseen(s.taking())))
	return t
}

// unseen tells of each level whether none of rows has it.
func (f Factor) unseen(rows []int32) []bool {
	unseen := make([]bool, len(f.Levels))
	for c := range unseen {
		unseen[c] = !f.Declared
	}
	for _, k := range rows {
		if c := f.Codes[k]; c >= 0 {
			unseen[c] = false
		}
	}
	return unseen
}

// without leaves levels out, and rows that have them.
//
//gosec:disable G115 -- levels are no more than rows, which are counted in int32
func (f Factor) without(level []bool) Factor {
	out := Factor{Name: f.Name, Codes: make([]int32, len(f.Codes))}
	place := make([]int32, len(f.Levels))
	for c, left := range level {
		place[c] = -1
		if !left {
			place[c] = int32(len(out.Levels))
			out.Levels = append(out.Levels, f.Levels[c])
		}
	}
	for k, c := range f.Codes {
		out.Codes[k] = -1
		if c >= 0 {
			out.Codes[k] = place[c]
		}
	}
	return out
}

// cross has the cells of two variables.
type cross struct {
	grid
	names                   [2]string
	rowLevels, columnLevels []string
	column                  Column // the cell of each row
	totals                  []float64
}

//gosec:disable G115 -- levels are no more than rows, which are counted in int32
func (s *Sample) cross(rows, columns Factor) *cross {
	c := &cross{names: [2]string{rows.Name, columns.Name}, rowLevels: rows.Levels, columnLevels: columns.Levels,
		grid: grid{len(rows.Levels), len(columns.Levels)}}
	cells := make([]int32, s.Rows())
	for k := range cells {
		cells[k] = -1
		if i, j := rows.Codes[k], columns.Codes[k]; i >= 0 && j >= 0 {
			cells[k] = int32(c.cell(int(i), int(j)))
		}
	}
	c.column = Categorical(cells, c.cells())
	c.totals = NewTotal(c.column).Estimate(s.weights)
	return c
}

// scores are columns whose totals are the departures from independence. These are
// of the first degree in the cells' totals, so that they are the sum of what each
// unit of weight adds to them.
func (c *cross) scores() []Column {
	by := c.departures(c.totals)
	out := make([]Column, c.contrasts())
	for i := range out {
		score := make([]float64, len(c.column.codes))
		for k, cell := range c.column.codes {
			score[k] = math.NaN()
			if cell >= 0 {
				score[k] = by[cell][i]
			}
		}
		out[i] = Numeric(score)
	}
	return out
}

// testable tells of what no test can be made.
func (c *cross) testable() error {
	levels := [2][]string{c.rowLevels, c.columnLevels}
	for i, name := range c.names {
		switch len(levels[i]) {
		case 0:
			return fmt.Errorf("%s has no values: a test of independence needs two levels or more", name)
		case 1:
			return fmt.Errorf("%s has the value %s alone: a test of independence needs two levels or more", name, levels[i][0])
		}
	}
	rows, columns, _ := c.margins(c.totals)
	for i, sums := range [2][]float64{rows, columns} {
		if at := slices.Index(sums, 0); at >= 0 {
			return fmt.Errorf("no row with %s %s has %s", c.names[i], levels[i][at], c.names[1-i])
		}
	}
	return nil
}

// singular says why departures from independence have no covariance of full rank.
func (c *cross) singular(df float64) error {
	var empty []string
	for j, column := range c.columnLevels {
		for i, row := range c.rowLevels {
			if c.totals[c.cell(i, j)] == 0 {
				empty = append(empty, fmt.Sprintf("%s %s with %s %s", c.names[0], row, c.names[1], column))
			}
		}
	}
	if len(empty) > 0 {
		return fmt.Errorf("empty cells leave nothing to test: %s", strings.Join(empty, ", "))
	}
	return fmt.Errorf("%d cells of %s by %s are too many for %v degrees of freedom", c.cells(), c.names[0], c.names[1], df)
}
