package inspect

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/exports/want")

const madeUp = "../../testdata/exports"

// Every made-up export has its report beside it, as caregap inspect --json prints it.
func TestMadeUpExports(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(madeUp, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, path := range files {
		if filepath.Ext(path) == ".md" {
			continue
		}
		seen++
		t.Run(filepath.Base(path), func(t *testing.T) { golden(t, path) })
	}
	if seen < 10 {
		t.Errorf("saw %d exports only", seen)
	}
}

func golden(t *testing.T, path string) {
	reports, err := Inspect(t.Context(), path, filepath.Base(path), Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, r := range reports {
		text, err := json.MarshalIndent(r.Record(), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%s\n", text)
	}
	file := filepath.Join(madeUp, "want", filepath.Base(path)+".json")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got.String()); d != "" {
		t.Errorf("go test ./internal/inspect -update rewrites it (-want +got):\n%s", d)
	}
}

// The report is the same whatever the number of goroutines and the size of batches.
func TestSameOnAnyNumberOfCores(t *testing.T) {
	rows := [][]string{{"id", "submitted", "View", "Comment", "What stops you?", "x [a]", "x [b]", "x [c]"}}
	views, stops := []string{"Agree", "Disagree", "Strongly agree", "Nonsense"}, []string{"Time;Money;", "Time;", "Skills;Money;"}
	for i := range 6_000 {
		row := []string{fmt.Sprint("r", i%5_990), fmt.Sprintf("2024-03-%02d 10:00:00", i%28+1), views[i*i%4], fmt.Sprintf("comment %d %s", i, strings.Repeat("long ", i%120)), stops[i%3], "", "", ""}
		row[5+i%3] = "1"
		if i%1000 == 7 {
			row[5], row[6], row[3] = "1", "1", fmt.Sprintf("caf\u00c3\u00a9 %d, write to a.b@example.org", i)
		}
		rows = append(rows, row)
	}
	path := filepath.Join(t.TempDir(), "made-up.csv")
	write(t, path, rows)
	var want string
	for _, opt := range []Options{{Jobs: 1}, {Jobs: 1, batch: 1}, {Jobs: 4, batch: 1}, {Jobs: 3, batch: 2}} {
		got := said(t, reportOf(t, path, opt))
		if want == "" {
			want = got
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%+v (-one piece +many):\n%s", opt, d)
		}
	}
}

func write(t testing.TB, path string, rows [][]string) {
	t.Helper()
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(`"` + strings.Join(row, `","`) + "\"\n")
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestInterrupt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made-up.csv")
	write(t, path, table(100, []string{"Q"}, []string{"a", "b"}))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r, err := Inspect(ctx, path, "made-up.csv", Options{Jobs: 2}); err != context.Canceled {
		t.Errorf("%v, %v", r, err)
	}
}

func TestUnreadableFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "empty.csv"), nil)
	for name, code := range map[string]string{"absent.csv": "missing-file", ".": "is-directory", "empty.csv": "empty-file"} {
		r := reportOf(t, filepath.Join(dir, name), Options{})
		if len(r.Problems) != 1 || r.Problems[0].Code != code || r.Record().Column == nil {
			t.Errorf("%s: %v", name, r.Problems)
		}
	}
}

// The names of the kinds are those of the interface.
func TestRecord(t *testing.T) {
	r := report(t, "made-up.csv", table(12, []string{"Role"}, []string{"Doctor", "Doctor", "Nurse"}))
	text, err := json.Marshal(r.Record())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"kind":"export","file":"made-up.csv","sheet":"","format":"csv","encoding":"utf-8","bom":false,"delimiter":",","platform":"generic","variant":"",` +
		`"header_rows":1,"columns":3,"rows":12,"set_aside":{"preview":0,"test":0,"spam":0},"unfinished":0,"respondents":12,"column":[` +
		`{"position":1,"name":"id","text":"id","id":"","role":"id","kind":"text","answered":12,"distinct":12,"answers":[]},` +
		`{"position":2,"name":"submitted","text":"submitted","id":"","role":"time","kind":"date","answered":12,"distinct":12,"answers":[]},` +
		`{"position":3,"name":"Role","text":"Role","id":"","role":"question","kind":"single","answered":12,"distinct":2,"answers":[{"label":"Doctor","count":8}],"others":{"answers":1,"count":4}}],` +
		`"problems":[]}`
	if d := cmp.Diff(want, string(text)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func BenchmarkInspect(b *testing.B) {
	path := filepath.Join(b.TempDir(), "made-up.csv")
	rows := table(20_000, []string{"View", "Age", "Comment", "Email"}, []string{"Agree", "Disagree", "Strongly agree"}, []string{"23", "45", "31"}, make([]string, 20_000), make([]string, 20_000))
	for i, row := range rows[1:] {
		row[4], row[5] = fmt.Sprintf("comment number %d on things", i), fmt.Sprintf("u%d@example.org", i)
	}
	write(b, path, rows)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	for b.Loop() {
		if _, err := Inspect(b.Context(), path, "made-up.csv", Options{Jobs: 2}); err != nil {
			b.Fatal(err)
		}
	}
}
