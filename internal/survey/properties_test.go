package survey_test

import (
	"flag"
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/survey"
)

// runWithFewChecks keeps the properties to a number of samples that takes seconds,
// unless the command line says otherwise.
func runWithFewChecks(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "60"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// several are statistics of different kinds of a drawn sample.
func (d drawn) several() []survey.Statistic {
	return []survey.Statistic{
		mean(d.y(), d.x()), total(d.y(), d.x()), survey.NewRatio(d.y(), d.x()),
		survey.NewMean(survey.Categorical(d.groups(), 3)), survey.NewCovariances(d.y(), d.x()),
	}
}

// Property 1: the order of the rows changes nothing, nor what PSUs and strata are
// called.
func TestOrderAndNamesChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		before := d.several()
		order := rapid.Permutation(upTo(len(d.rows))).Draw(t, "order")
		strata := rapid.Permutation(upTo(5)).Draw(t, "strata")
		units := rapid.Permutation(upTo(40)).Draw(t, "psus")
		moved := drawn{twoStage: d.twoStage, rows: make([]row, len(d.rows))}
		if d.fpc != nil {
			moved.fpc = make([]float64, 5)
		}
		for k, from := range order {
			r := d.rows[from]
			if d.fpc != nil {
				moved.fpc[strata[r.h]] = d.fpc[r.h]
			}
			r.h, r.psu, r.ssu = int32(strata[r.h]), int32(units[r.psu]), 3-r.ssu
			moved.rows[k] = r
		}
		for i, st := range moved.several() {
			nearAll(t, estimate(t, moved.sample(t), st), estimate(t, d.sample(t), before[i]), 1)
		}
		in := estimate(t, moved.sample(t).Subset(moved.domain()), mean(moved.y()))
		nearAll(t, in, estimate(t, d.sample(t).Subset(d.domain()), mean(d.y())), 1)
	})
}

// Property 1, to the last bit: rows of a PSU keep their order, and everything else
// is gone through by code.
func TestOrderOfUnitsChangesNoBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		byPSU := d.rows
		first := rapid.IntRange(0, len(byPSU)-1).Draw(t, "first")
		for first > 0 && byPSU[first].psu == byPSU[first-1].psu {
			first--
		}
		moved := d
		moved.rows = append(append([]row{}, byPSU[first:]...), byPSU[:first]...)
		a, b := estimate(t, d.sample(t), total(d.y())), estimate(t, moved.sample(t), total(moved.y()))
		if diff := cmp.Diff(a.V, b.V); diff != "" {
			t.Fatal(diff)
		}
	})
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// Property 2: weights times c leave means, errors and ratios alone, and multiply
// totals and their errors.
func TestScalingWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		before := d.sample(t)
		c := rapid.SampledFrom([]float64{1e-6, 0.3, 7, 1e6}).Draw(t, "c")
		scaled := d
		scaled.rows = append([]row{}, d.rows...)
		for k := range scaled.rows {
			scaled.rows[k].w *= c
		}
		after := scaled.sample(t)
		for _, st := range d.several() {
			times := 1.0
			if _, ok := st.(*survey.Total); ok {
				times = c
			}
			nearAll(t, estimate(t, after, st), estimate(t, before, st), times)
		}
	})
}

// Property 3: a row and its two halves are the same in a clustered design, but for
// the number of rows.
func TestSplittingRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		k := rapid.IntRange(0, len(d.rows)-1).Draw(t, "row")
		split := d
		split.rows = append(append([]row{}, d.rows...), d.rows[k])
		split.rows[k].w /= 2
		split.rows[len(d.rows)].w /= 2
		for i, st := range split.several()[:4] { // the number of rows is in variances
			got := estimate(t, split.sample(t), st)
			nearAll(t, got, estimate(t, d.sample(t), d.several()[i]), 1)
			if got.N != len(d.rows)+1 {
				t.Fatal(got.N, "rows")
			}
		}
	})
}

// Property 4: strata as domains have totals that add up to the whole, and so do
// their variances, for strata are independent.
func TestStrataAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		s := d.sample(t)
		whole := estimate(t, s, total(d.y()))
		theta, v, size := 0.0, 0.0, 0.0
		for h := range int32(3) {
			in := d.where(func(r row) bool { return r.h == h })
			part := estimate(t, s.Subset(in), total(d.y()))
			theta, v, size = theta+part.Theta[0], v+part.V[0][0], max(size, math.Abs(part.Theta[0]))
		}
		near(t, "total", theta, whole.Theta[0], size)
		near(t, "variance", v, whole.V[0][0], 1e-6)
		groups, err := s.EstimateGroups(total(d.y()), dense(d.codes(func(r row) int32 { return r.h })))
		if err != nil || groups.Err != nil {
			t.Fatal(err, groups.Err)
		}
		for g := range groups.V {
			for k, c := range groups.V[g] {
				if g != k && math.Abs(c) > 1e-9*math.Sqrt(groups.V[g][g]*groups.V[k][k])+1e-12 {
					t.Fatal("strata are correlated:", groups.V)
				}
			}
		}
	})
}

