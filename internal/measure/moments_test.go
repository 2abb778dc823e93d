package measure_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
)

// kit is what a test of one sample needs.
type kit struct {
	plan  *measure.Plan
	names *normalise.WaveNames
}

func newKit() kit {
	schema := normalise.NewSchema(measuretest.Study([]string{"s"}, []string{"1"}))
	return kit{measure.NewPlan(schema), normalise.NewWaveNames(schema)}
}

// moments sums a sample up: one piece for each cut, merged in the given order.
func (k kit) moments(s measuretest.Sample, cuts ...int) []*measure.Moments {
	var out []*measure.Moments
	for _, b := range s.Blocks(k.plan.Schema, k.names, cuts...) {
		m := k.plan.NewMoments(!s.Clustered)
		m.Add(b, k.plan.Prepare(b, nil))
		out = append(out, m)
	}
	return out
}

// sums are all of the moments under names that do not depend on who came first:
// whole numbers apart from those that rounding may touch.
type sums struct {
	Counts map[string]int
	Floats map[string]float64
}

// unit names a unit.
func (k kit) unit(u measure.Unit) string {
	stratum, psu := "", ""
	if k.names.Strata.Len() > 0 {
		stratum = k.names.Strata.Text(u.Stratum)
	}
	if u.PSU >= 0 {
		psu = k.names.PSUs.Text(u.PSU)
	}
	return stratum + "/" + psu
}

func (k kit) sums(m *measure.Moments) sums {
	out := sums{map[string]int{"rows": m.Rows, "weights": m.Weights.N}, map[string]float64{"sum": m.Weights.Sum, "square": m.Weights.SumSquares}}
	if m.Weights.N > 0 {
		out.Floats["least"], out.Floats["most"] = m.Weights.Min, m.Weights.Max
	}
	unit := k.unit
	for _, u := range m.Units {
		out.Counts["rows of "+unit(u)] = u.Rows
		if !math.IsInf(u.FPC, 1) {
			out.Floats["fpc of "+unit(u)] = u.FPC
		}
	}
	for i, s := range m.Together {
		out.count(s.N, "together", i)
		for id, h := range s.Strata {
			stratum := ""
			if k.names.Strata.Len() > 0 {
				stratum = k.names.Strata.Text(int32(id))
			}
			out.float(h.W, "together W", i, stratum)
			for j := range h.WU {
				out.float(h.WU[j], "together WU", i, j, stratum)
				for l := range j + 1 {
					out.float(h.WUU[j*len(h.WU)+l], "together WUU", i, j, l, stratum)
				}
			}
		}
	}
	for i, p := range m.Partitions {
		for c, n := range p.Respondents {
			out.count(n, "respondents", i, c)
		}
		for at, n := range p.Joint {
			out.count(int(n), "joint", i, at/k.plan.JointStates(), at%k.plan.JointStates())
		}
		for j, counts := range p.Count {
			slots := k.plan.Categoricals[j].Slots
			for at, n := range counts {
				out.count(int(n), "count", i, j, at/slots, at%slots)
			}
			for c, cell := range p.Cells {
				out.slots(p.Weight[j], slots, c, "w", i, j, unit(m.Units[cell.Unit]), cell.Category)
				out.slots(p.Weight2[j], slots, c, "square w", i, j, unit(m.Units[cell.Unit]), cell.Category)
			}
		}
		for j, numeric := range p.Numerics {
			for c, s := range numeric {
				cell := p.Cells[c]
				out.count(int(s.N), "n", i, j, unit(m.Units[cell.Unit]), cell.Category)
				for name, v := range map[string]float64{"W": s.W, "WU": s.WU, "WUU": s.WUU, "square W": s.W2, "square WU": s.W2U, "square WUU": s.W2UU} {
					out.float(v, name, i, j, unit(m.Units[cell.Unit]), cell.Category)
				}
			}
		}
	}
	return out
}

func (s sums) count(n int, key ...any) {
	if n != 0 {
		s.Counts[keyOf(key...)] = n
	}
}

func (s sums) float(v float64, key ...any) {
	if math.Abs(v) > 1e-9 { // no sum is that small but by rounding
		s.Floats[keyOf(key...)] = v
	}
}

func keyOf(parts ...any) string { return fmt.Sprintln(parts...) }

func (s sums) slots(all []float64, slots, cell int, key ...any) {
	for slot := range slots {
		if at := cell*slots + slot; at < len(all) {
			s.float(all[at], append(slices.Clone(key), "slot", slot)...)
		}
	}
}

