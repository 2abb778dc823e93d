package study

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/caregap/caregap/internal/diag"
)

var update = flag.Bool("update", false, "write what the code says now into the files that tests compare with")

const cases = "../../testdata/bad/study"

// baseFiles returns the files of the small valid study that cases change.
func baseFiles(t testing.TB) map[string]string {
	t.Helper()
	return archive(t, filepath.Join(cases, "base.txtar"))
}

func archive(t testing.TB, name string) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// folderOf writes files below a new folder.
func folderOf(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// said is what Load says of a folder, one diagnostic a line, without the folder.
func said(t testing.TB, dir string) string {
	t.Helper()
	s, list, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if (s == nil) != list.HasErrors() {
		t.Errorf("a study is returned: %t; the list has errors: %t", s != nil, list.HasErrors())
	}
	return strings.ReplaceAll(lines(list.Sorted()), filepath.ToSlash(dir), "STUDY")
}

func lines(problems []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range problems {
		b.WriteString(d.Code + ": " + d.String() + "\n")
	}
	return b.String()
}

// mustLoad loads a study that has no problems.
func mustLoad(t testing.TB, dir string) *Study {
	t.Helper()
	s, list, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		t.Fatalf("the study has problems:\n%s", lines(list.Sorted()))
	}
	return s
}

func TestBad(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(cases, "*.txtar"))
	if err != nil || len(names) < 2 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		if filepath.Base(name) == "base.txtar" {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			files, own := baseFiles(t), archive(t, name)
			want := own["want"]
			for _, gone := range strings.Fields(own["remove"]) {
				delete(files, gone)
			}
			for _, not := range []string{"want", "remove"} {
				delete(own, not)
			}
			for n, data := range own {
				files[n] = data
			}
			got := said(t, folderOf(t, files))
			if *update {
				rewrite(t, name, got)
				return
			}
			if want == "" {
				t.Fatal("the case wants nothing to be said")
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("what is said (-want +got):\n%s", d)
			}
		})
	}
}

// rewrite puts got into the want section of a case.
func rewrite(t *testing.T, name, got string) {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestBaseHasNoProblems(t *testing.T) {
	dir := folderOf(t, baseFiles(t))
	if got := said(t, dir); got != "" {
		t.Errorf("problems:\n%s", got)
	}
	for _, path := range []string{dir, filepath.Join(dir, "study.yaml")} {
		s := mustLoad(t, path)
		want := []string{"codebooks/staff.yaml", "framework.yaml", "study.yaml"}
		if d := cmp.Diff(want, s.Files); d != "" {
			t.Errorf("files (-want +got):\n%s", d)
		}
		if s.Dir != dir || s.Path != path {
			t.Errorf("Load(%q): Dir %q, Path %q", path, s.Dir, s.Path)
		}
	}
}
