package inspect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// kinds are those of the columns of a made-up export, but for the first n.
func kinds(r *Report, from int) string {
	var out []string
	for _, c := range r.Columns[from:] {
		out = append(out, string(c.Kind))
	}
	return strings.Join(out, " ")
}

// What is left of a question that was spread over columns is known, whether its
// options' words were taken off the headings or columns were taken out.
func TestOptionsThatAreLeft(t *testing.T) {
	repeat := func(rows ...[]string) [][]string {
		out := [][]string{rows[0]}
		for i := range 24 {
			out = append(out, rows[1+i%(len(rows)-1)])
		}
		return out
	}
	for name, tc := range map[string]struct {
		rows [][]string
		from int
		want string
	}{
		"options' words in cells only": {
			repeat([]string{"ResponseId", "StartDate", "EndDate", "Finished", "Progress", "Q2_1", "Q2_2", "Q2_3"},
				[]string{"R_000000000000001", "2024-01-01 10:00:00", "2024-01-01 10:05:00", "True", "100", "Lack of time", "", "Other work"},
				[]string{"R_000000000000002", "2024-01-01 10:00:00", "2024-01-01 10:05:00", "True", "100", "", "Lack of money", "Other work"}), 5, "multiple multiple multiple"},
		"rows of a grid that all agree on": {
			repeat([]string{"Timestamp", "Views [Time]", "Views [Money]"}, []string{"2024-01-01 10:00:00", "Agree", "Disagree"}), 1, "scale scale"},
		"one option left": {
			repeat([]string{"Respondent ID", "Start Date", "What stops you?"}, []string{"", "", "Lack of time"}, []string{"11", "2024-01-01", "Lack of time"}, []string{"12", "2024-01-02", ""}), 2, "multiple"},
		"one box left": {
			repeat([]string{"record_id", "stops____98", "a_complete"}, []string{"1", "1", "2"}, []string{"2", "0", "2"}), 1, "multiple single"},
		"true and false": {
			repeat([]string{"id", "Done", "Said"}, []string{"1", "TRUE", "True"}, []string{"2", "FALSE", "Mostly true"}), 1, "single scale"},
	} {
		if d := cmp.Diff(tc.want, kinds(report(t, "made-up.csv", tc.rows), tc.from)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// A row that repeats all headings is no sign that the headings are answers.
func TestHeadingsAgainAreHeadings(t *testing.T) {
	rows := table(20, []string{"Role", "Band"}, []string{"Doctor", "Nurse"}, []string{"5", "6"})
	rows = append(rows, rows[0])
	for _, d := range report(t, "made-up.csv", rows).Problems {
		if d.Code == "no-headings" {
			t.Error(d)
		}
	}
}

// Who says that all may be ticked means ticks, though they are written Yes and No.
func TestTicksInWords(t *testing.T) {
	yes, no := []string{"Yes", "No", "No"}, []string{"No", "Yes", "Yes"}
	for question, want := range map[string]string{"What stops you? Tick all that apply": "multiple multiple", "Do you have": "single single"} {
		rows := table(24, []string{question + " - Time", question + " - Money"}, yes, no)
		if got := kinds(report(t, "made-up.csv", rows), 2); got != want {
			t.Errorf("%s: %s, want %s", question, got, want)
		}
	}
}

// Of few answers the question's words and the separator at their end tell ticks.
func TestFewTicks(t *testing.T) {
	for _, tc := range []struct {
		heading string
		cells   []string
		want    Kind
	}{
		{"What stops you? Select all that apply", many("1 Time, Money", "2 Money", "1 Skills"), Multiple},
		{"What stops you?", many("3 Time;"), Multiple},
		{"What is your role?", many("3 Nurse, adult", "3 Doctor"), Single},
	} {
		if got := column(t, tc.heading, tc.cells); got.Kind != tc.want {
			t.Errorf("%s: %s, want %s", tc.heading, got.Kind, tc.want)
		}
	}
}
