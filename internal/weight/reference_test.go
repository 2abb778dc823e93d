package weight

import (
	"math"
	"testing"
)

// run makes the steps of a case, and returns the residuals in their order.
func (f frame) run(t *testing.T, c refCase) (w []float64, residuals []Residual, err error) {
	t.Helper()
	w = f.weights(c)
	for _, s := range c.Steps {
		adjuster, err := f.adjuster(t, c, s)
		if err != nil {
			return nil, nil, err
		}
		a, err := adjuster.Adjust(w)
		if err != nil {
			return nil, nil, err
		}
		if w = a.Weights; a.Residual != nil {
			residuals = append(residuals, a.Residual)
		}
	}
	return w, residuals, nil
}

// TestReferenceWeights holds every row's weight to R's.
func TestReferenceWeights(t *testing.T) {
	cases, compared := 0, 0
	for _, c := range readCases(t) {
		if c.Stat.Fn != "weights" {
			continue
		}
		cases++
		w, _, err := readFrame(t, c.Data).run(t, c)
		if (err != nil) != c.Expected.Error {
			t.Errorf("%s: error %v, R has one: %t", c.ID, err, c.Expected.Error)
			continue
		}
		for row, want := range c.Expected.Weights {
			compared++
			if math.Abs(w[row]-want) > 1e-10*math.Abs(want) {
				t.Errorf("%s: row %d has %v, R %v", c.ID, row+1, w[row], want)
				break
			}
		}
	}
	if cases != 77 || compared < 10_000 {
		t.Errorf("%d cases with %d weights were compared, expected 77", cases, compared)
	}
}

// TestReferenceErrors holds standard errors of means and totals, in designs of one
// stage, to R's: what the residuals are for.
func TestReferenceErrors(t *testing.T) {
	cases, compared := 0, 0
	for _, c := range readCases(t) {
		mean := c.Stat.Fn == "mean"
		if !mean && c.Stat.Fn != "total" || len(c.Design.IDs) > 1 || len(c.By) > 0 || c.Expected.Error || c.Steps[len(c.Steps)-1].Op == "subset" {
			continue
		}
		cases++
		f := readFrame(t, c.Data)
		w, residuals, err := f.run(t, c)
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		for i, y := range f.complete(c) {
			estimate, x := linearised(w, y, mean)
			for _, r := range residuals {
				r.Residual(x)
			}
			se, want := math.Sqrt(f.variance(c, x)), c.Expected.Rows[i]
			compared++
			if math.Abs(estimate-want.Estimate) > 1e-10*math.Abs(want.Estimate) || math.Abs(se-want.SE) > 1e-8*max(want.SE, 1e-3*math.Abs(estimate)) {
				t.Errorf("%s: %s %s: %v with error %v, R %v with %v", c.ID, want.Variable, want.Level, estimate, se, want.Estimate, want.SE)
			}
		}
	}
	t.Logf("%d cases, %d errors", cases, compared)
	if cases < 100 {
		t.Errorf("only %d cases were compared", cases)
	}
}

// complete are the columns of a case's rows; in rows where one is missing all are.
func (f frame) complete(c refCase) [][]float64 {
	var columns [][]float64
	missing := make([]bool, f.rows)
	for _, r := range c.Expected.Rows {
		x := f.numbers(r.Variable)
		for row, text := range f.columns[r.Variable] {
			if r.Level != "" {
				x[row] = map[bool]float64{true: 1}[text == r.Level]
			}
			missing[row] = missing[row] || text == ""
		}
		columns = append(columns, x)
	}
	for _, x := range columns {
		for row, m := range missing {
			if m {
				x[row] = math.NaN()
			}
		}
	}
	return columns
}

// linearised is a mean or total, and w z of its linearised values.
func linearised(w, y []float64, mean bool) (estimate float64, x []float64) {
	total, size := 0.0, 0.0
	for row, v := range y {
		if !math.IsNaN(v) {
			total, size = total+w[row]*v, size+w[row]
		}
	}
	x = make([]float64, len(y))
	for row, v := range y {
		switch {
		case math.IsNaN(v):
		case mean:
			x[row] = w[row] * (v - total/size) / size
		default:
			x[row] = w[row] * v
		}
	}
	if mean {
		return total / size, x
	}
	return total, x
}

// variance is that of the total of x in a design of one stage.
func (f frame) variance(c refCase, x []float64) float64 {
	units, strata := f.units(c.Design.IDs...), make([]int32, f.rows)
	if len(c.Design.Strata) > 0 {
		strata = f.units(c.Design.Strata...)
	}
	totals := map[[2]int32]float64{}
	sums, counts, fraction := map[int32]float64{}, map[int32]float64{}, map[int32]float64{}
	for row, v := range x {
		key := [2]int32{strata[row], units[row]}
		if _, ok := totals[key]; !ok {
			counts[strata[row]]++
		}
		totals[key] += v
		sums[strata[row]] += v
	}
	for row := range x {
		if len(c.Design.FPC) > 0 {
			fraction[strata[row]] = counts[strata[row]] / f.numbers(c.Design.FPC[0])[row]
		}
	}
	v := 0.0
	for key, total := range totals {
		h := key[0]
		d := total - sums[h]/counts[h]
		v += (1 - fraction[h]) * counts[h] / (counts[h] - 1) * d * d
	}
	return v
}