// Property 8: the mean gap is the contrast of the two means among those who have
// both, error and all.
func TestGapIsAContrast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		s := d.sample(t)
		y, x, gap := d.y(), d.x(), make([]float64, len(d.rows))
		for k, r := range d.rows {
			if r.share == 1 && r.group > 0 {
				y[k] = math.NaN()
			}
			if r.share == 0 && r.group == 2 {
				x[k] = math.NaN()
			}
			gap[k] = y[k] - x[k]
		}
		of, joint := estimate(t, s, mean(gap)), estimate(t, s, mean(y, x))
		contrast := joint.Contrast([]float64{1, -1})
		estimate, ok := contrast.Estimate.Get()
		if known := !math.IsNaN(of.Theta[0]); ok != known {
			t.Fatal("known", ok, known)
		} else if !ok {
			return
		}
		variance, _ := contrast.Variance.Get()
		near(t, "gap", estimate, of.Theta[0], 1e-3)
		near(t, "variance", variance, of.V[0][0], 1e-6*max(joint.V[0][0], joint.V[1][1]))
		near(t, "df", contrast.DFObserved, of.DFObserved, 0)
	})
}

// Property 10: a union has at least the degrees of freedom of its parts.
func TestDegreesOfFreedomOfUnions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		s := d.sample(t)
		a, b := d.domain(), d.where(func(r row) bool { return r.group == 0 })
		union := make([]bool, len(a))
		for k := range union {
			union[k] = a[k] || b[k]
		}
		if u := s.DFOf(union); u < s.DFOf(a) || u < s.DFOf(b) || u > s.DF() || s.Subset(union).DF() != u {
			t.Fatal("union", u, "parts", s.DFOf(a), s.DFOf(b), "whole", s.DF())
		}
	})
}

// Property 14: a column of zeros beside others keeps all else, and so does a
// domain that has nobody.
func TestColumnOfZeros(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		s, zeros := d.sample(t), make([]float64, len(d.rows))
		alone, beside := estimate(t, s, total(d.y())), estimate(t, s, total(d.y(), zeros))
		if alone.Theta[0] != beside.Theta[0] || alone.V[0][0] != beside.V[0][0] || alone.DF != beside.DF || alone.N != beside.N {
			t.Fatal(alone, beside)
		}
		if beside.Theta[1] != 0 || beside.V[1][1] != 0 || beside.V[0][1] != 0 {
			t.Fatal(beside)
		}
		codes := d.codes(func(r row) int32 { return 2 * r.group })
		with, err := s.EstimateGroups(mean(d.y()), codes)
		without, err2 := s.EstimateGroups(mean(d.y()), d.groups())
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if diff := cmp.Diff(without.V, with.V, cmp.Comparer(func(a, b float64) bool { return a == b || a != a && b != b })); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Property 15: rows of weight 0 in a PSU change nothing; a PSU of nothing else
// counts in its stratum, so that the error is another.
func TestRowsOfWeightZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4).without(false)
		before := estimate(t, d.sample(t), mean(d.y()))
		more := d
		extra := d.rows[rapid.IntRange(0, len(d.rows)-1).Draw(t, "row")]
		extra.w, extra.y = 0, 99
		more.rows = append(append([]row{}, d.rows...), extra)
		nearAll(t, estimate(t, more.sample(t), mean(more.y())), before, 1)

		extra.psu = 9 + 10*extra.h // the draw has fewer
		more.rows[len(d.rows)] = extra
		after := estimate(t, more.sample(t), mean(more.y()))
		near(t, "df", after.DF, before.DF, 0)
		near(t, "mean", after.Theta[0], before.Theta[0], 1e-3)
		near(t, "variance", after.V[0][0], varianceWith(d, extra.h), 1e-9)
	})
}

// varianceWith is the variance of the mean of y by hand, with another PSU of
// nobody in stratum h.
func varianceWith(d drawn, h int32) float64 {
	w, wy := 0.0, 0.0
	for _, r := range d.rows {
		w, wy = w+r.w, wy+r.w*r.y
	}
	var psus [3][10]struct {
		total float64
		there bool
	}
	for _, r := range d.rows {
		at := &psus[r.h][r.psu%10]
		at.total, at.there = at.total+r.w*(r.y-wy/w)/w, true
	}
	psus[h][9].there = true
	v := 0.0
	for _, stratum := range psus {
		n, sum, squares := 0.0, 0.0, 0.0
		for _, p := range stratum {
			if p.there {
				n, sum, squares = n+1, sum+p.total, squares+p.total*p.total
			}
		}
		if n > 0 {
			v += n / (n - 1) * (squares - sum*sum/n)
		}
	}
	return v
}

// Numbers far from 0 keep the error that their differences give them, and numbers
// that do not differ have none.
func TestShiftLeavesErrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		near := d.column(func(r row) float64 { return math.Round(10 * r.y) })
		far, same := make([]float64, len(near)), make([]float64, len(near))
		for k, y := range near {
			far[k], same[k] = 1e8+y, 0.1
		}
		a, b := estimate(t, d.sample(t), mean(near)), estimate(t, d.sample(t), mean(far))
		if se := a.SE(0).Or(-1); math.Abs(b.SE(0).Or(-2)-se) > 1e-6*se {
			t.Fatalf("the error is %v, and %v a hundred million further", a.SE(0), b.SE(0))
		}
		in := d.sample(t).Subset(d.domain())
		for _, s := range []*survey.Sample{d.sample(t), in} {
			if e := estimate(t, s, mean(same)); e.N > 0 && (e.Theta[0] != 0.1 || e.V[0][0] != 0) {
				t.Fatalf("the mean of 0.1 is %v with variance %v", e.Theta[0], e.V[0][0])
			}
		}
	})
}
