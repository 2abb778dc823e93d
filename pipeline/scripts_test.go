package pipeline_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/pipeline"
)

// Files for people have names that run from right to left in isolates, files for
// programs have the names as the study has them.
func TestNamesFromRightToLeft(t *testing.T) {
	public := filepath.Join(run(t, "scripts", testKey, pipeline.Options{Out: t.TempDir()}).Release.Path, "public")
	const name = "السعة ⏳"
	for _, pattern := range []string{"tables/*.csv", "tables/*.json", "*.json", "index.html", "report.md"} {
		paths, err := filepath.Glob(filepath.Join(public, filepath.FromSlash(pattern)))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v %v", pattern, paths, err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			begun, ended := bytes.Count(data, []byte("\u2068")), bytes.Count(data, []byte("\u2069"))
			people := strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".md")
			switch {
			case begun != ended:
				t.Errorf("%s: %d isolates begin and %d end", filepath.Base(path), begun, ended)
			case people && !bytes.Contains(data, []byte("\u2068"+name+"\u2069")):
				t.Errorf("%s: %s stands without an isolate", filepath.Base(path), name)
			case !people && begun > 0:
				t.Errorf("%s: %d isolates", filepath.Base(path), begun)
			}
		}
	}
	labels, err := os.ReadFile(filepath.Join(public, "tables", "labels.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(labels, []byte("capacity,,"+name+"\n")) {
		t.Errorf("labels.csv lacks capacity's name as the study has it")
	}
}
