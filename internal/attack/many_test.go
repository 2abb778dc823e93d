//go:build slow

package attack

import "testing"

// Many studies, and searches that are given up later, take hours.
func TestNothingIsRecoveredOfMany(t *testing.T) { holdAgainstAttacks(t, 10_000, searching) }
