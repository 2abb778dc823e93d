package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

// caregap in a script is the program itself; caregap-slow is the same with a
// pipeline that ends only when it is interrupted, caregap-stuck with one that
// does not even then.
func TestMain(m *testing.M) {
	program := func(f *fake) func() {
		return func() {
			a := newApp(f.engine(), os.Stdin, os.Stdout, os.Stderr)
			os.Exit(a.interruptible(context.Background(), os.Args[1:]))
		}
	}
	testscript.Main(m, map[string]func(){
		"caregap":       func() { os.Exit(Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		"caregap-slow":  program(&fake{err: context.Canceled, wait: func(ctx context.Context) { ready(); <-ctx.Done() }}),
		"caregap-stuck": program(&fake{wait: func(context.Context) { ready(); select {} }}),
	})
}

// ready tells the test that waits for a line that the work has begun.
func ready() { os.Stdout.WriteString("at work\n") }

func TestScripts(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(root, "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":  code,
			"lock":  lock,
			"study": func(ts *testscript.TestScript, _ bool, args []string) { copyStudy(ts, root, args) },
		},
	})
}

// code N COMMAND... runs a command that must end with exit code N.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// lock OUT holds the lock of an output folder, as another run would, to the end
// of the script.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: lock OUT")
	}
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o755))
	l := flock.New(filepath.Join(ts.MkAbs(args[0]), ".lock"))
	if held, err := l.TryLock(); err != nil || !held {
		ts.Fatalf("no lock: %v", err)
	}
	ts.Defer(func() { ts.Check(l.Unlock()) })
}

// study NAME copies an example study to the script's folder, without the outputs
// and the key that runs outside the test may have left in it.
func copyStudy(ts *testscript.TestScript, root string, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: study NAME")
	}
	from := filepath.Join(root, "studies", args[0])
	ts.Check(filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		to := ts.MkAbs(filepath.Join(args[0], rel))
		if d.IsDir() {
			if rel == "out" {
				return filepath.SkipDir
			}
			return os.MkdirAll(to, 0o755)
		}
		if d.Name() == ".caregap-key" {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	}))
}
