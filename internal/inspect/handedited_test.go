package inspect

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// madeUpSurvey is the export of a made-up survey as a platform lays it out: rows of
// headings, and a response to each question from everybody.
type madeUpSurvey struct {
	headings [][]string
	own      func(i int) []string // the platform's own cells of response i
}

// answersOf are a made-up respondent's: role, other role, two ticks, two views,
// hours and words.
func answersOf(i int) []string {
	pick := func(options ...string) string { return options[i%len(options)] }
	return []string{
		pick("Doctor", "Nurse", "Nurse", "Manager", "Doctor"), pick("", "", "", "", "", "", "zqother physicist"),
		pick("Lack of time", ""), pick("", "Lack of money", "Lack of money"),
		pick("Agree", "Strongly agree", "Disagree", "Agree", "Strongly disagree"), pick("Disagree", "Agree", "Agree"),
		pick("4", "7.5", "0", "37", "12", "3.25", "20"), pick("", "zqwords, and more of them", "zqwords "+fmt.Sprint(i)),
	}
}

const respondents = 30

// rows is the survey as a table.
func (s madeUpSurvey) rows() [][]string {
	var out [][]string
	for _, row := range s.headings {
		out = append(out, slices.Clone(row))
	}
	for i := range respondents {
		out = append(out, append(s.own(i), answersOf(i)...))
	}
	return out
}

const (
	kindsOfAnswers = " single text multiple multiple scale scale number text"
	rolesOfAnswers = " question question question question question question question question"
)

func headingRows(lines ...string) [][]string {
	var out [][]string
	for _, line := range lines {
		out = append(out, strings.Split(line, "|"))
	}
	return out
}

var (
	madeUpQualtrics = madeUpSurvey{headingRows(
		`StartDate|Status|Finished|ResponseId|Q1|Q1_4_TEXT|Q2_1|Q2_2|Q3_1|Q3_2|Q4|Q5`,
		`Start Date|Response Type|Finished|Response ID|Your role?|Your role? - Other (please specify) - Text|What stops you? - Lack of time|What stops you? - Lack of money|Do you agree? - It matters|Do you agree? - I can|Hours a week?|Why?`,
		`{"ImportId":"startDate"}|{"ImportId":"status"}|{"ImportId":"finished"}|{"ImportId":"_recordId"}|{"ImportId":"QID1"}|{"ImportId":"QID1_4_TEXT"}|{"ImportId":"QID2","choiceId":"1"}|{"ImportId":"QID2","choiceId":"2"}|{"ImportId":"QID3_1"}|{"ImportId":"QID3_2"}|{"ImportId":"QID4_TEXT"}|{"ImportId":"QID5_TEXT"}`),
		func(i int) []string {
			return []string{"2024-03-01 10:00:00", []string{"IP Address", "Survey Preview"}[i%10/9], []string{"True", "True", "False"}[i%3], fmt.Sprintf("R_%015d", i)}
		}}
	madeUpMonkey = madeUpSurvey{headingRows(
		`Respondent ID|Start Date|Email Address|Your role?||What stops you?||Do you agree?||Hours a week?|Why?`,
		`|||Response|Other (please specify)|Lack of time|Lack of money|It matters|I can|Open-Ended Response|Open-Ended Response`),
		func(i int) []string {
			return []string{fmt.Sprint(11400000001 + i), fmt.Sprintf("03/%02d/2024 10:00:00", 1+i%28), fmt.Sprintf("zqmail%d@example.org", i)}
		}}
	madeUpForms = madeUpSurvey{headingRows(
		`ID|Start time|Completion time|Email|Name|Your role?|Your role? Please specify other|What stops you? - Time|What stops you? - Money|It matters|I can|Hours a week?|Why?`),
		func(i int) []string {
			return []string{fmt.Sprint(i + 1), "3/1/24 10:00", "3/1/24 10:05", "anonymous", ""}
		}}
	madeUpLime = madeUpSurvey{headingRows(
		`id|submitdate|lastpage|startlanguage|role|role[other]|stops[1]|stops[2]|agree[1]|agree[2]|hours|why`),
		func(i int) []string {
			return []string{fmt.Sprint(i + 1), []string{"2024-03-01 10:00:00", ""}[i%6/5], "3", "en"}
		}}
	madeUpTable = madeUpSurvey{headingRows(
		`Staff survey ID|Your role?|If other, please specify|What stops you? - Lack of time|What stops you? - Lack of money|It matters|I can|Hours a week?|Why?`),
		func(i int) []string { return []string{fmt.Sprint(900 + i)} }}
)

