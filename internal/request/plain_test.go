package request_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const oracle = "../../testdata/oracle/reference/"

// Requests for unweighted alpha are answered as R's psych does. What it says of a
// scale less one of its two items is a coefficient of regression, and none here.
func TestAlphaReference(t *testing.T) {
	var all struct {
		Cases []struct {
			ID, Data           string
			Items              []string
			Pairwise, Listwise map[string]any
		}
	}
	read(t, oracle+"alpha_unweighted.json", &all)
	figures := 0
	for _, c := range all.Cases {
		items := `["` + strings.Join(c.Items, `","`) + `"]`
		got := answers(t, oracle+c.Data+".csv", [][]byte{
			[]byte(`{"stat": {"fn": "alpha", "vars": ` + items + `}}`),
			[]byte(`{"stat": {"fn": "alpha", "vars": ` + items + `, "use": "complete"}}`),
		})
		for i, want := range []map[string]any{c.Pairwise, c.Listwise} {
			if len(c.Items) == 2 {
				delete(want, "alpha_if_dropped")
			}
			x := &comparison{}
			x.object(place{}, want, got[i])
			figures += x.figures
			for _, d := range x.disagreements {
				t.Errorf("%s%s", c.ID, d)
			}
		}
	}
	if figures < 600 {
		t.Errorf("%d figures compared", figures)
	}
}

// Requests to pool are answered as R's metafor does, but that FE finds no tau2.
func TestPoolReference(t *testing.T) {
	var all struct {
		Cases []struct {
			ID     string
			Yi, Vi []float64
			Fits   []map[string]any
		}
	}
	read(t, oracle+"meta_analysis.json", &all)
	fits := 0
	for _, c := range all.Cases {
		if len(c.Yi) == 1 {
			continue // held in the package that pools
		}
		lines := make([][]byte, len(c.Fits))
		for i, fit := range c.Fits {
			lines[i] = fmt.Appendf(nil, `{"stat": {"fn": "pool", "estimate": "y", "variance": "v", "method": "%s", "test": "%s"}}`, fit["method"], fit["test"])
		}
		for i, got := range answers(t, studies(t, c.Yi, c.Vi), lines) {
			if c.Fits[i]["method"] == "FE" {
				delete(c.Fits[i], "tau2")
			}
			x := &comparison{}
			x.object(place{}, c.Fits[i], got)
			for _, d := range x.disagreements {
				t.Errorf("%s, %v %v%s", c.ID, c.Fits[i]["method"], c.Fits[i]["test"], d)
			}
			fits++
		}
	}
	if fits != 76 {
		t.Errorf("%d fits, not 76", fits)
	}
}

// studies writes a file of them; a row without a variance is none.
func studies(t *testing.T, y, v []float64) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("y,v\n9,\n")
	for i := range y {
		b.WriteString(strconv.FormatFloat(y[i], 'g', -1, 64) + "," + strconv.FormatFloat(v[i], 'g', -1, 64) + "\n")
	}
	file := filepath.Join(t.TempDir(), "studies.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRequestsWithoutADesign(t *testing.T) {
	file := studies(t, []float64{1, 2, 4}, []float64{1, 0.5, 2})
	for _, c := range []struct{ line, want string }{
		{`{"design": {"kind": "taylor"}, "stat": {"fn": "pool", "estimate": "y", "variance": "v"}}`, "design: pool knows of none"},
		{`{"stat": {"fn": "mean", "vars": ["y"]}}`, "design: missing"},
		{`{"stat": {"fn": "pool", "estimate": "y", "variance": "v", "method": "REMLL"}}`, `stat.method: unknown estimator "REMLL" (nearest: "REML")`},
		{`{"stat": {"fn": "pool", "estimate": "y"}}`, "stat.variance: missing"},
		{`{"stat": {"fn": "alpha", "vars": ["y"]}}`, "stat.vars: two items or more are expected, found 1"},
		{`{"stat": {"fn": "alpha", "vars": ["y", "w"]}}`, `"w"`},
	} {
		got := answers(t, file, [][]byte{[]byte(c.line)})[0]
		if text, _ := got["error"].(string); !strings.Contains(text, c.want) {
			t.Errorf("%s: %v, want %s", c.line, got, c.want)
		}
	}
	subset := `{"stat": {"fn": "alpha", "vars": ["y", "v"]}, "steps": [{"op": "subset", "col": "v"}]}`
	if got := answers(t, file, [][]byte{[]byte(subset)})[0]; got["error"] != nil || got["raw_alpha"] != nil {
		t.Errorf("one row left: %v", got)
	}
}
