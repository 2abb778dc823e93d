package weight

import "fmt"

// dummies are the indicators of margins' categories in cells. Each margin has one
// for every category in order and one for missing behind them.
type dummies struct {
	columns [][]float64 // one value a cell
	names   []string
	first   []int // place of a margin's first column
	cells   []RakeCell
}

func newDummies(cells []RakeCell, margins []Population) *dummies {
	x := &dummies{cells: cells}
	for _, p := range margins {
		x.first = append(x.first, len(x.names))
		for _, c := range p.Categories {
			x.names = append(x.names, fmt.Sprintf("%s %q", p.ID, c))
		}
		x.names = append(x.names, p.ID+" missing")
	}
	x.first = append(x.first, len(x.names))
	x.columns = make([][]float64, len(x.names))
	for j := range x.columns {
		x.columns[j] = make([]float64, len(cells))
	}
	for i, c := range cells {
		for m := range margins {
			x.columns[x.column(m, c.Codes[m])][i] = 1
		}
	}
	return x
}

// column is the place of a margin's category; -1 is missing.
func (x *dummies) column(margin int, code int32) int {
	if code < 0 {
		return x.first[margin+1] - 1
	}
	return x.first[margin] + int(code)
}

// totals adds values, one a cell, by category.
func (x *dummies) totals(values []float64) []float64 {
	t := make([]float64, len(x.names))
	for i, c := range x.cells {
		for m, code := range c.Codes {
			t[x.column(m, code)] += values[i]
		}
	}
	return t
}
