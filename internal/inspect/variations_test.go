package inspect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/fold"
)

// Ticks with answers of their own typed in beside the options are ticks, however
// many type; sentences that come back and hold commas are not. All of it is made up.
func TestTypedBesideTicks(t *testing.T) {
	options := []string{"Lack of time", "Lack of money", "Lack of skills"}
	for name, tc := range map[string]struct {
		n    int
		cell func(i int) string
		want Kind
	}{
		"one in three types":  {60, func(i int) string { return ticksAnd(options, i, i%3 == 0) }, Multiple},
		"hundreds type":       {900, func(i int) string { return ticksAnd(options, i, i%3 == 0) }, Multiple},
		"of eight":            {8, func(i int) string { return ticksAnd(options, i, i == 3) }, Multiple},
		"sentences come back": {60, func(i int) string { return []string{"No, it is far", "Yes, it is near", "I am new, so ask later"}[i%3] }, Single},
		"places and posts":    {60, func(i int) string { return []string{"Nursing, ward", "Nursing, clinic", "Medical, ward"}[i%3] }, Single},
		"every one its own":   {900, func(i int) string { return fmt.Sprintf("thing %d, and thing %d", i, i+1) }, Text},
	} {
		rows := [][]string{{"Timestamp", "What stops you?"}}
		for i := range tc.n {
			rows = append(rows, []string{fmt.Sprintf("3/%d/2024 9:%02d:%02d", 1+i%28, i/60%60, i%60), tc.cell(i)})
		}
		r := report(t, "made-up.csv", rows)
		if got := r.Columns[1].Kind; got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
		if said := fold.String(fmt.Sprint(r.Record())); strings.Contains(said, "zq") {
			t.Errorf("%s: what was typed is said: %s", name, said)
		}
		for _, p := range r.Problems {
			if p.Code == "contradictory-labels" {
				t.Errorf("%s: %s", name, p.Message)
			}
		}
	}
}

// ticksAnd are some of the options, and now and then words that end in a number and
// sound like a scale's.
func ticksAnd(options []string, i int, types bool) string {
	var out []string
	for k, o := range options {
		if (i>>k)&1 == 1 || i%7 == k {
			out = append(out, o)
		}
	}
	if types {
		out = append(out, fmt.Sprintf("zqnone of the above%d", i))
	}
	return strings.Join(out, ", ")
}

