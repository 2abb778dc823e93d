package study

import (
	"maps"
	"regexp"
	"strings"
	"testing"
)

// definitions of all measures of the base study's wave 2024, with edits made to
// its files first: old text, new text.
func definitions(t *testing.T, edits ...string) map[string]string {
	t.Helper()
	files := baseFiles(t)
	for i := 0; i < len(edits); i += 2 {
		found := false
		for name, data := range files {
			if strings.Contains(data, edits[i]) {
				files[name], found = strings.Replace(data, edits[i], edits[i+1], 1), true
			}
		}
		if !found {
			t.Fatalf("no file has %q", edits[i])
		}
	}
	s := mustLoad(t, folderOf(t, files))
	out := map[string]string{}
	for _, m := range s.Framework.Measures() {
		out[m] = s.Definition(m, s.Surveys[0], s.Surveys[0].Waves[0])
	}
	return out
}

func TestDefinition(t *testing.T) {
	before := definitions(t)
	form := regexp.MustCompile(`^[0-9a-f]{8}$`)
	for m, d := range before {
		if !form.MatchString(d) {
			t.Errorf("%s: definition %q is not eight hexadecimal digits", m, d)
		}
	}
	everything := "want_more worth_it time will capacity capacity_gap held_back"
	for _, c := range []struct {
		name    string
		edits   []string
		changed string // the measures whose definition changes
	}{
		{"a title", []string{"title: Will,", "title: Willingness,"}, ""},
		{"the name of a scale", []string{"agreement3: {options", "agree: {options", "scale: agreement3", "scale: agree", "scale: agreement3", "scale: agree", "scale: agreement3", "scale: agree"}, ""},
		{"the column", []string{"column: Q1", "column: Q11"}, ""},
		{"the order of items", []string{"[want_more, worth_it]", "[worth_it, want_more]"}, ""},
		{"a number written otherwise", []string{"items: [time],", "items: [time], min_answered: 0.50, positive: 75.0,"}, ""},
		{"the label of an option", []string{"hours: Lack of time", "hours: No time"}, ""},
		{"the version of an item", []string{"column: Q1", "version: 2, column: Q1"}, "want_more will capacity_gap held_back"},
		{"the direction", []string{"more, scale: agreement3", "more, reversed: true, scale: agreement3"}, "want_more will capacity_gap held_back"},
		{"an item not asked", []string{"{column: Q2}", "{column: Q2, waves: [\"2025\"]}"}, "worth_it will capacity_gap held_back"},
		{"the headline", []string{", headline: time", ""}, "capacity capacity_gap held_back"},
		{"the threshold", []string{", headline: time", ", headline: time, positive: 80"}, "capacity capacity_gap held_back"},
		{"min_answered", []string{"[want_more, worth_it]", "[want_more, worth_it], min_answered: 1"}, "will capacity_gap held_back"},
		{"the positive set", []string{"positive: [Agree]", "positive: [Neither, Agree]"}, everything},
		{"the order of answers", []string{"[Disagree, Neither, Agree]", "[Neither, Disagree, Agree]"}, everything},
		{"an unscored answer", []string{"[Unsure]", "[Unsure, Refused]"}, everything},
		{"the order of options", []string{"hours: Lack of time, funding: Lack of funding", "funding: Lack of funding, hours: Lack of time"}, "barriers"},
		{"the version of a choice", []string{`columns: "Q4 *"`, `version: 2, columns: "Q4 *"`}, "barriers"},
		{"the sides of a gap", []string{"of: will, minus: capacity", "of: capacity, minus: will"}, "capacity_gap"},
		{"the sides of a quadrant", []string{"high: will, low: capacity", "high: capacity, low: will"}, "held_back"},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := definitions(t, c.edits...)
			changed := map[string]bool{}
			for _, m := range strings.Fields(c.changed) {
				changed[m] = true
			}
			for m := range maps.Keys(before) {
				if (before[m] != after[m]) != changed[m] {
					t.Errorf("%s: definition %s before and %s after; should it change: %t", m, before[m], after[m], changed[m])
				}
			}
		})
	}
}

func TestDefinitionsDiffer(t *testing.T) {
	seen := map[string]string{}
	for m, d := range definitions(t) {
		if other, ok := seen[d]; ok {
			t.Errorf("%s and %s have one definition", m, other)
		}
		seen[d] = m
	}
}

func TestAsked(t *testing.T) {
	files := baseFiles(t)
	files["codebooks/staff.yaml"] = `version: 1
items:
  want_more: {column: Q1}
  worth_it: {column: Q2, waves: ["2025"]}
  time: {column: Q3, waves: ["2024"]}
choices:
  barriers: {columns: "Q4 *", waves: ["2025"]}
variables:
  role: {column: Q5, waves: ["2025"]}
  trust: {column: Q6}
`
	s := mustLoad(t, folderOf(t, files))
	for measure, want := range map[string][2]bool{
		"want_more": {true, true}, "worth_it": {false, true}, "time": {true, false},
		"will": {true, true}, "capacity": {true, false}, "capacity_gap": {true, false}, "held_back": {true, false},
		"barriers": {false, true}, "role": {false, true}, "trust": {true, true}, "nothing": {false, false},
	} {
		got := [2]bool{s.Asked("staff", "2024", measure), s.Asked("staff", "2025", measure)}
		if got != want {
			t.Errorf("%s: asked in 2024 and 2025: %v, want %v", measure, got, want)
		}
	}
	if s.Asked("staff", "2023", "will") || s.Asked("other", "2024", "will") {
		t.Error("a measure is asked in a wave or survey that is not there")
	}
	if d := s.Definition("time", s.Surveys[0], s.Surveys[0].Waves[1]); d != "" {
		t.Errorf("an item that is not asked has the definition %q", d)
	}
}
