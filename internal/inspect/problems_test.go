package inspect

import (
	"fmt"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
)

// table makes rows of an id, a time, and the columns' cells, repeated to n rows.
func table(n int, headings []string, cells ...[]string) [][]string {
	rows := [][]string{append([]string{"id", "submitted"}, headings...)}
	for i := range n {
		row := []string{fmt.Sprintf("x%d", i), fmt.Sprintf("2024-03-14 09:%02d:%02d", i/60, i%60)}
		for _, c := range cells {
			row = append(row, c[i%len(c)])
		}
		rows = append(rows, row)
	}
	return rows
}

// Every check finds what it is for: its code, severity, row and column, and words
// of its message.
func TestProblems(t *testing.T) {
	roles := []string{"Doctor", "Nurse", "Nurse", "Porter"}
	edit := func(rows [][]string, f func([][]string) [][]string) [][]string { return f(rows) }
	last := func(row ...string) func([][]string) [][]string {
		return func(rows [][]string) [][]string { return append(rows, row) }
	}
	for name, tc := range map[string]struct {
		rows [][]string
		want string // code severity row column: words
	}{
		"excel dates": {table(40, []string{"Years"}, []string{"5-Jan", "10-Jun", "25-Nov", "26-100"}),
			`excel-dates warning 2 Years: 30 answers are dates beside ranges`},
		"two orders":         {table(40, []string{"Q"}, []string{"No, not at all rude", "Yes, very rude", "No, not rude at all", "Yes, very rude", "No, not at all rude"}), `two-wordings warning 0 Q: "No, not rude at all" may be the same answer as "No, not at all rude"`},
		"two spellings":      {table(40, []string{"Q"}, []string{"Definitely", "Definately", "Perhaps not", "Definitely"}), `two-wordings warning 0 Q: "Definately" is one letter away from "Definitely"`},
		"opposite labels":    {table(40, []string{"Q"}, []string{"4 ... (Agree)", "2. ... (Agree)", "3", "5. ... (Strongly disagree)"}), `contradictory-labels error 0 Q: numbered labels contradict each other: `},
		"one digit twice":    {table(40, []string{"Q"}, []string{"1 Agree", "1 Disagree", "2 Neutral"}), `contradictory-labels error 0 Q: numbered labels contradict each other: `},
		"e-mails":            {table(20, []string{"Contact us at"}, []string{"a.b@example.org", "c.d@example.org"}), `personal-data warning 0 Contact us at: column 3 (C) holds e-mail addresses, in 20 cells`},
		"an e-mail":          {table(20, []string{"Thoughts"}, []string{"none", "fine", "write to a.b@example.org please", "so so", "good"}), `personal-data warning 4 Thoughts: 4 cells of column 3 (C) may hold e-mail addresses (rows 4, 9, 14, 19)`},
		"postcodes":          {table(20, []string{"Where"}, []string{"LS2 9JT", "YO1 7HH", "SW1A 1AA"}), `personal-data warning 0 Where: column 3 (C) holds postcodes`},
		"births":             {table(20, []string{"When"}, []string{"14/02/1980", "1/3/1971", "30/12/1992"}), `personal-data warning 0 When: column 3 (C) holds dates of birth`},
		"names":              {table(20, []string{"Who"}, []string{"Jane Smith", "Dr Ahmed Khan", "Sarah Jones"}), `personal-data warning 0 Who: column 3 (C) holds names of people`},
		"mojibake":           {table(20, []string{"Q"}, []string{"fine", "donâ€™t know", "fine", "fine"}), `mojibake warning 3 Q: 5 cells with characters that were decoded wrongly`},
		"broken heading":     {table(20, []string{"CafÃ©"}, roles), `mojibake warning 0 CafÃ©: the heading of column 3`},
		"error texts":        {table(20, []string{"Q"}, []string{"fine", "#NAME?", "fine", "#REF!"}), `spreadsheet-error warning 3 Q: 10 cells that a spreadsheet could not work out`},
		"error heading":      {table(20, []string{"#NAME?"}, roles), `spreadsheet-error warning 0 #NAME?: the heading of column 3`},
		"same headings":      {table(20, []string{"Role", "role "}, roles, roles), `duplicate-name warning 0 Role: 2 columns have this name: 3, 4`},
		"no heading":         {table(20, []string{""}, roles), `blank-heading warning 0 column 3: there is no heading over 20 answers (column C)`},
		"blank columns":      {table(20, []string{"Role", "A", "B"}, roles, []string{""}, []string{""}), `blank-columns info 0 : 2 columns without any answer: 4, 5`},
		"epoch":              {table(20, []string{"Visited"}, []string{"2024-01-05", "1970-01-01", "2024-02-05"}), `epoch-date warning 0 Visited: 7 dates of 1970-01-01`},
		"anonymised":         {table(20, []string{"Visited"}, []string{"1980-01-01 00:00:00"}), `anonymised-dates info 0 Visited: all dates are 1980-01-01`},
		"decimal commas":     {table(20, []string{"Height"}, []string{"1,54", "1,845"}), `decimal-comma warning 0 Height: 10 numbers with a decimal comma`},
		"a total":            {edit(table(20, []string{"Role"}, roles), last("Total", "", "20")), `total-rows warning 22 : 1 row at the end that begin with Total`},
		"headings again":     {edit(table(20, []string{"Role"}, roles), last("id", "submitted", "Role")), `repeated-headings warning 22 : 1 row repeating the headings`},
		"all headings again": {edit(qualtricsRows(), func(rows [][]string) [][]string { return append(rows, rows[:3]...) }), `repeated-headings warning 24 : 3 rows repeating the headings`},
		"a row twice":        {edit(table(20, []string{"Role"}, roles), func(rows [][]string) [][]string { return append(rows, rows[4]) }), `repeated-rows warning 22 : 1 row the same as an earlier one`},
		"an id twice":        {edit(table(20, []string{"Role"}, roles), last("x3", "2024-03-15 10:00:00", "Nurse")), `repeated-ids warning 22 id: 1 row with an id that an earlier one has (row 22)`},
		"no headings":        {table(20, []string{"Role"}, roles)[1:], `no-headings error 0 : the headings are missing`},
		"two ticks":          {twoTicks(), `two-ticks warning 12 View [Agree]: 1 row with two or more answers ticked, where the columns 3 to 5`},
		"cross-tabulation":   {[][]string{{"", "All", "Doctor", "Nurse"}, {"Base", "120", "60", "60"}, {"Agree", "45%", "50%", "40%"}, {"Disagree", "55%", "50%", "60%"}}, `not-an-export error 0 : this looks like`},
	} {
		r := report(t, "made-up.csv", tc.rows)
		var said []string
		for _, d := range r.Problems {
			said = append(said, fmt.Sprintf("%s %s %d %s: %s", d.Code, d.Severity, d.Pos.Row, d.Pos.Column, d.Message))
		}
		found := 0
		for _, s := range said {
			if strings.HasPrefix(s, tc.want) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s: %q is not said once, but\n  %s", name, tc.want, strings.Join(said, "\n  "))
		}
	}
}

