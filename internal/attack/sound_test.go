package attack

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

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
