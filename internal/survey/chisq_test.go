package survey

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type wantedTable struct {
	Weighted [][]*float64 `json:"table_weighted"`
	Rows     []string     `json:"row_levels"`
	Columns  []string     `json:"col_levels"`
	Tests    []struct {
		Statistic          string
		Error              string
		Value, NDF, DDF, P *float64
	}
}

// TestTablesAgreeWithR holds two-way tables and their tests against R.
func TestTablesAgreeWithR(t *testing.T) {
	type question struct{ Row, Col string }
	eachAnswer(t, "chisq", map[string]int{"tests.json": 20}, func(a *answer[question, wantedTable]) {
		factor := func(name string) Factor {
			codes, levels := a.f.codes(name)
			return Factor{name, codes, levels, a.f.levels[name] != nil}
		}
		table := a.s.Table(factor(a.ask.Row), factor(a.ask.Col))
		if d := cmp.Diff([][]string{a.want.Rows, a.want.Columns}, [][]string{table.RowLevels, table.ColumnLevels}); d != "" {
			a.c.Errorf("levels (-R +got):\n%s", d)
		}
		for i, row := range a.want.Weighted {
			for j, w := range row {
				a.c.close("table", table.Weighted[i][j], w, 1e-10, 0)
			}
		}
		for _, w := range a.want.Tests {
			which, ok := ParseIndependence(w.Statistic)
			if !ok {
				a.c.Fatalf("no test %q", w.Statistic)
			}
			got, err := table.Test(which, false)
			if (err != nil) != (w.Error != "") {
				a.c.Fatalf("%s: error %v, R has %q", w.Statistic, err, w.Error)
			}
			a.c.close(w.Statistic, value(got.Value), w.Value, 1e-8, 0)
			a.c.close(w.Statistic+" ndf", value(got.NDF), w.NDF, 1e-8, 0)
			a.c.close(w.Statistic+" ddf", value(got.DDF), w.DDF, 1e-8, 0)
			a.c.close(w.Statistic+" p", value(got.P), w.P, 1e-6, 0)
		}
	})
}

// What cannot be tested is said with the levels or cells at fault.
func TestTablesThatCannotBeTested(t *testing.T) {
	grade := func(codes ...int32) Factor {
		return Factor{Name: "grade", Codes: codes, Levels: []string{"junior", "senior", "lead"}}
	}
	site := func(codes ...int32) Factor {
		return Factor{Name: "site", Codes: codes, Levels: []string{"north", "south", "west"}}
	}
	each := []int32{0, 1, 2, 3, 4, 5, 6}
	for _, c := range []struct {
		psus          []int32
		rows, columns Factor
		which         Independence
		want          string
	}{
		{each, grade(0, 0, 0, 0, 0, 0, 1), site(0, 1, 0, 1, 0, 1, 1), RaoScottF, "grade has the value junior alone"},
		{each, grade(0, 0, 1, 1, 0, 1, 1), site(-1, -1, -1, -1, -1, -1, 1), RaoScottF, "site has no values"},
		{each, grade(0, 0, 1, 1, 2, 2, 2), site(0, 1, 0, 1, -1, -1, 0), RaoScottF, "no row with grade lead has site"},
		{each, grade(0, 1, 2, 2, 2, 2, 2), site(2, 2, 0, 1, 2, 2, 0), RaoScottF,
			"grade junior with site north, grade senior with site north, grade junior with site south, grade senior with site south"},
		{[]int32{0, 0, 0, 1, 1, 1, 1}, grade(0, 1, 2, 0, 1, 2, 2), site(0, 1, 0, 1, 0, 1, 0), Wald, "6 cells of grade by site are too many for 1 degrees of freedom"},
	} {
		s, err := New(Design{Rows: 7, Weights: []float64{1, 1, 1, 1, 1, 1, 0}, Stages: []Stage{{Units: c.psus}}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Table(c.rows, c.columns).Test(c.which, false)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v and error %v, want %q in it", got, err, c.want)
		}
	}
}

// R counts PSUs that have rows of weight 0 alone in the tests of a table.
func TestTablesCountPSUsWithoutWeight(t *testing.T) {
	s, err := New(Design{Rows: 6, Weights: []float64{1, 2, 1, 3, 1, 0}, Stages: []Stage{{Units: []int32{0, 0, 1, 1, 2, 3}}}})
	if err != nil {
		t.Fatal(err)
	}
	f := Factor{Name: "grade", Codes: []int32{0, 1, 0, 1, 1, 0}, Levels: []string{"junior", "senior"}}
	g := Factor{Name: "site", Codes: []int32{0, 1, 1, 0, 1, 0}, Levels: []string{"north", "south"}}
	for observed, want := range map[bool]float64{false: 3, true: 2} {
		got, err := s.Table(f, g).Test(Wald, observed)
		if err != nil {
			t.Fatal(err)
		}
		if value(got.DDF) != want {
			t.Errorf("observed %t: %v degrees of freedom, want %v", observed, got.DDF, want)
		}
	}
}
