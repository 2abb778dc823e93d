package survey

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func letters(code int32) string { return string(rune('a' + code)) }

func codes(xs ...int32) []int32 { return xs }

// TestDesignProblems holds what New finds to its words: all of it at once.
func TestDesignProblems(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	two := codes(0, 0, 1, 1)
	for name, c := range map[string]struct {
		design Design
		want   []string
	}{
		"missing codes": {
			Design{Rows: 4, Stages: []Stage{{Units: codes(0, -1, 2, 3), Strata: codes(0, 0, -1, -1)}}},
			[]string{"row 2: stage 1: unit is missing", "row 3: stage 1: stratum is missing", "row 4: stage 1: stratum is missing"},
		},
		"weights": {
			Design{Rows: 4, Weights: []float64{1, nan, -2, inf}, RowName: func(k int) string { return "line " + letters(int32(k)) }},
			[]string{"line b: weight is missing", "line c: weight is -2, expected a number of at least 0", "line d: weight is +Inf, expected a number of at least 0"},
		},
		"many rows": {
			Design{Rows: 8, Weights: []float64{nan, nan, nan, nan, nan, nan, nan, 1}},
			[]string{"row 1: weight is missing", "row 2: weight is missing", "row 3: weight is missing", "row 4: weight is missing", "row 5: weight is missing", "weight: the same in 2 more rows"},
		},
		"no weight at all": {Design{Rows: 2, Weights: []float64{0, 0}}, []string{"all weights are 0"}},
		"no rows":          {Design{}, []string{"the design has no rows"}},
		"one PSU":          {Design{Rows: 4, Stages: []Stage{{Units: codes(0, 0, 0, 0)}}}, []string{"the design has only one PSU"}},
		"not nested": {
			Design{Rows: 4, Stages: []Stage{{Units: codes(0, 1, 0, 1), Strata: two, StratumName: letters}}},
			[]string{
				"stage 1: unit 0 is in stratum a and in stratum b; if ids are given within strata, say so (nest)",
				"stage 1: unit 1 is in stratum a and in stratum b; if ids are given within strata, say so (nest)",
			},
		},
		"fpc values": {
			Design{Rows: 4, Stages: []Stage{{FPC: []float64{nan, 0, -1, 9}}}},
			[]string{"row 1: stage 1: fpc is missing", "row 2: stage 1: fpc is 0, expected a number above 0", "row 3: stage 1: fpc is -1, expected a number above 0",
				"fpc: 2 values are under 1 and 1 above, expected counts or fractions throughout"},
		},
		"fpc mixed over stages": {
			Design{Rows: 4, Stages: []Stage{{Units: two, FPC: []float64{9, 9, 9, 9}}, {FPC: []float64{0.5, 0.5, 0.5, 0.5}}}},
			[]string{"fpc: 4 values are under 1 and 4 above, expected counts or fractions throughout"},
		},
		"fpc of ones": {
			Design{Rows: 4, Stages: []Stage{{FPC: []float64{1, 1, 1, 1}}}},
			[]string{"fpc: every value is 1, which may be a count or a fraction; leave the column out where all were sampled, or give counts"},
		},
		"fpc differs and is too small": {
			Design{Rows: 6, Stages: []Stage{{Strata: codes(0, 0, 1, 1, 1, 1), StratumName: letters, FPC: []float64{5, 6, 3, 3, 3, 3}}}},
			[]string{"stage 1: fpc: stratum a has more than one value", "stage 1: fpc: stratum b has 4 units in the sample but a population of 3"},
		},
		"fpc too small below": {
			Design{Rows: 4, Stages: []Stage{{Units: two, UnitName: letters, FPC: []float64{8, 8, 8, 8}}, {FPC: []float64{2, 2, 1, 1}}}},
			[]string{"stage 2: fpc: unit b has 2 units in the sample but a population of 1"},
		},
		"fpc below alone": {
			Design{Rows: 4, Stages: []Stage{{Units: two}, {FPC: []float64{4, 4, 4, 4}}}},
			[]string{"stage 2 has an FPC but stage 1 has none"},
		},
		"stage below rows": {
			Design{Rows: 4, Stages: []Stage{{}, {Units: codes(0, 1, 2, 3)}}},
			[]string{"stage 1: every row is its own unit, so that there can be no stage 2"},
		},
		"weights from an infinite population": {
			Design{Rows: 4, Stages: []Stage{{Strata: two, StratumName: letters, FPC: []float64{9, 9, inf, inf}}}},
			[]string{"stage 1: fpc: stratum b has an infinite population, from which no weights can be had"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(c.design)
			var problems *Problems
			if !errors.As(err, &problems) {
				t.Fatalf("error %v", err)
			}
			if diff := cmp.Diff(c.want, problems.Messages); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWeightsOfTheDesign: given ones stand, else the FPC gives N/n over all stages,
// else every row counts once and a warning says so.
func TestWeightsOfTheDesign(t *testing.T) {
	psu := codes(0, 0, 1, 1, 1)
	all := func(x float64) []float64 { return []float64{x, x, x, x, x} }
	for name, c := range map[string]struct {
		design  Design
		weights []float64
		warned  bool
	}{
		"given":             {Design{Weights: []float64{1, 2, 3, 0, 5}, Stages: []Stage{{Units: psu, FPC: all(4)}}}, []float64{1, 2, 3, 0, 5}, false},
		"counts":            {Design{Stages: []Stage{{Units: psu, FPC: all(4)}, {FPC: []float64{6, 6, 12, 12, 12}}}}, []float64{6, 6, 8, 8, 8}, false},
		"fractions":         {Design{Stages: []Stage{{Units: psu, FPC: all(0.25)}, {FPC: []float64{0.5, 0.5, 1, 1, 1}}}}, []float64{8, 8, 4, 4, 4}, false},
		"first stage alone": {Design{Stages: []Stage{{Units: psu, FPC: all(4)}, {}}}, all(2), false},
		"a count of 1":      {Design{Stages: []Stage{{Strata: codes(0, 1, 1, 1, 1), FPC: []float64{1, 8, 8, 8, 8}}}}, []float64{1, 2, 2, 2, 2}, false},
		"nothing":           {Design{Stages: []Stage{{Units: psu}}}, all(1), true},
	} {
		t.Run(name, func(t *testing.T) {
			c.design.Rows = 5
			s, err := New(c.design)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.weights, s.Weights()); diff != "" {
				t.Error(diff)
			}
			if warned := len(s.Warnings()) > 0; warned != c.warned {
				t.Errorf("warnings %q", s.Warnings())
			}
		})
	}
}

// TestLonelyProblemsNameThemAll: strata and stages of all lonely units that a
// sample has rows in, and no others.
func TestLonelyProblemsNameThemAll(t *testing.T) {
	d := Design{Rows: 8, Weights: []float64{1, 1, 1, 1, 1, 1, 1, 1}, Stages: []Stage{
		{Units: codes(0, 0, 1, 2, 2, 3, 3, 4), UnitName: letters, Strata: codes(0, 0, 1, 2, 2, 2, 2, 2), StratumName: letters, FPC: []float64{9, 9, 1, 9, 9, 9, 9, 9}},
		{Units: codes(0, 1, 2, 3, 3, 4, 5, 6)},
	}}
	s, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	y := Numeric([]float64{1, 2, 3, 4, 5, 6, 7, 8})
	for name, c := range map[string]struct {
		in   []bool
		want string
	}{
		"all": {[]bool{true, true, true, true, true, true, true, true},
			"stratum a has only one PSU at stage 1; choose what becomes of lonely PSUs; " +
				"unit b has only one unit at stage 2; choose what becomes of lonely PSUs; " +
				"unit c has only one unit at stage 2; choose what becomes of lonely PSUs; " +
				"unit e has only one unit at stage 2; choose what becomes of lonely PSUs"},
		"unit c": {[]bool{false, false, false, true, true, true, true, false},
			"unit c has only one unit at stage 2; choose what becomes of lonely PSUs"},
		"none": {[]bool{false, false, false, false, false, true, true, false}, ""},
	} {
		_, err := s.Subset(c.in).Estimate(NewTotal(y))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
