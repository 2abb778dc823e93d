package normalise

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// ticks are the three options of a row, as hours, funding, other.
func ticks(r respondent) string {
	var out []string
	for _, id := range []string{"hours", "funding", "other"} {
		word, there := r.Options[id]
		if !there {
			word = "no column"
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func TestJoinedChoices(t *testing.T) {
	book := lines("version: 1", "unknown: invalid", "missing: {\"-99\": seen_unanswered, N/A: not_applicable}", "items: {want: {column: Q1}}",
		"choices: {barriers: {column: Q4, separator: \", \", map: {No time at all: hours}}}")
	tests := []struct{ cell, want string }{
		{"Lack of time", "ticked, not ticked, not ticked"},
		{"lack of  TIME, Other", "ticked, not ticked, ticked"},
		{"Money, or staff", "not ticked, ticked, not ticked"}, // the label holds the separator
		{"Lack of time, Money, or staff, Other", "ticked, ticked, ticked"},
		{"No time at all, hours", "ticked, not ticked, not ticked"},
		{"Lack of time, something else", "ticked, not ticked, not ticked"},
		{"something else", "invalid, invalid, invalid"},
		{"Lack of time, ", "ticked, not ticked, not ticked"},
		{"", "seen_unanswered, seen_unanswered, seen_unanswered"},
		{"N/A", "not_applicable, not_applicable, not_applicable"},
	}
	rows := []string{"Q1,Q4"}
	for _, tc := range tests {
		rows = append(rows, `Agree,"`+tc.cell+`"`)
	}
	l := load(t, testFramework, book, lines(rows...)).quiet(t)
	for i, tc := range tests {
		if got := ticks(l.rows[i]); got != tc.want {
			t.Errorf("%q: %s, want %s", tc.cell, got, tc.want)
		}
	}
	if d := cmp.Diff([]string{"ticked_any"}, l.BaseRule); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]RejectedCount{{"Q4", UnknownLabel, 2}}, l.Ledgers[0].Rejected); d != "" {
		t.Error(d)
	}
}

// A value that says "seen and left blank" tells who ticked nothing.
func TestJoinedMark(t *testing.T) {
	book := lines("version: 1", "missing: {\"-99\": seen_unanswered}", "items: {want: {column: Q1}}", "choices: {barriers: {column: Q4, separator: \",\"}}")
	l := load(t, testFramework, book, lines("Q1,Q4", "Agree,-99", "Agree,", "Agree,Other")).quiet(t)
	var got []string
	for _, r := range l.rows {
		got = append(got, ticks(r))
	}
	want := []string{"not ticked, not ticked, not ticked", "not_shown, not_shown, not_shown", "not ticked, not ticked, ticked"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"saw"}, l.BaseRule); d != "" {
		t.Error(d)
	}
}

// Any set of options, in any order, joined by any separator, is read back.
func TestSplitReadsWhatWasJoined(t *testing.T) {
	labels := []string{"Lack of time", "Money; or staff", "Money", "or staff", "a, b", "Other"}
	rapid.Check(t, func(t *rapid.T) {
		c := choiceField{separator: rapid.SampledFrom([]string{"; ", ";", ", ", "|", " - "}).Draw(t, "separator"), options: map[string]int{}}
		for i, l := range labels {
			c.options[strings.ToLower(l)] = i
		}
		// "Money; or staff" reads as itself where "Money" and "or staff" follow each
		// other too: the longest label wins, so leave one of the two out.
		picked := rapid.SliceOfDistinct(rapid.SampledFrom([]int{0, 1, 2, 4, 5}), func(i int) int { return i }).Draw(t, "options")
		var parts []string
		want := uint64(0)
		for _, i := range picked {
			parts = append(parts, labels[i])
			want |= 1 << i
		}
		got, unknown := c.split([]byte(strings.Join(parts, c.separator)))
		if got != want || len(unknown) > 0 {
			t.Fatalf("%v: %b, want %b, unknown %v", parts, got, want, unknown)
		}
	})
}

