package study

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func example(t *testing.T, name string) *Study {
	t.Helper()
	s, problems, err := Load(examples + "/" + name)
	if err != nil || s == nil || len(problems.Sorted()) > 0 {
		t.Fatalf("%s: %v %v", name, err, problems)
	}
	return s
}

func TestIsolatedLeavesOthersAlone(t *testing.T) {
	care := example(t, "care")
	if diff := cmp.Diff(care, care.Isolated()); diff != "" {
		t.Errorf("a study without words from right to left has changed:\n%s", diff)
	}
}

func TestIsolated(t *testing.T) {
	scripts := example(t, "scripts")
	before := example(t, "scripts")
	isolated := scripts.Isolated()
	if diff := cmp.Diff(before, scripts); diff != "" {
		t.Errorf("the study itself has changed:\n%s", diff)
	}
	capacity, _ := isolated.Framework.Constructs.Get("capacity")
	barriers, _ := isolated.Framework.Choices.Get("barriers")
	option, _ := barriers.Options.Get("time")
	group, _ := isolated.Framework.Variables.Get("staff_group")
	category, _ := group.Categories.Get("ahp")
	scale, _ := isolated.Framework.Scales.Get("agreement5")
	for what, text := range map[string]string{
		"title": isolated.Title, "notice": isolated.Notice, "survey": isolated.Surveys[0].Title, "construct": capacity.Title,
		"choice": barriers.Title, "option": option, "variable": group.Title, "category": category, "answer": scale.Options[0],
	} {
		if !strings.HasPrefix(text, "\u2068") || !strings.HasSuffix(text, "\u2069") {
			t.Errorf("%s is not isolated: %q", what, text)
		}
	}
	if diff := cmp.Diff(before.Framework.Constructs.IDs(), isolated.Framework.Constructs.IDs()); diff != "" {
		t.Error(diff)
	}
}
