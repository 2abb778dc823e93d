package survey

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// R's svrepdesign has these scales.
func TestGivenScales(t *testing.T) {
	columns := [][]float64{{0, 1.5, 1}, {2, 0, 1}, {1, 1, 0}, {2, 1, 1}}
	ones := []float64{1, 1, 1, 1}
	for name, c := range map[string]struct {
		given   GivenReplicates
		scale   float64
		rscales []float64
	}{
		"JK1":                   {GivenReplicates{Kind: JK1}, 0.75, ones},
		"JK1 with its scale":    {GivenReplicates{Kind: JK1, Scale: 0.5}, 0.5, ones},
		"JKn":                   {GivenReplicates{Kind: JKn, RScales: []float64{0.5, 0.5, 0.75, 0.25}}, 1, []float64{0.5, 0.5, 0.75, 0.25}},
		"JKn, one rscale":       {GivenReplicates{Kind: JKn, RScales: []float64{0.5}}, 1, []float64{0.5, 0.5, 0.5, 0.5}},
		"JKn from multipliers":  {GivenReplicates{Kind: JKn, Multipliers: true}, 1, []float64{1 / 1.5, 0.5, 1, 0.5}},
		"BRR":                   {GivenReplicates{Kind: BRR}, 0.25, ones},
		"BRR with that scale":   {GivenReplicates{Kind: BRR, Scale: 0.25}, 0.25, ones},
		"Fay":                   {GivenReplicates{Kind: Fay, Rho: 0.5}, 1, ones},
		"bootstrap":             {GivenReplicates{Kind: Bootstrap}, 1.0 / 3, ones},
		"ACS":                   {GivenReplicates{Kind: SuccessiveDifference}, 1, ones},
		"JK2":                   {GivenReplicates{Kind: JK2}, 1, ones},
		"other":                 {GivenReplicates{Kind: OtherReplicates}, 1, ones},
		"other, scale and more": {GivenReplicates{Kind: OtherReplicates, Scale: 0.3, RScales: []float64{0, 1, 2, 3}}, 0.3, []float64{0, 1, 2, 3}},
	} {
		c.given.Columns = columns
		s, err := NewReplicated([]float64{1, 2, 3}, c.given)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := &Replicates{Kind: c.given.Kind, Scale: c.scale, RScales: c.rscales}
		if diff := cmp.Diff(want, s.reps, cmpopts.IgnoreUnexported(Replicates{}), cmpopts.EquateApprox(1e-15, 0)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestGivenProblems(t *testing.T) {
	columns := [][]float64{{0, 1.5}, {2, 0}}
	for want, c := range map[string]struct {
		weights []float64
		given   GivenReplicates
	}{
		"row 2: weight -1":         {[]float64{1, -1}, GivenReplicates{Columns: columns}},
		"row 1: weight NaN":        {[]float64{math.NaN(), 1}, GivenReplicates{Columns: columns}},
		"0 columns":                {[]float64{1, 1}, GivenReplicates{}},
		"replicate 1: 2 weights":   {[]float64{1, 1, 1}, GivenReplicates{Columns: columns}},
		"row 2: replicate 2":       {[]float64{1, 1}, GivenReplicates{Columns: [][]float64{{1, 1}, {1, math.NaN()}}}},
		"JKn need rscales":         {[]float64{1, 1}, GivenReplicates{Kind: JKn, Columns: columns}},
		"3 rscales for 2":          {[]float64{1, 1}, GivenReplicates{RScales: []float64{1, 1, 1}, Columns: columns}},
		"replicate 2: rscale -1":   {[]float64{1, 1}, GivenReplicates{RScales: []float64{1, -1}, Columns: columns}},
		"of type JK2 have rscales": {[]float64{1, 1}, GivenReplicates{Kind: JK2, RScales: []float64{2, 1}, Columns: columns}},
		"BRR have scale 0.5":       {[]float64{1, 1}, GivenReplicates{Kind: BRR, Scale: 1, Columns: columns}},
		"scale -1":                 {[]float64{1, 1}, GivenReplicates{Scale: -1, Columns: columns}},
		"rho 1.5":                  {[]float64{1, 1}, GivenReplicates{Kind: Fay, Rho: 1.5, Columns: columns}},
		"made and not given":       {[]float64{1, 1}, GivenReplicates{Kind: RaoWu, Columns: columns}},
	} {
		if _, err := NewReplicated(c.weights, c.given); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	several := GivenReplicates{Kind: Fay, Rho: 2, RScales: []float64{1, -1}, Columns: columns}
	if _, err := NewReplicated([]float64{1, -1}, several); err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("three problems: %v", err)
	}
}

func TestReplicateKinds(t *testing.T) {
	for _, n := range replicateNames {
		kind, ok := ReplicateKindOf(n.name)
		again, known := ReplicateKindOf(kind.String())
		if !ok || !known || kind != n.kind || again != kind {
			t.Errorf("%s is %v", n.name, kind)
		}
	}
	if _, ok := ReplicateKindOf("jackknife"); ok {
		t.Error("jackknife is a kind")
	}
}

// Rows that are multiples of one another stand as one, and the rank stays.
func TestLikeRows(t *testing.T) {
	w := []float64{1, 2, 3, 0.1, 0.2, 5}
	s, err := NewReplicated(w, GivenReplicates{Kind: JK1, Columns: [][]float64{
		{0, 0, 4.5, 0.15, 0.3, 7.5}, {1.5, 3, 0, 0, 0, 7.5}, {1.5, 3, 4.5, 0.15, 0.3, 0},
	}})
	if err != nil {
		t.Fatal(err)
	}
	m := (&rowMatrix{columns: s.reps.columns, first: []int{0, 1, 2, 3, 4, 5}}).likeRows()
	if diff := cmp.Diff([]int{0, 2, 5}, m.first); diff != "" {
		t.Error(diff)
	}
	for in, want := range map[string]float64{"111111": 2, "110000": 0, "110110": 1, "000001": 0, "000000": -1} {
		mask := make([]bool, len(in))
		for k := range mask {
			mask[k] = in[k] == '1'
		}
		if got := s.DFOf(mask); got != want {
			t.Errorf("%s: df %v, want %v", in, got, want)
		}
	}
	x := make([]float64, 3)
	m.column(1, x)
	want := []float64{1.5 * math.Sqrt(1+4), 0, 7.5}
	if !slices.EqualFunc(x, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }) {
		t.Errorf("column %v, want %v", x, want)
	}
}
