package weight

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func region(codes ...int32) Factor {
	return Factor{Name: "region", Codes: codes, Label: func(c int32) string { return []string{"North", "South", "West"}[c] }}
}

func sex(codes ...int32) Factor {
	return Factor{Name: "sex", Codes: codes, Label: func(c int32) string { return []string{"F", "M"}[c] }}
}

// margin is a margin of one factor with populations by code.
func margin(f Factor, totals ...float64) Margin {
	m := Margin{Factors: []Factor{f}}
	for code, total := range totals {
		m.Population = append(m.Population, Cell{Codes: []int32{int32(code)}, Total: total})
	}
	return m
}

func TestPoststratifyProblems(t *testing.T) {
	cross := Margin{Factors: []Factor{region(0, 0, 1, -1, 2), sex(0, 1, 0, 0, 1)}, Population: []Cell{
		{Codes: []int32{0, 0}, Total: 10}, {Codes: []int32{1, 0}, Total: 20}, {Codes: []int32{1, 1}, Total: 30}, {Codes: []int32{2, 1}},
	}}
	p, err := NewPoststratification(5, cross, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Adjust([]float64{1, 1, 1, 1, 1})
	want := []string{
		`region x sex is missing in 1 row with a weight, the first of them row 4; make missing a category of its own`,
		`region "South", sex "M" has a population of 30 and nobody in the sample`,
		`region "West", sex "M" has 1 row in the sample and no population`,
		`region "North", sex "M" has 1 row in the sample and no population`,
	}
	if diff := cmp.Diff(want, err.(*Failure).Problems); diff != "" {
		t.Error(diff)
	}
	// Rows without a weight stand outside and trouble nobody.
	p.partial = true
	a, err := p.Adjust([]float64{2, 0, 4, 0, 0})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]float64{10, 0, 20, 0, 0}, a.Weights); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{`region "South", sex "M"`}, a.Ignored); diff != "" {
		t.Error(diff)
	}
}

func TestProblemsOfMargins(t *testing.T) {
	four := []int32{0, 0, 1, 1}
	for name, c := range map[string]struct {
		margins []Margin
		want    string
	}{
		"twice": {[]Margin{{Factors: []Factor{sex(four...)}, Population: []Cell{{Codes: []int32{0}, Total: 1}, {Codes: []int32{0}, Total: 1}}}},
			`the population of sex "F" is given twice`},
		"negative": {[]Margin{margin(sex(four...), 1, -3)}, `the population of sex "M" is -3`},
		"not one":  {[]Margin{margin(sex(four...), 1, math.NaN())}, `the population of sex "M" is NaN`},
		"totals": {[]Margin{margin(sex(four...), 40, 60), margin(region(four...), 50, 51)},
			"the population of sex adds up to 100, that of region to 101"},
		"none": {nil, "there is no margin to rake to"},
	} {
		_, err := NewRaking(4, c.margins, RakeOptions{})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, expected %s", name, err, c.want)
		}
	}
}

// Two margins that no weights meet: everyone in the North is F and nobody else is.
func TestRakingThatCannotEnd(t *testing.T) {
	r, err := NewRaking(4, []Margin{margin(sex(0, 0, 1, 1), 60, 40), margin(region(0, 0, 1, 1), 50, 50)}, RakeOptions{MaxIterations: 20})
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Adjust([]float64{1, 1, 1, 1})
	want := `raking did not reach its margins in 20 cycles: sex "M" has a population of 40 and its weights add up to 50`
	if err == nil || err.Error() != want {
		t.Errorf("%v, expected %s", err, want)
	}
}