func TestSpreadChoices(t *testing.T) {
	head := "Q1,B - Lack of time,\"B - Money, or staff\",\"B - Other\""
	book := lines("version: 1", "unknown: invalid", "missing: {\"-99\": seen_unanswered, \"-1\": refused}", "items: {want: {column: Q1}}", "choices: {barriers: {columns: \"B - *\"}}")
	tests := []struct{ cells, want string }{
		{"Yes,No,No", "ticked, not ticked, not ticked"},
		{"TRUE,,", "ticked, not ticked, not ticked"},
		{"Y,,N", "ticked, not ticked, not ticked"},
		{"lack of time,,", "ticked, not ticked, not ticked"},
		{"1,0,checked", "ticked, not ticked, ticked"},
		{"Unchecked,False,0", "not ticked, not ticked, not ticked"},
		{"-99,-99,-99", "not ticked, not ticked, not ticked"},
		{"-1,-1,-1", "refused, refused, refused"},
		{",,", "not_shown, not_shown, not_shown"},
		{"Other,,", "invalid, invalid, invalid"}, // another option's label
		{"perhaps,1,", "not ticked, ticked, not ticked"},
	}
	rows := []string{head}
	for _, tc := range tests {
		rows = append(rows, "Agree,"+tc.cells)
	}
	l := load(t, testFramework, book, lines(rows...)).quiet(t)
	for i, tc := range tests {
		if got := ticks(l.rows[i]); got != tc.want {
			t.Errorf("%q: %s, want %s", tc.cells, got, tc.want)
		}
	}
	if d := cmp.Diff([]string{"saw"}, l.BaseRule); d != "" {
		t.Error(d)
	}
}

// Where an export has numbers for words, an option's own column holds the number
// of the option; any other number is no tick of it.
func TestNumberedChoices(t *testing.T) {
	export := lines("Respondent ID,Q1,What stops you?,,", ",Response,Lack of time,\"Money, or staff\",Other",
		"1,4,1,2,", "2,4,,2,3", "3,4,,3,", "4,4,,,")
	book := lines("version: 1", "unknown: invalid", "items: {want: {column: Q1, labels: {\"4\": Agree}}}", "choices: {barriers: {columns: \"What stops you? - *\"}}")
	l := load(t, testFramework, book, export).quiet(t)
	var got []string
	for _, r := range l.rows {
		got = append(got, ticks(r))
	}
	want := []string{"ticked, ticked, not ticked", "not ticked, ticked, ticked", "invalid, invalid, invalid", "seen_unanswered, seen_unanswered, seen_unanswered"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Any text under an open "Other" ticks it; the text itself goes nowhere.
func TestOpenOther(t *testing.T) {
	export := lines("Respondent ID,Q1,What stops you?,,", ",Response,Lack of time,\"Money, or staff\",Other (please specify)",
		"1,Agree,Lack of time,,", "2,Agree,,,my own words", "3,Agree,,,")
	book := lines("version: 1", "id: Respondent ID", "items: {want: {column: Q1}}", "choices: {barriers: {columns: \"What stops you? - *\", map: {Other (please specify): other}}}")
	l := load(t, testFramework, book, export).quiet(t)
	var got []string
	for _, r := range l.rows {
		got = append(got, ticks(r))
	}
	want := []string{"ticked, not ticked, not ticked", "not ticked, not ticked, ticked", "seen_unanswered, seen_unanswered, seen_unanswered"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(l.Rejected) > 0 {
		t.Errorf("rejected %v", l.Rejected)
	}
}

// An option without a column is not asked there, and said so.
func TestOptionWithoutColumn(t *testing.T) {
	book := lines("version: 1", "items: {want: {column: Q1}}", "choices: {barriers: {columns: \"B - *\"}}")
	l := load(t, testFramework, book, lines("Q1,B - Lack of time,B - Other", "Agree,Yes,No"))
	if got, want := ticks(l.rows[0]), "ticked, no column, not ticked"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if want := "codebooks/staff.yaml:3:21: warning: choice \"barriers\": no column of exports/a.csv stands for option \"Money, or staff\": it counts as not asked there\n"; said(l.diags) != want {
		t.Errorf("said %q, want %q", said(l.diags), want)
	}
}

// What joins the options has to be known.
func TestMissingSeparator(t *testing.T) {
	book := lines("version: 1", "items: {want: {column: Q1}}", "choices: {barriers: {column: Q4}}")
	l := load(t, testFramework, book, lines("Q1,Q4", "Agree,Lack of time"))
	if want := "codebooks/staff.yaml:3:21: choice \"barriers\": what joins the ticked options in exports/a.csv is not known; add separator: \", \" or what the file uses\n"; said(l.diags) != want {
		t.Errorf("said %q, want %q", said(l.diags), want)
	}
}
