package normalise

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/study"
)

// The kinds' numbers follow the study's list of their names.
func TestKindsFollowTheStudy(t *testing.T) {
	want := map[string]Kind{"not_asked": NotAsked, "not_shown": NotShown, "seen_unanswered": SeenUnanswered, "unsure": Unsure, "not_applicable": NotApplicable, "refused": Refused, "invalid": Invalid}
	got := map[string]Kind{}
	for _, name := range study.MissingKinds {
		kind, ok := ParseKind(name)
		if !ok || kind.String() != name {
			t.Errorf("%q is read as %v, %t", name, kind, ok)
		}
		got[name] = kind
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, ok := ParseKind("unknown"); ok {
		t.Error("an unknown kind was found")
	}
}
