//go:build unix

package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The program itself, interrupted in the middle of a large export, ends with 130
// within a second and leaves the last release as it was.
func TestInterruptedProgram(t *testing.T) {
	dir := release(t)
	before := released(t, dir)
	appendRows(t, dir, 600_000)
	cmd := exec.CommandContext(t.Context(), "caregap", "run", dir, "--jobs", "1")
	must(t, cmd.Start())
	atWork(t, filepath.Join(dir, "out", "releases"), cmd.Process)
	start := time.Now()
	must(t, cmd.Process.Signal(os.Interrupt))
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if code, took := cmd.ProcessState.ExitCode(), time.Since(start); code != exitInterrupted || took > time.Second {
		t.Errorf("exit code %d after %v", code, took)
	}
	if d := cmp.Diff(before, released(t, dir)); d != "" {
		t.Errorf("the last release is not what it was (-before +after):\n%s", d)
	}
}

// atWork waits until a run has begun its release beside the one there is.
func atWork(t *testing.T, releases string, p *os.Process) {
	t.Helper()
	for range 1000 {
		if entries, err := os.ReadDir(releases); err == nil && len(entries) > 1 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	must(t, p.Kill())
	t.Fatal("the run did not begin")
}
