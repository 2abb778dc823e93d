package survey

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// naive is a second engine: the recursion of statistics over a table of rows, with
// a total for every unit of the file. It knows nothing of lists of strata.
type naive struct {
	rows         []naiveRow // of the whole file
	there        []bool     // rows that the sample has
	lonely       Lonely
	domainLonely bool
	failed       bool
	unknown      bool // a stage of lonely strata alone, under average
}

type naiveRow struct {
	units, strata [3]int32
	f             [3]float64
	w             float64
}

// covariance is that of two columns x = w z.
func (v *naive) covariance(stages int, a, b []float64) float64 {
	return v.stage(0, stages, v.all(func(int) bool { return true }), a, b)
}

func (v *naive) all(is func(k int) bool) (rows []int) {
	for k := range v.rows {
		if is(k) {
			rows = append(rows, k)
		}
	}
	return rows
}

// stage adds up the strata of one stage within rows, which are those of a unit.
func (v *naive) stage(l, stages int, rows []int, a, b []float64) float64 {
	type sum struct{ a, b float64 }
	strata := map[int32]map[int32]*sum{}
	seen := map[int32]map[int32]bool{}
	fractions := map[int32]float64{}
	everything := sum{}
	for _, k := range rows {
		r := v.rows[k]
		h, u := r.strata[l], r.units[l]
		if strata[h] == nil {
			strata[h], seen[h] = map[int32]*sum{}, map[int32]bool{}
		}
		if strata[h][u] == nil {
			strata[h][u] = &sum{}
		}
		fractions[h] = r.f[l]
		if v.there[k] {
			seen[h][u] = true
			strata[h][u].a += a[k]
			strata[h][u].b += b[k]
			everything.a += a[k]
			everything.b += b[k]
		}
	}
	among, present := 0.0, 0
	for h, units := range strata {
		if len(seen[h]) > 0 {
			among += float64(len(units))
			present++
		}
	}
	total, dropped := 0.0, 0
	for h, units := range strata {
		n, f := float64(len(units)), fractions[h]
		if len(seen[h]) == 0 || 1-f < 1e-7 {
			continue
		}
		lonely := n == 1
		if v.domainLonely && len(seen[h]) == 1 && (v.lonely == LonelyAdjust || v.lonely == LonelyAverage) {
			lonely = true
		}
		centre, factor := sum{}, (1-f)*n/(n-1)
		for _, t := range units {
			centre.a += t.a / n
			centre.b += t.b / n
		}
		if lonely {
			switch v.lonely {
			case LonelyFail:
				v.failed = true
				continue
			case LonelyAverage:
				dropped++
				continue
			case LonelyAdjust:
				centre = sum{everything.a / among, everything.b / among}
			}
			if n == 1 {
				factor = 1 - f
			}
		}
		for _, t := range units {
			total += factor * (t.a - centre.a) * (t.b - centre.b)
		}
	}
	if dropped > 0 {
		if dropped == present {
			v.unknown = true
		}
		total *= float64(present) / float64(present-dropped)
	}
	if l+1 < stages {
		for h, units := range strata {
			for u := range units {
				inside := slices.DeleteFunc(slices.Clone(rows), func(k int) bool { return v.rows[k].units[l] != u || v.rows[k].strata[l] != h })
				if fractions[h] > 0 {
					total += fractions[h] * v.stage(l+1, stages, inside, a, b)
				}
			}
		}
	}
	return total
}

// df counts PSUs and strata of rows.
func (v *naive) df(in func(k int) bool) float64 {
	units, strata := map[int32]bool{}, map[int32]bool{}
	for k, r := range v.rows {
		if in(k) && r.w != 0 {
			units[r.units[0]], strata[r.strata[0]] = true, true
		}
	}
	return float64(len(units) - len(strata))
}

// drawnDesign is a design of one to three stages with what the naive engine needs.
type drawnDesign struct {
	naive
	stages int
	design Design
	y      []float64
	group  []int32
	in     []bool
}

func drawDesign(t *rapid.T) *drawnDesign {
	d := &drawnDesign{stages: rapid.IntRange(1, 3).Draw(t, "stages")}
	d.lonely = Lonely(rapid.IntRange(0, 4).Draw(t, "lonely"))
	d.domainLonely = rapid.Bool().Draw(t, "domain lonely")
	withFPC := rapid.Bool().Draw(t, "fpc")
	psu, inner := int32(0), int32(0)
	for h := range int32(rapid.IntRange(1, 4).Draw(t, "strata")) {
		n := rapid.IntRange(1, 4).Draw(t, "PSUs")
		f := [3]float64{}
		if withFPC {
			f[0] = rapid.SampledFrom([]float64{0.25, 0.5, 1}).Draw(t, "f")
		}
		for range n {
			f[1] = 0
			if withFPC && d.stages > 1 {
				f[1] = rapid.SampledFrom([]float64{0.125, 0.5, 1}).Draw(t, "f2")
			}
			for range rapid.IntRange(1, 3).Draw(t, "units") {
				if f[2] = 0; withFPC && d.stages > 2 {
					f[2] = rapid.SampledFrom([]float64{0.25, 0.5, 1}).Draw(t, "f3")
				}
				for range rapid.IntRange(1, 2).Draw(t, "rows") {
					row := int32(len(d.rows))
					d.rows = append(d.rows, naiveRow{units: [3]int32{psu, inner, row}, strata: [3]int32{h, 0, 0}, f: f, w: float64(rapid.IntRange(0, 4).Draw(t, "w"))})
				}
				inner++
			}
			psu++
		}
	}
	for range d.rows {
		d.y = append(d.y, float64(rapid.IntRange(-8, 9).Draw(t, "y")))
		d.group = append(d.group, int32(rapid.IntRange(-1, 2).Draw(t, "group")))
		d.in = append(d.in, rapid.IntRange(0, 3).Draw(t, "in") > 0)
	}
	d.design = d.asDesign(withFPC)
	return d
}