// R rakes until nothing moves by more than epsilon, and a replicate as often.
func TestRakingEndsAsInR(t *testing.T) {
	margins := []Margin{margin(sex(0, 1, 0, 1), 60, 40), margin(region(0, 0, 1, 1), 30, 70)}
	start := []float64{3, 1, 1, 2}
	run := func(opt RakeOptions) *Adjusted {
		r, err := NewRaking(4, margins, opt)
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.Adjust(start)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	loose, tight := run(RakeOptions{Epsilon: 1}), run(RakeOptions{})
	if loose.Iterations >= tight.Iterations {
		t.Errorf("%d cycles with an epsilon of one person, %d without", loose.Iterations, tight.Iterations)
	}
	if diff := cmp.Diff(loose.Weights, run(RakeOptions{Cycles: loose.Iterations}).Weights); diff != "" {
		t.Error(diff)
	}
	if fs := tight.Weights[0] + tight.Weights[2]; math.Abs(fs-60) > 60*marginTolerance {
		t.Errorf("sex F has %v", fs)
	}
}

func TestCalibrationProblems(t *testing.T) {
	ones := []float64{1, 1, 1}
	base := Calibration{Columns: [][]float64{ones, {1, 2, 3}}, Names: []string{"intercept", "age"}, Totals: []float64{30, 70}, Bounds: NoBounds()}
	for name, c := range map[string]struct {
		change func(*Calibration)
		start  []float64
		want   string
	}{
		"missing":     {func(c *Calibration) { c.Columns[1] = []float64{1, math.NaN(), 3} }, ones, "age is missing in 1 row with a weight, the first of them row 2"},
		"total":       {func(c *Calibration) { c.Totals[1] = math.Inf(1) }, ones, "the total of age is +Inf"},
		"negative":    {func(c *Calibration) {}, []float64{1, -1, 1}, "the weight of row 2 is -1; calibration needs weights above 0"},
		"logit":       {func(c *Calibration) { c.Distance = Logit }, ones, "logit calibration needs a lower and an upper bound"},
		"about 1":     {func(c *Calibration) { c.Distance, c.Bounds = Logit, Bounds{1, 2} }, ones, "the bounds [1, 2] of logit calibration do not have 1 between them"},
		"upside down": {func(c *Calibration) { c.Bounds = Bounds{2, 1} }, ones, "the lower bound of [2, 1] is not below the upper"},
		"collinear": {func(c *Calibration) { c.Columns[1] = []float64{2, 2, 2} }, ones,
			"the total of age is 70, but the other columns and their totals make it 60"},
		"bounds": {func(c *Calibration) { c.Bounds = Bounds{0.9, 1.1} }, []float64{10, 10, 10},
			"calibration did not reach its totals within the bounds [0.9, 1.1] in "},
		"too far": {func(c *Calibration) { c.Distance = Exp; c.Totals[1] = 91 }, ones, "calibration did not reach its totals in "},
	} {
		k := base
		k.Columns, k.Totals = slices.Clone(base.Columns), slices.Clone(base.Totals)
		c.change(&k)
		_, err := k.Adjust(c.start)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, expected %s", name, err, c.want)
		}
	}
}

func TestCalibrationSaysWhatItDid(t *testing.T) {
	x := Calibration{
		Columns: [][]float64{{1, 1, 1, 1}, {1, 2, 3, 4}, {2, 3, 4, 5}}, Names: []string{"one", "x", "x plus one"},
		Totals: []float64{40, 40, 80}, Bounds: NoBounds(),
	}
	a, err := x.Adjust([]float64{10, 10, 10, 10})
	if err != nil {
		t.Fatal(err)
	}
	// By hand: mean 1 of x needs slope (1 - 2.5)/1.25 = -1.2, so g = 1 - 1.2 (x - 2.5).
	if diff := cmp.Diff([]float64{28, 16, 4, -8}, round(a.Weights)); diff != "" || a.Negative != 1 {
		t.Errorf("%d negative, %s", a.Negative, diff)
	}
	if diff := cmp.Diff([]string{"x plus one"}, a.Dropped); diff != "" {
		t.Error(diff)
	}
}

