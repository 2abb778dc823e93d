package cli

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/publish"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// A run that is stopped, by whatever, leaves the last release as it was.

// release makes the good study with a release, and returns its folder.
func release(t *testing.T) string {
	t.Helper()
	dir := caseFolder(t, filepath.Join(badRuns, "base.txtar"))
	if code, said := runReal(t.Context(), dir, nil); code != exitDone {
		t.Fatalf("exit code %d: %s", code, said)
	}
	return dir
}

// runReal runs a study through the real pipeline; watch sees its progress.
func runReal(ctx context.Context, dir string, watch func(stage string)) (code int, said string) {
	run := func(ctx context.Context, s *study.Study, o pipeline.Options) (*pipeline.Result, error) {
		if watch != nil {
			o.Progress = func(stage string, _, _ int64) { watch(stage) }
		}
		return pipeline.Run(ctx, s, o)
	}
	var out, errs bytes.Buffer
	a := newApp(engine{study.Options.Load, study.Schema, run, pipeline.Check}, strings.NewReader(""), &out, &errs)
	code = a.run(ctx, []string{"run", dir, "--quiet"})
	return code, errs.String()
}

// released are the files of an output folder with their contents, and what
// current points to.
func released(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	root := filepath.Join(dir, "out")
	must(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".lock" {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			out[path], err = os.Readlink(path)
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = string(data)
		return err
	}))
	return out
}

func TestUnwritableOutput(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("permissions do not stop this user; publish's tests of faults stand for it")
	}
	dir := release(t)
	before := released(t, dir)
	releases := filepath.Join(dir, "out", "releases")
	must(t, os.Chmod(releases, 0o500))
	t.Cleanup(func() { must(t, os.Chmod(releases, 0o700)) })
	appendRows(t, dir, 1)
	code, said := runReal(t.Context(), dir, nil)
	if code != exitFailed || !strings.Contains(said, "permission denied") {
		t.Errorf("exit code %d: %s", code, said)
	}
	if d := cmp.Diff(before, released(t, dir)); d != "" {
		t.Errorf("the last release is not what it was (-before +after):\n%s", d)
	}
}

// A file in the place of the folder stops any user.
func TestFileInPlaceOfReleases(t *testing.T) {
	dir := caseFolder(t, filepath.Join(badRuns, "base.txtar"))
	must(t, os.MkdirAll(filepath.Join(dir, "out"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "out", "releases"), []byte("not a folder"), 0o600))
	code, said := runReal(t.Context(), dir, nil)
	if code != exitFailed || said == "" {
		t.Errorf("exit code %d: %s", code, said)
	}
}

// The second of two runs at the same time ends with 11, and the first is none
// the worse for it.
func TestTwoRunsAtOnce(t *testing.T) {
	dir := caseFolder(t, filepath.Join(badRuns, "base.txtar"))
	working, finish := make(chan struct{}), make(chan struct{})
	first := make(chan int, 1)
	var once sync.Once
	go func() {
		code, _ := runReal(context.Background(), dir, func(string) {
			once.Do(func() { close(working); <-finish })
		})
		first <- code
	}()
	<-working
	if code, said := runReal(t.Context(), dir, nil); code != exitLocked || !strings.Contains(said, "another run") {
		t.Errorf("exit code %d: %s", code, said)
	}
	close(finish)
	if code := <-first; code != exitDone {
		t.Errorf("the first run ended with %d", code)
	}
}

// Ctrl-C in the middle of a large export ends the run with 130 within a second.
func TestInterruptedReading(t *testing.T) {
	dir := release(t)
	before := released(t, dir)
	appendRows(t, dir, 400_000)
	for _, stage := range []string{"reading", "estimating", "reporting"} {
		ctx, cancel := context.WithCancel(t.Context())
		var interrupted time.Time
		var once sync.Once
		code, said := runReal(ctx, dir, func(at string) {
			if at == stage {
				once.Do(func() { interrupted = time.Now(); cancel() })
			}
		})
		cancel()
		if took := time.Since(interrupted); code != exitInterrupted || took > 3*time.Second { // a second on a free machine; tests share theirs
			t.Errorf("%s: exit code %d after %v: %s", stage, code, took, said)
		}
		settle(t, dir)
		if d := cmp.Diff(before, released(t, dir)); d != "" {
			t.Errorf("%s: the last release is not what it was (-before +after):\n%s", stage, d)
		}
	}
}

// settle waits until a run that the command line gave up has let go of the output
// folder. A program of its own would have ended with it.
func settle(t *testing.T, dir string) {
	t.Helper()
	store, err := publish.Open(filepath.Join(dir, "out"), publish.OS{})
	must(t, err)
	for wait := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		unlock, err := store.Lock(t.Context())
		if err == nil {
			unlock()
			return
		}
		if time.Now().After(wait) {
			t.Fatal(err)
		}
	}
}

// appendRows lengthens the study's export by made-up respondents.
func appendRows(t *testing.T, dir string, n int) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "exports", "staff-2024.csv"), os.O_APPEND|os.O_WRONLY, 0)
	must(t, err)
	w := bufio.NewWriter(f)
	answers := []string{"Disagree", "Neither", "Agree"}
	for i := range n {
		fmt.Fprintf(w, "x%d,True,2024-04-01 09:00:00,%s,%s,%s,Yes,No,Nurse,Trust %c,1,North,x%d@example.org,a private remark,%d\n",
			i, answers[i%3], answers[i/3%3], answers[i/9%3], 'A'+i%4, i, 1+i%10)
	}
	must(t, w.Flush())
	must(t, f.Close())
}