// A file without headings begins with a response, whoever wrote it: that is said,
// and no word of any respondent is.
func TestWithoutHeadings(t *testing.T) {
	for name, cells := range map[string]func(i int) []string{
		"qualtrics": func(i int) []string {
			return []string{"2024-03-01 10:00:00", "IP Address", "100", "True", fmt.Sprintf("R_%015d", i), []string{"zqkhan", "zqsmith"}[i%2], "Agree"}
		},
		"surveymonkey": func(i int) []string {
			return []string{fmt.Sprint(11400000000 + i), "03/01/2024 10:00:00", "10.0.0.1", []string{"zqkhan", "zqsmith"}[i%2], "Agree"}
		},
	} {
		var rows [][]string
		for i := range 40 {
			rows = append(rows, cells(i))
		}
		r := report(t, "made-up.csv", rows)
		if !coded(r.Problems, "no-headings") {
			t.Errorf("%s: %s, problems %v", name, r.Platform, r.Problems)
		}
		if said := fold.String(fmt.Sprint(r.Record())); strings.Contains(said, "zq") || strings.Contains(said, "10.0.0.1") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// Headings of any form come again when a table is pasted twice: one row of them, or
// three.
func TestPastedTwice(t *testing.T) {
	for name, s := range map[string]madeUpSurvey{"forms": madeUpForms, "qualtrics": madeUpQualtrics, "surveymonkey": madeUpMonkey, "limesurvey": madeUpLime, "smartsurvey": {headingRows(
		`UserID|Started|Ended|Page 1|||||||`, `|||Your role?||What stops you?||Do you agree?||Hours a week?|Why?`, `||||Other (please specify)|Lack of time|Lack of money|It matters|I can||`),
		func(i int) []string {
			return []string{fmt.Sprint(9021000 + i), "01/03/2024 10:00:00", "01/03/2024 10:05:00"}
		}}} {
		rows := s.rows()
		r := report(t, "made-up.csv", append(rows, rows...))
		heads := len(s.headings)
		said := 0
		for _, p := range r.Problems {
			if p.Code == "repeated-headings" && strings.Contains(p.Message, plural(heads, "row")) {
				said++
			}
		}
		if said != 1 || r.Rows != 2*respondents+heads {
			t.Errorf("%s: %d rows, problems %v", name, r.Rows, r.Problems)
		}
	}
}

// What hand-editing makes of headings and tables, and what they are all the same.
func TestEditedHeadings(t *testing.T) {
	responses := func(n int, line string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, strings.ReplaceAll(line, "#", "%[1]d"), i)
		}
		return b.String()
	}
	for name, tc := range map[string]struct{ text, want string }{
		"Google in Polish, under a title": {"Ankieta,,\nSygnatura czasowa,Your role?,Do you agree?\n" + responses(12, "3/4/2024 10:11:1#,Nurse,Agree\n"), "googleforms  2 time question question"},
		"Google in Japanese":              {"タイムスタンプ,Your role?\n" + responses(12, "2024/03/04 10:11:1#,Nurse\n"), "googleforms  1 time question"},
		"Jisc, a heading like a code":     {"Unique Response Number,1. Your role?,2. Do you agree?,Q98\n" + responses(12, "638954-638945-6546162#,Nurse,Agree,x\n"), "jisc labelled 1 id question question question"},
		"REDCap in capitals":              {"RECORD_ID,REDCAP_SURVEY_IDENTIFIER,ROLE,STOPS___1,STAFF_COMPLETE\n" + responses(12, "#,,1,1,2\n"), "redcap raw 1 id personal question question status"},
		"columns and rows numbered":       {",0,1,2\n0,Respondent ID,Start Date,Your role?\n" + responses(12, "#,1140000000#,03/04/2024 10:11,Nurse\n"), "surveymonkey cleaned 2 question id time question"},
		"a number by its code":            {"ResponseId,NHS number,Q1\nResponse ID,A further question,Do you agree?\n\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID98_TEXT\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n" + responses(12, "R_00000000000001#,94347600#,Agree\n"), "qualtrics current 3 id personal question"},
	} {
		path := filepath.Join(t.TempDir(), "made-up.csv")
		if err := os.WriteFile(path, []byte(tc.text), 0o600); err != nil {
			t.Fatal(err)
		}
		r := reportOf(t, path, Options{Jobs: 1})
		got := fmt.Sprintf("%s %s %d", r.Platform, r.Variant, r.HeaderRows)
		for _, c := range r.Columns {
			got += " " + string(c.Role)
		}
		if got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

// In a coded Jisc export the words to a question's "Other" lie beside its ticks.
func TestJiscTicks(t *testing.T) {
	rows := [][]string{{"URN", "Q4_1", "Q4_2", "Q4_3", "Q4_a", "CompletionDate"}}
	for i := range 30 {
		rows = append(rows, []string{fmt.Sprintf("638954-638945-65461%03d", i), fmt.Sprint(i % 2), fmt.Sprint(i / 2 % 2), fmt.Sprint(i % 5 / 4), []string{"", "", "", "", "zqwords " + fmt.Sprint(i)}[i%5], "2024-03-04"})
	}
	r := report(t, "made-up.csv", rows)
	var got []string
	for _, c := range r.Columns {
		got = append(got, string(c.Kind))
	}
	if kinds := strings.Join(got, " "); kinds != "text multiple multiple multiple text date" {
		t.Error(kinds)
	}
}

// A sheet that is named for a text file is not passed over in silence.
func TestNoSheets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made-up.csv")
	if err := os.WriteFile(path, []byte("id,Your role?\n1,Nurse\n2,Doctor\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := reportOf(t, path, Options{Sheet: "Data"}); !coded(r.Problems, "no-sheets") {
		t.Errorf("problems %v", r.Problems)
	}
}
