package survey

import (
	"math"
	"strconv"
	"testing"
)

// comparison holds numbers against R's.
type comparison struct {
	*testing.T
	numbers int
}

func (c *comparison) close(what string, got float64, want *float64, tolerance, floor float64) {
	c.Helper()
	c.numbers++
	if want == nil {
		if !math.IsNaN(got) {
			c.Errorf("%s: got %v, want none", what, got)
		}
		return
	}
	if !(math.Abs(got-*want) <= tolerance*max(math.Abs(*want), floor)) {
		c.Errorf("%s: got %v, want %v", what, got, *want)
	}
}

func (c *comparison) equal(what string, got float64, want *float64) {
	c.Helper()
	if want != nil {
		c.close(what, got, want, 0, 0)
	}
}

func (c *comparison) matrix(what string, got [][]float64, want [][]*float64, tolerance float64) {
	c.Helper()
	if len(got) != len(want) {
		c.Errorf("%s: got %d rows, want %d", what, len(got), len(want))
		return
	}
	for i, row := range want {
		for j, w := range row {
			c.close(what, got[i][j], w, tolerance, math.Sqrt(max(0, got[i][i]*got[j][j])))
		}
	}
}

func value(v interface{ Or(float64) float64 }) float64 { return v.Or(math.NaN()) }

func (c *comparison) rows(e *Estimates, want expectedResult, naRm, deff bool) {
	c.equal("df", e.DF, want.DF)
	c.equal("df_nonmissing", e.DFObserved, want.NonMissing)
	if !naRm && e.Missing > 0 {
		for _, row := range want.Rows {
			if row.Estimate != nil {
				c.Errorf("R has an estimate %v in spite of missing values", *row.Estimate)
			}
		}
		return
	}
	c.equal("n_obs", float64(e.N), want.NObs)
	c.close("sum_weights", e.SumWeights, want.SumWeights, 1e-10, 0)
	for i, row := range want.Rows {
		c.close("estimate", e.Theta[i], row.Estimate, 1e-10, 1e-6)
		c.close("se", value(e.SE(i)), row.SE, 1e-8, 1e-12)
		c.close("variance", value(e.Variance(i)), row.Variance, 1e-8, 1e-20)
		c.close("cv", value(e.CV(i)), row.CV, 1e-8, 1e-12)
		if deff {
			c.close("deff", value(e.Deff(i)), row.Deff, 1e-8, 0)
			c.close("deff_replace", value(e.DeffReplace(i)), row.Replace, 1e-8, 0)
		}
	}
	c.matrix("vcov", e.V, want.V, 1e-8)
}

func (c *comparison) result(rc *referenceCase, e *Estimates, want expectedResult) {
	switch rc.Stat.Fn {
	case "mean", "total":
		c.rows(e, want, rc.Stat.NaRm, rc.Stat.Deff)
	case "ratio":
		c.equal("df", e.DF, want.DF)
		c.close("estimate", e.Theta[0], want.Estimate, 1e-10, 0)
		c.close("se", value(e.SE(0)), want.SE, 1e-8, 0)
		var deff *float64
		if n, ok := want.DeffWOR.(float64); ok {
			deff = &n
		}
		if !rc.replicated() { // of which R is not asked
			c.close("deff", value(e.Deff(0)), deff, 1e-8, 0)
		}
	case "variance":
		p := len(rc.Stat.Vars)
		c.equal("n_obs", float64(e.N), want.NObs)
		for i := range e.Theta {
			c.close("variance", e.Theta[i], want.Variances[i/p][i%p], 1e-10, 0)
			c.close("se", value(e.SE(i)), want.SEs[i/p][i%p], 1e-8, 0)
		}
	case "contrast":
		d := e.Contrast(rc.Stat.Coef)
		c.equal("df", d.DF, want.DF)
		c.close("estimate", value(d.Estimate), want.Estimate, 1e-10, 0)
		c.close("se", value(d.SE()), want.SE, 1e-8, 0)
		c.matrix("joint_vcov", e.V, want.JointV, 1e-8)
	}
}

func (c *comparison) difference(rc *referenceCase, f *frame, s *Sample, want expectedResult) {
	inside := func(v any) []bool {
		in := make([]bool, f.rows)
		for k, text := range f.columns[rc.Stat.Group] {
			in[k] = text == textOf(v)
		}
		return in
	}
	st := rc.statistic(f)
	j, err := s.EstimateJoint(Part{st, inside(rc.Stat.A)}, Part{st, inside(rc.Stat.B)})
	if err != nil {
		c.Fatal(err)
	}
	d := j.Difference(0, 1)
	c.equal("df", d.DF, want.DF)
	c.close("estimate", value(d.Estimate), want.Estimate, 1e-10, 1e-6)
	c.close("se", value(d.SE()), want.SE, 1e-8, 0)
	if rc.replicated() {
		return // R has the variance of the difference alone
	}
	c.close("var_a", j.V[0][0], want.VarA, 1e-8, 0)
	c.close("var_b", j.V[1][1], want.VarB, 1e-8, 0)
	c.close("cov_ab", j.V[0][1], want.CovAB, 1e-8, math.Sqrt(j.V[0][0]*j.V[1][1]))
}

func textOf(v any) string {
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	return v.(string)
}

func (c *comparison) groups(rc *referenceCase, f *frame, s *Sample, want expectedResult) {
	codes, names := make([]int32, f.rows), []string{""}
	for _, by := range rc.By {
		next, levels := f.codes(by)
		var crossed []string
		for _, a := range names {
			for _, b := range levels {
				crossed = append(crossed, a+"|"+b)
			}
		}
		for k := range codes {
			if codes[k] >= 0 && next[k] >= 0 {
				codes[k] = codes[k]*int32(len(levels)) + next[k]
			} else {
				codes[k] = -1
			}
		}
		names = crossed
	}
	g, err := s.EstimateGroups(rc.statistic(f), codes)
	if err != nil {
		c.Fatal(err)
	}
	if len(g.Groups) != len(want.Groups) {
		c.Fatalf("got %d groups, want %d", len(g.Groups), len(want.Groups))
	}
	for i, group := range want.Groups {
		name := ""
		for _, by := range rc.By {
			name += "|" + textOf(group.Group[by])
		}
		if names[g.Groups[i].Code] != name {
			c.Errorf("group %d is %s, want %s", i, names[g.Groups[i].Code], name)
		}
		c.result(rc, g.Groups[i].Estimates, group.Result)
	}
	if want.DomainV != nil {
		c.matrix("domain_vcov", g.V, want.DomainV, 1e-8)
	}
}
