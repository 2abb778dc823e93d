package normalise

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// qualtricsHead is the head of a made-up Qualtrics export.
var qualtricsHead = []string{
	"StartDate,EndDate,Status,Progress,Duration (in seconds),Finished,ResponseId,Q1,Q2,Consent",
	"Start,End,Response Type,Progress,Duration,Finished,Response ID,Wants,Worth it,Do you agree to take part?",
	strings.ReplaceAll(`"{'ImportId':'startDate'}","{'ImportId':'endDate'}","{'ImportId':'status'}","{'ImportId':'progress'}","{'ImportId':'duration'}","{'ImportId':'finished'}","{'ImportId':'_recordId'}","{'ImportId':'QID1'}","{'ImportId':'QID2'}","{'ImportId':'QID3'}"`, "'", `""`),
}

var qualtricsBook = lines("version: 1", "id: ResponseId", "completed: EndDate", "min_seconds: 60", "keep: {Consent: [\"Yes\", Agreed], Finished: \"True\"}",
	"items: {want: {column: Q1}, worth: {column: Q2}}")

func qualtrics(rows ...string) string {
	return lines(append(append([]string{}, qualtricsHead...), rows...)...)
}

// One row for each reason, each with all the later reasons too: the first that
// applies is the one given.
func TestReasonsInOrder(t *testing.T) {
	const times = "2024-01-01 10:00:00,2024-01-01 10:05:00"
	l := load(t, testFramework, qualtricsBook, qualtrics(
		times+",Survey Preview,10,5,False,R_1,,,No",
		times+",Survey Test,10,5,False,R_1,,,No",
		times+",Spam,10,5,False,R_1,,,No",
		times+",IP Address,10,5,False,R_1, ,,No",
		times+",IP Address,10,5,False,R_1,Agree,,No",
		times+",IP Address,100,5,True,R_1,Agree,,No",
		times+",IP Address,100,59.9,TRUE,R_1,Agree,,yes",
		times+",IP Address,100,60,True,R_1,Agree,,Yes",
		times+",IP Address,100,60,True,R_1,Disagree,, agreed ",
	)).quiet(t)
	want := []string{
		"a.csv 4: preview", "a.csv 5: test", "a.csv 6: spam", "a.csv 7: empty", "a.csv 8: unfinished", "a.csv 9: screened_out", "a.csv 10: speeder", "a.csv 11: duplicate",
	}
	if d := cmp.Diff(want, l.asideReasons()); d != "" {
		t.Errorf("set aside (-want +got):\n%s", d)
	}
	if len(l.rows) != 1 || l.rows[0].Items["want"] != "Disagree" {
		t.Errorf("respondents %v", l.rows)
	}
	if got := l.Ledgers[0]; got.Rows != 9 || got.Respondents != 1 || len(got.SetAside) != 8 {
		t.Errorf("ledger %+v", got)
	}
}

// An invalid answer, an unsure one and a tick count as answered; what only marks
// a question as seen does not.
func TestEmpty(t *testing.T) {
	book := lines("version: 1", "unknown: invalid", "missing: {\"-99\": seen_unanswered, N/A: not_applicable}", "items: {want: {column: Q1}, skills: {column: Q3}}",
		"choices: {barriers: {column: Q4, separator: \", \"}}")
	for cell, empty := range map[string]bool{",,": true, "-99,,": true, ",-99,-99": true, "Unsure,,": false, "n/a,,": false, "what?,,": false, ",99,": false, ",,Lack of time": false, ",,something": false, ",,N/A": false} {
		l := load(t, testFramework, book, lines("Name,Q1,Q3,Q4", "x,"+cell, "x,Agree,1,"))
		if got := len(l.SetAside) == 1; got != empty {
			t.Errorf("%q is empty: %t, want %t", cell, got, empty)
		}
	}
}

func TestUnfinishedCount(t *testing.T) {
	book := lines("version: 1", "items: {want: {column: Q1}}")
	l := load(t, testFramework, book, qualtrics(
		"2024-01-01 10:00:00,2024-01-01 10:05:00,IP Address,10,5,False,R_1,Agree,,",
		"2024-01-01 10:00:00,2024-01-01 10:05:00,IP Address,100,5,True,R_2,Agree,,"))
	if want := `exports/a.csv: warning: 1 unfinished row counts as a respondent; a keep rule on "Finished" would set them aside` + "\n"; said(l.diags) != want {
		t.Errorf("said %q, want %q", said(l.diags), want)
	}
	if len(l.rows) != 2 {
		t.Errorf("%d respondents, want 2", len(l.rows))
	}
}

