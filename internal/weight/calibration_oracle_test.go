package weight

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestCalibrationAsInR holds calibrations to testdata/oracle/weights.json, the values
// of weights.R beside it: rescaled weights, bounds that hold rows, one g per cluster.
func TestCalibrationAsInR(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(oracle, "..", "weights.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]struct {
		Weights  []float64
		Mean, SE float64
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	schools := []refTerm{{Kind: "intercept", Total: 6194}, {Kind: "numeric", Var: "api99", Total: 3914069}}
	more := []refTerm{schools[0], {Kind: "numeric", Var: "api99", Total: 4100000}}
	types := []refTerm{schools[0], {"level", "stype", "H", 755}, {"level", "stype", "M", 1018}, {"level", "sch_wide", "Yes", 5122}}
	both := []refTerm{schools[0], {"level", "sch_wide", "Yes", 5122}, {"level", "sch_wide", "No", 1072}}
	cases := map[string]struct {
		data string
		step refStep
	}{
		"rescaled_linear":   {"apisrs", refStep{CalFun: "linear", Terms: schools, Bounds: []float64{0.9, 1.05}}},
		"rescaled_raking":   {"apisrs", refStep{CalFun: "raking", Terms: types, Bounds: []float64{0.9, 1.1}}},
		"rescaled_logit":    {"apisrs", refStep{CalFun: "logit", Terms: schools, Bounds: []float64{0.5, 2}}},
		"bounded_linear":    {"apisrs", refStep{CalFun: "linear", Terms: more, Bounds: []float64{0.6, 1.5}}},
		"bounded_raking":    {"apisrs", refStep{CalFun: "raking", Terms: more, Bounds: []float64{0.6, 1.5}}},
		"clustered_raking":  {"apiclus1", refStep{CalFun: "raking", Terms: schools, AggregateStage: 1}},
		"clustered_bounded": {"apiclus1", refStep{CalFun: "linear", Terms: schools, Bounds: []float64{0.5, 1.4}, AggregateStage: 1}},
		"collinear_raking":  {"apisrs", refStep{CalFun: "raking", Terms: both}},
	}
	if len(want) != len(cases) {
		t.Errorf("%d cases in the file", len(want))
	}
	for name, c := range cases {
		f := readFrame(t, c.data)
		var design refCase
		if c.data == "apiclus1" {
			design.Design.IDs = []string{"dnum"}
		}
		start := f.numbers("pw")
		if name[:3] == "res" {
			start = slices.Repeat([]float64{1}, f.rows)
		}
		a, err := f.calibration(design, c.step).Adjust(start)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for row, w := range want[name].Weights {
			if math.Abs(a.Weights[row]-w) > 1e-10*w {
				t.Errorf("%s: row %d has %v, R %v", name, row+1, a.Weights[row], w)
				break
			}
		}
		mean, x := linearised(a.Weights, f.numbers("api00"), true)
		a.Residual.Residual(x)
		if se := math.Sqrt(f.variance(design, x)); math.Abs(mean-want[name].Mean) > 1e-10*mean || math.Abs(se-want[name].SE) > 1e-8*se {
			t.Errorf("%s: %v with error %v, R %v with %v", name, mean, se, want[name].Mean, want[name].SE)
		}
	}
}
