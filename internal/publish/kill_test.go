package publish

import (
	"bufio"
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// childEnv makes the test binary publish releases for ever in the folder it
// names; firstEnv is the number of the first.
const (
	childEnv = "CAREGAP_TEST_PUBLISH_OUT"
	firstEnv = "CAREGAP_TEST_PUBLISH_FIRST"
)

func TestMain(m *testing.M) {
	if out := os.Getenv(childEnv); out != "" {
		first, _ := strconv.Atoi(os.Getenv(firstEnv))
		publishForEver(out, first)
	}
	os.Exit(m.Run())
}

// publishForEver prints a line once it is at work, and ends by being killed.
func publishForEver(out string, first int) {
	s, err := Open(out, OS{})
	exitOn(err)
	_, err = s.Lock(context.Background())
	exitOn(err)
	_, _ = os.Stdout.WriteString("ready\n")
	for n := first; ; n++ {
		// Every third is a return to an older release.
		id := idOf(n)
		if n%3 == 0 && n > 2 {
			id = idOf(n - 2)
		}
		staged, err := s.Stage(id)
		exitOn(err)
		exitOn(fill(staged, id))
		exitOn(staged.Publish(2))
	}
}

func exitOn(err error) {
	if err != nil {
		_, _ = os.Stdout.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}

func TestKillAtAnyMoment(t *testing.T) {
	times := 60
	if testing.Short() {
		times = 10
	}
	out := t.TempDir()
	s := open(t, out, OS{})
	publishID(t, s, idOf(0), 2)
	rnd := rand.New(rand.NewPCG(3, 14))
	unfinished := 0
	for i := range times {
		killOne(t, out, 1000*i+1, time.Duration(rnd.IntN(40_000))*time.Microsecond)
		id, ok, err := s.Current()
		if err != nil || !ok {
			t.Fatalf("kill %d: current %q, %v, %v", i, id, ok, err)
		}
		unfinished += checkAfterKill(t, out, id)
	}
	t.Logf("%d kills, %d unfinished folders found", times, unfinished)
	if unfinished == 0 {
		t.Error("no kill hit a run at work: the test shows nothing")
	}
	publishID(t, s, idOf(1<<30), 2)
	if left := checkAfterKill(t, out, idOf(1<<30)); left != 0 {
		t.Errorf("the next run left %d unfinished folders", left)
	}
}

// killOne starts a child, lets it work for a while, and kills it.
func killOne(t *testing.T, out string, first int, after time.Duration) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), childEnv+"="+out, firstEnv+"="+strconv.Itoa(first))
	said, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(said)
	if line, err := lines.ReadString('\n'); line != "ready\n" {
		t.Fatalf("child says %q, %v", line, err)
	}
	time.Sleep(after)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if line, _ := lines.ReadString('\n'); line != "" {
		t.Errorf("child says %q", line)
	}
	_ = child.Wait() // says that it was killed
}

// checkAfterKill checks that the current release is whole, that every other has
// its public part, and a private one that is whole or absent; it returns how
// much unfinished work lies about.
func checkAfterKill(t *testing.T, out, current string) (unfinished int) {
	t.Helper()
	for _, err := range whole(out, current) {
		t.Error(err)
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) > 3 {
		t.Errorf("the output folder holds %v, %v", entries, err)
	}
	releases, err := os.ReadDir(filepath.Join(out, "releases"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range releases {
		if strings.HasPrefix(r.Name(), tmpPrefix) {
			unfinished++
			continue
		}
		for _, err := range whole(out, r.Name()) {
			if _, statErr := os.Stat(filepath.Join(out, "releases", r.Name(), "private")); statErr == nil || !strings.Contains(err.Error(), "/private") {
				t.Error(err)
			}
		}
	}
	return unfinished
}
