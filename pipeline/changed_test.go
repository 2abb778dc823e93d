package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// An export that is written to while it is read is in no release: its hash would be
// that of other bytes.
func TestExportThatChangesWhileRead(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"longer": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("\n")
			return errors.Join(err, f.Close())
		},
		"another": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, []byte("x\n"), 0o600))
		},
		"not there": os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "studies", "minimal"))); err != nil {
				t.Fatal(err)
			}
			key := filepath.Join(t.TempDir(), "key")
			if err := os.WriteFile(key, []byte(testKey), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("CAREGAP_KEY_FILE", key)
			s, diags, err := study.Load(dir)
			if err != nil || diags.HasErrors() {
				t.Fatal(err, diags.Sorted())
			}
			out, changed := t.TempDir(), false
			_, err = pipeline.Run(context.Background(), s, pipeline.Options{Out: out, Progress: func(stage string, _, _ int64) {
				if stage != "estimating" || changed {
					return
				}
				changed = true
				if err := change(filepath.Join(dir, "exports", "staff-2024.csv")); err != nil {
					t.Error(err)
				}
			}})
			if err == nil || !strings.Contains(err.Error(), "exports/staff-2024.csv changed while it was read") {
				t.Errorf("error %v", err)
			}
			if entries, err := os.ReadDir(filepath.Join(out, "releases")); err != nil || len(entries) > 0 {
				t.Errorf("left behind: %v, %v", entries, err)
			}
		})
	}
}
