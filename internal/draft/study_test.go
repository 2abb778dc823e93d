package draft

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// A drafted study loads, whatever its export's headings and labels are, and says
// what they say.
func TestDraftsLoad(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.Custom(func(r *rapid.T) string { return readable(texts().Draw(r, "text")) })
		headings := append([]string{"id", "Do you work on Tuesdays?"}, rapid.SliceOfN(text, 1, 4).Draw(r, "headings")...)
		labels := rapid.SliceOfNDistinct(text, 2, 6, fold.String).Draw(r, "labels")
		scale := strings.Split(rapid.SampledFrom(scalesInUse).Draw(r, "scale").labels, "|")
		e := written(t, "staff 2024.csv", table(headings, 60, func(i int) []string {
			cells := []string{fmt.Sprint(1000 + i), scale[i%len(scale)]}
			for len(cells) < len(headings) {
				cells = append(cells, labels[(i+len(cells))%len(labels)])
			}
			return cells
		}))
		if !onAScale(e) {
			return // the headings look like answers, or like somebody's own
		}
		_, s := drafted(t, e)
		for _, v := range s.Framework.Variables.All() {
			for _, label := range v.Categories.All() {
				if !contains(append(labels, scale...), label) {
					r.Fatalf("category %q is none of %q", label, labels)
				}
			}
		}
		book := s.Surveys[0].Waves[0].Codebook
		for _, src := range book.Items.All() {
			if !contains(headings, src.Column[0]) {
				r.Fatalf("column %q is none of %q", src.Column[0], headings)
			}
		}
	})
}

// onAScale reports whether an export has a question on a scale that can be named.
func onAScale(e Export) bool {
	for _, q := range questionsOf(e) {
		if _, ok := read(q); ok && q.name != "" {
			return true
		}
	}
	return false
}

func contains(all []string, text string) bool {
	for _, a := range all {
		if fold.String(a) == fold.String(text) {
			return true
		}
	}
	return false
}

// The exports of the example study become a study that loads, with the waves that
// their names tell.
func TestStudyOfSeveralExports(t *testing.T) {
	var all []Export
	for _, name := range []string{"crn-2020.xlsx", "crn-2023.csv", "rcp-2023-final.xlsx", "rcp-2020.csv", "rdforum-2020.csv", "rdforum-2022.csv"} {
		all = append(all, example(t, name))
	}
	f, s := drafted(t, all...)
	var got []string
	for _, survey := range s.Surveys {
		for _, w := range survey.Waves {
			got = append(got, fmt.Sprint(survey.ID, " ", w.ID, " ", strings.Join(w.Exports, " ")))
		}
	}
	want := []string{
		"crn 2020 exports/crn-2020.xlsx", "crn 2023 exports/crn-2023.csv", "rcp 2020 exports/rcp-2020.csv", "rcp 2023 exports/rcp-2023-final.xlsx",
		"rdforum 2020 exports/rdforum-2020.csv", "rdforum 2022 exports/rdforum-2022.csv",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("waves (-want +got):\n%s", d)
	}
	for _, id := range []string{"will", "ability", "capacity"} {
		if c, ok := s.Framework.Constructs.Get(id); !ok || len(c.Items) < 5 {
			t.Errorf("%s has the items %v", id, c.Items)
		}
	}
	for _, id := range []string{"ability_gap", "capacity_gap"} {
		if s.Framework.Gaps.Index(id) < 0 {
			t.Errorf("no gap %s", id)
		}
	}
	if text := f.Files[1].Text; !strings.Contains(text, "# 0.71 like time_research_normal_week: one item?\n") {
		t.Errorf("nothing is said of items that are alike:\n%s", text)
	}
}

