package pool_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/pool"
)

var (
	methods = map[string]pool.Method{
		"FE": pool.FixedEffect, "DL": pool.DerSimonianLaird, "PM": pool.PauleMandel, "REML": pool.RestrictedML,
		"ML": pool.MaximumLikelihood, "HE": pool.Hedges, "SJ": pool.SidikJonkman,
	}
	tests = map[string]pool.Test{"z": pool.Normal, "knha": pool.HartungKnapp, "adhoc": pool.HartungKnapp1}
)

// fit is metafor's answer for one method and test.
type fit struct {
	Method, Test                    string
	Error                           string
	Estimate, SE, Stat, DF, P, Tau2 *float64
	CI                              []*float64 `json:"ci95"`
	Tau2SE                          *float64   `json:"tau2_se"`
	I2, H2, Q                       *float64
	QP                              *float64   `json:"Q_p"`
	Weights                         []float64  `json:"weights_pct"`
	Prediction                      []*float64 `json:"pi95_metafor_default"`
	Predicted                       []*float64 `json:"pi95_t_k_minus_2"`
	Profile                         []*float64 `json:"tau2_ci95_qprofile"`
}

type refCase struct {
	ID     string
	Yi, Vi []float64
	Fits   []fit
}

func references(t *testing.T) []refCase {
	t.Helper()
	data, err := os.ReadFile("../../testdata/oracle/reference/meta_analysis.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []refCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

func (c refCase) studies() []pool.Study {
	var out []pool.Study
	for i, y := range c.Yi {
		out = append(out, pool.Study{Estimate: y, Variance: c.Vi[i]})
	}
	return out
}

// comparison holds numbers to a relative 1e-8 and counts them.
type comparison struct {
	t        *testing.T
	what     string
	compared int
}

func (c *comparison) number(name string, got number.Value, want *float64) {
	c.t.Helper()
	c.compared++
	x, known := got.Get()
	switch {
	case known != (want != nil):
		c.t.Errorf("%s, %s: got %v, metafor has a number: %t", c.what, name, got, want != nil)
	case known && math.Abs(x-*want) > 1e-8*max(math.Abs(*want), 1e-4):
		c.t.Errorf("%s, %s: got %.17g, metafor has %.17g", c.what, name, x, *want)
	}
}

// pair compares an interval; metafor's is left out of a file where it has none.
func (c *comparison) pair(name string, lower, upper number.Value, want []*float64) {
	c.t.Helper()
	if want == nil {
		want = make([]*float64, 2)
	}
	c.number(name+", lower", lower, want[0])
	c.number(name+", upper", upper, want[1])
}

func TestAgreesWithMetafor(t *testing.T) {
	total, fits := 0, 0
	for _, ref := range references(t) {
		for _, want := range ref.Fits {
			if want.Error != "" {
				t.Fatalf("%s, %s: metafor has an error, %s", ref.ID, want.Method, want.Error)
			}
			got, err := pool.Pool(ref.studies(), pool.Options{Method: methods[want.Method], Test: tests[want.Test]})
			if err != nil {
				t.Fatal(err)
			}
			if len(ref.Yi) == 1 {
				if want = ofOneStudy(want); want.Estimate == nil {
					continue // an error that a single study does not have
				}
			}
			c := &comparison{t: t, what: ref.ID + " " + want.Method + " " + want.Test}
			c.fit(got, want)
			total += c.compared
			fits++
		}
	}
	t.Logf("%d numbers of %d fits agree with metafor", total, fits)
	if fits != 83 {
		t.Errorf("compared %d fits, not 83", fits)
	}
}

// ofOneStudy is what one study has: its own limits, and nothing between studies,
// where metafor has no variance between studies as 0, and falls back on z.
func ofOneStudy(f fit) fit {
	f.Tau2, f.I2, f.H2, f.QP, f.Prediction = nil, nil, nil, nil, nil
	if f.Test != "z" {
		f.Estimate = nil
	}
	return f
}

func (c *comparison) fit(got pool.Result, want fit) {
	c.t.Helper()
	if want.Method == "FE" {
		want.Tau2 = nil // said to be 0, not found to be
	}
	c.number("estimate", got.Mean, want.Estimate)
	c.number("se", got.SE, want.SE)
	c.number("statistic", got.Statistic, want.Stat)
	c.number("p", got.PValue, want.P)
	c.number("df", number.Of(got.DF), want.DF) // R has none of the normal distribution
	c.pair("limits", got.Lower, got.Upper, want.CI)
	c.number("tau2", got.Tau2, want.Tau2)
	c.number("se of tau2", got.Tau2SE, want.Tau2SE)
	c.number("I2", got.I2, want.I2)
	c.number("H2", got.H2, want.H2)
	c.number("Q", got.Q, want.Q)
	c.number("p of Q", got.QPValue, want.QP)
	c.pair("prediction", got.Prediction.Lower, got.Prediction.Upper, want.Prediction)
	c.pair("prediction, k-2", got.HigginsPrediction.Lower, got.HigginsPrediction.Upper, want.Predicted)
	if want.Test == "z" { // given once for each method
		c.pair("limits of tau2", got.Tau2Lower, got.Tau2Upper, want.Profile)
	}
	for i, w := range want.Weights {
		c.number("weight", number.Of(got.Weights[i]), &w)
	}
}
