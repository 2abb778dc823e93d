package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// TestRevised changes one made-up answer between two releases. What rests on it is
// flagged in public and in private, in changes.md and in tables; nothing else is,
// and a run of the same inputs in an empty folder flags nothing.
func TestRevised(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(testKey), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CAREGAP_KEY_FILE", key)
	folder, out := t.TempDir(), t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "testdata", "studies", "minimal"))); err != nil {
		t.Fatal(err)
	}
	release := func(out string) string {
		t.Helper()
		s, diags, err := study.Load(folder)
		if err != nil || diags.HasErrors() {
			t.Fatal(err, diags.Sorted())
		}
		r, err := pipeline.Run(context.Background(), s, pipeline.Options{Out: out, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		return r.Release.Path
	}
	if got := flagged(t, release(out), "public"); len(got) > 0 {
		t.Errorf("the first release has revised numbers: %v", got)
	}
	changeAnswer(t, filepath.Join(folder, "exports"))
	second := release(out)
	public := flagged(t, second, "public")
	if !public["know_who"] || !public["ability"] || public["want_more"] || public["time"] {
		t.Errorf("revised are %v; expected what rests on know_who and nothing else", public)
	}
	if private := flagged(t, second, "private"); len(private) != len(public) {
		t.Errorf("revised in private are %v, in public %v", private, public)
	}
	for name, words := range map[string]string{"changes.md": "- Revised: ", "tables/items-staff.csv": "[r]", "report.md": `\[r\] revised`} {
		if data := read(t, filepath.Join(second, "public", filepath.FromSlash(name))); !strings.Contains(data, words) {
			t.Errorf("%s does not hold %q", name, words)
		}
	}
	if again := release(out); again != second {
		t.Errorf("the same inputs once more are %s, were %s", again, second)
	}
	first := release(t.TempDir())
	if filepath.Base(first) == filepath.Base(second) {
		t.Error("a first release has the id of one that is compared with another")
	}
	if got := flagged(t, first, "public"); len(got) > 0 {
		t.Errorf("a first release of the changed inputs has revised numbers: %v", got)
	}
}

// changeAnswer makes the first respondent's "Disagree" to know_who an "Agree".
func changeAnswer(t *testing.T, exports string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(exports, "*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	data := read(t, files[0])
	changed := strings.Replace(data, "disagree,Disagree,3,", "disagree,Agree,3,", 1)
	if changed == data {
		t.Fatal("the first respondent did not answer what this test changes")
	}
	if err := os.WriteFile(files[0], []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// flagged are the measures of a release that have a revised number.
func flagged(t *testing.T, release, side string) map[string]bool {
	t.Helper()
	path := filepath.Join(release, "private", "estimates.csv")
	if side == "public" {
		path = filepath.Join(release, "public", "tables", "estimates.csv")
	}
	out := map[string]bool{}
	for line := range strings.Lines(read(t, path)) {
		fields := strings.Split(strings.TrimSpace(line), ",")
		if strings.Contains(fields[len(fields)-1], "r") && fields[0] != "measure" {
			out[fields[0]] = true
		}
	}
	return out
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
