package measure_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
)

// rakedSums are the sums by raking cell, added up over the cells where whole says
// so: then they must be those of the moments over all units.
func (k kit) rakedSums(m *measure.Moments, whole bool) sums {
	out := sums{map[string]int{}, map[string]float64{}}
	add := func(v float64, key ...any) { out.Floats[keyOf(key...)] += v }
	for i, p := range m.Raked.Partitions {
		for c, at := range p.Cells {
			category, cell := m.Raked.Split(at.Category)
			if whole {
				cell = 0
			}
			for j, plan := range k.plan.Categoricals {
				for slot := range plan.Slots {
					if from := c*plan.Slots + slot; from < len(p.Weight[j]) {
						add(p.Weight[j][from], "w", i, j, category, cell, slot)
						if m.RowsArePSUs {
							add(p.Weight2[j][from], "square w", i, j, category, cell, slot)
						}
					}
				}
			}
			for j := range k.plan.Numerics {
				if c < len(p.Numerics[j]) {
					add(p.Numerics[j][c].WU, "wu", i, j, category, cell)
					add(p.Numerics[j][c].W2U, "square wu", i, j, category, cell)
				}
			}
		}
	}
	for u, w := range m.Raked.W {
		for cell := range w {
			at := cell
			if whole {
				at = 0
			}
			add(w[cell], "units", k.unit(m.Units[u]), at)
			add(m.Raked.W2[u][cell], "square units", k.unit(m.Units[u]), at)
		}
	}
	return out.withoutNothing()
}

// withoutNothing leaves out sums of nothing.
func (s sums) withoutNothing() sums {
	maps.DeleteFunc(s.Floats, func(_ string, v float64) bool { return math.Abs(v) <= 1e-9 })
	return s
}

// plainSums are the moments' own sums under the same names.
func (k kit) plainSums(m *measure.Moments) sums {
	out := sums{map[string]int{}, map[string]float64{}}
	add := func(v float64, key ...any) { out.Floats[keyOf(key...)] += v }
	for i, p := range m.Partitions {
		for c, at := range p.Cells {
			for j, plan := range k.plan.Categoricals {
				for slot := range plan.Slots {
					if from := c*plan.Slots + slot; from < len(p.Weight[j]) {
						add(p.Weight[j][from], "w", i, j, at.Category, int32(0), slot)
						if m.RowsArePSUs {
							add(p.Weight2[j][from], "square w", i, j, at.Category, int32(0), slot)
						}
					}
				}
			}
			for j := range k.plan.Numerics {
				if c < len(p.Numerics[j]) {
					add(p.Numerics[j][c].WU, "wu", i, j, at.Category, int32(0))
					add(p.Numerics[j][c].W2U, "square wu", i, j, at.Category, int32(0))
				}
			}
		}
	}
	return out.withoutNothing()
}

func drawRaked(t *rapid.T, k kit) measuretest.Sample {
	s := draw(t, k)
	s.Rake(t, k.plan.Schema)
	return s
}

func TestSumsByRakingCellAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newKit()
		m := k.moments(drawRaked(t, k))[0]
		got := k.rakedSums(m, true)
		maps.DeleteFunc(got.Floats, func(name string, _ float64) bool { return strings.Contains(name, "units") })
		if diff := cmp.Diff(k.plainSums(m), got, near); diff != "" {
			t.Fatalf("plain (-) and by raking cell (+):\n%s", diff)
		}
	})
}

func TestPiecesOfARakedWave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newKit()
		s := drawRaked(t, k)
		whole := k.moments(s)[0]
		cuts := slices.Sorted(slices.Values(rapid.SliceOfN(rapid.IntRange(0, len(s.Respondents)), 0, 6).Draw(t, "cuts")))
		merged := k.plan.NewMoments(!s.Clustered)
		for _, p := range k.moments(s, cuts...) {
			merged.Merge(p)
		}
		if diff := cmp.Diff(k.rakedSums(whole, false), k.rakedSums(merged, false), near); diff != "" {
			t.Fatalf("whole (-) and merged (+):\n%s", diff)
		}
	})
}

// A wave whose weights are the design's carries nothing of this.
func TestOnlyRakedWavesHaveSumsByRakingCell(t *testing.T) {
	k := newKit()
	s := rapid.Custom(func(t *rapid.T) measuretest.Sample { return draw(t, k) }).Example(1)
	if m := k.moments(s)[0]; m.Raked != nil {
		t.Error("sums by raking cell without raking")
	}
}
