package survey

import (
	"encoding/json"
	"slices"
	"testing"
)

// referenceCase is a call of R's survey package and what it gave
// (testdata/oracle/reference/README.md).
type referenceCase struct {
	ID     string
	Data   string
	Design struct {
		Kind             string
		IDs, Strata, FPC []string
		Weights          string
		Nest             bool
		replicateDesign
	}
	Steps  []referenceStep
	Lonely string `json:"lonely_psu"`
	Domain bool   `json:"adjust_domain_lonely"`
	By     []string
	Stat   struct {
		Fn                   string
		Vars                 []string
		Num, Den, Var, Group string
		A, B                 any
		Coef                 []float64
		NaRm                 bool `json:"na_rm"`
		Deff                 bool
	}
	Expected json.RawMessage
}

type expectedRow struct {
	Estimate, SE, Variance, CV, Deff *float64
	Replace                          *float64 `json:"deff_replace"`
}

type expectedResult struct {
	Error               any
	Message             string
	DF, N, Estimate, SE *float64
	NonMissing          *float64 `json:"df_nonmissing"`
	NObs                *float64 `json:"n_obs"`
	SumWeights          *float64 `json:"sum_weights"`
	Rows                []expectedRow
	V                   [][]*float64 `json:"vcov"`
	JointV              [][]*float64 `json:"joint_vcov"`
	DeffWOR             any          `json:"deff_wor"` // a number, or R's word for none
	Variances           [][]*float64 `json:"variance_matrix"`
	SEs                 [][]*float64 `json:"se_matrix"`
	VarA                *float64     `json:"var_a"`
	VarB                *float64     `json:"var_b"`
	CovAB               *float64     `json:"cov_ab"`
	Groups              []struct {
		Group  map[string]any
		Result expectedResult
	}
	DomainV [][]*float64 `json:"domain_vcov"`
}

var lonelyNames = map[string]Lonely{"": LonelyFail, "fail": LonelyFail, "certainty": LonelyCertainty, "remove": LonelyRemove, "adjust": LonelyAdjust, "average": LonelyAverage}

func (c *referenceCase) sample(t *testing.T, f *frame) (*Sample, error) {
	s, err := c.start(t, f)
	for i := 0; err == nil && i < len(c.Steps); i++ {
		s, err = c.Steps[i].apply(s, f, c)
	}
	return s, err
}

func (c *referenceCase) start(t *testing.T, f *frame) (*Sample, error) {
	if c.Design.Kind == "replicate" {
		return c.Design.replicated(t, f.numbers(c.Design.Weights))
	}
	d := Design{Rows: f.rows, Nest: c.Design.Nest, Lonely: lonelyNames[c.Lonely], DomainLonely: c.Domain,
		Stages: f.stages(c.Design.IDs, c.Design.Strata, c.Design.FPC)}
	if c.Design.Weights != "" {
		d.Weights = f.numbers(c.Design.Weights)
	}
	return New(d)
}

func (c *referenceCase) statistic(f *frame) Statistic {
	var columns []Column
	var numeric [][]float64
	for _, v := range c.Stat.Vars {
		columns, numeric = append(columns, f.column(v)), append(numeric, f.numbers(v))
	}
	switch c.Stat.Fn {
	case "mean", "contrast":
		return NewMean(columns...)
	case "total":
		return NewTotal(columns...)
	case "variance":
		return NewCovariances(numeric...)
	case "ratio":
		return NewRatio(f.numbers(c.Stat.Num), f.numbers(c.Stat.Den))
	case "domain_diff":
		return NewMean(Numeric(f.numbers(c.Stat.Var)))
	}
	return nil
}

// TestEngineAgreesWithR holds the engine against R's survey 4.5: estimates to 1e-10,
// errors to 1e-8, degrees of freedom exactly.
func TestEngineAgreesWithR(t *testing.T) {
	for file, cases := range map[string]int{"means_totals_ratios.json": 98, "domains_differences.json": 76, "lonely_psu.json": 100} {
		var list struct{ Cases []*referenceCase }
		readJSON(t, file, &list)
		ran := 0
		for _, rc := range list.Cases {
			if slices.ContainsFunc(rc.Steps, func(s referenceStep) bool { return s.Op != "subset" }) {
				continue
			}
			ran++
			t.Run(rc.ID, func(t *testing.T) { runReference(t, rc) })
		}
		if ran != cases {
			t.Errorf("%s: ran %d cases, want %d", file, ran, cases)
		}
	}
}

func runReference(t *testing.T, rc *referenceCase) {
	c, f := &comparison{T: t}, readFrame(t, rc.Data)
	var want expectedResult
	if err := json.Unmarshal(rc.Expected, &want); err != nil {
		t.Fatal(err)
	}
	s, err := rc.sample(t, f)
	var e *Estimates
	switch st := rc.statistic(f); {
	case err != nil:
	case len(rc.By) > 0:
		c.groups(rc, f, s, want)
		return
	case rc.Stat.Fn == "domain_diff":
		c.difference(rc, f, s, want)
		return
	case rc.Stat.Fn == "degf":
		c.equal("df", s.DF(), want.DF)
		return
	default:
		e, err = s.Estimate(st)
	}
	if want.Error != nil {
		if err == nil {
			t.Errorf("no error, R: %s", want.Message)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	c.result(rc, e, want)
	if c.numbers == 0 {
		t.Error("nothing was compared")
	}
}
