package normalise

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/personal"
)

// An answer that nothing declares is quoted only where at least five respondents
// gave it, it has at most 60 characters and does not look personal.
func TestQuotable(t *testing.T) {
	for _, tc := range []struct {
		text  string
		count int
		want  bool
	}{
		{"Somewhat agree", 5, true},
		{"Somewhat agree", 4, false},
		{strings.Repeat("x", 60), 5, true},
		{strings.Repeat("é", 60), 5, true},
		{strings.Repeat("x", 61), 500, false},
		{"11", 5, true},
		{"Band 7", 5, true},
		{"16-25 hours", 5, true},
		{"a.person@example.org", 50, false},
		{"@handle", 50, false},
		{"https://example.org/me", 50, false},
		{"www.example.org", 50, false},
		{"192.0.2.17", 50, false},
		{"07700 900123", 50, false},
		{"+44 7700-900-123", 50, false},
		{"943 476 5919", 50, false},
		{"QQ 12 34 56 C", 50, false},
		{"SW1A 1AA", 50, false},
		{"ls29jt", 50, false},
		{"14/02/1980", 50, false},
		{"1980-02-14", 50, false},
		{"Jane Smith", 50, false},
		{"Dr Okafor", 50, false},
		{"Staff Nurse", 50, true},
		{"17 High Street, Leeds", 50, false},
		{"2 hours a week", 50, true},
	} {
		l := labelCount{text: tc.text, count: tc.count}
		if got := l.quotable(); got != tc.want {
			t.Errorf("%q, given by %d, is quoted: %t, want %t", tc.text, tc.count, got, tc.want)
		}
	}
}

// Whatever the answers are: no message holds one that fewer than five gave, and
// private lists hold none that looks personal.
func TestMessagesKeepAnswersPrivate(t *testing.T) {
	outer := t
	answer := rapid.StringMatching(`zq[a-z]{3}( [a-z]{1,12}){0,8}|zq[a-z]{2,5}@example\.org|zq 0[0-9]{10}`)
	rapid.Check(t, func(t *rapid.T) {
		given := map[string]int{}
		rows := []string{"Q1,Role,Q4"}
		for range rapid.IntRange(1, 4).Draw(t, "answers") {
			a := answer.Draw(t, "answer")
			n := rapid.IntRange(1, 8).Draw(t, "times")
			given[a] += n
			for range n {
				rows = append(rows, rapid.SampledFrom([]string{"%s,Doctor,", "Agree,%s,", "Agree,Doctor,%s"}).Draw(t, "column"))
				rows[len(rows)-1] = fmt.Sprintf(rows[len(rows)-1], a)
			}
		}
		book := lines("version: 1", "items: {want: {column: Q1}}", "choices: {barriers: {column: Q4, separator: \";\"}}", "variables: {role: {column: Role}}")
		l := load(outer, testFramework, book, lines(rows...))
		if !l.diags.HasErrors() {
			t.Fatal("nothing is said")
		}
		text := said(l.diags)
		for a, n := range given {
			if (n < 5 || personal.Looks(a)) && strings.Contains(text, `"`+a+`"`) {
				t.Fatalf("%q, given by %d, stands in:\n%s", a, n, text)
			}
		}
		for _, r := range l.Rejected {
			if personal.Looks(r.Text) {
				t.Fatalf("private/ would hold %q", r.Text)
			}
		}
	})
}

// With unknown: invalid every such answer is counted in the ledger by column and
// reason, and none is a problem.
func TestUnknownInvalid(t *testing.T) {
	book := lines("version: 1", "items: {want: {column: Q1, unknown: invalid}, skills: {column: Q3}}", "variables: {role: {column: Role, unknown: invalid}}")
	l := load(t, testFramework, book, lines("Q1,Q3,Role", "what,1,Porter", "WHAT ,2,Porter", "Agree,3,Cook", "no,12,Doctor"))
	if got, want := said(l.diags), "exports/a.csv, column \"Q3\": an answer that is not shown in 1 row (row 5): item \"skills\" on scale ten goes from 1 to 10\n"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	if d := cmp.Diff([]RejectedCount{{"Q1", UnknownLabel, 3}, {"Q3", NotInRange, 1}, {"Role", UnknownLabel, 3}}, l.Ledgers[0].Rejected); d != "" {
		t.Errorf("rejected (-want +got):\n%s", d)
	}
	if l.rows[0].Items["want"] != "invalid" || l.rows[0].Variables["role"] != "invalid" {
		t.Errorf("row %+v", l.rows[0])
	}
}

// A column of ever new texts is told by a few lines.
func TestOpenQuestionMappedAsClosed(t *testing.T) {
	rows := []string{"Q1"}
	for i := range 1000 {
		rows = append(rows, fmt.Sprintf("a long remark of my own %d", i))
	}
	l := load(t, testFramework, lines("version: 1", "items: {want: {column: Q1}}"), lines(rows...))
	if got := strings.Split(strings.TrimSpace(said(l.diags)), "\n"); len(got) > 4 {
		t.Errorf("%d lines:\n%s", len(got), strings.Join(got, "\n"))
	}
	if got := l.Ledgers[0].Rejected; len(got) != 1 || got[0].Count != 1000 {
		t.Errorf("rejected %v", got)
	}
}

// A rule on a column of personal data keeps nothing of it.
func TestPersonalColumnsAreNotCached(t *testing.T) {
	s, _ := studyOf(t, testFramework, lines("version: 1", "keep: {Email: yes, Q9: answered, Site: Leeds}", "items: {want: {column: Q1}}"), lines("Email,Q1,Q9,Site", "a,Agree,b,c"))
	p := &plan{schema: NewSchema(s), survey: s.Surveys[0], wave: s.Surveys[0].Waves[0], names: NewWaveNames(NewSchema(s)), psuVariable: -1,
		keep: []keepRule{{personal: true}, {any: true}, {}}}
	met := newRuleCaches(p).keep
	if met[0] != nil || met[1] != nil || met[2] == nil {
		t.Errorf("caches %v", met)
	}
}

// What is surely personal is no organisation's name; what may be one is kept, and
// said.
func TestOrganisationsThatLookPersonal(t *testing.T) {
	for text, want := range map[string]bool{
		"a.person@example.org": true, "write to a@example.org": true, "07700 900123": true, "943 476 5919": true, "192.0.2.17": true, "AB 12 34 56 C": true,
		"07700900123": false, "9434765919": false, "Victoria Hospital": false, "SW1A 1AA": false, "RJ1": false,
	} {
		if got := personal.Surely(text); got != want {
			t.Errorf("%q is surely personal: %t, want %t", text, got, want)
		}
	}
	book := lines("version: 1", "items: {want: {column: Q1}}", "variables: {trust: {column: Site}}")
	l := load(t, testFramework, book, lines("Q1,Site", "Agree,Jane Smith", "Agree,SW1A 1AA", "Agree,RJ1"))
	if got := said(l.diags); l.diags.HasErrors() || !strings.Contains(got, `variable "trust": 2 values that may be the name of a person, a postcode`) || strings.Contains(got, "Smith") {
		t.Errorf("said %q", got)
	}
}
