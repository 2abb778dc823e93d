package survey

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// drawStage draws strata of 1 to 4 PSUs, some taken whole.
func drawStage(t *rapid.T) *firstStage {
	first := &firstStage{}
	for i := range rapid.IntRange(1, 5).Draw(t, "strata") {
		h := psuStratum{name: string(rune('a' + i))}
		for range rapid.IntRange(1, 4).Draw(t, "PSUs") {
			h.psus = append(h.psus, int32(first.psus))
			first.psus++
		}
		h.fraction = rapid.SampledFrom([]float64{0, 0.25, 1}).Draw(t, "fraction")
		first.strata = append(first.strata, h)
	}
	return first
}

// The rank of the jackknife's weights that is known is the one that is computed,
// in every domain.
func TestJackknifeRank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := drawStage(t)
		reps := makeJackknife(first, LonelyRemove)
		reps.psus = first.psus
		size := make([]float64, first.psus)
		for p := range size {
			size[p] = rapid.SampledFrom([]float64{0, 1, 30}).Draw(t, "size")
		}
		want := rank(&psuMatrix{reps, size, make([]float64, first.psus)})
		if reps.Len() == 0 {
			return // no replicates are a problem elsewhere
		}
		if got := reps.factors.(*jackknife).rank(size); got != want {
			t.Errorf("rank %d, computed %d", got, want)
		}
	})
}

// The sums of a replicate are the same taken from sums made once.
func TestJackknifeAdder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := drawStage(t)
		j := makeJackknife(first, rapid.SampledFrom([]Lonely{LonelyAdjust, LonelyRemove}).Draw(t, "lonely")).factors.(*jackknife)
		x := make([][]float64, first.psus)
		for p := range x {
			x[p] = []float64{rapid.Float64Range(-10, 10).Draw(t, "x")}
		}
		add, f := j.adder(x), make([]float64, first.psus)
		for r := range j.deletions {
			got, want := []float64{0}, []float64{0}
			add(r, got)
			j.fill(r, f)
			for p := range x {
				addScaled(want, f[p], x[p])
			}
			if math.Abs(got[0]-want[0]) > 1e-9 {
				t.Errorf("replicate %d: %v, want %v", r, got, want)
			}
		}
	})
}

func TestJackknifeLonely(t *testing.T) {
	first := &firstStage{psus: 7, strata: []psuStratum{
		{name: "a", psus: []int32{0, 1}, fraction: 0.5},
		{name: "b", psus: []int32{2}},
		{name: "c", psus: []int32{3}, fraction: 1},
		{name: "d", psus: []int32{4, 5, 6}},
	}}
	third := 2.0 / 3
	for lonely, want := range map[Lonely]*Replicates{
		LonelyRemove:    {Scale: 1, RScales: []float64{0.25, 0.25, third, third, third}, Fixed: []string{"b"}},
		LonelyCertainty: {Scale: 1, RScales: []float64{0.25, 0.25, third, third, third}, Fixed: []string{"b"}},
		LonelyAverage:   {Scale: 7.0 / 5, RScales: []float64{0.25, 0.25, third, third, third}, Fixed: []string{"b"}},
		LonelyAdjust:    {Scale: 1, RScales: []float64{0.25, 0.25, 0.75, third, third, third}},
	} {
		got := makeJackknife(first, lonely)
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Replicates{}), cmpopts.EquateApprox(1e-15, 0)); diff != "" {
			t.Errorf("lonely %d: %s", lonely, diff)
		}
	}
	f := make([]float64, 7)
	makeJackknife(first, LonelyAdjust).factors.fill(2, f)
	if diff := cmp.Diff([]float64{4.0 / 3, 4.0 / 3, 0, 4.0 / 3, 4.0 / 3, 4.0 / 3, 4.0 / 3}, f); diff != "" {
		t.Error(diff)
	}
	if _, err := (Replication{Kind: JKn}).replicates(first, LonelyFail); err == nil {
		t.Error("a lonely PSU passes")
	}
}

// Without strata all replicates have one scale.
func TestJK1Scale(t *testing.T) {
	first := stageOf(5)
	first.strata[0].fraction = 0.2
	got, err := (Replication{Kind: JK1}).replicates(first, LonelyFail)
	if err != nil {
		t.Fatal(err)
	}
	want := &Replicates{Kind: JK1, Scale: 0.8 * 0.8, RScales: []float64{1, 1, 1, 1, 1}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Replicates{}), cmpopts.EquateApprox(1e-15, 0)); diff != "" {
		t.Error(diff)
	}
}
