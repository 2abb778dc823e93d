package draft

import (
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/study"
)

// Drafts of published exports load, where there is a question on a scale, and hold no
// text of their columns of texts.
func TestSharedExports(t *testing.T) {
	found, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "exports", "*.*"))
	if err != nil || len(found) == 0 {
		t.Skip("the published exports are not here")
	}
	loaded := 0
	for _, path := range found {
		e, err := Read(t.Context(), path, filepath.Base(path), inspect.Options{Jobs: 2})
		var problems *diag.Problems
		if errors.As(err, &problems) {
			continue // a key, a dictionary, or what cannot be read
		}
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "drafted")
		f := Study(dir, []Export{e})
		all := Codebook(e, nil)
		for _, file := range f.Files {
			all += file.Text
		}
		for _, text := range textsOf(t, e) {
			if strings.Contains(all, text) {
				t.Errorf("%s: an answer in words is in a draft", filepath.Base(path))
			}
		}
		if err := f.Write(dir); err != nil {
			t.Fatal(err)
		}
		s, list, err := study.Load(dir)
		switch {
		case err != nil:
			t.Fatal(err)
		case s != nil:
			loaded++
		case !strings.Contains(all, "No question on a scale"):
			t.Errorf("%s: %v", filepath.Base(path), list.Sorted())
		}
	}
	if loaded < 10 {
		t.Errorf("%d drafts load", loaded)
	}
}

// textsOf are the longer texts of the columns of an export that hold texts.
func textsOf(t *testing.T, e Export) []string {
	t.Helper()
	f, problems := export.Open(e.Path, e.Report.File, export.Options{})
	if f == nil {
		t.Fatal(problems)
	}
	defer f.Close()
	var out []string
	for {
		c, err := f.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		c.Scan(func(r *export.Row) {
			for i := range e.Report.Columns {
				if c := &e.Report.Columns[i]; c.Kind == inspect.Text || c.Role == export.RolePersonal {
					if text := string(r.Field(i)); len(text) > 15 {
						out = append(out, text)
					}
				}
			}
		})
		c.Release()
	}
}