func TestNamesOfFiles(t *testing.T) {
	for name, want := range map[string]wave{
		"rcp-2020.csv":                                  {survey: "rcp", id: "2020", title: "Rcp"},
		"rdforum_2022_final.xlsx":                       {survey: "rdforum", id: "2022", title: "Rdforum"},
		"results-for-staff-views-2023-04-05-1512.csv":   {survey: "staff_views", id: "2023", title: "Staff views"},
		"Research+culture_March+3,+2020_12.34.csv":      {survey: "research_culture", id: "2020", title: "Research culture"},
		"Staff survey 2024 (1-685).xlsx":                {survey: "staff", id: "2024", title: "Staff"},
		"results-survey123456.csv":                      {survey: "survey123456", id: "1", title: "Survey123456"},
		"20240115.csv":                                  {survey: "survey", id: "1", title: "Survey"},
		"2021.csv":                                      {survey: "survey", id: "2021", title: "Survey"},
		"surveymonkey.csv":                              {survey: "surveymonkey", id: "1", title: "Surveymonkey"},
		"Project_DATA_LABELS_2024-01-01_1200.csv":       {survey: "project", id: "2024", title: "Project"},
		"Ärzte 2019.csv":                                {survey: "arzte", id: "2019", title: "Ärzte"},
		"NHS R&D Forum - All staff - January 2020.xlsx": {survey: "nhs_r_d_forum", id: "2020", title: "NHS R D Forum All staff"},
	} {
		got := surveys([]Export{{Path: filepath.Join("x", name)}})[0]
		if got.survey != want.survey || got.id != want.id || got.title != want.title {
			t.Errorf("%s is survey %s (%s), wave %s; want %s (%s), %s", name, got.survey, got.title, got.id, want.survey, want.title, want.id)
		}
	}
}

// All or nothing: files that are in the way are named, all of them, and nothing else
// is written.
func TestNothingIsWrittenOver(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"framework.yaml", ".gitignore"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := Study(dir, []Export{example(t, "rdforum-2020.csv")}).Write(dir)
	problems, ok := err.(*diag.Problems)
	if !ok || len(problems.Diagnostics) != 2 || problems.Diagnostics[0].Code != "in-the-way" {
		t.Fatalf("%v", err)
	}
	if got := tree(t, dir); !cmp.Equal(got, []string{".gitignore", "framework.yaml"}) {
		t.Errorf("there are %v", got)
	}
}

// What was made before something went wrong goes away again.
func TestUndo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "up", "study")
	f := Study(dir, []Export{example(t, "rdforum-2020.csv")})
	f.Exports[0].From += ".gone"
	if err := f.Write(dir); err == nil {
		t.Fatal("a file that is not there was copied")
	}
	if _, err := os.Stat(filepath.Dir(dir)); !os.IsNotExist(err) {
		t.Errorf("there still is %v", tree(t, filepath.Dir(dir)))
	}
}

func tree(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	if err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// Exports are for their owner alone; one that lies in the study is left where it is.
func TestExportsAreCopied(t *testing.T) {
	dir := t.TempDir()
	f := Study(dir, []Export{example(t, "rdforum-2020.csv")})
	if err := f.Write(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "exports", "rdforum-2020.csv"))
	if err != nil || os.PathSeparator == '/' && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	own := t.TempDir()
	path := filepath.Join(own, "here", "staff-2024.csv")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "exports", "rdforum-2020.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	g := Study(own, []Export{opened(t, path)})
	if err := g.Write(own); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{".gitignore", "codebooks/staff.yaml", "framework.yaml", "here/staff-2024.csv", "study.yaml"}, tree(t, own)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !strings.Contains(g.Files[0].Text, "exports: [here/staff-2024.csv]") {
		t.Errorf("the export is not named where it is:\n%s", g.Files[0].Text)
	}
}

// Two exports of one name cannot both go into one folder.
func TestSameName(t *testing.T) {
	text := table([]string{"id", "I have time"}, 20, func(i int) []string { return []string{fmt.Sprint(i), []string{"Never", "Sometimes", "Always"}[i%3]} })
	dir := filepath.Join(t.TempDir(), "s")
	err := Study(dir, []Export{written(t, "staff-2024.csv", text), written(t, "staff-2024.csv", text)}).Write(dir)
	if problems, ok := err.(*diag.Problems); !ok || problems.Diagnostics[0].Code != "same-name" {
		t.Errorf("%v", err)
	}
}
