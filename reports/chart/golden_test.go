package chart

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden figures anew")

// kept are the figures of the made-up example that are kept as files: one of
// each kind, wide and narrow. Look at them after an update.
var kept = []string{"finding", "side-by-side", "capacity-gap-by-staff-group-rcp", "held-back-by-setting-rcp", "barriers-rcp", "items-crn",
	"change-capacity-gap", "cut", "rows", "rows-by-wave", "weighting-rcp", "without-weights-rcp", "published"}

func draw(t testing.TB, figures func() ([]reports.Figure, error)) []reports.Figure {
	t.Helper()
	out, err := figures()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func example(t testing.TB) []reports.Figure {
	t.Helper()
	r := madeUp(t, disclosetest.Study())
	return draw(t, func() ([]reports.Figure, error) { return Draw(context.Background(), r) })
}

func TestFiguresAreAsKept(t *testing.T) {
	figures := example(t)
	golden(t, "words.txt", wordsOf(figures))
	for _, id := range kept {
		i := slices.IndexFunc(figures, func(f reports.Figure) bool { return f.ID == id })
		if i < 0 {
			t.Errorf("no figure %s", id)
			continue
		}
		golden(t, id+".svg", figures[i].SVG)
		golden(t, id+".narrow.svg", figures[i].Narrow)
	}
}

// wordsOf are the words around every figure.
func wordsOf(figures []reports.Figure) []byte {
	var b bytes.Buffer
	b.WriteString("Made-up data.\n")
	for _, f := range figures {
		fmt.Fprintf(&b, "\n%s\ntitle: %s\ndrawn: %s\nalt: %s\ntable: %s\n", f.ID, f.Title, f.Drawn, f.Alt, f.TableID)
		for _, n := range f.Notes {
			fmt.Fprintf(&b, "note: %s\n", n)
		}
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-kept +drawn):\n%s", name, diff)
	}
}

func TestSameBytesOnOneCore(t *testing.T) {
	first := example(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	second := example(t)
	if len(first) == 0 || len(first) != len(second) {
		t.Fatalf("%d and %d figures", len(first), len(second))
	}
	for i := range first {
		if !cmp.Equal(first[i], second[i]) {
			t.Errorf("%s differs", first[i].ID)
		}
	}
}

func TestFiles(t *testing.T) {
	figures := example(t)
	files := Files(figures)
	if len(files) != 2*len(figures) {
		t.Fatalf("%d files for %d figures", len(files), len(figures))
	}
	names := map[string]bool{}
	for _, f := range files {
		if names[f.Name] {
			t.Errorf("%s twice", f.Name)
		}
		names[f.Name] = true
		if strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz0123456789-./") != "" || len(f.Data) == 0 {
			t.Errorf("%q with %d bytes", f.Name, len(f.Data))
		}
	}
	if !names["figures/finding.svg"] || !names["figures/finding.png"] {
		t.Error("no finding.svg or finding.png")
	}
}

func TestTablesHoldWhatFiguresShow(t *testing.T) {
	r := madeUp(t, disclosetest.Study())
	tables := map[string]bool{}
	for _, table := range reports.Tables(r) {
		tables[table.ID] = true
	}
	for _, f := range example(t) {
		if !tables[f.TableID] {
			t.Errorf("%s: no table %q", f.ID, f.TableID)
		}
	}
}

func TestStopsWhenTold(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Draw(ctx, disclosetest.Release(t)); err == nil {
		t.Error("drew everything after the context was cancelled")
	}
}
