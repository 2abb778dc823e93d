package survey

import (
	"math"
	"testing"
)

// stageOf has strata of the given numbers of PSUs.
func stageOf(sizes ...int) *firstStage {
	first := &firstStage{}
	for i, n := range sizes {
		h := psuStratum{name: string(rune('a' + i))}
		for range n {
			h.psus = append(h.psus, int32(first.psus))
			first.psus++
		}
		first.strata = append(first.strata, h)
	}
	return first
}

// Half-samples are fully balanced: every PSU has a mean of 1, and no two strata go
// together; a weight is rho or 2 - rho.
func TestHalfSamples(t *testing.T) {
	for _, rho := range []float64{0, 0.3} {
		first := stageOf(2, 2, 2, 2, 2)
		reps, err := makeHalfSamples(first, rho)
		if err != nil {
			t.Fatal(err)
		}
		if reps.Len() != 8 || math.Abs(reps.Scale-1/(8*(1-rho)*(1-rho))) > 1e-15 {
			t.Errorf("%d replicates of scale %v", reps.Len(), reps.Scale)
		}
		f, sums, products := make([]float64, 10), make([]float64, 10), make([]float64, 100)
		for r := range reps.Len() {
			reps.factors.fill(r, f)
			for p, v := range f {
				if v != rho && v != 2-rho {
					t.Errorf("multiplier %v", v)
				}
				sums[p] += v - 1
				for q, u := range f {
					products[10*p+q] += (v - 1) * (u - 1)
				}
			}
		}
		for p := range sums {
			for q := range sums {
				if together := math.Abs(products[10*p+q]) > 1e-12; math.Abs(sums[p]) > 1e-12 || together != (p/2 == q/2) {
					t.Errorf("PSUs %d and %d: sum %v, product %v", p, q, sums[p], products[10*p+q])
				}
			}
		}
	}
}

func TestHalfSamplesNeedPairs(t *testing.T) {
	if _, err := makeHalfSamples(stageOf(2, 3, 1), 0); err == nil || err.Error() !=
		"PSUs in stratum b: 3; balanced half samples need two\nPSUs in stratum c: 1; balanced half samples need two" {
		t.Errorf("got %v", err)
	}
	whole := stageOf(2, 3)
	whole.strata[1].fraction = 1
	reps, err := makeHalfSamples(whole, 0)
	if err != nil || reps.Len() != 4 {
		t.Errorf("a stratum that was taken whole: %v", err)
	}
}
