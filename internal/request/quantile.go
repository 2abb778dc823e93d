package request

import (
	"fmt"

	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/survey"
)

// quantileResult is the answer to quantile.
type quantileResult struct {
	DF        figure        `json:"df"`
	Quantiles []quantileRow `json:"quantiles"`
}

type quantileRow struct {
	Rule     string     `json:"qrule"`
	Interval string     `json:"interval_type"`
	P        *float64   `json:"p,omitempty"`
	Estimate *figure    `json:"estimate,omitempty"`
	Limits   *[2]figure `json:"ci95,omitempty"`
	SE       *figure    `json:"se,omitempty"`
	Error    string     `json:"error,omitempty"`
}

func (m *maker) quantile(s *sample) (any, error) {
	x, err := m.numbers(m.Stat.Var)
	if err != nil {
		return nil, err
	}
	q, err := s.Quantiles(x)
	if err != nil {
		return nil, err
	}
	if !m.Stat.Remove && q.Missing > 0 {
		return nil, fmt.Errorf("%s is missing in %d rows; with na_rm they are left out", m.Stat.Var, q.Missing)
	}
	out := quantileResult{DF: figure(q.DF), Quantiles: []quantileRow{}}
	for _, rule := range m.Stat.Rules {
		for _, kind := range m.Stat.Intervals {
			out.Quantiles = append(out.Quantiles, quantileRows(q, rule, kind, m.Stat.Probs)...)
		}
	}
	return out, nil
}

// quantileRows are those of a rule and a kind of limits, or one with an error.
func quantileRows(q *survey.Quantiles, ruleName, kind string, probs []float64) []quantileRow {
	var out []quantileRow
	rule, _ := survey.ParseRule(ruleName)
	for _, p := range probs {
		one, err := limitedQuantile(q, p, rule, kind)
		if err != nil {
			return []quantileRow{{Rule: ruleName, Interval: kind, Error: err.Error()}}
		}
		estimate, se := known(one.Estimate), known(one.SE)
		out = append(out, quantileRow{ruleName, kind, &p, &estimate, &[2]figure{known(one.Lower), known(one.Upper)}, &se, ""})
	}
	return out
}

func limitedQuantile(q *survey.Quantiles, p float64, rule survey.Rule, kind string) (survey.Quantile, error) {
	if kind == "quantile" {
		return q.Replicated(p, rule, 0.95)
	}
	method, _ := interval.Parse(kind)
	return q.Woodruff(p, rule, method, 0.95, interval.AsInR)
}
