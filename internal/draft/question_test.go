package draft

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cycle makes a table whose columns go through their answers, after a column of ids.
func cycle(headings []string, answers ...[]string) string {
	return table(append([]string{"id"}, headings...), 60, func(i int) []string {
		cells := []string{fmt.Sprint(1000 + i)}
		for _, a := range answers {
			cells = append(cells, a[i%len(a)])
		}
		return cells
	})
}

var (
	agree4 = []string{"Strongly disagree", "Disagree", "Agree", "Strongly agree"}
	agree5 = []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"}
	roles  = []string{"Nurse", "Doctor", "Therapist"}
)

// Headings that are there twice name nothing, and the draft says so.
func TestHeadingsThatAreThereTwice(t *testing.T) {
	e := written(t, "twice.csv", cycle([]string{"Research is worth it", "Role", "role"}, agree5, roles, roles))
	for _, q := range questionsOf(e) {
		if named := q.name != ""; named != strings.HasPrefix(q.text, "Research") {
			t.Errorf("%q is named %q", q.text, q.name)
		}
	}
	if got := Codebook(e, nil); !strings.Contains(got, "# 2 closed questions cannot be named: ") {
		t.Errorf("it is not said:\n%s", got)
	}
	drafted(t, e)
}

// A pattern fits the columns of its own question and no others.
func TestPatterns(t *testing.T) {
	monkey := func(questions, options []string, cells func(i int) []string) Export {
		var b strings.Builder
		b.WriteString("Respondent ID,End Date," + strings.Join(questions, ",") + "\n,," + strings.Join(options, ",") + "\n")
		for i := range 40 {
			fmt.Fprintf(&b, "%d,07/05/2023 10:00,%s\n", 3436139000+i, strings.Join(cells(i), ","))
		}
		return written(t, "monkey.csv", b.String())
	}
	tick := func(i, n int, label string) string {
		if i%n == 0 {
			return label
		}
		return ""
	}
	e := monkey([]string{"What helps? Tick all that apply", "", "", "What helps? Tick all that apply - at home", "", "I have time"}, []string{"Time", "Money", "Other (please specify)", "Time", "Rest", "Response"}, func(i int) []string {
		return []string{tick(i, 2, "Time"), tick(i, 3, "Money"), tick(i, 30, "a canary"), tick(i, 2, "Time"), tick(i, 3, "Rest"), agree5[i%5]}
	})
	var got []string
	for _, q := range questionsOf(e) {
		if q.ticks() {
			got = append(got, q.pattern+" "+strings.Join(q.options, "|"))
		}
	}
	want := []string{" Time|Money", "What helps? Tick all that apply - at home - * Time|Rest"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	drafted(t, e)
}

// Options that are one once folded cannot be told apart: no choice is made of them.
func TestOptionsThatAreOne(t *testing.T) {
	q := &question{pattern: "Q1_*", kind: "multiple", options: []string{"Time", "time ", "Rest"}}
	if isChoice(q) {
		t.Error("a choice is made of them")
	}
	if q.options[1] = "Money"; !isChoice(q) {
		t.Error("no choice is made of two options")
	}
}

// A scale with a neutral answer and one without are two; one of which an answer was
// not given is the same.
func TestScalesAreShared(t *testing.T) {
	e := written(t, "scales.csv", cycle([]string{"Research is worth it", "Research is fun", "Research is for me", "Research is dull"}, agree5, agree4, append(agree5[1:3:3], agree5[3:]...), agree4))
	_, s := drafted(t, e)
	got := map[string]string{}
	for _, v := range s.Framework.Items.All() {
		got[v.Title] = v.Scale
	}
	want := map[string]string{"Research is worth it": "agree5", "Research is fun": "agree4", "Research is for me": "agree5", "Research is dull": "agree4"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// A question of who somebody is groups respondents, however its answers are coded; a
// range that the question names is its scale.
func TestNumbers(t *testing.T) {
	five := []string{"1", "2", "3", "4", "5"}
	e := written(t, "numbers.csv", cycle([]string{"Education", "Rate your skill from 1 to 10", "Rate your time", "Rate your age"}, five, five, five, []string{"1", "2", "3", "99"}))
	_, s := drafted(t, e)
	for id, want := range map[string]string{"skill_1_10": "range1to10", "time": "range1to5"} {
		if item, _ := s.Framework.Items.Get(id); item.Scale != want {
			t.Errorf("%s is on %q, want %s", id, item.Scale, want)
		}
	}
	for id, want := range map[string]int{"education": 5, "age": 3} {
		if v, _ := s.Framework.Variables.Get(id); len(v.Categories) != want {
			t.Errorf("%s has %d categories, want %d", id, len(v.Categories), want)
		}
	}
	if got := s.Surveys[0].Waves[0].Codebook.Missing; len(got) != 1 || got[0].ID != "99" || got[0].Value != "invalid" {
		t.Errorf("missing is %v", got)
	}
}

// An answer that is not shown stops the run of a study that has a framework, unless
// its owner says otherwise; a blank column of addresses is nobody's.
func TestLoudDrafts(t *testing.T) {
	got := Codebook(example(t, "rdforum-2020.csv"), framework(t))
	_, skills, _ := strings.Cut(got, "\n  skills:")
	skills, _, _ = strings.Cut(skills, "\n  study_design:")
	if want := "    #unknown: invalid  # not shown here: 1 answer, of 1 respondent"; !strings.HasSuffix(skills, want) {
		t.Errorf("want %q in\n%s", want, got)
	}
	e := written(t, "staff.csv", cycle([]string{"Email Address", "Research is worth it"}, []string{""}, agree5))
	if got := Codebook(e, nil); strings.Contains(got, "#person") {
		t.Errorf("a blank column is offered as person:\n%s", got)
	}
}

// A wave in which a question has an answer more extends the question's categories.
func TestWavesExtendCategories(t *testing.T) {
	a := written(t, "staff-2022.csv", cycle([]string{"Research is worth it", "What is your role?"}, agree5, roles))
	b := written(t, "staff-2024.csv", cycle([]string{"Research is worth it", "What is your role?"}, agree5, append(roles[:3:3], "Manager")))
	f, s := drafted(t, a, b)
	v, _ := s.Framework.Variables.Get("role")
	if len(s.Framework.Variables) != 1 || len(v.Categories) != 4 || len(s.Surveys) != 1 || len(s.Surveys[0].Waves) != 2 {
		t.Errorf("%d variables, %d categories, %d surveys", len(s.Framework.Variables), len(v.Categories), len(s.Surveys))
	}
	var books []string
	for _, file := range f.Files {
		if strings.HasPrefix(file.Name, "codebooks/") {
			books = append(books, filepath.Base(file.Name))
		}
	}
	if d := cmp.Diff([]string{"staff.yaml"}, books); d != "" {
		t.Errorf("the waves say it alike and have several codebooks (-want +got):\n%s", d)
	}
}
