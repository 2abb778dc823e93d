package measure_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// levels are the shares of a quadrant and what they count of its slots.
var levels = map[string]struct{ base, in []int }{
	"":        {[]int{measure.QuadrantStrict, measure.QuadrantIn, measure.QuadrantHigh, measure.QuadrantOut}, []int{measure.QuadrantStrict, measure.QuadrantIn}},
	"of_high": {[]int{measure.QuadrantStrict, measure.QuadrantIn, measure.QuadrantHigh}, []int{measure.QuadrantStrict, measure.QuadrantIn}},
	"strict":  {[]int{measure.QuadrantStrict, measure.QuadrantIn, measure.QuadrantHigh, measure.QuadrantOut}, []int{measure.QuadrantStrict}},
}

func TestQuadrantsAgreeWithTheirDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newKit()
		s := draw(t, k)
		s.Weighted = false
		f := k.plan.Schema.Study.Framework
		m := k.moments(s)[0]
		for j, c := range k.plan.Categoricals {
			if c.Kind != measure.Quadrant && c.Kind != measure.Threshold {
				continue
			}
			ofHigh, strict := k.plan.Levels(c.Index)
			for level, slots := range levels {
				name := level
				switch {
				case level == "of_high" && !ofHigh || level == "strict" && !strict:
					continue
				case c.Kind == measure.Threshold && level != "":
					continue
				case c.Kind == measure.Threshold:
					name = map[int]string{50: "at_50", 60: "at_60", 70: "at_70", 80: "at_80", 90: "at_90"}[c.At]
				}
				wantBase, wantIn := 0, 0
				for _, r := range s.Respondents {
					if y, ok := measuretest.Value(f, r, f.Quadrants[c.Index].ID, "share", name); ok {
						wantBase++
						wantIn += int(y)
					}
				}
				base, in := tally(m, j, c.Slots, slots.base), tally(m, j, c.Slots, slots.in)
				if base != wantBase || in != wantIn {
					t.Fatalf("%s %q: %d of %d, want %d of %d", f.Quadrants[c.Index].ID, name, in, base, wantIn, wantBase)
				}
			}
		}
	})
}

// tally counts the respondents in some slots of a categorical measure.
func tally(m *measure.Moments, j, slots int, which []int) int {
	n := 0
	counts := m.Partitions[0].Count[j]
	for from := 0; from < len(counts); from += slots {
		for _, s := range which {
			n += int(counts[from+s])
		}
	}
	return n
}

func TestThresholdsWhereScoresDecide(t *testing.T) {
	k := newKit()
	got := map[string]int{}
	for _, c := range k.plan.Categoricals {
		if c.Kind == measure.Threshold {
			got[k.plan.Schema.Study.Framework.Quadrants[c.Index].ID]++
		}
	}
	// Ability has no headline item; the sides of held_back both have one.
	if diff := cmp.Diff(map[string]int{"lacks_both": 5, "ready": 5, "without": 5}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCategoriesOfCrossedBreakdowns(t *testing.T) {
	s := measuretest.Study([]string{"s"}, []string{"1"})
	s.Framework.Variables = append(s.Framework.Variables, study.Entry[study.Variable]{ID: "trust", Value: study.Variable{Title: "trust", Organisation: true}})
	s.Breakdowns = []study.Breakdown{{"role"}, {"role", "place"}, {"place", "role"}, {"trust"}, {"role", "trust"}, {"trust", "role"}}
	p := measure.NewPlan(normalise.NewSchema(s))
	role, place, trust := []int32{0, 1, 2, -1, 2, 1}, []int32{0, 1, 1, 1, -3, 0}, []int32{7, 0, 3, 2, 7, -2}
	for i, want := range [][]int32{
		{0, 1, 2, -1, 2, 1},
		{0*2 + 0, 1*2 + 1, 2*2 + 1, -1, -1, 1*2 + 0}, // the last variable fastest
		{0*3 + 0, 1*3 + 1, 1*3 + 2, -1, -1, 0*3 + 1},
		{7, 0, 3, 2, 7, -1},
		{7*3 + 0, 0*3 + 1, 3*3 + 2, -1, 7*3 + 2, -1}, // organisations slowest, wherever they stand
		{7*3 + 0, 0*3 + 1, 3*3 + 2, -1, 7*3 + 2, -1},
	} {
		got := make([]int32, len(want))
		p.Category(i, [][]int32{role, place, trust}, got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("breakdown %v: %s", s.Breakdowns[i], diff)
		}
	}
	got := make([]int32, 3)
	p.Category(1, [][]int32{{0, 1, 2}, nil, nil}, got)
	if diff := cmp.Diff([]int32{-1, -1, -1}, got); diff != "" {
		t.Errorf("a variable that the wave did not ask: %s", diff)
	}
}
