package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mostEdits is how many lines of a drafted study may have to be changed by hand.
const mostEdits = 15

// Published exports become studies that check passes, after a few changes that
// testdata/drafts has: the constructs named, the gaps asked for.
func TestDraftsOfPublishedExports(t *testing.T) {
	for _, c := range []struct {
		edits   string
		exports []string
	}{
		{"likert-bfi", []string{"likert-bfi.csv"}},
		{"surveymonkey-cleaned-flying", []string{"surveymonkey-cleaned-flying.csv"}},
		{"jisc-coded", []string{"jisc-coded.csv", "jisc-key.csv"}},
	} {
		t.Run(c.edits, func(t *testing.T) {
			args := []string{"init", filepath.Join(t.TempDir(), "study")}
			for _, name := range c.exports {
				path := filepath.Join("..", "..", "..", "shared", "exports", name)
				if _, err := os.Stat(path); err != nil {
					t.Skip("the published exports are not here")
				}
				args = append(args, path)
			}
			command(t, args...)
			command(t, "check", args[1])
			n := edit(t, args[1], filepath.Join("..", "..", "testdata", "drafts", c.edits+".edits"))
			if n > mostEdits {
				t.Errorf("%d lines are changed by hand, more than %d", n, mostEdits)
			}
			t.Logf("%d lines are changed by hand", n)
			command(t, "check", args[1])
		})
	}
}

// command runs a command that must end well.
func command(t *testing.T, args ...string) {
	t.Helper()
	var out bytes.Buffer
	if code := Run(t.Context(), args, nil, &out, &out); code != exitDone {
		t.Fatalf("caregap %s: exit code %d\n%s", strings.Join(args, " "), code, out.String())
	}
}

// edit makes the changes of a file of edits and counts their lines.
func edit(t *testing.T, dir, edits string) int {
	t.Helper()
	data, err := os.ReadFile(edits)
	if err != nil {
		t.Fatal(err)
	}
	e := editor{t: t, dir: dir}
	for _, l := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		switch {
		case strings.HasPrefix(l, "file "):
			e.apply()
			e.save()
			e.open(strings.TrimPrefix(l, "file "))
		case l[0] == '+':
			e.new = append(e.new, l[1:])
		case l[0] == '-' && len(e.new) == 0:
			e.old = append(e.old, l[1:])
		case l[0] == '-':
			e.apply()
			e.old = append(e.old, l[1:])
		case l[0] == '@':
			e.apply()
			e.after = l[1:]
		}
	}
	e.apply()
	e.save()
	return e.count
}

// editor changes the lines of one file after the other.
type editor struct {
	t        *testing.T
	dir      string
	name     string
	lines    []string
	old, new []string
	after    string
	count    int
}

func (e *editor) open(name string) {
	e.name = name
	data, err := os.ReadFile(filepath.Join(e.dir, name))
	if err != nil {
		e.t.Fatal(err)
	}
	e.lines = strings.Split(string(data), "\n")
}

func (e *editor) save() {
	if e.name == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(e.dir, e.name), []byte(strings.Join(e.lines, "\n")), 0o644); err != nil {
		e.t.Fatal(err)
	}
}

func (e *editor) apply() {
	if len(e.old)+len(e.new) == 0 {
		return
	}
	at := 0
	if e.after != "" {
		at = e.find([]string{e.after}) + 1
	} else {
		at = e.find(e.old)
	}
	e.lines = slices.Replace(e.lines, at, at+len(e.old), e.new...)
	e.count += max(len(e.old), len(e.new))
	e.old, e.new, e.after = nil, nil, ""
}

// find returns where lines stand, comments behind them aside.
func (e *editor) find(lines []string) int {
	for i := range e.lines {
		same := 0
		for same < len(lines) && i+same < len(e.lines) {
			line, _, _ := strings.Cut(e.lines[i+same], "  # ")
			if line != lines[same] {
				break
			}
			same++
		}
		if same == len(lines) {
			return i
		}
	}
	e.t.Fatalf("%s has no lines %q", e.name, lines)
	return 0
}
