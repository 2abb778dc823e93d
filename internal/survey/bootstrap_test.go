package survey

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bootstrapStage has strata of 2, 5 and 1 PSUs, and one of 3 that was taken whole.
func bootstrapStage(fraction float64) *firstStage {
	return &firstStage{psus: 11, strata: []psuStratum{
		{name: "a", psus: []int32{0, 1}, fraction: fraction},
		{name: "b", psus: []int32{2, 3, 4, 5, 6}, fraction: fraction},
		{name: "c", psus: []int32{7}},
		{name: "d", psus: []int32{8, 9, 10}, fraction: 1},
	}}
}

// moments are the mean and the variance of each PSU's multiplier over replicates.
func moments(f factors, replicates, psus int) (mean, variance []float64) {
	x := make([]float64, psus)
	mean, variance = make([]float64, psus), make([]float64, psus)
	for r := range replicates {
		f.fill(r, x)
		for p, v := range x {
			mean[p] += v / float64(replicates)
			variance[p] += v * v / float64(replicates)
		}
	}
	for p, m := range mean {
		variance[p] -= m * m
	}
	return mean, variance
}

// The multipliers have the moments that make the variance of a total that of the
// usual estimator: mean 1 and, for Rao and Wu, (1 - f)(n - 1)/n n/(n - 1) = 1 - f.
func TestBootstrapMoments(t *testing.T) {
	const replicates = 20000
	for name, c := range map[string]struct {
		kind     ReplicateKind
		draws    int
		fraction float64
		variance func(n float64) float64
	}{
		"Rao-Wu":               {RaoWu, 0, 0, func(float64) float64 { return 1 }},
		"Rao-Wu, FPC ignored":  {RaoWu, 0, 0.4, func(float64) float64 { return 1 }},
		"Rao-Wu with FPC":      {RaoWuFPC, 0, 0.4, func(float64) float64 { return 0.6 }},
		"Rao-Wu with one draw": {RaoWuFPC, 1, 0.4, func(float64) float64 { return 0.6 }},
		"Canty-Davison":        {Bootstrap, 0, 0, func(n float64) float64 { return (n - 1) / n }},
		// n draws of N = n/f, one in n of which is the PSU's own.
		"Canty-Davison with FPC": {Bootstrap, 0, 0.25, func(n float64) float64 { return (1 - 1/n) * (4*n - n) / (4*n - 1) }},
	} {
		t.Run(name, func(t *testing.T) {
			first := bootstrapStage(c.fraction)
			reps, err := makeBootstrap(first, Replication{Kind: c.kind, Draws: c.draws, Replicates: replicates, Seed: 7})
			if err != nil {
				t.Fatal(err)
			}
			mean, variance := moments(reps.factors, replicates, first.psus)
			for _, h := range first.strata {
				want := c.variance(float64(len(h.psus)))
				if len(h.psus) == 1 || h.takenWhole() {
					want = 0
				}
				for _, p := range h.psus {
					if math.Abs(mean[p]-1) > 0.05 || math.Abs(variance[p]-want) > 0.05 {
						t.Errorf("PSU %d of %d: mean %.3f, variance %.3f; want 1 and %.3f", p, len(h.psus), mean[p], variance[p], want)
					}
				}
			}
			if diff := cmp.Diff([]string{"c"}, reps.Fixed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBootstrapScales(t *testing.T) {
	harmonic := 4 / (1.0/2 + 1.0/5 + 1 + 1.0/3)
	for kind, want := range map[ReplicateKind]float64{RaoWu: 1.0 / 49, RaoWuFPC: 1.0 / 49, Bootstrap: harmonic / (harmonic - 1) / 49} {
		reps, err := makeBootstrap(bootstrapStage(0), Replication{Kind: kind, Replicates: 50})
		if err != nil || math.Abs(reps.Scale-want) > 1e-15 {
			t.Errorf("%v: scale %v, want %v (%v)", kind, reps.Scale, want, err)
		}
	}
}

// A stratum more, another order of replicates or strata: every other draw stays.
func TestBootstrapStreams(t *testing.T) {
	draw := func(first *firstStage, seed uint64, r int) []float64 {
		reps, err := makeBootstrap(first, Replication{Kind: RaoWu, Replicates: 50, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		f := make([]float64, first.psus)
		reps.factors.fill(r, f)
		return f
	}
	whole, less := bootstrapStage(0), bootstrapStage(0)
	less.strata = less.strata[1:]
	differ := 0
	for r := 49; r >= 0; r-- {
		a := draw(whole, 3, r)
		if diff := cmp.Diff(a[2:], draw(less, 3, r)[2:]); diff != "" {
			t.Fatalf("replicate %d: a stratum more shifts another's draws: %s", r, diff)
		}
		if !cmp.Equal(a, draw(whole, 4, r)) {
			differ++
		}
	}
	if differ < 40 {
		t.Errorf("another seed draws otherwise in %d of 50 replicates only", differ)
	}
}

func TestBootstrapProblems(t *testing.T) {
	if _, err := makeBootstrap(bootstrapStage(0), Replication{Kind: RaoWuFPC, Draws: 2, Replicates: 9}); err == nil {
		t.Error("two draws from two PSUs pass")
	}
	lonely := &firstStage{psus: 1, strata: []psuStratum{{name: "a", psus: []int32{0}}}}
	if _, err := makeBootstrap(lonely, Replication{Kind: RaoWu, Replicates: 9}); err == nil {
		t.Error("a bootstrap of one PSU passes")
	}
}

// Five PSUs stand for a population of six: one of them is drawn twice at the most,
// the others once, and which it is differs.
func TestDrawOff(t *testing.T) {
	first := &firstStage{psus: 5, strata: []psuStratum{{name: "a", psus: []int32{0, 1, 2, 3, 4}, fraction: 5.0 / 6}}}
	reps, err := makeBootstrap(first, Replication{Kind: Bootstrap, Replicates: 6000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	f := make([]float64, 5)
	for r := range reps.Len() {
		reps.factors.fill(r, f)
		sum, twice := 0.0, 0
		for _, v := range f {
			sum += v
			if v > 1 {
				twice++
			}
		}
		if sum != 5 || twice > 1 {
			t.Fatalf("replicate %d draws %v", r, f)
		}
	}
	mean, _ := moments(reps.factors, reps.Len(), 5)
	for p, m := range mean {
		if math.Abs(m-1) > 0.03 {
			t.Errorf("PSU %d is drawn %v times in the mean", p, m)
		}
	}
}
