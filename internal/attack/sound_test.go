package attack

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever the attacker believes of a release is true of the respondents: a false
// belief would find what is not there, or miss what is.
func TestTheAttackerBelievesNothingFalse(t *testing.T) {
	worlds := rapid.Custom(drawWorld)
	for seed := range min(40, *studies) {
		w := worlds.Example(seed)
		for _, pub := range w.releases(t) {
			a := w.attacker(pub)
			if err := a.believes(a.truth(w)); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
}

// believes says which of an attacker's beliefs is not true of what variables really
// are, if one is not.
func (a *attacker) believes(x []float64) error {
	for v, value := range x {
		if value < a.s.lo[v]-rounding || value > a.s.hi[v]+rounding {
			return contradiction(fmt.Sprintf("%s is %g, believed to lie between %g and %g", a.describe(v), value, a.s.lo[v], a.s.hi[v]))
		}
	}
	for _, r := range a.s.rows {
		sum := 0.0
		for _, t := range r.terms {
			sum += t.a * x[t.v]
		}
		if slack := rounding * max(1, math.Abs(sum)); sum < r.lo-slack || sum > r.hi+slack {
			return contradiction(fmt.Sprintf("a sum is %g, believed to lie between %g and %g:%s", sum, r.lo, r.hi, a.addends(r, x)))
		}
	}
	return nil
}

// addends are a row's terms and what they really are.
func (a *attacker) addends(r row, x []float64) string {
	var b strings.Builder
	for _, t := range r.terms {
		fmt.Fprintf(&b, "\n    %g x %s = %g", t.a, a.describe(t.v), x[t.v])
	}
	return b.String()
}
