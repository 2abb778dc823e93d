//go:build slow

package attack

import "testing"

// Many studies take an hour on two cores.
func TestNothingIsRecoveredOfMany(t *testing.T) { holdAgainstAttacks(t, 10_000, func(*world) {}) }