func (d *drawnDesign) asDesign(withFPC bool) Design {
	out := Design{Rows: len(d.rows), Lonely: d.lonely, DomainLonely: d.domainLonely, Stages: make([]Stage, d.stages)}
	for _, r := range d.rows {
		out.Weights = append(out.Weights, r.w)
		for l := range out.Stages {
			s := &out.Stages[l]
			if l < 2 { // at the third stage every row is its own unit
				s.Units = append(s.Units, r.units[l])
			}
			s.Strata = append(s.Strata, r.strata[l])
			if withFPC {
				s.FPC = append(s.FPC, r.f[l])
			}
		}
	}
	return out
}

func ambiguous(d Design) bool {
	for _, s := range d.Stages {
		for _, f := range s.FPC {
			if f != 1 {
				return false
			}
		}
	}
	return d.Stages[0].FPC != nil
}

// TestEngineAgainstNaive draws designs, domains and groups, with every option for
// lonely strata, and compares totals with the recursion.
func TestEngineAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDesign(t)
		if ambiguous(d.design) || d.rows[len(d.rows)-1].units[0] == 0 || sumOfWeights(d.design.Weights) == 0 {
			t.Skip("not a design")
		}
		s, err := New(d.design)
		if err != nil {
			t.Fatal(err)
		}
		sub := s.Subset(d.in)
		d.there = d.in
		d.checkTotal(t, "subset", sub, func(k int) bool { return d.in[k] })
		d.checkGroups(t, sub)
		// Groups' own: the rows of a group are those that the sample still has.
		for g := range int32(3) {
			inGroup := make([]bool, len(d.rows))
			for k := range inGroup {
				inGroup[k] = d.in[k] && d.group[k] == g
			}
			d.there = inGroup
			d.checkTotal(t, fmt.Sprint("group ", g), sub.Subset(inGroup), func(k int) bool { return inGroup[k] })
		}
	})
}

func sumOfWeights(w []float64) float64 { return total(w) }

// xs is w z of the total of the rows that are in.
func (d *drawnDesign) xs(in func(k int) bool) []float64 {
	x := make([]float64, len(d.rows))
	for k, r := range d.rows {
		if in(k) {
			x[k] = r.w * d.y[k]
		}
	}
	return x
}

func (d *drawnDesign) checkTotal(t *rapid.T, what string, s *Sample, in func(k int) bool) {
	x := d.xs(in)
	d.failed, d.unknown = false, false
	want := d.covariance(d.stages, x, x)
	e, err := s.Estimate(NewTotal(Numeric(d.y)))
	if d.failed != (err != nil) {
		t.Fatalf("%s: error %v, naive failed: %v", what, err, d.failed)
	}
	if err != nil {
		return
	}
	d.near(t, what, e.V[0][0], want, e.V[0][0])
	if got, want := e.DF, d.df(in); got != want {
		t.Errorf("%s: df %v, want %v", what, got, want)
	}
}

func (d *drawnDesign) near(t *rapid.T, what string, got, want, scale float64) {
	if d.unknown {
		if !math.IsNaN(got) {
			t.Errorf("%s: got %v where nothing is known", what, got)
		}
		return
	}
	if !(math.Abs(got-want) <= 1e-10*max(1, math.Abs(scale))) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// checkGroups compares the covariance of the groups' totals and their own variances.
func (d *drawnDesign) checkGroups(t *rapid.T, s *Sample) {
	g, err := s.EstimateGroups(NewTotal(Numeric(d.y)), d.group)
	if err != nil {
		t.Fatal(err)
	}
	column := func(group Group) []float64 {
		return d.xs(func(k int) bool { return d.in[k] && d.group[k] == group.Code })
	}
	for i, a := range g.Groups {
		for j, b := range g.Groups {
			d.failed, d.unknown = false, false
			want := d.covariance(d.stages, column(a), column(b))
			if d.failed != (g.Err != nil) {
				t.Fatalf("error %v, naive failed: %v", g.Err, d.failed)
			}
			if g.Err == nil {
				d.near(t, fmt.Sprint("groups ", i, j), g.V[i][j], want, 1000)
			}
		}
		mask := make([]bool, len(d.rows))
		for k := range mask {
			mask[k] = d.in[k] && d.group[k] == a.Code
		}
		own, err := s.Subset(mask).Estimate(NewTotal(Numeric(d.y)))
		if (err != nil) != (a.Err != nil) {
			t.Fatalf("group %d: error %v by itself, %v beside others", i, err, a.Err)
		}
		if err == nil && !(math.Abs(own.V[0][0]-a.Estimates.V[0][0]) <= 1e-10*max(1, own.V[0][0])) && !math.IsNaN(own.V[0][0]) {
			t.Errorf("group %d: variance %v by itself, %v beside others", i, own.V[0][0], a.Estimates.V[0][0])
		}
	}
}
