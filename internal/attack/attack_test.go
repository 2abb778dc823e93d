package attack

import (
	"testing"

	"pgregory.net/rapid"
)

// An attacker who breaks nothing proves nothing: a release that hides its secrets
// and nothing else is broken in nearly every study that has any.
func TestTheAttackerIsNoDummy(t *testing.T) {
	const studies = 60
	worlds := rapid.Custom(drawWorld)
	had, broken := 0, 0
	for seed := range studies {
		w := worlds.Example(seed)
		found, s, err := w.attack(w.attacker(w.naive()), effort{most: searching / 20})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if len(s.targets) > 0 {
			had++
		}
		for _, x := range found {
			if x.count != nil && (x.truth < x.low-rounding || x.truth > x.high+rounding) {
				t.Fatalf("seed %d: %s of %+v is said to lie between %g and %g, but is %g", seed, x.kind, x.key, x.low, x.high, x.truth)
			}
		}
		if s.done() {
			broken++
		}
	}
	t.Logf("%d of %d studies with secrets broken", broken, had)
	if had < studies/2 || broken < had*9/10 {
		t.Errorf("broken are %d of %d studies", broken, had)
	}
}
