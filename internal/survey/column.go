package survey

import (
	"fmt"
	"math"
)

// Column is a variable: numbers, of which NaN is missing, or the codes of a
// categorical one, of which -1 is missing.
type Column struct {
	numbers []float64
	codes   []int32
	levels  int
}

// Numeric is a variable of numbers, one a row, NaN for missing.
func Numeric(numbers []float64) Column { return Column{numbers: numbers} }

// Categorical is a variable with levels 0 to levels-1, one code a row, -1 for
// missing. A statistic of it has a number for every level, in this order.
func Categorical(codes []int32, levels int) Column { return Column{codes: codes, levels: levels} }

// numbersOf is how many numbers a statistic has of the column.
func (c Column) numbersOf() int {
	if c.codes != nil {
		return c.levels
	}
	return 1
}

// observed puts those of rows that have a value to the front of to.
func (c Column) observed(rows, to []int32) ([]int32, error) {
	to = to[:0]
	if c.codes != nil {
		for _, k := range rows {
			if c.codes[k] >= 0 {
				to = append(to, k)
			}
		}
		return to, nil
	}
	for _, k := range rows {
		switch x := c.numbers[k]; {
		case math.IsNaN(x):
		case math.IsInf(x, 0):
			return nil, &InfiniteError{Row: int(k)}
		default:
			to = append(to, k)
		}
	}
	return to, nil
}

// InfiniteError is an infinite number in a column, by row from 0.
type InfiniteError struct{ Row int }

func (e *InfiniteError) Error() string {
	return fmt.Sprintf("row %d has an infinite value", e.Row+1)
}

// columns are variables side by side, and their numbers in one list.
type columns struct {
	of     []Column
	places []place
}

// place is where a number comes from.
type place struct {
	column Column
	level  int32
}

func newColumns(of []Column) columns {
	c := columns{of: of}
	for _, column := range of {
		for level := range column.numbersOf() {
			c.places = append(c.places, place{column, int32(level)})
		}
	}
	return c
}

// Len is the number of numbers: one a numeric column, one a level of others.
func (c *columns) Len() int { return len(c.places) }

// Observed are the rows without a missing value.
func (c *columns) Observed(rows []int32) ([]int32, error) {
	out := make([]int32, len(rows))
	var err error
	for _, column := range c.of {
		if rows, err = column.observed(rows, out); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// each calls use with the number that each of rows has.
func (p place) each(rows []int32, use func(j int, y float64)) {
	if p.column.codes == nil {
		for j, k := range rows {
			use(j, p.column.numbers[k])
		}
		return
	}
	for j, k := range rows {
		use(j, p.value(k))
	}
}

// value is what row k has of the number.
func (p place) value(k int32) float64 {
	switch {
	case p.column.codes == nil:
		return p.column.numbers[k]
	case p.column.codes[k] == p.level:
		return 1
	}
	return 0
}

// add adds what row k has with weight w to the sums of the numbers and, as the
// last, of the weights.
//
//gosec:disable G115 -- a position of rows, which are counted in int32
func (c *columns) add(k int, w float64, sums []float64) {
	for i, p := range c.places {
		sums[i] += w * p.value(int32(k))
	}
	sums[len(c.places)] += w
}

// estimateRows is the estimate of a statistic that takes a list of rows.
func estimateRows(st byRow, l Listwise, w []float64) []float64 {
	return st.estimateAt(observedRows(l, w), w)
}

// lineariseRows spreads linearised values over all rows.
func lineariseRows(st byRow, l Listwise, w, theta []float64, i int, z []float64) {
	rows := observedRows(l, w)
	short := make([]float64, len(rows))
	st.lineariseAt(rows, w, theta)(i, short)
	clear(z)
	for j, k := range rows {
		z[k] = short[j]
	}
}

// observedRows are the rows with a weight that have all values. Values that nothing
// can be made of have been told of before: Sample.Estimate starts with them.
func observedRows(l Listwise, w []float64) []int32 {
	rows, err := l.Observed(weighted(nil, w))
	if err != nil {
		return nil
	}
	return rows
}

// sums are the weighted sums of all numbers over rows.
func (c *columns) sums(rows []int32, w []float64) []float64 {
	sums := make([]float64, 0, len(c.places))
	for _, column := range c.of {
		if column.codes == nil {
			sums = append(sums, weightedSum(column.numbers, rows, w))
			continue
		}
		levels := make([]float64, column.levels)
		for _, k := range rows {
			levels[column.codes[k]] += w[k]
		}
		sums = append(sums, levels...)
	}
	return sums
}

func weightedSum(x []float64, rows []int32, w []float64) float64 {
	sum := 0.0
	for _, k := range rows {
		sum += w[k] * x[k]
	}
	return sum
}

func sumWeights(rows []int32, w []float64) float64 {
	sum := 0.0
	for _, k := range rows {
		sum += w[k]
	}
	return sum
}