// An edit is what somebody did to the table; a save is how it was written.
type edit func([][]string) [][]string

func titled(titles ...string) edit {
	return func(rows [][]string) [][]string {
		var out [][]string
		for _, title := range titles {
			out = append(out, append([]string{title}, make([]string, len(rows[0])-1)...))
		}
		return append(out, rows...)
	}
}

// without takes columns out by their first heading.
func without(headings ...string) edit {
	return columnsBy(func(rows [][]string) (order []int) {
		for i, h := range rows[0] {
			if !strings.Contains("|"+strings.Join(headings, "|")+"|", "|"+h+"|") || h == "" {
				order = append(order, i)
			}
		}
		return order
	})
}

// turned puts the first n columns last.
func turned(n int) edit {
	return columnsBy(func(rows [][]string) (order []int) {
		for i := range rows[0] {
			order = append(order, (i+n)%len(rows[0]))
		}
		return order
	})
}

// columnsBy takes columns by their places, -1 for a blank one.
func columnsBy(places func([][]string) []int) edit {
	return func(rows [][]string) [][]string {
		order := places(rows)
		var out [][]string
		for _, row := range rows {
			cells := make([]string, len(order))
			for to, from := range order {
				if from >= 0 {
					cells[to] = row[from]
				}
			}
			out = append(out, cells)
		}
		return out
	}
}

func blankColumn(at int) edit {
	return columnsBy(func(rows [][]string) (order []int) {
		for i := range rows[0] {
			if i == at {
				order = append(order, -1)
			}
			order = append(order, i)
		}
		return order
	})
}

// heading renames a heading in a row of headings.
func heading(row int, old, name string) edit {
	return func(rows [][]string) [][]string {
		for i, h := range rows[row] {
			if h == old {
				rows[row][i] = name
			}
		}
		return rows
	}
}

func rowsOut(from, to int) edit {
	return func(rows [][]string) [][]string { return append(rows[:from:from], rows[to:]...) }
}

func blankRows(at, n int) edit {
	return func(rows [][]string) [][]string {
		blank := make([][]string, n)
		for i := range blank {
			blank[i] = make([]string, len(rows[0]))
		}
		return append(rows[:at:at], append(blank, rows[at:]...)...)
	}
}

func blankTail(n int) edit {
	return func(rows [][]string) [][]string { return blankRows(len(rows), n)(rows) }
}

func numbersAbove(rows [][]string) [][]string {
	numbers := make([]string, len(rows[0]))
	for i := range numbers {
		numbers[i] = fmt.Sprint(i)
	}
	return append([][]string{numbers}, rows...)
}

// saved writes a table with a separator, a line end, and bytes before it.
func saved(rows [][]string, separator rune, end, before string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = separator
	if err := w.WriteAll(rows); err != nil {
		panic(err)
	}
	return before + strings.ReplaceAll(b.String(), "\n", end)
}

// facts are what of a report everybody can check by eye.
func facts(r *Report) string {
	kind, role := []string{}, []string{}
	for _, c := range r.Columns {
		kind, role = append(kind, string(c.Kind)), append(role, string(c.Role))
	}
	return fmt.Sprintf("%s %s, %d headings, %d columns, %d rows, %d set aside, %d unfinished\n%s\n%s", r.Platform, r.Variant, r.HeaderRows, len(r.Columns),
		r.Rows, r.SetAside.Total(), r.Unfinished, strings.Join(role, " "), strings.Join(kind, " "))
}

