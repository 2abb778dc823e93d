package measure_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
)

// What is picked is the same however the wave is cut and whoever else is picked.
func TestPick(t *testing.T) {
	plan := measure.NewPlan(normalise.NewSchema(measuretest.Study([]string{"s"}, []string{"1"})))
	rapid.Check(t, func(t *rapid.T) {
		s := measuretest.Draw(t, plan.Schema, 30)
		s.Clustered = false
		s.Name(t, 10)
		n := len(s.Respondents)
		numbers := rapid.SliceOfNDistinct(rapid.Int32Range(0, int32(n-1)), 1, n, func(i int32) int32 { return i }).Draw(t, "rows")
		slices.Sort(numbers)
		all := make([]int32, n)
		for i := range all {
			all[i] = int32(i)
		}
		whole, picked := keep(plan, s).Pick(all), keep(plan, s, rapid.IntRange(1, n).Draw(t, "cut")).Pick(numbers)
		for at, row := range numbers {
			if d := cmp.Diff(columns(plan, whole, int(row)), columns(plan, picked, at), cmpopts.EquateNaNs()); d != "" {
				t.Fatalf("respondent %d (-whole +picked):\n%s", row, d)
			}
			if want := s.Respondents[row].Weight; picked.Weight[at] != want {
				t.Fatalf("respondent %d: weight %v, want %v", row, picked.Weight[at], want)
			}
		}
	})
}

// People are those who are named, by their number in the wave.
func TestPeople(t *testing.T) {
	plan := measure.NewPlan(normalise.NewSchema(measuretest.Study([]string{"s"}, []string{"1"})))
	rapid.Check(t, func(t *rapid.T) {
		s := measuretest.Draw(t, plan.Schema, 30)
		s.Name(t, 3)
		met := map[uint64]string{}
		var rows []int
		keep(plan, s, 2).People(func(row int, person uint64, _ int32) {
			rows = append(rows, row)
			if name, seen := met[person]; seen && name != s.Respondents[row].Person {
				t.Fatalf("%q and %q are one", name, s.Respondents[row].Person)
			}
			met[person] = s.Respondents[row].Person
		})
		var want []int
		for i, r := range s.Respondents {
			if r.Person != "" {
				want = append(want, i)
			}
		}
		if d := cmp.Diff(want, rows); d != "" {
			t.Fatalf("named (-want +got):\n%s", d)
		}
	})
}

func keep(plan *measure.Plan, s measuretest.Sample, places ...int) *measure.Kept {
	names := normalise.NewWaveNames(plan.Schema)
	m, k := plan.NewMoments(!s.Clustered), &measure.Kept{Plan: plan, Linked: true}
	for _, b := range s.Blocks(plan.Schema, names, places...) {
		m.Add(b, plan.Prepare(b, nil))
		k.Add(b, m)
	}
	return k
}

// columns are all that is measured of one respondent.
func columns(plan *measure.Plan, l *measure.Linked, row int) []float64 {
	var out []float64
	add := func(x float64) { out = append(out, x) }
	for p := range plan.Partitions {
		add(float64(l.Category(p)[row]))
	}
	for j := range plan.Categoricals {
		add(float64(l.Slots(j)[row]))
	}
	for j := range plan.Numerics {
		if v := l.Values(j); v != nil {
			add(v[row])
		} else {
			add(math.Inf(1))
		}
	}
	return out
}