// qualtricsRows are an export of twenty responses.
func qualtricsRows() [][]string {
	rows := [][]string{
		{"StartDate", "Finished", "ResponseId", "Q1"}, {"Start Date", "Finished", "Response ID", "How far do you agree?"},
		{`{"ImportId":"startDate"}`, `{"ImportId":"finished"}`, `{"ImportId":"_recordId"}`, `{"ImportId":"QID1"}`},
	}
	for i := range 20 {
		rows = append(rows, []string{"2024-03-14 09:00:00", "1", fmt.Sprintf("R_%015d", i), fmt.Sprint(i%5 + 1)})
	}
	return rows
}

func twoTicks() [][]string {
	rows := table(30, []string{"View [Agree]", "View [Neutral]", "View [Disagree]"}, []string{"x", "", ""}, []string{"", "x", ""}, []string{"", "", "x"})
	rows[11][2], rows[11][3] = "x", "x"
	return rows
}

// A file with nothing wrong has no problems, not even a column that says one thing.
func TestNoProblems(t *testing.T) {
	r := report(t, "made-up.csv", table(40, []string{"Role", "Consent", "View", "Age"},
		[]string{"Doctor", "Nurse", "Nurse"}, []string{"Yes"}, []string{"Agree", "Disagree", "Strongly agree"}, []string{"23", "45", "31", "28", "52", "64", "19"}))
	if len(r.Problems) > 0 {
		t.Errorf("problems of a file without any: %v", r.Problems)
	}
}

// What was found comes errors first, then by column.
func TestProblemsInOrder(t *testing.T) {
	rows := table(40, []string{"", "Q", "Height"}, []string{"a", "b"}, []string{"1 Agree", "1 Disagree", "2 Neutral"}, []string{"1,5", "2,5"})
	r := report(t, "made-up.csv", rows)
	var codes []string
	for _, d := range r.Problems {
		codes = append(codes, d.Code)
	}
	if got := strings.Join(codes, " "); got != "contradictory-labels blank-heading decimal-comma" {
		t.Error(got)
	}
	if r.Problems[0].Severity != diag.Error {
		t.Error(r.Problems[0])
	}
}

func TestLetters(t *testing.T) {
	for position, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 702: "ZZ", 703: "AAA"} {
		if got := Letters(position); got != want {
			t.Errorf("%d is %s, want %s", position, got, want)
		}
	}
}
