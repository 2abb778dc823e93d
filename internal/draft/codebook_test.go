package draft

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

// loaded makes a study of a drafted codebook, beside the framework of the example
// study, and loads it.
func loaded(t *testing.T, e Export, frame, book string) *study.Codebook {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"study.yaml":     "version: 1\nid: s\ntitle: S\nframework: framework.yaml\nsurveys:\n- {id: a, title: A, codebook: book.yaml, waves: [{id: w, exports: e.csv}]}\n",
		"framework.yaml": frame, "book.yaml": book, "e.csv": "x\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, list, err := study.Load(dir)
	if err != nil || s == nil {
		t.Fatalf("%s: the draft does not load: %v\n%v\n%s", e.Report.File, err, list.Sorted(), book)
	}
	return s.Surveys[0].Waves[0].Codebook
}

func careFramework(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "studies", "care", "framework.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What a draft maps is what the study's own codebooks map: nothing is mapped wrongly,
// and most of the items are found.
func TestCodebookAgainstTheStudysOwn(t *testing.T) {
	s, list, err := study.Load(filepath.Join("..", "..", "testdata", "studies", "care"))
	if err != nil || s == nil {
		t.Fatal(err, list.Sorted())
	}
	f := framework(t)
	right, there := 0, 0
	for _, survey := range s.Surveys {
		for _, wave := range survey.Waves {
			e := opened(t, filepath.Join(s.Dir, filepath.FromSlash(wave.Exports[0])))
			got := loaded(t, e, careFramework(t), Codebook(e, f))
			where := survey.ID + " " + wave.ID
			for id, own := range wave.Codebook.Items.All() {
				if slices.Contains(own.Waves, wave.ID) || len(own.Waves) == 0 {
					there++
				}
				if src, ok := got.Items.Get(id); ok && sameColumn(t, e, where+" "+id, src.Column, own.Column) {
					right++
				}
			}
			for id, own := range wave.Codebook.Variables.All() {
				if src, ok := got.Variables.Get(id); ok {
					sameColumn(t, e, where+" "+id, src.Column, own.Column)
					sameTargets(t, where+" "+id, src.Map, own.Map)
				}
			}
			for id, own := range wave.Codebook.Choices.All() {
				if src, ok := got.Choices.Get(id); ok {
					sameTargets(t, where+" "+id, src.Map, own.Map)
				}
			}
		}
	}
	if 100*right < 75*there {
		t.Errorf("%d of %d items are found", right, there)
	}
	t.Logf("%d of %d items are found", right, there)
}

func sameColumn(t *testing.T, e Export, where string, got, want study.Names) bool {
	t.Helper()
	find := func(names study.Names) int {
		for i, c := range e.Layout.Columns {
			if slices.ContainsFunc(names, c.Is) {
				return i
			}
		}
		return -1
	}
	if find(got) != find(want) {
		t.Errorf("%s is mapped to %v, and is %v", where, got, want)
		return false
	}
	return true
}

// sameTargets holds what a draft says of labels against what the study says.
func sameTargets(t *testing.T, where string, got, want study.Map[string]) {
	t.Helper()
	for _, g := range got {
		for _, w := range want {
			if fold.String(g.ID) == fold.String(w.ID) && g.Value != w.Value {
				t.Errorf("%s: label %q stands for %s, and is %s", where, g.ID, g.Value, w.Value)
			}
		}
	}
}

// Lines that begin with # and no space count once the # is taken away.
func TestCandidatesCanBeTakenIn(t *testing.T) {
	off := regexp.MustCompile(`(?m)^( *)#(\S)`)
	for _, name := range []string{"rdforum-2020.csv", "rcp-2020.csv", "crn-2020.xlsx", "crn-2023.csv"} {
		e := example(t, name)
		text := off.ReplaceAllString(Codebook(e, nil), "$1$2")
		book := loaded(t, e, stub(t, text), text)
		if len(book.Items) < 8 || len(book.Choices) == 0 || len(book.Variables) < 3 || len(book.Person) == 0 && name != "crn-2023.csv" {
			t.Errorf("%s: taken in are %d items, %d choices, %d variables, person %v\n%s", name, len(book.Items), len(book.Choices), len(book.Variables), book.Person, text)
		}
	}
}

// stub is a framework that has the entries of a codebook.
func stub(t *testing.T, book string) string {
	t.Helper()
	entry := regexp.MustCompile(`^  ([a-z0-9_]+|"[a-z0-9_]+"):`)
	var items, choices, variables []string
	section := ""
	for _, l := range strings.Split(book, "\n") {
		if m := regexp.MustCompile(`^(\w+):$`).FindStringSubmatch(l); m != nil {
			section = m[1]
		}
		m := entry.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		switch section {
		case "items":
			items = append(items, m[1])
		case "choices":
			choices = append(choices, m[1])
		case "variables":
			variables = append(variables, m[1])
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\nscales: {s: {min: 1, max: 3, positive: [3]}}\nconstructs: {c_: {title: C, items: [%s]}}\nitems:\n", strings.Join(items, ", "))
	for _, id := range items {
		fmt.Fprintf(&b, "  %s: {title: I, scale: s}\n", id)
	}
	b.WriteString("choices:\n")
	for _, id := range choices {
		fmt.Fprintf(&b, "  %s: {title: C, options: {a: A}}\n", id)
	}
	b.WriteString("variables:\n")
	for _, id := range variables {
		fmt.Fprintf(&b, "  %s: {title: V, categories: {a: A}}\n", id)
	}
	return b.String()
}

// The labels of an item by what they need.
func TestLabels(t *testing.T) {
	answers := []string{"Strongly agree (5)", "4. Agree", "Neither agree nor disagree", "(2): Disagree", "strongly  Disagree", "Agree strongly", "Don’t know", "Rubbish"}
	e := written(t, "labels.csv", table([]string{"id", "I have time for research in the week"}, 8*len(answers), func(i int) []string {
		return []string{fmt.Sprint(1000 + i), answers[i%len(answers)]}
	}))
	f := framework(t)
	got := Codebook(e, f)
	want := `  time:  # 0.78
    column: I have time for research in the week
    labels:
      "(2): Disagree": Disagree  # 1.00
      "4. Agree": Agree  # 1.00
      Agree strongly: Strongly agree  # 0.90
      # "Rubbish" is like none of them: map it; 8 respondents
      Strongly agree (5): Strongly agree  # 1.00
`
	_, after, _ := strings.Cut(got, "items:\n")
	entry, _, _ := strings.Cut(after, "\nmissing:")
	if d := cmp.Diff(strings.TrimSpace(want), strings.TrimSpace(strings.Split(entry, "\n\n")[0])); d != "" {
		t.Errorf("(-want +got):\n%s\n%s", d, got)
	}
	if !strings.Contains(got, "missing:\n  \"Don’t know\": unsure\n") {
		t.Errorf("no kind of missing:\n%s", got)
	}
}

// The same number with opposite labels is nobody's to resolve: the labels stay
// comments that say so.
func TestConflict(t *testing.T) {
	answers := []string{"4 (Agree)", "2. ... (Agree)", "5 (Strongly disagree)", "(3): Neither agree nor disagree", "4"}
	e := written(t, "conflict.csv", table([]string{"id", "I have time for research in the week"}, 60, func(i int) []string {
		return []string{fmt.Sprint(1000 + i), answers[i%len(answers)]}
	}))
	got := Codebook(e, framework(t))
	for _, a := range answers {
		if regexp.MustCompile(`(?m)^ +` + regexp.QuoteMeta(scalar(a)) + `:`).MatchString(got) {
			t.Errorf("%q is mapped:\n%s", a, got)
		}
	}
	if !strings.Contains(got, `"Agree" stands at`) {
		t.Errorf("the conflict is not said:\n%s", got)
	}
	for _, labels := range [][]string{answers, {"4 (Agree)", "2 (Agree)", "5 (Strongly agree)", "1 (Disagree)"}, {"1 (Agree)", "1 (Disagree)", "2 (Neutral)"}} {
		e := written(t, "conflict.csv", cycle([]string{"I have time for research in the week"}, labels))
		if text := Study(filepath.Join(t.TempDir(), "s"), []Export{e}).Files[1].Text; !strings.Contains(text, "No question on a scale was found") {
			t.Errorf("%q: a scale is made of them:\n%s", labels, text)
		}
	}
}
