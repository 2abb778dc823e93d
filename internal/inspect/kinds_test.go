package inspect

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// report inspects a CSV of made-up rows.
func report(t testing.TB, name string, rows [][]string) *Report {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return reportOf(t, path, Options{Jobs: 2})
}

func reportOf(t testing.TB, path string, opt Options) *Report {
	t.Helper()
	reports, err := Inspect(t.Context(), path, filepath.Base(path), opt)
	if err != nil || len(reports) != 1 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	return reports[0]
}

// column inspects one column between an id and a text of everybody's own.
func column(t *testing.T, heading string, cells []string) Column {
	t.Helper()
	rows := [][]string{{"respondent_id", heading, "note"}}
	for i, cell := range cells {
		rows = append(rows, []string{"a" + strings.Repeat("b", i), cell, "note " + strings.Repeat("c", i)})
	}
	return report(t, "made-up.csv", rows).Columns[1]
}

// many repeats answers: "3 Agree" is three of them.
func many(counts ...string) []string {
	var out []string
	for _, c := range counts {
		n, text, _ := strings.Cut(c, " ")
		for range number(n) {
			out = append(out, text)
		}
	}
	return out
}

func TestKinds(t *testing.T) {
	long := "An option that is much longer than sixty characters, as some of them are, say"
	for _, tc := range []struct {
		heading string
		cells   []string
		want    Kind
	}{
		{"Blank", many("9 "), Empty},
		{"Spaces", many("5 \u00a0", "5 \u200b"), Empty},
		{"A1", many("4 1", "5 2", "3 3", "2 6"), Scale},
		{"A1", many("40 N/A", "5 1", "3 3", "2 4"), Scale},
		{"From 0 to 10", many("2 0", "3 7", "2 10"), Scale},
		{"Recoded", many("2 -1", "3 1", "2 2", "4 5", "1 99"), Scale},
		{"Ends", many("3 Not at all confident1", "2 2", "4 5", "1 Very confident10"), Scale},
		{"Ends", many("3 1 (Not at all likely)", "2 2", "4 5", "1 10 - Extremely likely"), Scale},
		{"View", many("5 Strongly agree", "9 Agree", "1 Neither agree nor disagree", "2 Disagree"), Scale},
		{"View", many("5 Strongly agree", "9 AGREE", "1 agree ", "2 Disagree", "2 Not applicable"), Scale},
		{"Often", many("5 Never", "9 Once a month or less", "3 A few times per week", "2 Every day"), Scale},
		{"Rude", many("5 No, not at all rude", "9 Yes, somewhat rude", "3 Yes, very rude"), Scale},
		{"How much", many("5 A lot", "9 Some", "3 Not much", "2 Not at all"), Scale},
		{"Consent", many("5 Yes", "9 No"), Single},
		{"Consent", many("5 Yes", "9 No", "3 Don't know"), Single},
		{"Group", many("9 1", "8 2"), Single},
		{"Age group", many("9 18-29", "8 30-44", "3 45-60", "4 > 60"), Single},
		{"Income", many("9 $0 - $24,999", "8 $25,000 - $49,999", "3 $100,000 - $149,999"), Single},
		{"Role", many("9 Doctor", "8 Nurse", "1 porter", "1 chaplain"), Single},
		{"Codes", many("30 10", "30 20", "30 100"), Single},
		{"Long", many("30 "+long, "30 Another one", "9 One more"), Single},
		{"Age", many("1 23", "2 45", "1 31", "1 28", "3 52", "2 64"), Number},
		{"Weight", many("1 0.53", "1 1.5", "1 2.25", "1 1"), Number},
		{"Height", many("1 1,54", "1 1,84", "1 1,95", "1 1,61"), Number},
		{"Money", many("1 £1,200", "1 £950", "1 £20,000"), Number},
		{"Percent", many("1 12%", "1 15.5%", "1 99%"), Number},
		{"When", many("1 2024-03-01", "1 2024-03-02 10:11:12", "1 2024-03-05T10:11:12Z"), Date},
		{"When", many("1 3/14/24 18:37", "1 3/15/24 9:05", "1 12/1/24 0:00"), Date},
		{"When", many("1 12 March 2024", "1 3rd April 2024", "1 Apr 5, 2024"), Date},
		{"Trust", many("1 Leeds", "1 York", "1 Hull", "1 Whitby"), Text},
		{"Any other comments?", many("9 None at all, it is all fine as it is", "8 The wards are too busy for research", "3 no"), Text},
		{"In your own words", many("9 Midwest", "8 South", "3 North"), Text},
		{"What stops you?", many("5 Time;Money;", "5 Money;", "3 Time;", "2 Time;Skills;Money;"), Multiple},
		{"What stops you?", many("5 Time, Money", "5 Money", "3 Time", "2 Time, Skills, Money", "1 Skills"), Multiple},
		{"What stops you?", many("5 Time|Money", "5 Money", "3 Time", "2 Time|Skills|Money", "1 Skills"), Multiple},
	} {
		if got := column(t, tc.heading, tc.cells); got.Kind != tc.want {
			t.Errorf("%s %q: %s, want %s", tc.heading, tc.cells, got.Kind, tc.want)
		}
	}
}

