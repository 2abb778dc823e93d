package normalise

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
)

// raked is a wave whose weights are raked to so many doctors and nurses.
func raked(t *testing.T, weights, book string, exports ...string) (loaded, *collector) {
	t.Helper()
	_, dir := studyOf(t, testFramework, book, exports...)
	write := func(name, data string) {
		full := filepath.Join(dir, name)
		if err := os.WriteFile(full, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(filepath.Join(dir, "study.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write("study.yaml", string(file)+"weights: {staff: "+weights+"}\n")
	write("margins.csv", "variable,category,population\nrole,doctor,300\nrole,nurse,700\n")
	s, list, err := study.Load(dir)
	if err != nil || s == nil {
		t.Fatalf("%v\n%s", err, said(list))
	}
	c := &collector{schema: NewSchema(s)}
	out := loaded{schema: c.schema, diags: &diag.List{}}
	l := Loader{Schema: c.schema, Survey: s.Surveys[0], Wave: s.Surveys[0].Waves[0], Key: []byte("a made-up key"), Jobs: 2}
	if out.Result, err = l.Read(context.Background(), dir, c, out.diags); err != nil {
		t.Fatal(err)
	}
	out.rows, out.reads = c.rows, c.reads
	return out, c
}

const rakedBook = "version: 1\nid: ID\nitems: {want: {column: Q1}}\nvariables: {role: {column: Role}}\n"

// byRole sums the final weights.
func byRole(rows []respondent) map[string]float64 {
	out := map[string]float64{}
	for _, r := range rows {
		out[r.Variables["role"]] += math.Round(1e6*r.Weight) / 1e6
	}
	return out
}

// The weights add up to the population; who has no role keeps their share of it.
func TestWeightsMatchThePopulation(t *testing.T) {
	export := []string{"ID,Q1,Role,W"}
	for i := range 20 {
		role := []string{"Doctor", "Doctor", "Nurse", "Doctor", ""}[i%5]
		export = append(export, fmt.Sprintf("r%d,Agree,%s,%d", i, role, 1+i%2))
	}
	for _, tc := range []struct {
		name, book string
		missing    float64
	}{
		{"of 1", rakedBook, 200},
		{"of the design", rakedBook + "design: {weight: W}\n", 1000 * 6. / 30},
	} {
		l, _ := raked(t, "{rake: margins.csv}", tc.book, lines(export...))
		l.quiet(t)
		want := map[string]float64{"doctor": 0.3 * (1000 - tc.missing), "nurse": 0.7 * (1000 - tc.missing), "seen_unanswered": tc.missing}
		near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-3 })
		if d := cmp.Diff(want, byRole(l.rows), near); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
		if l.reads != 1 {
			t.Errorf("%s: the consumer was given %d readings, want one, as counting is not for it", tc.name, l.reads)
		}
	}
}

// The design's weights stand beside the final ones, which are a factor times them.
func TestDesignWeightsAreKept(t *testing.T) {
	l, _ := raked(t, "{rake: margins.csv, bounds: [0.3, 3]}", rakedBook+"design: {weight: W}\n", lines("ID,Q1,Role,W", "a,Agree,Doctor,2", "b,Agree,Nurse,3", "c,Agree,Nurse,1", "d,Agree,Doctor,0"))
	l.quiet(t)
	for i, want := range []float64{300, 525, 175, 0} {
		if got := l.rows[i].Weight; math.Abs(got-want) > 1e-6 {
			t.Errorf("respondent %d: weight %g, want %g", i, got, want)
		}
	}
	if r := l.Raking; len(r.G) != 2 || r.Margins[0].Respondents != 1 || r.AtLower+r.AtUpper != 0 {
		t.Errorf("%+v", r)
	}
}

// Weights rest on who stays: duplicates are known before cells are counted.
func TestDuplicatesAreNotRaked(t *testing.T) {
	twice := lines("ID,Q1,Role", "a,Agree,Doctor", "b,Agree,Nurse", "c,Agree,Doctor", "c,Agree,Doctor")
	once := lines("ID,Q1,Role", "a,Agree,Doctor", "b,Agree,Nurse", "c,Agree,Doctor")
	a, _ := raked(t, "{rake: margins.csv}", rakedBook, twice)
	b, _ := raked(t, "{rake: margins.csv}", rakedBook, once)
	if d := cmp.Diff(byRole(b.quiet(t).rows), byRole(a.quiet(t).rows)); d != "" {
		t.Error(d)
	}
	if a.Respondents != 3 || a.reads != 1 {
		t.Errorf("%d respondents, %d readings handed on", a.Respondents, a.reads)
	}
}

// The same file in one piece or in many gives the same weights to the last bit.
func TestWeightsDoNotDependOnThePieces(t *testing.T) {
	head, rows := "ID,Q1,Role,W", []string{}
	for i := range 300 {
		rows = append(rows, fmt.Sprintf("r%d,Agree,%s,%d.%d", i, []string{"Doctor", "Nurse", "Nurse", ""}[i%4], 1+i%3, i%7))
	}
	book := rakedBook + "design: {weight: W}\n"
	whole, _ := raked(t, "{rake: margins.csv}", book, lines(append([]string{head}, rows...)...))
	parts, _ := raked(t, "{rake: margins.csv}", book, lines(append([]string{head}, rows[:100]...)...), lines(append([]string{head}, rows[100:]...)...))
	for i := range whole.rows {
		if whole.rows[i].Weight != parts.rows[i].Weight {
			t.Fatalf("respondent %d: %v and %v", i, whole.rows[i].Weight, parts.rows[i].Weight)
		}
	}
}

func TestWhatCannotBeRakedIsSaid(t *testing.T) {
	l, _ := raked(t, "{rake: margins.csv, bounds: [0.9, 1.1]}", rakedBook, lines("ID,Q1,Role", "a,Agree,Doctor", "b,Agree,Nurse"))
	if got := said(l.diags); strings.Count(got, "outside the bounds [0.9, 1.1]") != 2 || !strings.Contains(got, `study.yaml`) {
		t.Errorf("said:\n%s", got)
	}
}

// A label that nothing declares may be why a category has nobody: it is said alone.
func TestRakingWaitsForTheData(t *testing.T) {
	l, _ := raked(t, "{rake: margins.csv}", rakedBook, lines("ID,Q1,Role", "a,Agree,Doctor", "b,Agree,Porter"))
	if list := l.diags.Sorted(); len(list) != 1 || list[0].Code != "unknown-label" {
		t.Errorf("said:\n%s", said(l.diags))
	}
}
