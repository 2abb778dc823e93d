package example

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/study"
)

// titles are all words of a study that readers see.
func titles(s *study.Study) []string {
	all := []string{s.Title}
	for _, survey := range s.Surveys {
		all = append(all, survey.Title)
	}
	f := s.Framework
	for _, scale := range f.Scales.All() {
		all = append(append(all, scale.Options...), scale.Unscored...)
	}
	for _, c := range f.Constructs.All() {
		all = append(all, c.Title)
	}
	for _, i := range f.Items.All() {
		all = append(all, i.Title)
	}
	for _, g := range f.Gaps.All() {
		all = append(all, g.Title)
	}
	for _, q := range f.Quadrants.All() {
		all = append(all, q.Title)
	}
	for _, c := range f.Choices.All() {
		all = append(all, c.Title)
		for _, o := range c.Options.All() {
			all = append(all, o)
		}
	}
	for _, v := range f.Variables.All() {
		all = append(all, v.Title)
		for _, c := range v.Categories.All() {
			all = append(all, c)
		}
	}
	return all
}

func TestLongIsLong(t *testing.T) {
	unbroken := 0
	for _, title := range titles(load(t, "long")) {
		if n := utf8.RuneCountInString(title); n != 120 {
			t.Errorf("%d characters, want 120: %s", n, title)
		}
		if !strings.Contains(title, " ") {
			unbroken++
		}
	}
	if unbroken != 2 {
		t.Errorf("%d names have no space to break at, want 2", unbroken)
	}
}

func TestScriptsRunFromRightToLeft(t *testing.T) {
	has := map[string]int{}
	for _, title := range titles(load(t, "scripts")) {
		for what, is := range map[string]func(rune) bool{
			"arabic": func(r rune) bool { return unicode.Is(unicode.Arabic, r) },
			"hebrew": func(r rune) bool { return unicode.Is(unicode.Hebrew, r) },
			"emoji":  func(r rune) bool { return r >= 0x1F300 && r <= 0x1FAFF },
			"joiner": func(r rune) bool { return r == 0x200D },
			"han":    func(r rune) bool { return unicode.Is(unicode.Han, r) },
			"latin":  func(r rune) bool { return unicode.Is(unicode.Latin, r) },
		} {
			if strings.ContainsFunc(title, is) {
				has[what]++
			}
		}
	}
	for what, least := range map[string]int{"arabic": 25, "hebrew": 12, "emoji": 15, "joiner": 2, "han": 1, "latin": 5} {
		if has[what] < least {
			t.Errorf("%d names have %s, want at least %d", has[what], what, least)
		}
	}
}

func TestLargeIsLarge(t *testing.T) {
	large := load(t, "large")
	if n := len(large.Framework.Items.IDs()); n != 40 {
		t.Errorf("%d items, want 40", n)
	}
	if n := len(large.Surveys); n != 8 {
		t.Errorf("%d surveys, want 8", n)
	}
	for _, s := range large.Surveys {
		if len(s.Waves) != 6 {
			t.Errorf("%s has %d waves, want 6", s.ID, len(s.Waves))
		}
	}
}

func TestShapesHaveTheBreakdownsTheySay(t *testing.T) {
	want := map[string]int{"minimal": 0, "ungrouped": 0, "hidden": 3, "large": 1, "long": 3, "scripts": 2}
	for id, n := range want {
		if s := load(t, id); len(s.Breakdowns) != n {
			t.Errorf("%s has %d breakdowns, want %d", id, len(s.Breakdowns), n)
		}
	}
	minimal := load(t, "minimal")
	if len(minimal.Surveys) != 1 || len(minimal.Surveys[0].Waves) != 1 {
		t.Error("minimal is to have one survey of one wave")
	}
	if waves := hiddenWaves(); !slices.ContainsFunc(waves, func(w wave) bool { return w.respondents >= load(t, "hidden").Disclosure.MinBase }) {
		t.Error("no wave of hidden is large enough for a number")
	}
}
