package request

import (
	"math"

	"github.com/caregap/caregap/internal/survey"
)

// linearResult is the answer to mean and total.
type linearResult struct {
	DF         figure      `json:"df"`
	DFObserved figure      `json:"df_nonmissing"`
	N          int         `json:"n_obs"`
	SumWeights figure      `json:"sum_weights"`
	Rows       []linearRow `json:"rows"`
	V          [][]figure  `json:"vcov"`
}

type linearRow struct {
	Variable    string    `json:"variable"`
	Level       *string   `json:"level,omitempty"`
	Estimate    figure    `json:"estimate"`
	SE          figure    `json:"se"`
	Variance    figure    `json:"variance"`
	CV          figure    `json:"cv"`
	T           [2]figure `json:"ci95_t"`
	Z           [2]figure `json:"ci95_z"`
	Zero        bool      `json:"zero_variance,omitempty"`
	Deff        *figure   `json:"deff,omitempty"`
	DeffReplace *figure   `json:"deff_replace,omitempty"`
}

// label names a number of a mean or total.
type label struct {
	variable string
	level    *string
}

// variables are the columns of a mean or total: numbers, or categories with a
// number for each of them.
func (m *maker) variables(names []string) ([]survey.Column, []label, error) {
	var columns []survey.Column
	var labels []label
	for _, name := range names {
		if _, named := m.Levels[name]; !named && m.column(name).Numeric() {
			x, err := m.numbers(name)
			if err != nil {
				return nil, nil, err
			}
			columns, labels = append(columns, survey.Numeric(x)), append(labels, label{variable: name})
			continue
		}
		c, err := m.categories(name)
		if err != nil {
			return nil, nil, err
		}
		columns = append(columns, survey.Categorical(c.Codes, len(c.Labels)))
		for i := range c.Labels {
			labels = append(labels, label{name, &c.Labels[i]})
		}
	}
	return columns, labels, nil
}

// linear is a mean or total of which each number has a label.
type linear struct {
	survey.Statistic
	labels []label
	deff   bool
	keep   bool // missing values are not removed
}

func (m *maker) linear() (*linear, error) {
	columns, labels, err := m.variables(m.Stat.Vars)
	if err != nil {
		return nil, err
	}
	l := &linear{labels: labels, deff: m.Stat.Deff, keep: !m.Stat.Remove}
	if m.Stat.Fn == "mean" {
		l.Statistic = survey.NewMean(columns...)
	} else {
		l.Statistic = survey.NewTotal(columns...)
	}
	return l, nil
}

func (l *linear) of(s *sample) (any, error) {
	e, err := s.Estimate(l.Statistic)
	if err != nil {
		return nil, err
	}
	return l.result(e, s), nil
}

// result is the answer from estimates of a sample. Without na_rm a missing value
// leaves nothing but counts.
func (l *linear) result(e *survey.Estimates, s *sample) *linearResult {
	out := &linearResult{DF: figure(e.DF), DFObserved: figure(e.DFObserved), N: e.N, SumWeights: figure(e.SumWeights), V: matrix(e.V)}
	if l.keep && s.misses(l.Statistic, e) {
		out.DFObserved, out.N, out.SumWeights = out.DF, s.N(), figure(s.sumWeights())
		out.V = matrix(unknown(len(l.labels)))
		e = nil
	}
	for i, name := range l.labels {
		out.Rows = append(out.Rows, l.row(e, i, name))
	}
	return out
}

func (l *linear) row(e *survey.Estimates, i int, name label) linearRow {
	nan := figure(math.NaN())
	row := linearRow{Variable: name.variable, Level: name.level, Estimate: nan, SE: nan, Variance: nan, CV: nan, T: [2]figure{nan, nan}, Z: [2]figure{nan, nan}}
	if l.deff {
		row.Deff, row.DeffReplace = new(figure), new(figure)
		*row.Deff, *row.DeffReplace = nan, nan
	}
	if e == nil {
		return row
	}
	estimate, se := e.Theta[i], math.Sqrt(e.V[i][i])
	row.Estimate, row.SE, row.Variance, row.CV = figure(estimate), figure(se), figure(e.V[i][i]), known(e.CV(i))
	row.T, row.Z = limits(estimate, se, e.DF), limits(estimate, se, math.Inf(1))
	row.Zero = se == 0
	if l.deff {
		*row.Deff, *row.DeffReplace = known(e.Deff(i)), known(e.DeffReplace(i))
	}
	return row
}

// misses reports whether R would meet a missing value: also one of a row that
// has no weight any more and is still in the sample.
func (s *sample) misses(st survey.Statistic, e *survey.Estimates) bool {
	if e.Missing > 0 {
		return true
	}
	outside := s.outside()
	if len(outside) == 0 {
		return false
	}
	observed, err := st.(observer).Observed(outside)
	return err == nil && len(observed) < len(outside)
}

// observer tells which of rows have all the values that a statistic needs.
type observer interface {
	Observed(rows []int32) ([]int32, error)
}

// outside are the rows of weight 0 that the sample still has.
func (s *sample) outside() []int32 {
	var out []int32
	for row, w := range s.Weights() {
		if w == 0 && s.has(row) {
			out = append(out, int32(row))
		}
	}
	return out
}

func (s *sample) sumWeights() float64 {
	sum := 0.0
	for _, w := range s.Weights() {
		sum += w
	}
	return sum
}
