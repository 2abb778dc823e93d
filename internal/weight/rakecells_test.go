package weight

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func population(id string, totals ...float64) Population {
	p := Population{Variable: Variable{ID: id}, Totals: totals}
	for c := range totals {
		p.Categories = append(p.Categories, string(rune('a'+c)))
	}
	return p
}

// Two margins of two categories and one respondent without a region, by hand: of
// 100 people 10 are without a region, as 1 of 10 respondents is.
func TestRakeCells(t *testing.T) {
	codes := [][]int32{{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, {0, 0, 1, 1, 1, 0, 0, 0, 1, -1}}
	cells, of := tabulate(codes, nil)
	r, err := RakeCells(cells, []Population{population("sex", 70, 30), population("region", 40, 60)}, NoBounds())
	if err != nil {
		t.Fatal(err)
	}
	want := []MarginCategory{
		{Variable: "sex", Category: "a", Respondents: 5, Before: 0.5, Target: 0.7, After: 0.7},
		{Variable: "sex", Category: "b", Respondents: 5, Before: 0.5, Target: 0.3, After: 0.3},
		{Variable: "region", Category: "a", Respondents: 5, Before: 0.5, Target: 0.36, After: 0.36},
		{Variable: "region", Category: "b", Respondents: 4, Before: 0.4, Target: 0.54, After: 0.54},
		{Variable: "region", Missing: true, Respondents: 1, Before: 0.1, Target: 0.1, After: 0.1},
	}
	if diff := cmp.Diff(want, r.Margins, cmpopts.EquateApprox(1e-10, 0)); diff != "" {
		t.Error(diff)
	}
	if r.Scale != 10 || r.AtLower+r.AtUpper > 0 {
		t.Errorf("scaled by %v, %d and %d at bounds", r.Scale, r.AtLower, r.AtUpper)
	}
	// Only the respondent without a region is in that cell.
	if w := r.G[of[9]]; math.Abs(w-10) > 1e-8 {
		t.Errorf("without a region: %v", w)
	}
	kish := NewSums()
	for _, cell := range of {
		kish.Add([]float64{r.G[cell]})
	}
	if diff := cmp.Diff(kish.Describe().Effect.Or(0), r.Weights.Effect.Or(0), cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Error(diff)
	}
}

// One of a thousand respondents stands for half of the population: a whole step of
// Newton's would multiply that weight by exp(499).
func TestRakeCellsFarAway(t *testing.T) {
	codes := [][]int32{make([]int32, 1000), make([]int32, 1000)}
	codes[0][0] = 1
	for row := range 500 {
		codes[1][2*row] = 1
	}
	cells, of := tabulate(codes, nil)
	for _, b := range []Bounds{NoBounds(), {0.1, 501}} {
		r, err := RakeCells(cells, []Population{population("sex", 500, 500), population("region", 100, 900)}, b)
		if err != nil {
			t.Errorf("%s: %v", b, err)
		} else if w := r.G[of[0]]; math.Abs(w-500) > 1e-7 {
			t.Errorf("%s: %v, expected 500", b, w)
		}
	}
}

// sample is respondents with one to three variables, and margins somewhere about
// what they are. The first 64 have every combination of categories, so that there
// are weights that meet the margins.
type sample struct {
	codes   [][]int32
	d       []float64
	margins []Population
}

func drawSample(t *rapid.T, missing bool) sample {
	n := rapid.IntRange(64, 150).Draw(t, "rows")
	s := sample{d: rapid.SliceOfN(rapid.Float64Range(0.5, 4), n, n).Draw(t, "d")}
	low := 0
	if missing {
		low = -1
	}
	for m := range rapid.IntRange(1, 3).Draw(t, "margins") {
		k := rapid.IntRange(2, 4).Draw(t, "categories")
		codes := make([]int32, n)
		for row := range codes {
			if codes[row] = int32(row >> (2 * m) % 4 % k); row >= 64 {
				codes[row] = int32(rapid.IntRange(low, k-1).Draw(t, "code"))
			}
		}
		shares := rapid.SliceOfN(rapid.Float64Range(0.8, 1.25), k, k).Draw(t, "shares")
		p := population(string(rune('p'+m)), make([]float64, k)...)
		for row, c := range codes {
			if c >= 0 {
				p.Totals[c] += s.d[row] * shares[c]
			}
		}
		total := p.total()
		for c := range p.Totals {
			p.Totals[c] *= 10_000 / total
		}
		s.codes, s.margins = append(s.codes, codes), append(s.margins, p)
	}
	return s
}

// weights are the rows' after raking in cells; nil where that is impossible.
func (s sample) weights(bounds Bounds) ([]float64, *CellRaking, error) {
	cells, of := tabulate(s.codes, s.d)
	r, err := RakeCells(cells, s.margins, bounds)
	if err != nil {
		return nil, nil, err
	}
	w := make([]float64, len(of))
	for row, cell := range of {
		w[row] = s.d[row] * r.G[cell]
	}
	return w, r, nil
}

func near(t *rapid.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	for i := range want {
		if math.Abs(got[i]-want[i]) > tolerance*math.Abs(want[i]) {
			t.Fatalf("%s: row %d has %v, expected %v", what, i, got[i], want[i])
		}
	}
}

func TestRakeCellsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t, rapid.Bool().Draw(t, "missing"))
		w, r, err := s.weights(NoBounds())
		if err != nil {
			t.Fatal(err)
		}
		if slices.Min(w) <= 0 {
			t.Fatalf("a weight is %v", slices.Min(w))
		}
		for _, m := range r.Margins {
			if math.Abs(m.After-m.Target) > marginTolerance*m.Target {
				t.Fatalf("%+v", m)
			}
		}
		// The order of margins and of rows does not matter, nor the scale of d.
		other := sample{d: make([]float64, len(s.d)), margins: slices.Clone(s.margins)}
		slices.Reverse(other.margins)
		order := rapid.Permutation(slices.Collect(rangeOf(len(s.d)))).Draw(t, "order")
		scale := rapid.Float64Range(0.001, 1000).Draw(t, "scale")
		for _, m := range slices.Backward(s.codes) {
			shuffled := make([]int32, len(m))
			for to, from := range order {
				shuffled[to], other.d[to] = m[from], s.d[from]*scale
			}
			other.codes = append(other.codes, shuffled)
		}
		again, _, err := other.weights(NoBounds())
		if err != nil {
			t.Fatal(err)
		}
		for to, from := range order {
			if math.Abs(again[to]-w[from]) > 1e-8*w[from] {
				t.Fatalf("row %d has %v, in another order %v", from, w[from], again[to])
			}
		}
	})
}

