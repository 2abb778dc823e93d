package normalise

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
)

// spreadHead is a question of one answer with a column for each, in the manner of
// SurveyMonkey, and a variable of that kind.
var spreadHead = []string{
	"Respondent ID,I want more,,,What is your role?,,",
	",Disagree,Neither,Agree,Doctor,Nurse,Other (please specify)",
}

// A question that is spread over columns is read by its text as one column. Two
// ticks are an invalid value, with its rows, and no answer is picked.
func TestSpreadQuestion(t *testing.T) {
	book := lines("version: 1", "items: {want: {column: I want more}}",
		"variables: {role: {column: What is your role?, map: {Other (please specify): nurse}}}")
	l := load(t, testFramework, book, lines(append(spreadHead,
		"1,,,Agree,Doctor,,", "2,Disagree,,,,,Porter", "3,,Neither,Agree,,,", "4,,,,,,", "5,,Neither,,Doctor,Nurse,")...))
	var got []string
	for _, r := range l.rows {
		got = append(got, r.Items["want"]+", "+r.Variables["role"])
	}
	want := []string{"Agree, doctor", "Disagree, nurse", "invalid, seen_unanswered", "Neither, invalid"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]RejectedCount{{"I want more", TwoAnswers, 1}, {"What is your role?", TwoAnswers, 1}}, l.Ledgers[0].Rejected); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"a.csv 6: empty"}, l.asideReasons()); d != "" {
		t.Error(d)
	}
	const row = `exports/a.csv, column "I want more": warning: two answers ticked in 1 row (row 5)`
	if text := said(l.diags); !strings.Contains(text, row) || l.diags.HasErrors() {
		t.Errorf("%s\nwant %s", text, row)
	}
}

// The columns of a spread question still go by their own names.
func TestSpreadColumnsAlone(t *testing.T) {
	book := lines("version: 1", "unknown: invalid", "items: {want: {column: \"I want more - Agree\"}}")
	l := load(t, testFramework, book, lines(append(spreadHead, "1,,,Agree,,,", "2,Disagree,,,,,")...)).quiet(t)
	if len(l.rows) != 1 || l.rows[0].Items["want"] != "Agree" {
		t.Errorf("%+v", l.rows)
	}
}

func TestSpreadQuestionProblems(t *testing.T) {
	export := lines(append(spreadHead, "1,,,Agree,,,", "2,Disagree,,,,,")...)
	for name, tc := range map[string]struct{ book, code string }{
		"as joined options":  {lines("version: 1", "items: {want: {column: I want more}}", "choices: {barriers: {column: What is your role?, separator: \";\"}}"), "several-columns"},
		"and its own column": {lines("version: 1", "items: {want: {column: I want more}, worth: {column: I want more - Agree}}"), "column-named-twice"},
	} {
		s, dir := studyOf(t, testFramework, tc.book, export)
		diags := &diag.List{}
		l := Loader{Schema: NewSchema(s), Survey: s.Surveys[0], Wave: s.Surveys[0].Waves[0], Key: []byte("made up"), Jobs: 1}
		if _, err := l.Read(context.Background(), dir, nobody{}, diags); err != nil {
			t.Fatal(err)
		}
		found := diags.Sorted()
		if len(found) != 1 || found[0].Code != tc.code {
			t.Errorf("%s: %s, want %s", name, said(diags), tc.code)
		}
	}
}

// Where a key beside the export explains its codes, a codebook may name answers
// by their labels; a code that it names itself goes first.
func TestKeyBesideExport(t *testing.T) {
	export := lines(`URN,Q1,Q2,Q3,Q4_1_a,Q4_1_b,Q4_1_c,CompletionDate`, `1-2-1,3,1,11,0,0,1,2024-01-02`, `1-2-2,1,2,1,1,0,0,2024-01-02`, `1-2-3,4,2,,1,1,0,2024-01-02`)
	key := lines(`"Q1","I want more"`, `"1","Disagree"`, `"2","Neither"`, `"3","Agree"`, `"4","Unsure"`, `"Q2","Role"`, `"1","Nurse"`, `"2","Doctor"`,
		`"Q3","Skills"`, `"1","0"`, `"2","1"`, `"11","10"`, `"Q4","Views"`, `"Q4_1_a","It is worth it"`, `"1","Disagree"`, `"Q4_1_b","It is worth it"`, `"1","Neither"`, `"Q4_1_c","It is worth it"`, `"1","Agree"`)
	book := lines("version: 1", "unknown: invalid", "items: {want: {column: I want more}, worth: {column: Q4_1}, skills: {column: Q3}}",
		"variables: {role: {column: Q2, map: {\"2\": nurse}}}")
	s, dir := studyOf(t, testFramework, book, export)
	if err := os.WriteFile(filepath.Join(dir, "exports", "a-key.csv"), []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	c, diags := &collector{schema: NewSchema(s)}, &diag.List{}
	l := Loader{Schema: c.schema, Survey: s.Surveys[0], Wave: s.Surveys[0].Waves[0], Key: []byte("made up"), Jobs: 1}
	r, err := l.Read(context.Background(), dir, c, diags)
	if err != nil || diags.HasErrors() {
		t.Fatal(err, said(diags))
	}
	var got []string
	for _, r := range c.rows {
		got = append(got, strings.Join([]string{r.Items["want"], r.Items["worth"], r.Items["skills"], r.Variables["role"]}, ", "))
	}
	want := []string{
		"Agree, Agree, 10, nurse",
		"Disagree, Disagree, invalid, nurse", // the key says 0, which the scale does not have
		"unsure, invalid, seen_unanswered, nurse",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]RejectedCount{{"Q3", NotInRange, 1}, {"Q4_1", TwoAnswers, 1}}, r.Ledgers[0].Rejected); d != "" {
		t.Error(d)
	}
}
