package request

import (
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/survey"
)

// shareResult is the answer to ciprop.
type shareResult struct {
	Estimate   figure          `json:"estimate"`
	SE         figure          `json:"se"`
	DF         figure          `json:"df"`
	N          int             `json:"n_obs"`
	Rows       int             `json:"n_rows_design"`
	Effective  figure          `json:"n_eff"`
	Degenerate bool            `json:"degenerate"`
	Intervals  []shareInterval `json:"intervals"`
}

type shareInterval struct {
	Method string    `json:"method"`
	Level  float64   `json:"level"`
	Limits [2]figure `json:"ci"`
}

// degenerate is a variance at which limits mean nothing.
const degenerate = 1e-18

func (m *maker) ciprop(s *sample) (any, error) {
	x, err := m.numbers(m.Stat.Var)
	if err != nil {
		return nil, err
	}
	if err := m.onlyShares(x, s); err != nil {
		return nil, err
	}
	p, err := s.Proportions(survey.Numeric(x))
	if err != nil {
		return nil, err
	}
	if !m.Stat.Remove && s.misses(survey.NewMean(survey.Numeric(x)), p.Estimates) {
		return nil, fmt.Errorf("%s is missing in %d rows; with na_rm they are left out", m.Stat.Var, max(p.Missing, 1))
	}
	v := p.V[0][0]
	out := shareResult{
		Estimate: figure(p.Theta[0]), SE: known(p.SE(0)), DF: figure(p.DF), N: p.N, Rows: s.DesignRows(),
		Effective: figure(p.EffectiveSize(0)), Degenerate: v < degenerate,
	}
	if out.Degenerate {
		out.SE, out.Effective = 0, figure(math.NaN())
	}
	out.Intervals = m.intervals(p, s.Replicates() != nil)
	return out, nil
}

// onlyShares refuses a column that has anything but 0 and 1.
func (m *maker) onlyShares(x []float64, s *sample) error {
	for row, w := range s.Weights() {
		if v := x[row]; w != 0 && v != 0 && v != 1 && !math.IsNaN(v) {
			return fmt.Errorf("row %d, column %q: neither 0 nor 1: the share is of those with 1", m.frame.Line(row), m.Stat.Var)
		}
	}
	return nil
}

// intervals are those of R's svyciprop by level and method, and then those that
// it lacks in the version that the reference was made with.
func (m *maker) intervals(p *survey.Proportions, replicates bool) []shareInterval {
	methods := []interval.Method{interval.Mean, interval.Logit, interval.XLogit, interval.Asin, interval.Beta, interval.Likelihood}
	if replicates {
		methods = methods[:5]
	}
	out := []shareInterval{}
	for _, group := range [][]interval.Method{methods, {interval.Wilsons, interval.Truncated}} {
		for _, level := range m.Stat.Levels {
			for _, method := range group {
				l := p.Limits(0, method, level, interval.AsInR)
				out = append(out, shareInterval{method.String(), level, [2]figure{known(l.Lower), known(l.Upper)}})
			}
		}
	}
	return out
}
