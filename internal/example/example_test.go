package example

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the files of testdata/studies")

const folder = "../../testdata/studies"

// madeOnce saves making the files again for each test.
var madeOnce = sync.OnceValues(Files)

func made(t *testing.T) []File {
	t.Helper()
	files, err := madeOnce()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestFilesAreWhatTheGeneratorMakes(t *testing.T) {
	if *update {
		if err := Write(folder); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range made(t) {
		found, err := os.ReadFile(filepath.Join(folder, f.Path))
		if err != nil {
			t.Errorf("%s: %v", f.Path, err)
			continue
		}
		if !f.Matches(found) {
			t.Errorf("%s is not what the generator makes: run go generate ./internal/example", f.Path)
		}
	}
}

func TestGeneratorMakesTheSameTwice(t *testing.T) {
	first := made(t)
	second, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	if len(first) != len(second) {
		t.Fatalf("%d files, then %d", len(first), len(second))
	}
	for i := range first {
		if first[i].Path != second[i].Path || !bytes.Equal(first[i].Data, second[i].Data) {
			t.Errorf("%s, then %s with other bytes", first[i].Path, second[i].Path)
		}
	}
}

func TestEveryExportIsMade(t *testing.T) {
	known := map[string]bool{}
	for _, f := range made(t) {
		known[f.Path] = true
	}
	for _, st := range studies() {
		found, err := filepath.Glob(filepath.Join(folder, st.id, "exports", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			rel, err := filepath.Rel(folder, path)
			if err != nil {
				t.Fatal(err)
			}
			if !known[filepath.ToSlash(rel)] {
				t.Errorf("%s lies among the exports and nothing makes it", rel)
			}
		}
	}
}

func TestStudiesAreSmall(t *testing.T) {
	const limit = 3 << 20
	size := 0
	for _, f := range made(t) {
		size += len(f.Data)
	}
	if size > limit {
		t.Errorf("the files are %d bytes, at most %d are to be kept", size, limit)
	}
}

func TestMatchesSeesAnotherPart(t *testing.T) {
	rows := [][]cell{{text("Q1")}, {text("Agree")}}
	book, err := workbook{sheet: "Sheet0"}.encode(rows)
	if err != nil {
		t.Fatal(err)
	}
	other, err := workbook{sheet: "Sheet0"}.encode([][]cell{{text("Q1")}, {text("Disagree")}})
	if err != nil {
		t.Fatal(err)
	}
	f := File{Path: "a.xlsx", Data: book}
	for _, c := range []struct {
		name string
		data []byte
		want bool
	}{{"itself", book, true}, {"another answer", other, false}, {"no zip", []byte("Q1"), false}, {"nothing", nil, false}} {
		if got := f.Matches(c.data); got != c.want {
			t.Errorf("%s: matches is %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWriteLeavesRightFilesAlone(t *testing.T) {
	dir := t.TempDir()
	if err := Write(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "minimal", "exports", "staff-2024.csv")
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := filepath.Join(dir, "minimal", "ledger.json")
	if err := os.WriteFile(spoilt, []byte("[]"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !after.ModTime().Equal(before.ModTime()) {
		t.Error("a file that was right was written again")
	}
	mended, err := os.ReadFile(spoilt)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mended), `"respondents"`) {
		t.Error("a file that was wrong was left")
	}
}
