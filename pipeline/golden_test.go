package pipeline_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/pipeline"
)

var update = flag.Bool("update", false, "write testdata/studies/*/want again")

// wanted are the files of a release that want/ holds: few enough to be read when
// they change. The estimates behind them are held against R.
var wanted = []string{"changes.md", "tables/each-survey.csv", "tables/finding.csv", "tables/gaps.csv", "tables/rows.csv"}

// exampleStudies are the folders of testdata/studies.
var exampleStudies = []string{"care", "minimal", "hidden", "ungrouped", "large", "long", "scripts"}

// TestExampleStudies holds what the example studies come to.
func TestExampleStudies(t *testing.T) {
	for _, name := range exampleStudies {
		t.Run(name, func(t *testing.T) {
			if name == "large" || name == "hidden" || name == "long" {
				notWhileRacing(t)
			}
			r := care(t)
			if name != "care" {
				r = run(t, name, testKey, pipeline.Options{Out: t.TempDir()})
			}
			everyoneIsShown(t, r.Release.Path)
			public := filepath.Join(r.Release.Path, "public")
			got := map[string]string{"summary.txt": summary(t, r, public)}
			for _, file := range wanted {
				data, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(file)))
				if err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
				if err == nil {
					got[filepath.Base(file)] = string(data)
				}
			}
			folder := filepath.Join("..", "testdata", "studies", name, "want")
			if *update {
				replace(t, folder, got)
			}
			if diff := cmp.Diff(texts(t, folder), got); diff != "" {
				t.Errorf("want (-) and got (+); run with -update after a look:\n%s", diff)
			}
		})
	}
}

// summary is the finding, the counts, and the names of all public files.
func summary(t *testing.T, r *pipeline.Result, public string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(public, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Counts map[string]int }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", r.Finding)
	for _, k := range slices.Sorted(maps.Keys(manifest.Counts)) {
		fmt.Fprintf(&b, "%s %d\n", k, manifest.Counts[k])
	}
	for _, d := range r.Diagnostics {
		fmt.Fprintf(&b, "%s\n", d)
	}
	b.WriteString("\n")
	for _, file := range slices.Sorted(maps.Keys(hashes(t, public))) {
		fmt.Fprintln(&b, file)
	}
	return b.String()
}

// texts are the files of a folder, line ends as git may have made them apart.
func texts(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = strings.ReplaceAll(string(data), "\r\n", "\n")
	}
	return out
}

func replace(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
