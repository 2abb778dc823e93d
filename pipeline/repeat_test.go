package pipeline_test

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// The key that tests hash with. It is no secret, and nothing public rests on it.
const testKey = "a key for tests only, and long enough to be one"

func load(t *testing.T, name string) *study.Study {
	t.Helper()
	s, diags, err := study.Load(filepath.Join("..", "testdata", "studies", name))
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	return s
}

// run makes a release of an example study.
func run(t *testing.T, name, key string, o pipeline.Options) *pipeline.Result {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CAREGAP_KEY_FILE", file)
	o.Version = "test"
	r, err := pipeline.Run(context.Background(), load(t, name), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestMain removes the release that tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	if shared.folder != "" {
		if err := os.RemoveAll(shared.folder); err != nil {
			panic(err)
		}
	}
	os.Exit(code)
}

// shared are releases that tests read and do not change.
var shared struct {
	folder         string
	care, unmerged *pipeline.Result
}

// sharedFolder is where a release that tests share goes.
func sharedFolder(t *testing.T, name string) string {
	t.Helper()
	if shared.folder == "" {
		var err error
		if shared.folder, err = os.MkdirTemp("", "caregap"); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(shared.folder, name)
}

// care is a release of the example study that tests may read and not change.
func care(t *testing.T) *pipeline.Result {
	t.Helper()
	if shared.care == nil {
		shared.care = run(t, "care", testKey, pipeline.Options{Out: sharedFolder(t, "care")})
	}
	return shared.care
}

// hashes are the files below a folder by name, each by the hash of its bytes.
func hashes(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		sum := sha256.Sum256(data)
		out[filepath.ToSlash(name)] = hex.EncodeToString(sum[:6])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// release are the hashes of a release's files but for what holds the run's own
// times, and what the key makes other.
func release(t *testing.T, r *pipeline.Result) (public, private map[string]string) {
	t.Helper()
	private = hashes(t, filepath.Join(r.Release.Path, "private"))
	delete(private, "run.log")
	delete(private, "manifest.json")
	return hashes(t, filepath.Join(r.Release.Path, "public")), private
}

func TestSameInputsSameBytes(t *testing.T) {
	public, private := release(t, care(t))
	if len(public) < 50 || len(private) < 10 {
		t.Fatalf("%d public files and %d private ones", len(public), len(private))
	}
	for _, c := range []struct {
		name        string
		jobs, procs int
		key         string
	}{
		{"one core", 1, 1, testKey},
		{"two jobs", 2, 0, testKey},
		{"four jobs on one core", 4, 1, testKey},
		{"another key", 3, 0, "another key, and nothing public may tell"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.procs > 0 {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(c.procs))
			}
			pub, priv := release(t, run(t, "care", c.key, pipeline.Options{Out: t.TempDir(), Jobs: c.jobs}))
			if diff := cmp.Diff(public, pub); diff != "" {
				t.Errorf("public: %s", diff)
			}
			if c.key != testKey {
				// Hashes of respondents differ, estimates do not.
				if pub := priv["estimates.csv"]; pub != private["estimates.csv"] {
					t.Error("private/estimates.csv depends on the key")
				}
				return
			}
			if diff := cmp.Diff(private, priv); diff != "" {
				t.Errorf("private: %s", diff)
			}
		})
	}
}

func TestSurveysThatTakePart(t *testing.T) {
	r := run(t, "care", testKey, pipeline.Options{Out: t.TempDir(), Surveys: []string{"crn", "rcp"}})
	surveys := map[string]bool{}
	for _, row := range csvRows(t, filepath.Join(r.Release.Path, "public", "tables", "estimates.csv"))[1:] {
		surveys[row[3]] = true
	}
	if diff := cmp.Diff(map[string]bool{"rcp": true, "crn": true, "average": true}, surveys); diff != "" {
		t.Error(diff)
	}
	for _, l := range r.Ledgers {
		if l.Survey == "rdforum" {
			t.Errorf("%s was read", l.File)
		}
	}
	if care(t).Release.ID == r.Release.ID {
		t.Error("a release of some surveys has the id of one of all")
	}
}

func TestSurveyThatIsNot(t *testing.T) {
	_, err := pipeline.Run(context.Background(), load(t, "care"), pipeline.Options{Out: t.TempDir(), Surveys: []string{"rpc", "crn"}})
	var problems *diag.Problems
	if !errors.As(err, &problems) || !strings.Contains(err.Error(), `"rpc"`) {
		t.Errorf("error %v", err)
	}
}

func TestAnUnchangedRunChangesNothing(t *testing.T) {
	out := t.TempDir()
	first := run(t, "minimal", testKey, pipeline.Options{Out: out})
	if !first.Release.Changed {
		t.Fatal("the first run changed nothing")
	}
	before := snapshot(t, out)
	for _, ifChanged := range []bool{false, true} {
		var stages atomic.Int64
		again := run(t, "minimal", testKey, pipeline.Options{Out: out, IfChanged: ifChanged, Progress: func(string, int64, int64) { stages.Add(1) }})
		want := first.Release
		want.Changed = false
		if diff := cmp.Diff(want, again.Release); diff != "" {
			t.Errorf("if-changed %t: %s", ifChanged, diff)
		}
		if diff := cmp.Diff(before, snapshot(t, out)); diff != "" {
			t.Errorf("if-changed %t: %s", ifChanged, diff)
		}
		if read := stages.Load() > 0; read == ifChanged {
			t.Errorf("if-changed %t: exports were read: %t", ifChanged, read)
		}
	}
}

// snapshot are all files and folders below out with their times and sizes.
func snapshot(t *testing.T, out string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		// Staging comes and goes in releases/, and the lock is taken.
		if name, _ := filepath.Rel(out, path); err == nil && name != "." && name != "releases" && name != ".lock" {
			all[filepath.ToSlash(name)] = info.Mode().String() + " " + info.ModTime().String()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The generator of the example counts what it plants; the ledger of a run must
// come to the same, file by file.
func TestEveryRowIsAccountedFor(t *testing.T) {
	for _, name := range exampleStudies {
		data, err := os.ReadFile(filepath.Join("..", "testdata", "studies", name, "ledger.json"))
		if err != nil {
			t.Fatal(err)
		}
		var want []normalise.Ledger
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		r, err := pipeline.Check(context.Background(), load(t, name), pipeline.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, r.Ledgers); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for _, l := range r.Ledgers {
			sum := l.Respondents
			for _, s := range l.SetAside {
				sum += s.Count
			}
			if sum != l.Rows || sum == 0 {
				t.Errorf("%s: %d rows, %d accounted for", l.File, l.Rows, sum)
			}
		}
	}
}

// Each row that was set aside is listed with its file, row and reason.
func TestSetAsideListsEveryRow(t *testing.T) {
	r := care(t)
	listed := map[[2]string]int{} // file, reason
	seen := map[string]bool{}
	for _, row := range csvRows(t, filepath.Join(r.Release.Path, "private", "set-aside.csv"))[1:] {
		listed[[2]string{row[2], row[4]}]++
		if at := strings.Join(row[:4], " "); seen[at] {
			t.Errorf("%s is listed twice", at)
		} else {
			seen[at] = true
		}
	}
	want := map[[2]string]int{}
	for _, l := range r.Ledgers {
		for _, s := range l.SetAside {
			want[[2]string{l.File, s.Reason}] = s.Count
		}
	}
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Error(diff)
	}
	if len(want) < 10 {
		t.Errorf("only %v", want)
	}
}

func csvRows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
