package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// A release rests on the key beside an export as on the export itself.
func TestKeyBesideExportIsInput(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "studies", "minimal"))); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(secret, []byte(testKey), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CAREGAP_KEY_FILE", secret)
	seen := map[string]string{}
	for _, words := range []string{"", "1", "2"} {
		if words != "" {
			key := "Q1,Question " + words + "\n1,Yes\n2,No\n"
			if err := os.WriteFile(filepath.Join(dir, "exports", "answer-key.csv"), []byte(key), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, diags, err := study.Load(dir)
		if err != nil || diags.HasErrors() {
			t.Fatal(err, diags.Sorted())
		}
		r, err := pipeline.Run(context.Background(), s, pipeline.Options{Out: t.TempDir(), Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		if other, same := seen[r.Release.ID]; same {
			t.Errorf("one release for keys %q and %q", other, words)
		}
		seen[r.Release.ID] = words
	}
}
