package house

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/cli"
)

var update = flag.Bool("update", false, "rewrite what the documentation says that commands print")

// examined are the pages whose examples are run, from the top of the module.
var examined = []string{"README.md", "docs/tutorial.md", "docs/estimate.md", "docs/inspect.md", "docs/new-export.md"}

var (
	fence     = regexp.MustCompile("(?ms)^```(\\w+)(?: name=(\\S+))?\n(.*?)^```$")
	releaseID = regexp.MustCompile(`\b[0-9a-f]{12}\b`)
)

// Every command in a block marked console prints what stands below it, and a
// block marked with a name is that file of the example studies in the end; one that
// is a diff changes the file of that name. Ids of releases may differ. -update
// rewrites what is printed.
func TestExamples(t *testing.T) {
	for _, page := range examined {
		t.Run(page, func(t *testing.T) {
			path, err := filepath.Abs(filepath.Join(root, page))
			if err != nil {
				t.Fatal(err)
			}
			text := readText(t, path)
			sh := newShell(t)
			written := map[string]string{}
			ran := 0
			got := fence.ReplaceAllStringFunc(text, func(block string) string {
				m := fence.FindStringSubmatch(block)
				kind, name, body := m[1], m[2], m[3]
				switch {
				case name != "" && kind == "diff":
					sh.edit(name, body)
				case name != "":
					written[name] = body
					sh.write(name, body)
				case kind == "console":
					ran++
					return "```console\n" + sh.replay(body) + "```"
				}
				return block
			})
			if ran == 0 {
				t.Error("no example is run")
			}
			for name, body := range written {
				want := withoutSchemaLine(readText(t, filepath.Join(sh.studies, filepath.FromSlash(name))))
				if d := cmp.Diff(want, body); d != "" {
					t.Errorf("%s is not that of testdata/studies (-there +here):\n%s", name, d)
				}
			}
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(text, got); d != "" {
				t.Errorf("commands print something else; go test ./internal/house -update rewrites the page (-page +printed):\n%s", d)
			}
		})
	}
}

// withoutSchemaLine leaves out the comment by which editors find the schema: its
// path holds in one place only.
func withoutSchemaLine(text string) string {
	if line, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(line, "# yaml-language-server:") {
		return rest
	}
	return text
}

// shell runs the few commands that examples use, in a folder of its own that has
// testdata/studies, testdata/estimate and testdata/drafts as the module has them.
type shell struct {
	t       *testing.T
	studies string
	exit    int
}

func newShell(t *testing.T) *shell {
	t.Helper()
	from, err := filepath.Abs(filepath.Join(root, "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := &shell{t: t, studies: filepath.Join(dir, "testdata", "studies")}
	for _, folder := range []string{"studies", "estimate", "drafts"} {
		s.copyTree(filepath.Join(from, folder), filepath.Join(dir, "testdata", folder))
	}
	t.Setenv("CAREGAP_KEY_FILE", "")
	t.Chdir(dir)
	return s
}

// copyTree copies a folder without what runs outside the test may have left in it.
func (s *shell) copyTree(from, to string) {
	s.t.Helper()
	s.check(filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "out":
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case d.Name() == ".caregap-key":
			return nil
		}
		return copyFile(path, filepath.Join(to, rel))
	}))
}

func (s *shell) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// replay runs the commands of a block and returns the block as it should be.
// Output that differs in ids only stays as the page has it.
func (s *shell) replay(block string) string {
	var out strings.Builder
	for _, part := range strings.Split(block, "$ ")[1:] {
		command, stated, _ := strings.Cut(part, "\n")
		printed := s.run(command)
		if releaseID.ReplaceAllString(printed, "ID") == releaseID.ReplaceAllString(stated, "ID") {
			printed = stated
		}
		fmt.Fprintf(&out, "$ %s\n%s", command, printed)
	}
	return out.String()
}

func (s *shell) run(command string) string {
	var out bytes.Buffer
	args := strings.Fields(command)
	switch {
	case args[0] == "caregap":
		s.exit = cli.Run(context.Background(), args[1:], strings.NewReader(""), &out, &out)
	case command == "echo $?":
		fmt.Fprintln(&out, s.exit)
	case args[0] == "mkdir" && args[1] == "-p":
		for _, dir := range args[2:] {
			s.check(os.MkdirAll(dir, 0o755))
		}
	case args[0] == "cp" && len(args) == 3:
		s.check(copyFile(args[1], filepath.Join(args[2], filepath.Base(args[1]))))
	case args[0] == "head" && len(args) == 3:
		s.head(&out, args[1], args[2])
	default:
		s.t.Fatalf("examples cannot run %q", command)
	}
	return strings.ReplaceAll(out.String(), `\`, "/")
}

// head prints the first lines of a file; -4 is four of them.
func (s *shell) head(out *bytes.Buffer, flag, name string) {
	var n int
	if _, err := fmt.Sscanf(flag, "-%d", &n); err != nil {
		s.t.Fatalf("head %s: %v", flag, err)
	}
	for i, line := range strings.SplitAfter(readText(s.t, throughCurrent(name)), "\n") {
		if i < n {
			out.WriteString(line)
		}
	}
}

// throughCurrent follows `current` where it is a text file and no link.
func throughCurrent(name string) string {
	before, after, ok := strings.Cut(name, "/current/")
	if !ok {
		return name
	}
	target, err := os.ReadFile(filepath.Join(before, "current"))
	if err != nil {
		return name
	}
	return filepath.Join(before, strings.TrimSpace(string(target)), after)
}

// edit changes a file as a diff says: the lines of each part, but for those that begin
// with +, stand in the file once, and become those that do not begin with -.
func (s *shell) edit(name, diff string) {
	text := readText(s.t, name)
	for _, part := range strings.Split(diff, "@@\n") {
		var old, new strings.Builder
		for _, l := range strings.SplitAfter(part, "\n") {
			if l == "" {
				continue
			}
			if l[0] != '+' {
				old.WriteString(l[1:])
			}
			if l[0] != '-' {
				new.WriteString(l[1:])
			}
		}
		if n := strings.Count(text, old.String()); old.Len() == 0 || n != 1 {
			s.t.Fatalf("%s has these lines %d times, and should once:\n%s", name, n, old.String())
		}
		text = strings.Replace(text, old.String(), new.String(), 1)
	}
	s.check(os.WriteFile(name, []byte(text), 0o644))
}

func (s *shell) write(name, body string) {
	s.check(os.MkdirAll(filepath.Dir(name), 0o755))
	s.check(os.WriteFile(name, []byte(body), 0o644))
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, data, 0o644))
}

func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