// A column that follows from others may have a total of 0, up to rounding.
func TestCollinearTotalOfZero(t *testing.T) {
	x := Calibration{
		Columns: [][]float64{{1, 1, 0, 0}, {0.1, 0, 1, 1}, {0.9, 1, -1, -1}}, Names: []string{"a", "b", "difference"},
		Totals: []float64{0.1 + 0.2, 0.3, 0}, Bounds: NoBounds(),
	}
	if _, err := x.Adjust([]float64{0.1, 0.1, 0.1, 0.1}); err != nil {
		t.Error(err)
	}
}

// Weights far below the population's size are multiplied before bounds hold, as R does.
func TestCalibrationRescales(t *testing.T) {
	x := Calibration{Columns: [][]float64{{1, 1, 1, 1}, {1, 2, 3, 4}}, Names: []string{"one", "x"}, Totals: []float64{400, 1040}, Bounds: Bounds{0.5, 2}}
	a, err := x.Adjust([]float64{1, 1, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	if want := (100 + 104.0) / 2; a.Rescaled != want {
		t.Errorf("rescaled by %v, expected %v", a.Rescaled, want)
	}
	if s := sum(a.Weights); math.Abs(s-400) > 1e-9 {
		t.Errorf("the weights add up to %v", s)
	}
}

func TestTrim(t *testing.T) {
	start := []float64{1, 10, 2, 0, 4}
	for name, c := range map[string]struct {
		trim Trim
		want []float64
		lost float64
	}{
		// 6 goes in equal parts to three rows; two are outside then.
		"once":   {Trim{Bounds: Bounds{math.Inf(-1), 4}}, []float64{3, 4, 4, 0, 6}, 0},
		"strict": {Trim{Bounds: Bounds{math.Inf(-1), 5}, Strict: true}, []float64{3, 5, 4, 0, 5}, 0},
		"lower":  {Trim{Bounds: Bounds{2, math.Inf(1)}}, []float64{2, 10 - 1.0/3, 2 - 1.0/3, 0, 4 - 1.0/3}, 0},
		"lost":   {Trim{Bounds: Bounds{0.25, 0.5}}, []float64{0.5, 0.5, 0.5, 0, 0.5}, 15},
		"inside": {Trim{Bounds: Bounds{0, 20}}, start, 0},
	} {
		a, err := c.trim.Adjust(start)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(round(c.want), round(a.Weights)); diff != "" || a.Lost != c.lost || a.Residual != nil {
			t.Errorf("%s: lost %v, %s", name, a.Lost, diff)
		}
	}
	if _, err := (Trim{Bounds: Bounds{3, 2}}).Adjust(start); err == nil {
		t.Error("bounds upside down are no problem")
	}
}

func TestRakingWithin(t *testing.T) {
	margins := []Margin{margin(sex(0, 1, 0, 1, 0, 1), 70, 30), margin(region(0, 0, 1, 1, 1, 0), 45, 55)}
	r, err := NewRaking(6, margins, RakeOptions{Epsilon: 1})
	if err != nil {
		t.Fatal(err)
	}
	start := []float64{5, 1, 1, 1, 9, 1}
	a, err := RakingWithin{Raking: r, Bounds: Bounds{8, 30}}.Adjust(start)
	if err != nil {
		t.Fatal(err)
	}
	for row, w := range a.Weights {
		if w < 8*(1-boundsTolerance) || w > 30*(1+boundsTolerance) {
			t.Errorf("row %d has %v", row, w)
		}
	}
	for _, m := range r.margins {
		for cell, s := range m.sums(a.Weights) {
			if math.Abs(s-m.totals[cell]) > 1e-9*m.totals[cell] {
				t.Errorf("%s: %v, expected %v", m.margin.Name(), s, m.totals[cell])
			}
		}
	}
	_, err = RakingWithin{Raking: r, Bounds: Bounds{8, 20}, Rounds: 10}.Adjust(start)
	if err == nil || !strings.HasPrefix(err.Error(), "no weights within [8, 20] were found that meet the margins") {
		t.Errorf("70 on three rows with at most 20 each: %v", err)
	}
}

// round takes rounding errors away from numbers that are compared by eye.
func round(values []float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = math.Round(v*1e9) / 1e9
	}
	return out
}