// Made-up exports of made-up people, edited and saved again as people do: what they
// are is found all the same, and nobody's words or addresses are said.
func TestHandEdited(t *testing.T) {
	q := "time status status id" + rolesOfAnswers + "\ndate single single text" + kindsOfAnswers
	m := "id time personal" + rolesOfAnswers + "\nnumber date text" + kindsOfAnswers
	f := "id time time personal personal" + rolesOfAnswers + "\nnumber date date text empty" + kindsOfAnswers
	l := "id time status other" + rolesOfAnswers + "\nnumber date single single" + kindsOfAnswers
	g := "id" + rolesOfAnswers + "\nnumber" + kindsOfAnswers
	for name, tc := range map[string]struct {
		survey      madeUpSurvey
		edits       []edit
		separator   rune
		end, before string
		want        string
	}{
		"Qualtrics as written":         {survey: madeUpQualtrics, want: "qualtrics current, 3 headings, 12 columns, 30 rows, 3 set aside, 9 unfinished\n" + q},
		"Qualtrics under titles":       {survey: madeUpQualtrics, edits: []edit{titled("Staff survey", "", "Kept by the team")}, want: "qualtrics current, 5 headings, 12 columns, 30 rows, 3 set aside, 9 unfinished\n" + q},
		"Qualtrics, numbered columns":  {survey: madeUpQualtrics, edits: []edit{numbersAbove}, want: "qualtrics current, 4 headings, 12 columns, 30 rows, 3 set aside, 9 unfinished\n" + q},
		"Qualtrics without import ids": {survey: madeUpQualtrics, edits: []edit{rowsOut(2, 3)}, want: "qualtrics no import ids, 2 headings, 12 columns, 30 rows, 3 set aside, 9 unfinished\n" + q},
		"Qualtrics, names only":        {survey: madeUpQualtrics, edits: []edit{rowsOut(1, 3)}, separator: ';', want: "qualtrics names only, 1 headings, 12 columns, 30 rows, 3 set aside, 9 unfinished\n" + q},
		"Qualtrics without its own":    {survey: madeUpQualtrics, edits: []edit{without("StartDate", "Status", "Finished", "ResponseId")}, want: "qualtrics current, 3 headings, 8 columns, 30 rows, 0 set aside, 0 unfinished\n" + strings.TrimPrefix(rolesOfAnswers, " ") + "\n" + strings.TrimPrefix(kindsOfAnswers, " ")},
		"names and texts only": {survey: madeUpQualtrics, edits: []edit{rowsOut(2, 3), without("StartDate", "Status", "Finished", "ResponseId")},
			want: "generic , 2 headings, 8 columns, 30 rows, 0 set aside, 0 unfinished\n" + strings.TrimPrefix(rolesOfAnswers, " ") + "\n" + strings.TrimPrefix(kindsOfAnswers, " ")},
		"SurveyMonkey as written":       {survey: madeUpMonkey, want: "surveymonkey condensed, 2 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + m},
		"SurveyMonkey, CR CR LF":        {survey: madeUpMonkey, end: "\r\r\n", want: "surveymonkey condensed, 2 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + m},
		"SurveyMonkey, lone CR":         {survey: madeUpMonkey, end: "\r", want: "surveymonkey condensed, 2 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + m},
		"SurveyMonkey, sep=":            {survey: madeUpMonkey, separator: ';', end: "\r\n", before: "sep=;\r\n", want: "surveymonkey condensed, 2 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + m},
		"SurveyMonkey and a long tail":  {survey: madeUpMonkey, edits: []edit{blankTail(300), blankRows(7, 2)}, want: "surveymonkey condensed, 2 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + m},
		"SurveyMonkey, headings again":  {survey: madeUpMonkey, edits: []edit{func(rows [][]string) [][]string { copy(rows[1], rows[0][:3]); return rows }}, want: "surveymonkey condensed, 2 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + m},
		"SurveyMonkey without its id":   {survey: madeUpMonkey, edits: []edit{without("Respondent ID")}, want: "surveymonkey condensed, 2 headings, 10 columns, 30 rows, 0 set aside, 0 unfinished\n" + strings.NewReplacer("id time", "time", "number date", "date").Replace(m)},
		"SurveyMonkey and a gap":        {survey: madeUpMonkey, edits: []edit{blankColumn(3)}, want: "surveymonkey condensed, 2 headings, 12 columns, 30 rows, 0 set aside, 0 unfinished\n" + strings.NewReplacer("personal", "personal other", "date text", "date text empty").Replace(m)},
		"SurveyMonkey, a lost heading":  {survey: madeUpMonkey, edits: []edit{heading(0, "Why?", "#NAME?")}, want: "surveymonkey condensed, 2 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + m},
		"Forms saved from Excel":        {survey: madeUpForms, separator: ';', end: "\r\n", before: "\uFEFF", want: "msforms , 1 headings, 13 columns, 30 rows, 0 set aside, 0 unfinished\n" + f},
		"Forms, a heading renamed":      {survey: madeUpForms, edits: []edit{heading(0, "Completion time", "End")}, want: "msforms , 1 headings, 13 columns, 30 rows, 0 set aside, 0 unfinished\n" + f},
		"Forms, renamed under a title":  {survey: madeUpForms, edits: []edit{heading(0, "Completion time", "End"), titled("Staff survey")}, want: "msforms , 2 headings, 13 columns, 30 rows, 0 set aside, 0 unfinished\n" + f},
		"Forms under a title":           {survey: madeUpForms, edits: []edit{titled("Staff survey")}, want: "msforms , 2 headings, 13 columns, 30 rows, 0 set aside, 0 unfinished\n" + f},
		"LimeSurvey as written":         {survey: madeUpLime, separator: ';', end: "\r\n", before: "\uFEFF", edits: []edit{blankTail(1)}, want: "limesurvey codes, 1 headings, 12 columns, 30 rows, 0 set aside, 5 unfinished\n" + l},
		"LimeSurvey, columns turned":    {survey: madeUpLime, edits: []edit{turned(4)}, want: "limesurvey codes, 1 headings, 12 columns, 30 rows, 0 set aside, 5 unfinished\n" + strings.TrimPrefix(rolesOfAnswers, " ") + " id time status other\n" + strings.TrimPrefix(kindsOfAnswers, " ") + " number date single single"},
		"a table":                       {survey: madeUpTable, want: "generic , 1 headings, 9 columns, 30 rows, 0 set aside, 0 unfinished\n" + g},
		"a table with tabs":             {survey: madeUpTable, separator: '\t', want: "generic , 1 headings, 9 columns, 30 rows, 0 set aside, 0 unfinished\n" + g},
		"a table under a title":         {survey: madeUpTable, edits: []edit{titled("Staff survey")}, want: "generic , 2 headings, 9 columns, 30 rows, 0 set aside, 0 unfinished\n" + g},
		"a table, letters above":        {survey: madeUpTable, edits: []edit{func(rows [][]string) [][]string { return append(headingRows("A|B|C|D|E|F|G|H|I"), rows...) }}, want: "generic , 2 headings, 9 columns, 30 rows, 0 set aside, 0 unfinished\n" + g},
		"a table and blank headings":    {survey: madeUpTable, edits: []edit{func(rows [][]string) [][]string { rows[0] = append(rows[0], "", ""); return rows }}, want: "generic , 1 headings, 11 columns, 30 rows, 0 set aside, 0 unfinished\n" + strings.NewReplacer("question\n", "question other other\n").Replace(g) + " empty empty"},
		"a table, spaces beside quotes": {survey: madeUpTable, before: "", end: "\n", edits: []edit{heading(0, "Why?", "Why, and how?")}, want: "generic , 1 headings, 9 columns, 30 rows, 0 set aside, 0 unfinished\n" + g},
	} {
		t.Run(name, func(t *testing.T) {
			rows := tc.survey.rows()
			for _, e := range tc.edits {
				rows = e(rows)
			}
			if tc.separator == 0 {
				tc.separator = ','
			}
			if tc.end == "" {
				tc.end = "\n"
			}
			text := saved(rows, tc.separator, tc.end, tc.before)
			if strings.Contains(name, "spaces") {
				text = strings.ReplaceAll(text, `,"`, `, "`)
			}
			path := filepath.Join(t.TempDir(), "made-up.csv")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			r := reportOf(t, path, Options{Jobs: 2})
			if d := cmp.Diff(tc.want, facts(r)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			for _, p := range r.Problems {
				if p.Severity == diag.Error {
					t.Error(p)
				}
			}
			if said := fold.String(fmt.Sprint(r.Record(), r.Problems)); strings.Contains(said, "zq") {
				t.Errorf("respondents' own words: %s", said)
			}
		})
	}
}
