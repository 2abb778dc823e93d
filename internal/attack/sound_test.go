package attack

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// truth are the values that a system's variables really have.
func (a *attacker) truth(w *world) []float64 {
	x := make([]float64, len(a.s.lo))
	for i, f := range a.fronts {
		people := w.waves[i].sample.Respondents
		total := 0.0
		for _, r := range people {
			total += r.Weight * max(r.Factor, 0)
		}
		raked := w.waves[i].sample.Raked != nil
		if !raked {
			total = 0
			for _, r := range people {
				total += r.Weight
			}
		}
		for _, r := range people {
			weight := r.Weight
			if raked {
				weight *= r.Factor
			}
			var values []float64
			for _, q := range f.catalogue.list {
				values = append(values, q.value(r))
			}
			for d, dom := range f.domains.list {
				if !dom.holds(a.study, r) {
					continue
				}
				for q, v := range values {
					x[f.counts[d][q]] += v
					if f.weights != nil {
						x[f.weights[d][q]] += v * weight / total
					}
				}
			}
		}
	}
	return x
}

// Whatever the attacker believes of a release is true of the respondents: a false
// belief would find what is not there, or miss what is.
func TestTheAttackerBelievesNothingFalse(t *testing.T) {
	worlds := rapid.Custom(drawWorld)
	for seed := range 40 {
		w := worlds.Example(seed)
		for _, pub := range w.releases(t) {
			a := w.attacker(pub)
			x := a.truth(w)
			for v, value := range x {
				if value < a.s.lo[v]-rounding || value > a.s.hi[v]+rounding {
					t.Fatalf("seed %d: %s is %g, believed to lie between %g and %g", seed, a.describe(v), value, a.s.lo[v], a.s.hi[v])
				}
			}
			for _, r := range a.s.rows {
				sum := 0.0
				for _, t := range r.terms {
					sum += t.a * x[t.v]
				}
				if slack := rounding * max(1, math.Abs(sum)); sum < r.lo-slack || sum > r.hi+slack {
					for _, term := range r.terms {
						t.Logf("%g x %s = %g", term.a, a.describe(term.v), x[term.v])
					}
					t.Fatalf("seed %d: a sum is %g, believed to lie between %g and %g", seed, sum, r.lo, r.hi)
				}
			}
		}
	}
}
