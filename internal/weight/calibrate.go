package weight

import (
	"fmt"
	"math"
)

// Calibration makes the weighted totals of columns what they are in the
// population, while g = w/d stays as near to 1 as its distance has it (Deville &
// Särndal 1992; R: calibrate).
type Calibration struct {
	Columns  [][]float64 // one value a row; an intercept is a column of ones
	Names    []string    // one a column
	Totals   []float64   // one a column
	Distance Distance
	Bounds   Bounds // of g; NoBounds() for none; needed for Logit
	// Units, if given, are numbers from 0 of the units whose rows shall have one g:
	// columns and weights are replaced by their means within them (R: aggregate.stage).
	Units []int32
	// MaxIterations and Epsilon end it as R does, once no total is off by more than
	// Epsilon (1 + |total|). 0: 200 and 1e-12.
	MaxIterations int
	Epsilon       float64
}

// Adjust calibrates.
func (c Calibration) Adjust(start []float64) (*Adjusted, error) {
	if err := failure(c.problems(start)); err != nil {
		return nil, err
	}
	d, columns := start, c.Columns
	if c.Units != nil {
		d, columns = c.aggregate(start)
	}
	s := newSolver(c, d, columns)
	if err := failure(s.contradictions()); err != nil {
		return nil, err
	}
	g, steps, err := s.solve()
	if err != nil {
		return nil, err
	}
	return s.adjusted(start, g, steps), nil
}

// problems are what makes the calibration impossible before it begins.
func (c Calibration) problems(start []float64) []string {
	var problems []string
	b := c.Bounds
	switch {
	case c.Distance == Logit && (b.none() || math.IsInf(b.Lower, 0) || math.IsInf(b.Upper, 0)):
		problems = append(problems, "logit calibration needs a lower and an upper bound")
	case c.Distance == Logit && !(b.Lower < 1 && 1 < b.Upper):
		problems = append(problems, fmt.Sprintf("the bounds %s of logit calibration do not have 1 between them", b))
	case !(b.Lower < b.Upper):
		problems = append(problems, fmt.Sprintf("the lower bound of %s is not below the upper", b))
	}
	for j, column := range c.Columns {
		if t := c.Totals[j]; math.IsNaN(t) || math.IsInf(t, 0) {
			problems = append(problems, fmt.Sprintf("the total of %s is %v", c.Names[j], t))
		}
		n, first := 0, 0
		for row, v := range column {
			if start[row] != 0 && (math.IsNaN(v) || math.IsInf(v, 0)) {
				if n++; n == 1 {
					first = row + 1
				}
			}
		}
		if n > 0 {
			problems = append(problems, fmt.Sprintf("%s is missing in %s with a weight, the first of them row %d", c.Names[j], rows(n), first))
		}
	}
	for row, d := range start {
		if d < 0 {
			return append(problems, fmt.Sprintf("the weight of row %d is %v; calibration needs weights above 0", row+1, d))
		}
	}
	return problems
}

// aggregate replaces weights and columns by their means within units. Rows
// without a weight are in none.
func (c Calibration) aggregate(start []float64) (d []float64, columns [][]float64) {
	d = c.means(start, start)
	for _, column := range c.Columns {
		columns = append(columns, c.means(start, column))
	}
	return d, columns
}

func (c Calibration) means(start, values []float64) []float64 {
	n := 0
	for _, u := range c.Units {
		n = max(n, int(u)+1)
	}
	sums, counts := make([]float64, n), make([]float64, n)
	for row, u := range c.Units {
		if start[row] != 0 {
			sums[u] += values[row]
			counts[u]++
		}
	}
	means := make([]float64, len(values))
	for row, u := range c.Units {
		if start[row] != 0 {
			means[row] = sums[u] / counts[u]
		}
	}
	return means
}
