package study

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/caregap/caregap/internal/diag"
)

// FuzzParse holds what is read as YAML against the library's own decoding: what
// is taken here it takes too, and what it cannot read is refused here.
func FuzzParse(f *testing.F) {
	for _, data := range []string{"a: 1\n", "a: [b, {c: d}]\n", "a: &x 1\nb: *x\n", "a: 1\na: 2\n", "? [a]\n: b\n", "--- a\n...\n---\n", "a: !!binary x\n", "\ufeffa: |\n  x\n"} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		list := &diag.List{}
		root := parse("f.yaml", data, list)
		var decoded any
		err := yaml.Load(data, &decoded)
		if root != nil && !list.HasErrors() && err != nil && !repeats(err) {
			t.Fatalf("taken here, and the library says %v", err)
		}
		var load *yaml.LoadError
		if errors.As(err, &load) && (load.Stage == "scanner" || load.Stage == "parser") && !list.HasErrors() {
			t.Fatalf("the library says %v, and here nothing is said", err)
		}
	})
}

// repeats reports whether the library objects to keys that are one number or
// truth value in two spellings. Here keys are texts.
func repeats(err error) bool { return strings.Contains(err.Error(), "already") }

// FuzzLoad loads three files: no panic, a study just when there are no errors,
// a position in each problem, and all of it the same twice.
func FuzzLoad(f *testing.F) {
	base := baseFiles(f)
	f.Add(base["study.yaml"], base["framework.yaml"], base["codebooks/staff.yaml"])
	names, err := filepath.Glob(filepath.Join(cases, "*.txtar"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		files := baseFiles(f)
		for n, data := range archive(f, name) {
			files[n] = data
		}
		f.Add(files["study.yaml"], files["framework.yaml"], files["codebooks/staff.yaml"])
	}
	f.Fuzz(func(t *testing.T, study, framework, codebook string) {
		files := baseFiles(t)
		files["study.yaml"], files["framework.yaml"], files["codebooks/staff.yaml"] = study, framework, codebook
		dir := folderOf(t, files)
		defer os.RemoveAll(dir)
		first := said(t, dir)
		if second := said(t, dir); first != second {
			t.Fatalf("two loads say different things:\n%s\n%s", first, second)
		}
		if _, list, _ := Load(dir); list != nil {
			for _, d := range list.Sorted() {
				if d.Pos.File == "" || d.Message == "" || d.Code == "" {
					t.Fatalf("a problem without place, code or words: %+v", d)
				}
			}
		}
	})
}
