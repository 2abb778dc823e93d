package weight

import "slices"

// tabulate sorts rows into cells. codes has a column for each margin, d a design
// weight for each row; nil: 1 each. of is the cell of each row, -1 for those with
// a weight of 0. Cells come in the order of their codes, whatever that of the rows.
func tabulate(codes [][]int32, d []float64) (cells []RakeCell, of []int32) {
	of = make([]int32, len(codes[0]))
	known := map[int64]int32{}
	size := radixes(codes)
	one := []float64{1}
	for row := range of {
		w := one
		if d != nil {
			w = d[row : row+1]
		}
		if w[0] <= 0 {
			of[row] = -1
			continue
		}
		var key int64
		for m, column := range codes {
			key = key*size[m] + int64(column[row]) + 1
		}
		cell, ok := known[key]
		if !ok {
			cell = int32(len(cells))
			known[key] = cell
			cells = append(cells, newCell(codes, row))
		}
		cells[cell].D.Add(w)
		of[row] = cell
	}
	return sortCells(cells, of)
}

func newCell(codes [][]int32, row int) RakeCell {
	c := RakeCell{D: NewSums()}
	for _, column := range codes {
		c.Codes = append(c.Codes, column[row])
	}
	return c
}

// radixes are how many codes each column has, missing included.
func radixes(codes [][]int32) []int64 {
	size := make([]int64, len(codes))
	for m, column := range codes {
		for _, code := range column {
			size[m] = max(size[m], int64(code)+2)
		}
	}
	return size
}

// sortCells puts cells in the order of their codes, and follows it in of.
func sortCells(cells []RakeCell, of []int32) ([]RakeCell, []int32) {
	order := make([]int32, len(cells))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return slices.Compare(cells[a].Codes, cells[b].Codes) })
	sorted, place := make([]RakeCell, len(cells)), make([]int32, len(cells))
	for to, from := range order {
		sorted[to], place[from] = cells[from], int32(to)
	}
	for row, cell := range of {
		if cell >= 0 {
			of[row] = place[cell]
		}
	}
	return sorted, of
}