// answer texts with their counts, those that are not shown in brackets.
func answersSaid(c Column) []string {
	var out []string
	for _, a := range c.Answers {
		text := a.Label + " " + strings.Repeat("|", a.Count)
		if !a.Shown {
			text = "(" + text + ")"
		}
		out = append(out, text)
	}
	return out
}

func TestAnswers(t *testing.T) {
	for name, tc := range map[string]struct {
		cells    []string
		answered int
		distinct int
		want     []string
	}{
		"folded": {many("3 Doctor", "1 doctor", "2  DOCTOR ", "5 Nurse"), 11, 2, []string{"Doctor ||||||", "Nurse |||||"}},
		"few":    {many("6 Doctor", "4 Nurse", "1 my own words"), 11, 3, []string{"Doctor ||||||", "(Nurse ||||)", "(my own words |)"}},
		"scale words may be shown": {
			many("6 Agree", "2 Disagree", "1 Strongly  disagree", "1 Unsure"), 10, 4,
			[]string{"Agree ||||||", "Disagree ||", "Strongly disagree |", "Unsure |"},
		},
		"codes may be shown": {many("2 3", "1 10", "3 2"), 6, 3, []string{"2 |||", "3 ||", "10 |"}},
		"personal":           {many("9 Doctor", "9 07700 900123", "9 2019-2020"), 27, 3, []string{"(07700 900123 |||||||||)", "2019-2020 |||||||||", "Doctor |||||||||"}},
		"joined":             {many("5 Time;Money;", "2 Time;Skills;", "1 Money;"), 8, 3, []string{"Time |||||||", "Money ||||||", "(Skills ||)"}},
		"open":               {many("1 b", "1 a", "1 c", "1 d"), 4, 4, nil},
	} {
		got := column(t, "Q", tc.cells)
		if got.Answered != tc.answered || got.Distinct != tc.distinct {
			t.Errorf("%s: %d answered, %d distinct, want %d, %d", name, got.Answered, got.Distinct, tc.answered, tc.distinct)
		}
		if d := cmp.Diff(tc.want, answersSaid(got)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// An option that holds the separator is put together again.
func TestOptionsWithSeparators(t *testing.T) {
	r := report(t, "google.csv", append([][]string{{"Timestamp", "What stops you?"}}, stamped(many(
		"4 Time, No, but we expected to", "4 Time", "4 Money", "4 Money, No, but we expected to", "3 Skills", "3 Skills, Time"))...))
	if r.Platform != "googleforms" || r.Columns[1].Kind != Multiple {
		t.Fatalf("%s, %s", r.Platform, r.Columns[1].Kind)
	}
	want := []string{"Time |||||||||||", "Money ||||||||", "No, but we expected to ||||||||", "Skills ||||||"}
	if d := cmp.Diff(want, answersSaid(r.Columns[1])); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !coded(r.Problems, "ambiguous-options") {
		t.Errorf("problems %v", r.Problems)
	}
}

func stamped(cells []string) [][]string {
	var rows [][]string
	for i, c := range cells {
		rows = append(rows, []string{"14/03/2024 09:00:" + string([]byte{byte('0' + i/10%6), byte('0' + i%10)}), c})
	}
	return rows
}