// near lets floats differ by rounding: sums of at most a few hundred terms of
// both signs, of which each is at most 30,000. A sum of nothing is left out.
var near = cmp.Options{
	cmp.Comparer(func(a, b float64) bool {
		return math.Abs(a-b) <= 1e-12*max(math.Abs(a), math.Abs(b), 100)
	}),
}

func draw(t *rapid.T, k kit) measuretest.Sample { return measuretest.Draw(t, k.plan.Schema, 30) }

func TestOnePieceOrManyGiveTheSameMoments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newKit()
		s := draw(t, k)
		whole := k.moments(s)[0]
		cuts := slices.Sorted(slices.Values(rapid.SliceOfN(rapid.IntRange(0, len(s.Respondents)), 0, 12).Draw(t, "cuts")))
		pieces := k.moments(s, cuts...)
		if rapid.Bool().Draw(t, "backwards") {
			slices.Reverse(pieces)
		}
		merged := k.plan.NewMoments(!s.Clustered)
		for _, p := range pieces {
			merged.Merge(p)
		}
		if diff := cmp.Diff(k.sums(whole), k.sums(merged), near); diff != "" {
			t.Fatalf("whole (-) and merged (+):\n%s", diff)
		}
		if len(whole.Conflicts)+len(merged.Conflicts) > 0 {
			t.Fatalf("conflicts in a sound design: %v, %v", whole.Conflicts, merged.Conflicts)
		}
	})
}

func TestAThousandPieces(t *testing.T) {
	k := newKit()
	s := rapid.Custom(func(t *rapid.T) measuretest.Sample { return draw(t, k) }).Example(4)
	for len(s.Respondents) < 1000 {
		s.Respondents = append(s.Respondents, s.Respondents...)
	}
	s.Respondents = s.Respondents[:1000]
	cuts := make([]int, 999)
	for i := range cuts {
		cuts[i] = i + 1
	}
	merged := k.plan.NewMoments(!s.Clustered)
	for _, p := range k.moments(s, cuts...) {
		merged.Merge(p)
	}
	if diff := cmp.Diff(k.sums(k.moments(s)[0]), k.sums(merged), near); diff != "" {
		t.Fatal(diff)
	}
}

func TestOrderOfRespondentsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newKit()
		s := draw(t, k)
		before := k.sums(k.moments(s)[0])
		s.Respondents = rapid.Permutation(s.Respondents).Draw(t, "order")
		if diff := cmp.Diff(before, k.sums(k.moments(s)[0]), near); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestScalingWeightsScalesSums(t *testing.T) {
	const c = 8 // a power of two, so that nothing is rounded
	rapid.Check(t, func(t *rapid.T) {
		k := newKit()
		s := draw(t, k)
		s.Weighted = true
		want := k.sums(k.moments(s)[0])
		for name, v := range want.Floats {
			switch {
			case strings.HasPrefix(name, "fpc"):
			case strings.HasPrefix(name, "square"):
				want.Floats[name] = c * c * v
			default:
				want.Floats[name] = c * v
			}
		}
		for i := range s.Respondents {
			s.Respondents[i].Weight *= c
		}
		if diff := cmp.Diff(want, k.sums(k.moments(s)[0])); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestDesignConflictsAreFound(t *testing.T) {
	row := func(stratum, psu string, fpc float64) measuretest.Respondent {
		return measuretest.Respondent{Weight: 1, Stratum: stratum, PSU: psu, FPC: fpc, Answers: make([]int, 7), Ticks: make([]int, 2), Variables: make([]int, 2)}
	}
	for _, c := range []struct {
		name string
		rows []measuretest.Respondent
		want []measure.Conflict
	}{
		{"sound", []measuretest.Respondent{row("n", "a", 9), row("n", "b", 9), row("s", "c", 4)}, nil},
		{"a PSU in two strata", []measuretest.Respondent{row("n", "a", 9), row("s", "b", 9), row("s", "a", 9)}, []measure.Conflict{{PSU: 0, Stratum: 0, Other: 1}}},
		{"two population sizes in a PSU", []measuretest.Respondent{row("n", "a", 9), row("n", "a", 8), row("n", "a", 7)}, []measure.Conflict{{FPC: true}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, cuts := range [][]int{nil, {1, 2}} { // within a piece, and between pieces
				k := newKit()
				s := measuretest.Sample{Stratified: true, Clustered: true, FPC: true, Respondents: c.rows}
				m := k.plan.NewMoments(false)
				for _, p := range k.moments(s, cuts...) {
					m.Merge(p)
				}
				if diff := cmp.Diff(c.want, m.Conflicts); diff != "" {
					t.Errorf("cut at %v: %s", cuts, diff)
				}
			}
		})
	}
}
