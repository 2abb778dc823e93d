package survey_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/survey"
)

// row is a respondent of a drawn sample.
type row struct {
	h, psu, ssu int32
	w, y, x     float64
	share       float64 // 0 or 1
	group       int32   // 0 to 2
	in          bool    // of a domain
}

// drawn is a sample of strata with two or more PSUs, in one stage or two.
type drawn struct {
	rows       []row
	fpc        []float64 // population of each stratum; nil: none
	twoStage   bool      // with a population of units in each PSU
	oneStratum bool      // the design has none
}

// draw draws a sample. least is how many PSUs a stratum has at the least, most
// how many at the most.
func draw(t *rapid.T, least, most int) drawn {
	d := drawn{twoStage: rapid.Bool().Draw(t, "two stages")}
	withFPC := d.twoStage || rapid.Bool().Draw(t, "fpc")
	for h := range rapid.IntRange(1, 3).Draw(t, "strata") {
		psus := rapid.IntRange(least, most).Draw(t, "psus")
		for i := range psus {
			for k := range rapid.IntRange(1, 4).Draw(t, "rows") {
				d.rows = append(d.rows, drawRow(t, int32(h), int32(10*h+i), int32(k/2)))
			}
		}
		if withFPC {
			d.fpc = append(d.fpc, float64(psus+rapid.IntRange(0, 5).Draw(t, "population")))
		}
	}
	return d
}

func drawRow(t *rapid.T, h, psu, ssu int32) row {
	return row{
		h: h, psu: psu, ssu: ssu,
		w:     rapid.SampledFrom([]float64{0.25, 0.7, 1, 1.3, 2.9, 40}).Draw(t, "w"),
		y:     float64(rapid.IntRange(-50, 50).Draw(t, "y")) / 10,
		x:     float64(rapid.IntRange(1, 60).Draw(t, "x")) / 10,
		share: float64(rapid.IntRange(0, 1).Draw(t, "share")),
		group: int32(rapid.IntRange(0, 2).Draw(t, "group")),
		in:    rapid.Bool().Draw(t, "in"),
	}
}

// unstratified is the sample without strata, of a population of 40 PSUs if any.
func (d drawn) unstratified() drawn {
	d.oneStratum, d.rows = true, slices.Clone(d.rows)
	for k := range d.rows {
		d.rows[k].h = 0
	}
	if d.fpc != nil {
		d.fpc = []float64{40}
	}
	return d
}

// without is the sample in one stage, with the population of PSUs or not.
func (d drawn) without(fpc bool) drawn {
	d.twoStage = false
	if !fpc {
		d.fpc = nil
	}
	return d
}

func (d drawn) column(of func(row) float64) []float64 {
	out := make([]float64, len(d.rows))
	for k, r := range d.rows {
		out[k] = of(r)
	}
	return out
}

func (d drawn) y() []float64 { return d.column(func(r row) float64 { return r.y }) }
func (d drawn) x() []float64 { return d.column(func(r row) float64 { return r.x }) }

func (d drawn) codes(of func(row) int32) []int32 {
	out := make([]int32, len(d.rows))
	for k, r := range d.rows {
		out[k] = of(r)
	}
	return out
}

// groups are the rows' groups as codes from 0.
func (d drawn) groups() []int32 { return d.codes(func(r row) int32 { return r.group }) }

func (d drawn) where(in func(row) bool) []bool {
	out := make([]bool, len(d.rows))
	for k, r := range d.rows {
		out[k] = in(r)
	}
	return out
}

func (d drawn) domain() []bool { return d.where(func(r row) bool { return r.in }) }

// design lays the sample out. Codes are in the order of their values.
func (d drawn) design() survey.Design {
	out := survey.Design{Rows: len(d.rows), Weights: d.column(func(r row) float64 { return r.w })}
	first := survey.Stage{Units: dense(d.codes(func(r row) int32 { return r.psu }))}
	if !d.oneStratum {
		first.Strata = dense(d.codes(func(r row) int32 { return r.h }))
	}
	if d.fpc != nil {
		first.FPC = d.column(func(r row) float64 { return d.fpc[r.h] })
	}
	out.Stages = []survey.Stage{first}
	if d.twoStage {
		second := survey.Stage{Units: dense(d.codes(func(r row) int32 { return r.ssu })), FPC: make([]float64, len(d.rows))}
		for k := range second.FPC {
			second.FPC[k] = 6
		}
		out.Stages, out.Lonely = append(out.Stages, second), survey.LonelyCertainty // a PSU may have one unit
	}
	return out
}

func (d drawn) sample(t fataler) *survey.Sample {
	t.Helper()
	s, err := survey.New(d.design())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type fataler interface {
	Helper()
	Fatal(args ...any)
}

// dense numbers values from 0 in their order.
func dense(values []int32) []int32 {
	known := slices.Compact(slices.Sorted(slices.Values(values)))
	out := make([]int32, len(values))
	for k, v := range values {
		out[k] = int32(slices.Index(known, v))
	}
	return out
}

func estimate(t fataler, s *survey.Sample, st survey.Statistic) *survey.Estimates {
	t.Helper()
	e, err := s.Estimate(st)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func mean(y ...[]float64) *survey.Mean   { return survey.NewMean(numeric(y)...) }
func total(y ...[]float64) *survey.Total { return survey.NewTotal(numeric(y)...) }

func numeric(y [][]float64) []survey.Column {
	out := make([]survey.Column, len(y))
	for i, c := range y {
		out[i] = survey.Numeric(c)
	}
	return out
}

// near fails unless two numbers agree to 1e-9 of their size or scale.
func near(t fataler, what string, got, want, scale float64) {
	t.Helper()
	if math.IsNaN(got) && math.IsNaN(want) || math.IsInf(got, 1) && math.IsInf(want, 1) {
		return
	}
	if !(math.Abs(got-want) <= 1e-9*max(math.Abs(got), math.Abs(want), scale)) {
		t.Fatal(fmt.Sprintf("%s: %v, not %v", what, got, want))
	}
}

// nearAll compares estimates and their covariances, the latter on the scale of
// the variances; times is what numbers are multiplied by.
func nearAll(t fataler, got, want *survey.Estimates, times float64) {
	t.Helper()
	size := 1e-6
	for i := range want.Theta {
		near(t, fmt.Sprintf("number %d", i), got.Theta[i], times*want.Theta[i], times*1e-3)
		size = max(size, want.V[i][i])
	}
	for i := range want.V {
		for j := range want.V {
			near(t, fmt.Sprintf("covariance %d, %d", i, j), got.V[i][j], times*times*want.V[i][j], times*times*size)
		}
	}
	near(t, "df", got.DF, want.DF, 0)
	near(t, "df of those observed", got.DFObserved, want.DFObserved, 0)
}

func TestMain(m *testing.M) { runWithFewChecks(m) }
