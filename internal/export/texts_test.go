package export

import (
	"strings"
	"testing"
)

// A row of texts under the names is a row of headings; a first response is not,
// however much its respondent has written. All of it is made up.
func TestTextsUnderNames(t *testing.T) {
	texts := "What is your role?,How far do you agree? - I have time,How far do you agree? - I have skills,How many hours a week?,What would help you most?\n"
	answers := "Doctor,Agree,Agree,4,Time to think about it all\nNurse,Agree,Disagree,7.5,More people on the wards\nNurse,Disagree,Agree,0,\nDoctor,Agree,Agree,4,A desk of my own\n"
	names := "Q1,Q2_1,Q2_2,Q3,Q4_TEXT\n"
	for name, tc := range map[string]struct {
		text string
		want int
	}{
		"names and texts":  {names + texts + answers, 2},
		"names only":       {names + answers, 1},
		"texts only":       {texts + answers, 1},
		"words in answers": {names + strings.ReplaceAll(answers, "Doctor", "What is your role?"), 1},
		"texts come again": {names + texts + answers + texts, 1},
		"few responses":    {names + texts + "Doctor,Agree,Agree,4,Time\n", 1},
		"all write much": {"Q1,Q2,Q3\n" + "I would like more time,My own ward is busy,There is a lot of it\nI see no need for it,We have no money here,Ask my manager for it\n" +
			"I am too new to know,The lab is far away,We have done so much\nI do research already,They let us do it all,It is part of the job\n", 1},
	} {
		f, problems := Open(write(t, "a.csv", tc.text), "a.csv", Options{})
		if f == nil {
			t.Fatal(name, problems)
		}
		if f.HeaderRows != tc.want {
			t.Errorf("%s: %d rows of headings, want %d", name, f.HeaderRows, tc.want)
		}
		if c := f.Columns[1]; tc.want == 2 && (c.Code != "Q2_1" || c.Text != "How far do you agree? - I have time" || c.Option != "I have time") {
			t.Errorf("%s: %+v", name, c)
		}
		f.Close()
	}
}

// Records may leave off what nothing stands over. One that leaves off more is a
// problem, and so is the file.
func TestShortRecords(t *testing.T) {
	for name, tc := range map[string]struct {
		text          string
		rows, damaged int
	}{
		"blank headings at the end": {"a,b,c,,\n1,2,3\n1,2,3\n1,2,3,4,5\n", 3, 0},
		"an answer short":           {"a,b,c,,\n1,2,3\n1,2\n", 2, 1},
		"no blank headings":         {"a,b,c\n1,2,3\n1,2\n", 2, 1},
		"two marks of the encoding": {"\uFEFF\uFEFFa,b,c\n1,2,3\n", 1, 0},
	} {
		f, problems := Open(write(t, "a.csv", tc.text), "a.csv", Options{})
		if f == nil {
			t.Fatal(name, problems)
		}
		got := readAll(t, f)
		if len(got.rows) != tc.rows || len(got.codes) != tc.damaged || f.Columns[0].Code != "a" {
			t.Errorf("%s: %d rows, %q, %q", name, len(got.rows), got.codes, f.Columns[0].Code)
		}
	}
}

// A form is known without its first heading by the rows of a grid, and Microsoft's
// further columns wherever they stand.
func TestRenamedForms(t *testing.T) {
	for headings, want := range map[string]string{
		"Submitted at,How far? [I have time],How far? [I have skills]":  "googleforms time question question",
		"Submitted at,Hours [a week],Role":                              "generic question question question",
		"Start time,Completion time,End,ID,Role,Last modified time":     "msforms time time question id question time",
		"Start time,Completion time,Role,ID,Language,Name,Total points": "msforms time time question id question personal other",
	} {
		n := strings.Count(headings, ",")
		f, problems := Open(write(t, "a.csv", headings+"\n"+strings.Repeat("1/3/2024 10:11:12"+strings.Repeat(",x", n)+"\n", 3)), "a.csv", Options{})
		if f == nil {
			t.Fatal(headings, problems)
		}
		got := f.Platform
		for _, c := range f.Columns {
			got += " " + string(c.Role)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", headings, got, want)
		}
		f.Close()
	}
}
