package request

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/frame"
)

const survey20 = `id,region,trust,w,score,agrees,role,will,capacity
1,N,a,2,10,1,nurse,50,40
2,N,a,2,12,0,doctor,60,
3,N,b,1,14,1,nurse,70,30
4,N,b,1,,1,nurse,80,35
5,S,c,3,20,0,,90,20
6,S,c,3,22,1,doctor,55,45
7,S,d,2,25,0,nurse,65,60
8,S,d,2,21,1,doctor,75,50
`

// file writes files to a folder and opens the first.
func file(t testing.TB, texts ...string) (*frame.File, string) {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i+1 < len(texts); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, texts[i]), []byte(texts[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := frame.Open(filepath.Join(dir, texts[0]), texts[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, dir
}

// lines answers requests and gives the answers as they are printed.
func lines(t testing.TB, f *frame.File, dir string, requests ...string) []string {
	t.Helper()
	var in [][]byte
	for _, r := range requests {
		in = append(in, []byte(r))
	}
	answers, err := Run(context.Background(), f, dir, in)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, a := range answers {
		line, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(line))
	}
	return out
}

const clustered = `"design": {"kind": "taylor", "ids": ["trust"], "strata": ["region"], "weights": "w"}`

// A wrong request is answered with what is wrong, in its place, and the others go on.
func TestWrongRequestsFailAlone(t *testing.T) {
	f, dir := file(t, "survey.csv", survey20)
	got := lines(t, f, dir,
		`{"id": "df", `+clustered+`, "stat": {"fn": "degf"}}`,
		`{"id": "json"`,
		`{"id": "column", `+clustered+`, "stat": {"fn": "mean", "vars": ["scoer", "wil"]}}`,
		`{"id": "text", `+clustered+`, "stat": {"fn": "ratio", "num": "role", "den": "w"}}`,
		`{"id": "missing", "design": {"kind": "taylor", "ids": ["role"]}, "stat": {"fn": "degf"}}`,
		`{"id": "level", `+clustered+`, "stat": {"fn": "domain_diff", "var": "score", "group": "role", "a": "nurse", "b": "porter"}}`,
		`{"id": "levels", `+clustered+`, "levels": {"role": ["nurse"]}, "by": ["role"], "stat": {"fn": "degf"}}`,
		`{"id": "order", `+clustered+`, "levels": {"rol": ["nurse"]}, "stat": {"fn": "degf"}}`,
		`null`,
		`{"id": "reps", "design": {"kind": "replicate", "repweights_data": "none", "repweights_pattern": "^r", "weights": "w", "type": "BRR"}, "stat": {"fn": "degf"}}`,
		`{"id": "calibrate", `+clustered+`, "steps": [{"op": "calibrate", "terms": [{"kind": "numeric", "var": "score", "total": 9}]}], "stat": {"fn": "degf"}}`,
		`{"stat": {"fn": "mean", "vars": ["will"]}, "design": {"ids": []}}`,
	)
	want := []string{
		`{"id":"df","result":{"df":2}}`,
		`{"id":null,"error":"no valid JSON"}`,
		`{"id":"column","error":"no column \"scoer\"; nearest: \"score\"; no column \"wil\"; nearest: \"will\""}`,
		`{"id":"text","error":"row 2, column \"role\": a text of 5 characters stands where a number is expected, as in 7 rows"}`,
		`{"id":"missing","error":"row 6: stage 1: unit is missing"}`,
		`{"id":"level","error":"role has no category \"porter\""}`,
		`{"id":"levels","error":"row 3, column \"role\": a value that is not among the 1 categories named; there are 1 such values"}`,
		`{"id":"order","error":"no column \"rol\"; nearest: \"role\""}`,
		`{"id":null,"error":"an object is expected, found null"}`,
		`{"id":"reps","error":"no such file; name a CSV or Parquet file, or a folder of Parquet files"}`,
		`{"id":"calibrate","error":"steps[0]: score is missing in row 5, which has a weight"}`,
	}
	if d := cmp.Diff(want, got[:len(want)]); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if last := got[len(got)-1]; !strings.Contains(last, `"estimate":68.125`) {
		t.Errorf("the last one: %s", last)
	}
}

// A design that names no column has all rows of the file.
func TestDesignWithoutColumns(t *testing.T) {
	f, dir := file(t, "survey.csv", survey20)
	got := lines(t, f, dir, `{"id": 1, "design": {"kind": "taylor"}, "stat": {"fn": "degf"}}`)
	if d := cmp.Diff([]string{`{"id":1,"result":{"df":7}}`}, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// Requests that share a design answer as they do alone.
func TestSharingChangesNothing(t *testing.T) {
	f, dir := file(t, "survey.csv", survey20)
	poststratify := `"steps": [{"op": "poststratify", "vars": ["region"], "population": [{"region": "N", "Freq": 30}, {"region": "S", "Freq": 50}]}, {"op": "subset", "col": "agrees"}]`
	var requests []string
	for _, stat := range []string{
		`{"fn": "mean", "vars": ["will", "role"], "deff": true, "na_rm": true}`, `{"fn": "total", "vars": ["will"]}`, `{"fn": "weights"}`, `{"fn": "degf"}`,
		`{"fn": "quantile", "var": "will", "probs": [0.5]}`, `{"fn": "chisq", "row": "role", "col": "agrees"}`, `{"fn": "cronbach", "vars": ["will", "capacity"], "na_rm": true}`,
	} {
		for _, steps := range []string{`"steps": []`, poststratify} {
			requests = append(requests, `{`+clustered+`, "lonely_psu": "adjust", `+steps+`, "stat": `+stat+`}`)
			requests = append(requests, `{`+clustered+`, "lonely_psu": "adjust", `+steps+`, "by": ["role"], "stat": `+stat+`}`)
		}
	}
	together := lines(t, f, dir, requests...)
	for i, r := range requests {
		if alone := lines(t, f, dir, r)[0]; alone != together[i] {
			t.Errorf("%s\nalone    %s\ntogether %s", r, alone, together[i])
		}
	}
}

// Replicate weights lie in a file of their own, or in columns beside the others.
func TestReplicateWeights(t *testing.T) {
	f, dir := file(t, "s.csv", "w,y,r1,r2\n1,1,2,0\n1,2,0,2\n1,4,2,0\n1,5,0,2\n", "reps.csv", "r1,r2\n2,0\n0,2\n2,0\n0,2\n", "short.csv", "r1\n1\n")
	design := func(extra string) string {
		return `{"design": {"kind": "replicate", "repweights_pattern": "^r[0-9]", "weights": "w", "type": "BRR"` + extra + `}, "stat": {"fn": "mean", "vars": ["y"]}}`
	}
	got := lines(t, f, dir, design(""), design(`, "repweights_data": "reps"`), design(`, "repweights_data": "short"`))
	if got[0] != got[1] || !strings.Contains(got[0], `"estimate":3,"se":0.5,`) {
		t.Errorf("beside %s\nin a file %s", got[0], got[1])
	}
	if want := `{"id":null,"error":"short.csv has 1 rows, the file has 4"}`; got[2] != want {
		t.Error(got[2])
	}
}
