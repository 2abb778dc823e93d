package draft

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/study"
)

// written puts a file into a folder of the test's own and reads it as an export.
func written(t testing.TB, name, text string) Export {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return opened(t, path)
}

func opened(t testing.TB, path string) Export {
	t.Helper()
	e, err := Read(t.Context(), path, filepath.Base(path), inspect.Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// example is an export of the example study.
func example(t testing.TB, name string) Export {
	t.Helper()
	return opened(t, filepath.Join("..", "..", "testdata", "studies", "care", "exports", name))
}

// table is a CSV of n rows, each of which has the cells that row gives for it.
func table(headings []string, n int, row func(i int) []string) string {
	var b strings.Builder
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	line(headings)
	for i := range n {
		line(row(i))
	}
	return b.String()
}

// drafted drafts a study, writes it and loads it.
func drafted(t testing.TB, exports ...Export) (Folder, *study.Study) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "drafted")
	f := Study(dir, exports)
	if err := f.Write(dir); err != nil {
		t.Fatal(err)
	}
	s, list, err := study.Load(dir)
	if err != nil || s == nil {
		for _, file := range f.Files {
			t.Logf("%s:\n%s", file.Name, file.Text)
		}
		t.Fatalf("the draft does not load: %v\n%v", err, list.Sorted())
	}
	return f, s
}

func framework(t testing.TB) *study.Framework {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "studies", "care", "framework.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	f, list := study.LoadFramework("framework.yaml", data)
	if f == nil {
		t.Fatal(list.Err())
	}
	return f
}
