package survey_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/survey"
)

// four is a sample of four rows in two strata, each a PSU.
func four(t *testing.T) *survey.Sample {
	t.Helper()
	s, err := survey.New(survey.Design{Rows: 4, Weights: []float64{1, 1, 2, 2},
		Stages: []survey.Stage{{Strata: []int32{0, 0, 1, 1}}}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A replicate without a row of a domain has no estimate: it is left out, with its
// rscale and of the centre, and counted.
func TestUndefinedReplicates(t *testing.T) {
	s := replicate(t, four(t), survey.Replication{Kind: survey.JKn})
	y := []float64{5, 1, 9, 2}
	e := estimate(t, s.Subset([]bool{false, true, false, true}), mean(y))
	// Means without PSU 1, 3 or 2 and 4, of weights 1 and 2: each time the other
	// PSU of the stratum has twice its weight, and nothing is left of nobody's.
	each := []float64{(2*1 + 2*2) / 4.0, 2, (1*1 + 4*2) / 5.0, 1}
	centre := (each[0] + each[1] + each[2] + each[3]) / 4
	want := 0.0
	for _, m := range each {
		want += (m - centre) * (m - centre) / 2
	}
	if e.Undefined != 0 || math.Abs(e.V[0][0]-want) > 1e-14 {
		t.Errorf("variance %v, want %v; %d undefined", e.V[0][0], want, e.Undefined)
	}
	alone := estimate(t, s.Subset([]bool{false, true, false, false}), mean(y))
	if alone.Undefined != 1 || alone.Theta[0] != 1 || alone.V[0][0] != 0 {
		t.Errorf("a domain of one row: %+v", alone)
	}
	nobody := estimate(t, s.Subset(make([]bool, 4)), mean(y))
	if nobody.Undefined != 4 || nobody.Value(0).Known() || nobody.SE(0).Known() {
		t.Errorf("nobody: %+v", nobody)
	}
}

// An adjustment that cannot be made of a replicate leaves it out; one that cannot
// be made of the sample is an error.
func TestAdjustEach(t *testing.T) {
	s := replicate(t, four(t), survey.Replication{Kind: survey.JKn, MSE: true})
	failed := errors.New("no such luck")
	toTwo := func(fail func(w []float64) bool) func(w []float64) ([]float64, error) {
		return func(w []float64) ([]float64, error) {
			if fail(w) {
				return nil, failed
			}
			out := slices.Clone(w)
			for h := 0; h < 4; h += 2 {
				sum := w[h] + w[h+1]
				out[h], out[h+1] = 10*w[h]/sum, 10*w[h+1]/sum
			}
			return out, nil
		}
	}
	adjusted, err := s.AdjustEach(toTwo(func(w []float64) bool { return w[2] == 0 }))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]float64{5, 5, 5, 5}, adjusted.Weights()); diff != "" {
		t.Error(diff)
	}
	reps := adjusted.Replicates()
	if reps.Len() != 3 || reps.Unadjusted != 1 || s.Replicates().Len() != 4 {
		t.Errorf("%d replicates left, %d left out", reps.Len(), reps.Unadjusted)
	}
	e := estimate(t, adjusted, total([]float64{1, 3, 8, 8}))
	if e.Theta[0] != 100 || math.Abs(e.V[0][0]-(10*10+10*10)/2.0) > 1e-12 {
		t.Errorf("total %v, variance %v", e.Theta[0], e.V[0][0])
	}
	for name, fail := range map[string]func(w []float64) bool{
		"of the sample":      func(w []float64) bool { return w[0] == w[1] && w[2] == w[3] },
		"of every replicate": func(w []float64) bool { return w[0] != w[1] || w[2] != w[3] },
	} {
		if _, err := s.AdjustEach(toTwo(fail)); !errors.Is(err, failed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := four(t).AdjustEach(toTwo(func([]float64) bool { return false })); err == nil {
		t.Error("a sample without replicates passes")
	}
}

type nothing struct{}

func (nothing) Residual([]float64) {}

func TestReplicateProblems(t *testing.T) {
	adjusted, err := four(t).Adjust([]float64{1, 2, 3, 4}, nothing{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		sample *survey.Sample
		m      survey.Replication
		want   string
	}{
		"adjusted before":     {adjusted, survey.Replication{Kind: survey.JKn}, "make replicates first"},
		"twice":               {replicate(t, four(t), survey.Replication{Kind: survey.BRR}), survey.Replication{Kind: survey.BRR}, "already"},
		"JK1 with strata":     {four(t), survey.Replication{Kind: survey.JK1}, "JKn"},
		"rho":                 {four(t), survey.Replication{Kind: survey.Fay, Rho: 1}, "rho 1"},
		"one replicate":       {four(t), survey.Replication{Kind: survey.RaoWu, Replicates: 1}, "at least 2"},
		"given kinds alone":   {four(t), survey.Replication{Kind: survey.JK2}, "JK2 are given"},
		"draws of everything": {four(t), survey.Replication{Kind: survey.RaoWuFPC, Draws: 2, Replicates: 5}, "stratum 0: 2"},
	} {
		if _, err := c.sample.Replicate(c.m); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The same seed draws the same, and the result tells it.
func TestSeed(t *testing.T) {
	variance := func(seed uint64) float64 {
		d := wide(2, 8, 2)
		s := replicate(t, d.sample(t), survey.Replication{Kind: survey.RaoWu, Replicates: 30, Seed: seed})
		if s.Replicates().Seed != seed {
			t.Errorf("seed %d is told as %d", seed, s.Replicates().Seed)
		}
		return estimate(t, s, mean(d.y())).V[0][0]
	}
	if variance(1) != variance(1) || variance(1) == variance(2) {
		t.Errorf("variances %v and %v of a seed, %v of another", variance(1), variance(1), variance(2))
	}
}

// Rows outside have no weight in any replicate that is adjusted.
func TestAdjustEachOutside(t *testing.T) {
	s, err := survey.NewReplicated([]float64{1, 1, 1}, survey.GivenReplicates{Kind: survey.JK1,
		Columns: [][]float64{{0, 1.5, 1.5}, {1.5, 0, 1.5}, {1.5, 1.5, 0}}})
	if err != nil {
		t.Fatal(err)
	}
	var starts [][]float64
	if _, err := s.Subset([]bool{true, false, true}).AdjustEach(func(w []float64) ([]float64, error) {
		starts = append(starts, slices.Clone(w))
		return slices.Clone(w), nil
	}); err != nil {
		t.Fatal(err)
	}
	want := [][]float64{{1, 0, 1}, {0, 0, 1.5}, {1.5, 0, 1.5}, {1.5, 0, 0}}
	if diff := cmp.Diff(want, starts); diff != "" {
		t.Error(diff)
	}
}

// Weights count in the rank: what a stratum of next to no weight adds to it is
// below the tolerance, as of columns of the same weights.
func TestRankOfWeights(t *testing.T) {
	for small, want := range map[float64]float64{0.1: 3, 1e-9: 2} {
		s, err := survey.New(survey.Design{Rows: 6, Weights: []float64{1, 2, 3, 4, small, small},
			Stages: []survey.Stage{{Strata: []int32{0, 0, 1, 1, 2, 2}}}})
		if err != nil {
			t.Fatal(err)
		}
		made := replicate(t, s, survey.Replication{Kind: survey.BRR})
		given, err := survey.NewReplicated(s.Weights(), columnsOf(t, made, survey.Replication{}, false))
		if err != nil {
			t.Fatal(err)
		}
		if made.DF() != want || given.DF() != want {
			t.Errorf("a stratum of weight %v: df %v made, %v given, want %v", small, made.DF(), given.DF(), want)
		}
	}
}
