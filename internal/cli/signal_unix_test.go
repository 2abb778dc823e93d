//go:build unix

package cli

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// Ctrl-C, and the polite signal of a scheduler, end a run with 130 within a second,
// also one that is stuck; a second Ctrl-C ends it at once.
func TestSignals(t *testing.T) {
	for _, tc := range []struct {
		command string
		signals []os.Signal
		want    int
	}{
		{"caregap-slow", []os.Signal{os.Interrupt}, 130},
		{"caregap-slow", []os.Signal{syscall.SIGTERM}, 130},
		{"caregap-stuck", []os.Signal{os.Interrupt}, 130},
		{"caregap-stuck", []os.Signal{os.Interrupt, os.Interrupt}, -1}, // killed
	} {
		got, took := signalled(t, tc.command, tc.signals)
		if got != tc.want || took > time.Second {
			t.Errorf("%s, signals %v: exit code %d after %v, want %d within a second", tc.command, tc.signals, got, took, tc.want)
		}
	}
}

// signalled starts a command and signals it once it is at work.
func signalled(t *testing.T, command string, signals []os.Signal) (int, time.Duration) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command, "run", "study")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	start := time.Now()
	for i, s := range signals {
		time.Sleep(time.Duration(i) * 100 * time.Millisecond)
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), time.Since(start)
}
