package normalise

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A single check box is read without anybody saying what joins its ticks to others:
// as a column that names its option, and as the only option of its question. All of
// it is made up.
func TestSingleBox(t *testing.T) {
	framework := strings.Replace(testFramework, `{hours: Lack of time, funding: "Money, or staff", other: Other}`, "{hours: Lack of time}", 1)
	for name, tc := range map[string]struct{ framework, column, export, want string }{
		"an option of several": {testFramework, "What stops you? - Lack of time",
			"Respondent ID,Q1,What stops you?,Why?\n,Response,Lack of time,Response\n1,Agree,Lack of time,a\n2,Agree,,b\n", "ticked, no column, no column; seen_unanswered, no column, no column"},
		"codes": {strings.Replace(framework, "hours: Lack of time", `hours: "1"`, 1), "stops___1",
			"record_id,q1,stops___1,form_complete\n1,Agree,1,2\n2,Agree,0,2\n", "ticked, no column, no column; not ticked, no column, no column"},
		"the only option": {framework, "Q4", "Q1,Q4\nAgree,Lack of time\nAgree,\nAgree,Yes\n", "ticked, no column, no column; seen_unanswered, no column, no column; ticked, no column, no column"},
	} {
		book := lines("version: 1", "items: {want: {column: q1}}", "choices: {barriers: {column: \""+tc.column+"\"}}")
		l := load(t, tc.framework, book, tc.export).quiet(t)
		var got []string
		for _, r := range l.rows {
			got = append(got, ticks(r))
		}
		if got := strings.Join(got, "; "); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
	book := lines("version: 1", "items: {want: {column: Q1}}", "choices: {barriers: {column: Q4}}")
	if l := load(t, testFramework, book, "Q1,Q4\nAgree,Other\n"); !strings.Contains(said(l.diags), "what joins the ticked options") {
		t.Errorf("three options in one column of a generic export: %s", said(l.diags))
	}
}

// What stands under an open "Other" that no option names is counted and never
// quoted; the words to a tick that has a column of its own are not.
func TestOpenWithoutOption(t *testing.T) {
	framework := strings.Replace(testFramework, ", other: Other}", "}", 1)
	book := lines("version: 1", "items: {want: {column: Q1}}", `choices: {barriers: {columns: "Q4_*"}}`)
	ids := strings.ReplaceAll("{'ImportId':'_recordId'}|{'ImportId':'QID1'}|{'ImportId':'QID4','choiceId':'1'}|{'ImportId':'QID4','choiceId':'2'}|{'ImportId':'QID4_8_TEXT'}", "'", `""`)
	head := "ResponseId,Q1,Q4_1,Q4_2,Q4_8_TEXT\nId,Q1,Why? - Lack of time,\"Why? - Money, or staff\",Why? - Other - Text\n\"" + strings.ReplaceAll(ids, "|", `","`) + "\"\n"
	rows := "R_000000000000001,Agree,Lack of time,,the lift\nR_000000000000002,Agree,,,\nR_000000000000003,Agree,,,the stairs\n"
	l := load(t, framework, book, head+rows)
	if d := cmp.Diff([]RejectedCount{{"Q4_8_TEXT", Unlisted, 2}}, l.Ledgers[0].Rejected); d != "" {
		t.Error(d)
	}
	if said := said(l.diags); !strings.Contains(said, "warning: open answer without an option in") || !strings.Contains(said, "2 rows (rows 4, 6)") || strings.Contains(said, "stairs") {
		t.Errorf("said %s", said)
	}
	head = strings.Replace(strings.Replace(head, ",Q4_2,", ",Q4_8,", 1), `"Why? - Money, or staff"`, "Why? - Other", 1)
	framework = strings.Replace(testFramework, `funding: "Money, or staff", `, "", 1)
	load(t, framework, book, head+strings.ReplaceAll(rows, ",,the stairs", ",Other,the stairs")).quiet(t)
}

// Of a workbook with several sheets the account says which was read.
func TestSheetOfSeveral(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "exports", "generic-sheets.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	book := lines("version: 1", "items: {want: {column: Skills}}")
	l := load(t, testFramework, book, string(data)).quiet(t)
	if got := l.Ledgers[0]; got.Sheet != "Data" || got.Rows != 3 {
		t.Errorf("ledger %+v", got)
	}
}
