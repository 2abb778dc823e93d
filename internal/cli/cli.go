// Package cli is caregap's command line.
//
//  1. Run builds the commands, one file each, and lets cobra read the arguments.
//     What cobra refuses is wrong usage.
//  2. A command loads its study and hands it to the pipeline, under a context that
//     Ctrl-C cancels.
//  3. What there is to say goes to one printer: records as JSON lines on standard
//     output with --json, else words; progress to a terminal's status line only.
//  4. The error, if any, is printed the same way and becomes the exit code (exit.go).
//
// No command asks a question, and none prints a respondent's answer.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// Run is the program: it does what args (without the program's name) say and
// returns the exit code. The first interrupt cancels the work, the second kills.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := newApp(engine{study.Options.Load, study.Schema, pipeline.Run, pipeline.Check}, stdin, stdout, stderr)
	return a.interruptible(ctx, args)
}

// work is what pipeline.Run and pipeline.Check are.
type work func(context.Context, *study.Study, pipeline.Options) (*pipeline.Result, error)

// engine is what the commands do their work with.
type engine struct {
	load   func(o study.Options, path string) (*study.Study, *diag.List, error)
	schema func(kind string) ([]byte, error)
	run    work
	check  work
}

// app is one call of the program.
type app struct {
	engine engine
	stdin  io.Reader
	stdout *sink
	stderr *sink
	args   []string
	common commonFlags
	err    error // of the command that ran, as opposed to wrong usage
}

func newApp(e engine, stdin io.Reader, stdout, stderr io.Writer) *app {
	return &app{engine: e, stdin: stdin, stdout: &sink{w: stdout}, stderr: &sink{w: stderr}}
}

// interruptible runs under a context that the first signal cancels. From then on
// signals do what they do to any program: the second ends it at once.
func (a *app) interruptible(ctx context.Context, args []string) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return a.run(ctx, args)
}

func (a *app) run(ctx context.Context, args []string) int {
	a.args = args
	err := a.execute(ctx)
	if err == nil {
		err = a.stdout.err
	}
	if err != nil {
		p := a.printer()
		p.json = p.json && a.stdout.err == nil // where nothing can be printed any more, say why on the other side
		p.problems(err)
	}
	return exitCode(err)
}

// execute runs the command that the arguments name. All that cobra itself finds
// wrong is wrong usage; a command's own error is in a.err.
func (a *app) execute(ctx context.Context) error {
	root := a.root()
	root.SetArgs(a.args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return a.err
	}
	var wrong *usageError
	if !errors.As(err, &wrong) {
		wrong = &usageError{message: err.Error()}
	}
	if before, _, _ := cut(a.args, "--"); slices.Contains(before, "--json") {
		a.common.json = true // also where cobra stopped before it got there
	}
	return wrong
}

// cut splits args around the first sep.
func cut(args []string, sep string) (before, after []string, found bool) {
	if i := slices.Index(args, sep); i >= 0 {
		return args[:i], args[i+1:], true
	}
	return args, nil, false
}

// act makes a command's function one that cobra can run.
func (a *app) act(f func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := a.common.check(); err != nil {
			return err
		}
		a.err = f(cmd.Context(), args)
		return nil
	}
}

// sink remembers the first error of a writer, so that a full disk behind standard
// output is not taken for success.
// Logs write to it while other goroutines do.
type sink struct {
	w   io.Writer
	mu  sync.Mutex
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(p)
	s.err = err
	return n, err
}
