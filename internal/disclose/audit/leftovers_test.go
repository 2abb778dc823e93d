package audit_test

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose/audit"
	"github.com/caregap/caregap/internal/disclose/linked"
	"github.com/caregap/caregap/internal/estimate"
)

// Four people name no role. Nobody with a role is at place z, so that z cannot hold
// more than these four: whoever has no role is somewhere, or names no place either.
func TestAuditCountsWhoNamesNothing(t *testing.T) {
	rows := []estimate.Row{row("will", "", "", 61)}
	for _, x := range []struct {
		breakdown, category string
		base                int
	}{
		{"role", "a", 31}, {"role", "b", 26}, {"place", "x", 40}, {"place", "y", 18}, {"place", "z", 1},
		{"role:place", "a:x", 20}, {"role:place", "a:y", 9}, {"role:place", "a:z", 0}, {"role:place", "b:x", 18}, {"role:place", "b:y", 8}, {"role:place", "b:z", 0},
	} {
		r := row("will", x.breakdown, x.category, x.base)
		if x.base == 0 {
			r.Status = "w"
		}
		rows = append(rows, r)
	}
	for _, s := range linked.Build(framework(), rows) {
		s.Publish(func(i int) bool {
			return rows[i].Status == "" && rows[i].Breakdown != "" && rows[i].Breakdown != "role"
		})
		z := s.Find("place", "z")
		for _, f := range audit.Audit(s) {
			if f.Domain != z {
				continue
			}
			if f.Hi > 4 {
				t.Errorf("there may be %d at z, expected four at the most", f.Hi)
			}
			if f.Hi == 1 {
				t.Error("nobody else can be at z, expected that some can")
			}
			return
		}
	}
	t.Error("who is at z is not looked at")
}
