//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// minimalStudy is a copy of the small example study, without a release.
func minimalStudy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	must(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "testdata", "studies", "minimal"))))
	_ = os.Remove(filepath.Join(dir, ".caregap-key")) // left by who tried the example
	return dir
}

// hostile is what somebody may have made of a study or of the folder of releases.
var hostile = []struct {
	name string
	make func(t *testing.T, dir string) error
	args []string
	code int
	says string
}{
	{"a study that is a pipe", pipe("study.yaml"), nil, exitProblems, "no regular file"},
	{"a study that is a device", device("study.yaml"), nil, exitProblems, "leads outside"},
	{"a framework outside", outside("framework.yaml"), nil, exitProblems, "leads outside"},
	{"a framework outside, allowed", outside("framework.yaml"), []string{"--allow-outside"}, exitDone, ""},
	{"a codebook that is a pipe", pipe("codebooks/staff.yaml"), nil, exitProblems, "no regular file"},
	{"a study that names another's file", text("study.yaml", "framework: framework.yaml", "framework: /etc/passwd"), nil, exitProblems, "is absolute"},
	{"a study that climbs", text("study.yaml", "exports/staff-2024.csv", "../../../../etc/passwd"), nil, exitProblems, "leads outside"},
	{"a study that laughs", text("study.yaml", "title: Research", "title: &a [x]\nnotice: [*a, *a]\n# "), nil, exitProblems, "alias *a is not read"},
	{"a study in a deep hole", text("study.yaml", "title: Research", "title: "+strings.Repeat("[", 10_000)), nil, exitProblems, "max depth"},
	{"a study of values", text("study.yaml", "title: Research", "title: ["+strings.Repeat("a,", 300_000)), nil, exitProblems, "lines and values"},
	{"an export outside", outside("exports/staff-2024.csv"), nil, exitProblems, "leads outside"},
	{"an export that is a pipe", pipe("exports/staff-2024.csv"), nil, exitProblems, "no regular file"},
	{"an export that is a folder", aFolder("exports/staff-2024.csv"), nil, exitProblems, "this is a folder"},
	{"an export that is a device, allowed", device("exports/staff-2024.csv"), []string{"--allow-outside"}, exitProblems, "no regular file"},
	{"an export that names itself", link("exports/staff-2024.csv", "staff-2024.csv"), nil, exitProblems, "cannot be read"},
	{"an export of zeros", text("exports/staff-2024.csv", "", strings.Repeat("\x00", 5000)), nil, exitProblems, "NUL byte"},
	{"a key that is a pipe", pipe(".caregap-key"), nil, exitFailed, "not a plain file"},
	{"a key that is a folder", aFolder(".caregap-key"), nil, exitFailed, "not a plain file"},
	{"a key that leads nowhere", link(".caregap-key", "nowhere"), nil, exitFailed, "read the key"},
	{"an output folder outside", outsideFolder("out"), nil, exitProblems, "leads outside"},
	{"an output folder outside, allowed", outsideFolder("out"), []string{"--allow-outside"}, exitDone, ""},
	{"an output folder that is a pipe", pipe("out"), nil, exitFailed, "not a directory"},
	{"an output folder that is a device", nil, []string{"--out", "/dev/null"}, exitFailed, "not a directory"},
	{"releases outside", outsideFolder("out/releases"), nil, exitFailed, "is a link"},
	{"releases that are a pipe", pipe("out/releases"), nil, exitFailed, "not a folder"},
	{"a lock outside", outside("out/.lock"), nil, exitFailed, "not a plain file"},
	{"a lock that is a pipe", pipe("out/.lock"), nil, exitFailed, "not a plain file"},
	{"current that is a pipe", pipe("out/current"), nil, exitFailed, "neither a link nor a text file"},
	{"current that is a folder", aFolder("out/current"), nil, exitFailed, "neither a link nor a text file"},
	{"current that leads away", link("out/current", "/etc"), nil, exitFailed, "names no release"},
}

type maker = func(t *testing.T, dir string) error

// room makes room for a name in the study.
func room(dir, name string) (string, error) {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.RemoveAll(path); err != nil {
		return "", err
	}
	return path, os.MkdirAll(filepath.Dir(path), 0o755)
}

func pipe(name string) maker {
	return func(_ *testing.T, dir string) error {
		path, err := room(dir, name)
		if err != nil {
			return err
		}
		return syscall.Mkfifo(path, 0o600)
	}
}

func aFolder(name string) maker {
	return func(_ *testing.T, dir string) error {
		path, err := room(dir, name)
		if err != nil {
			return err
		}
		return os.Mkdir(path, 0o700)
	}
}

func link(name, target string) maker {
	return func(_ *testing.T, dir string) error {
		path, err := room(dir, name)
		if err != nil {
			return err
		}
		return os.Symlink(target, path)
	}
}

func device(name string) maker { return link(name, "/dev/zero") }

// outside moves a file out of the study and leaves a link.
func outside(name string) maker {
	return func(t *testing.T, dir string) error {
		data, _ := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))) // a file that is not there is an empty one
		target := filepath.Join(t.TempDir(), "outside")
		if err := os.WriteFile(target, data, 0o600); err != nil {
			return err
		}
		return link(name, target)(t, dir)
	}
}

func outsideFolder(name string) maker {
	return func(t *testing.T, dir string) error { return link(name, t.TempDir())(t, dir) }
}

// text changes a file's words; all of them where none are named.
func text(name, from, to string) maker {
	return func(t *testing.T, dir string) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if from != "" {
			to = strings.Replace(string(data), from, to, 1)
		}
		return os.WriteFile(path, []byte(to), 0o600)
	}
}

// Whatever is put in the place of a study's files or of the folder of releases: the
// program says what is wrong, at once, in lines of JSON, and writes nothing outside.
func TestHostile(t *testing.T) {
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("CAREGAP_KEY_FILE", "")
			dir := minimalStudy(t)
			if c.make != nil {
				must(t, c.make(t, dir))
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			var out, errs bytes.Buffer
			code := Run(ctx, append([]string{"run", dir, "--json"}, c.args...), strings.NewReader(""), &out, &errs)
			if code != c.code || !strings.Contains(out.String(), c.says) {
				t.Errorf("exit code %d, want %d and %q:\n%s%s", code, c.code, c.says, out.String(), errs.String())
			}
			jsonLines(t, out.Bytes())
			if entries, _ := os.ReadDir(filepath.Join(dir, "out", "releases")); code != exitDone && len(entries) > 0 {
				t.Errorf("left behind: %v", entries)
			}
		})
	}
}

// jsonLines fails unless every line is a JSON object that says its kind.
func jsonLines(t *testing.T, data []byte) {
	t.Helper()
	s := bufio.NewScanner(bytes.NewReader(data))
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		var record struct{ Kind string }
		if err := json.Unmarshal(s.Bytes(), &record); err != nil || record.Kind == "" {
			t.Errorf("no JSON line with a kind: %.200q: %v", s.Text(), err)
		}
	}
	must(t, s.Err())
}