func rangeOf(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Cells, iterative proportional fitting on rows and calibration with exp on rows
// have the same weights.
func TestThreeWaysOfRaking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t, false)
		w, _, err := s.weights(NoBounds())
		if err != nil {
			t.Fatal(err)
		}
		raking, err := NewRaking(len(s.d), s.rows(), RakeOptions{MaxIterations: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		ipf, err := raking.Adjust(s.d)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "fitting", ipf.Weights, w, 1e-7)
		exp, err := s.calibration(Exp).Adjust(s.d)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "calibration", exp.Weights, w, 1e-8)
	})
}

func (s sample) rows() []Margin {
	var margins []Margin
	for m, p := range s.margins {
		margins = append(margins, margin(Factor{Name: p.ID, Codes: s.codes[m]}, p.Totals...))
	}
	return margins
}

func (s sample) calibration(distance Distance) Calibration {
	k := Calibration{Distance: distance, Bounds: NoBounds()}
	for m, p := range s.margins {
		for c, total := range p.Totals {
			x := make([]float64, len(s.d))
			for row, code := range s.codes[m] {
				if code == int32(c) {
					x[row] = 1
				}
			}
			k.Columns, k.Totals, k.Names = append(k.Columns, x), append(k.Totals, total), append(k.Names, p.ID+p.Categories[c])
		}
	}
	return k
}

// Bounds hold for every respondent, or the raking says that they cannot.
func TestBoundsHold(t *testing.T) {
	met := 0
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t, rapid.Bool().Draw(t, "missing"))
		b := Bounds{rapid.Float64Range(0.5, 0.95).Draw(t, "lower"), rapid.Float64Range(1.05, 1.6).Draw(t, "upper")}
		w, r, err := s.weights(b)
		if err != nil {
			return
		}
		met++
		low, high := 0, 0
		for row, v := range w {
			g := v / s.d[row] / r.Scale
			switch {
			case g < b.Lower*(1-1e-12) || g > b.Upper*(1+1e-12):
				t.Fatalf("row %d: %v is outside %s", row, g, b)
			case g < b.Lower*(1+1e-12):
				low++
			case g > b.Upper*(1-1e-12):
				high++
			}
		}
		if low != r.AtLower || high != r.AtUpper {
			t.Fatalf("%d and %d respondents at bounds, said to be %d and %d", low, high, r.AtLower, r.AtUpper)
		}
		for _, m := range r.Margins {
			if math.Abs(m.After-m.Target) > marginTolerance*m.Target {
				t.Fatalf("%+v", m)
			}
		}
	})
	if met < 10 {
		t.Errorf("only %d samples could be raked within bounds", met)
	}
}

// Post-stratification is linear calibration on the cells' dummies, weights and
// residuals.
func TestPoststratificationIsCalibration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t, false)
		s.codes, s.margins = s.codes[:1], s.margins[:1]
		p, err := NewPoststratification(len(s.d), s.rows()[0], false)
		if err != nil {
			t.Fatal(err)
		}
		a, err := p.Adjust(s.d)
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.calibration(Linear).Adjust(s.d)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "weights", b.Weights, a.Weights, 1e-10)
		z := rapid.SliceOfN(rapid.Float64Range(1, 2), len(s.d), len(s.d)).Draw(t, "z")
		x, y := make([]float64, len(z)), make([]float64, len(z))
		for row := range z {
			x[row], y[row] = a.Weights[row]*z[row], a.Weights[row]*z[row]
		}
		a.Residual.Residual(x)
		b.Residual.Residual(y)
		for row := range x {
			if math.Abs(x[row]-y[row]) > 1e-9*a.Weights[row] {
				t.Fatalf("residual of row %d: %v and %v", row, x[row], y[row])
			}
		}
	})
}
