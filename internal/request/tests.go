package request

import (
	"fmt"
	"math"
	"slices"

	"github.com/caregap/caregap/internal/survey"
)

// oneSampleResult is the answer to ttest1: a test that a mean is 0, by the degrees
// of freedom of the design.
type oneSampleResult struct {
	Estimate figure    `json:"estimate"`
	SE       figure    `json:"se"`
	T        figure    `json:"t"`
	DF       figure    `json:"df_design"`
	P        figure    `json:"p_df_design"`
	Limits   [2]figure `json:"ci95_df_design"`
}

func (m *maker) ttest1(s *sample) (any, error) {
	x, err := m.numbers(m.Stat.Var)
	if err != nil {
		return nil, err
	}
	mean := survey.NewMean(survey.Numeric(x))
	e, err := s.Estimate(mean)
	if err != nil {
		return nil, err
	}
	if !m.Stat.Remove && s.misses(mean, e) {
		return nil, fmt.Errorf("%s is missing in %d rows; with na_rm they are left out", m.Stat.Var, max(e.Missing, 1))
	}
	t := e.Contrast([]float64{1}).Test(e.DF, 0.95)
	return oneSampleResult{known(t.Estimate), known(t.SE), known(t.T), figure(e.DF), known(t.P), [2]figure{known(t.Lower), known(t.Upper)}}, nil
}

// twoSampleResult is the answer to ttest2. Its p is that of the degrees of freedom
// of the rows that have both variables, of which R's test takes one off.
type twoSampleResult struct {
	Estimate figure `json:"estimate"`
	SE       figure `json:"se"`
	T        figure `json:"t"`
	P        figure `json:"p_df_plus1"`
}

func (m *maker) ttest2(s *sample) (any, error) {
	x, err := m.numbers(m.Stat.Var)
	if err != nil {
		return nil, err
	}
	groups, err := m.categories(m.Stat.Group)
	if err != nil {
		return nil, err
	}
	c, err := s.TwoSample(x, groups.Codes)
	if err != nil {
		return nil, err
	}
	t := c.Test(c.DFObserved, 0.95)
	return twoSampleResult{known(t.Estimate), known(t.SE), known(t.T), known(t.P)}, nil
}

// differenceResult is the answer to domain_diff; R has no variances of the parts
// with replicates.
type differenceResult struct {
	Estimate figure    `json:"estimate"`
	SE       figure    `json:"se"`
	VA       *figure   `json:"var_a,omitempty"`
	VB       *figure   `json:"var_b,omitempty"`
	VAB      *figure   `json:"cov_ab,omitempty"`
	Apart    *figure   `json:"se_if_covariance_ignored,omitempty"`
	DF       figure    `json:"df"`
	T        figure    `json:"t"`
	P        figure    `json:"p"`
	Limits   [2]figure `json:"ci95_t"`
}

// difference is the mean in domain b less that in domain a. The degrees of freedom
// are those of both domains together, or of the replicates.
func (m *maker) difference(s *sample) (any, error) {
	x, err := m.numbers(m.Stat.Var)
	if err != nil {
		return nil, err
	}
	groups, err := m.categories(m.Stat.Group)
	if err != nil {
		return nil, err
	}
	a, b := groups.Code(m.Stat.A), groups.Code(m.Stat.B)
	for _, end := range []struct {
		name string
		code int32
	}{{m.Stat.A, a}, {m.Stat.B, b}} {
		if end.code < 0 {
			return nil, fmt.Errorf("%s has no category %q", m.Stat.Group, end.name)
		}
	}
	mean := survey.NewMean(survey.Numeric(x))
	j, err := s.EstimateJoint(survey.Part{Statistic: mean, In: equal(groups.Codes, a)}, survey.Part{Statistic: mean, In: equal(groups.Codes, b)})
	if err != nil {
		return nil, err
	}
	df := j.DF
	if s.Replicates() != nil {
		df = s.DF()
	}
	t := j.Difference(0, 1).Test(df, 0.95)
	out := differenceResult{
		Estimate: known(t.Estimate), SE: known(t.SE), DF: figure(df), T: known(t.T), P: known(t.P), Limits: [2]figure{known(t.Lower), known(t.Upper)},
	}
	if s.Replicates() == nil {
		va, vb, vab := figure(j.V[0][0]), figure(j.V[1][1]), figure(j.V[0][1])
		apart := figure(math.Sqrt(float64(va + vb)))
		out.VA, out.VB, out.VAB, out.Apart = &va, &vb, &vab, &apart
	}
	return out, nil
}

func equal(codes []int32, code int32) []bool {
	in := make([]bool, len(codes))
	for row, c := range codes {
		in[row] = c == code
	}
	return in
}

// tableResult is the answer to chisq.
type tableResult struct {
	Weighted [][]figure  `json:"table_weighted"`
	Rows     []string    `json:"row_levels"`
	Columns  []string    `json:"col_levels"`
	Tests    []tableTest `json:"tests"`
}

type tableTest struct {
	Statistic string  `json:"statistic"`
	Value     *figure `json:"value,omitempty"`
	NDF       *figure `json:"ndf,omitempty"`
	DDF       *figure `json:"ddf,omitempty"`
	P         *figure `json:"p,omitempty"`
	Error     string  `json:"error,omitempty"`
}

func (m *maker) chisq(s *sample) (any, error) {
	factors := make([]survey.Factor, 2)
	for i, name := range []string{m.Stat.Row, m.Stat.Col} {
		c, err := m.categories(name)
		if err != nil {
			return nil, err
		}
		factors[i] = survey.Factor{Name: name, Codes: c.Codes, Levels: c.Labels}
	}
	t := s.Table(factors[0], factors[1])
	out := tableResult{Rows: m.tableLevels(s, factors[0]), Columns: m.tableLevels(s, factors[1]), Tests: []tableTest{}}
	out.Weighted = spread(t, out.Rows, out.Columns)
	for _, name := range m.Stat.Statistics {
		out.Tests = append(out.Tests, independence(t, name))
	}
	return out, nil
}

func independence(t *survey.Table, name string) tableTest {
	which, _ := survey.ParseIndependence(name)
	r, err := t.Test(which, false)
	if err != nil {
		return tableTest{Statistic: name, Error: err.Error()}
	}
	value, ndf, ddf, p := known(r.Value), known(r.NDF), known(r.DDF), known(r.P)
	return tableTest{name, &value, &ndf, &ddf, &p, ""}
}

// tableLevels are the levels that R's table has: all that the request names, else
// those of rows that the sample still has.
func (m *maker) tableLevels(s *sample, f survey.Factor) []string {
	if named, ok := m.Levels[f.Name]; ok {
		return named
	}
	found := make([]bool, len(f.Levels))
	for _, row := range s.rows() {
		if code := f.Codes[row]; code >= 0 {
			found[code] = true
		}
	}
	out := []string{}
	for code, l := range f.Levels {
		if found[code] {
			out = append(out, l)
		}
	}
	return out
}

// spread is a table with levels that it left out, which nobody has.
func spread(t *survey.Table, rows, columns []string) [][]figure {
	out := make([][]figure, len(rows))
	for i, r := range rows {
		out[i] = make([]figure, len(columns))
		for j, c := range columns {
			from, to := slices.Index(t.RowLevels, r), slices.Index(t.ColumnLevels, c)
			if from >= 0 && to >= 0 {
				out[i][j] = figure(t.Weighted[from][to])
			}
		}
	}
	return out
}
