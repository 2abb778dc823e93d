package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/publish"
)

// The exit codes. 2 is left to the Go runtime.
const (
	exitDone        = 0
	exitFailed      = 1
	exitProblems    = 3
	exitStopped     = 4
	exitLocked      = 11
	exitUsage       = 64
	exitInterrupted = 130
)

var exitWords = map[int]string{
	exitDone:        "done; also when nothing had changed",
	exitFailed:      "failed, for example on a full disk",
	exitProblems:    "problems in the study, a codebook or the data",
	exitStopped:     "the disclosure rules stopped the release",
	exitLocked:      "another run holds the lock of the output folder",
	exitUsage:       "wrong usage",
	exitInterrupted: "interrupted",
}

// exitStatus is the section of a command's help that lists its exit codes.
func exitStatus(codes ...int) map[string]string {
	var b strings.Builder
	for _, c := range codes {
		fmt.Fprintf(&b, "  %3d  %s\n", c, exitWords[c])
	}
	return map[string]string{"exit": b.String()}
}

// usageError says that the program was called in a way it does not know.
type usageError struct{ message, hint string }

func (e *usageError) Error() string { return e.message }

// exitCode is the answer to the shell.
func exitCode(err error) int {
	var problems *diag.Problems
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &problems):
		return exitProblems
	case errors.Is(err, disclose.ErrStopped):
		return exitStopped
	case errors.Is(err, publish.ErrLocked):
		return exitLocked
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailed
}

// diagnostics is what an error has to say.
func diagnostics(err error) []diag.Diagnostic {
	var problems *diag.Problems
	if errors.As(err, &problems) {
		return problems.Diagnostics
	}
	d := diag.Diagnostic{Message: err.Error()}
	switch exitCode(err) {
	case exitUsage:
		d.Code = "usage"
		var usage *usageError
		if errors.As(err, &usage) {
			d.Hint = usage.hint
		}
	case exitStopped:
		d.Code = "disclosure"
	case exitLocked:
		d.Code, d.Hint = "locked", "wait for it to end, or name another folder with --out"
	case exitInterrupted:
		d.Code, d.Message = "interrupted", "interrupted; the last release is whole"
	default:
		d.Code = "failed"
	}
	return []diag.Diagnostic{d}
}