// `answered` keeps any value, also beside others that would not.
func TestKeepAnswered(t *testing.T) {
	for rule, want := range map[string]int{"answered": 3, "[\"no\", answered]": 3, "\"no\"": 1, "[\"no\", \"YES \"]": 2} {
		book := lines("version: 1", "keep: {Trust: "+rule+"}", "items: {want: {column: Q1}}")
		l := load(t, testFramework, book, lines("Trust,Q1", "yes,Agree", "No,Agree", "\u00a0,Agree", ",Agree", "\u00fcber,Agree")).quiet(t)
		if len(l.rows) != want {
			t.Errorf("keep %s: %d respondents, want %d", rule, len(l.rows), want)
		}
	}
}

// Without a duration, speed is told by start and end; a duration that cannot be
// read is counted and sets nobody aside.
func TestSpeeders(t *testing.T) {
	book := lines("version: 1", "min_seconds: 90", "items: {want: {column: Q1}}")
	l := load(t, testFramework, book, lines("Started,Ended,Q1",
		"14/05/2024 10:00:00,14/05/2024 10:01:29,Agree", "14/05/2024 10:00:00,14/05/2024 10:01:30,Agree", "14/05/2024 23:59:00,15/05/2024 00:00:29,Agree", ",14/05/2024 10:00:01,Agree")).quiet(t)
	if d := cmp.Diff([]string{"a.csv 2: speeder", "a.csv 4: speeder"}, l.asideReasons()); d != "" {
		t.Error(d)
	}
	l = load(t, testFramework, book, lines("Duration,Q1", "89,Agree", "90,Agree", "a while,Agree", ",Agree"))
	if d := cmp.Diff([]string{"a.csv 2: speeder"}, l.asideReasons()); d != "" {
		t.Error(d)
	}
	if want := "exports/a.csv, column \"Duration\": warning: not a duration in 1 row (row 4)\n"; said(l.diags) != want {
		t.Errorf("said %q", said(l.diags))
	}
}

// However many rows a wave has, and over however many files they are spread: rows
// are respondents and rows set aside, and the respondents are the same for any
// number of goroutines.
func TestAnySplitGivesTheSame(t *testing.T) {
	cell := rapid.SampledFrom([]string{"Agree", "Neither", "Disagree", "Unsure", "", "-99", "no answer of ours", "Not applicable"})
	book := lines("version: 1", "id: ID", "completed: End", "unknown: invalid", "missing: {\"-99\": seen_unanswered}", "keep: {Finished: \"yes\"}",
		"items: {want: {column: Q1}, worth: {column: Q2}}", "variables: {trust: {column: Trust}}")
	head := "ID,End,Finished,Q1,Q2,Trust"
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		var rows []string
		for i := range rapid.IntRange(1, 40).Draw(t, "rows") {
			rows = append(rows, fmt.Sprintf("%d,2024-01-%02d,%s,%s,%s,T%d", rapid.IntRange(1, 20).Draw(t, "id"), rapid.IntRange(1, 28).Draw(t, "day"),
				rapid.SampledFrom([]string{"yes", "yes", "yes", "no"}).Draw(t, "finished"), cell.Draw(t, "q1"), cell.Draw(t, "q2"), i%3))
		}
		whole := loadJobs(outer, 1, testFramework, book, lines(append([]string{head}, rows...)...))
		marked := strings.Contains(strings.Join(rows, "\n"), "-99")
		cut := rapid.IntRange(0, len(rows)).Draw(t, "cut")
		if cut == 0 || cut == len(rows) {
			return
		}
		// A mark holds for its file, so both files are to have one or neither.
		extra := []string{}
		if marked {
			extra = []string{"1,2024-01-01,no,-99,-99,T0"}
		}
		parts := []string{lines(append(append([]string{head}, extra...), rows[:cut]...)...), lines(append(append([]string{head}, extra...), rows[cut:]...)...)}
		split := loadJobs(outer, 4, testFramework, book, parts...)
		if d := cmp.Diff(whole.rows, split.rows); d != "" {
			t.Fatalf("respondents of one file and of two (-one +two):\n%s", d)
		}
		if got := split.Ledgers[0].Rows + split.Ledgers[1].Rows; got != len(rows)+2*len(extra) {
			t.Fatalf("%d rows, want %d", got, len(rows)+2*len(extra))
		}
	})
}
