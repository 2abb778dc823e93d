package request

import (
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/survey"
)

// ratioResult is the answer to ratio.
type ratioResult struct {
	DF       figure    `json:"df"`
	Estimate figure    `json:"estimate"`
	SE       figure    `json:"se"`
	Variance figure    `json:"variance"`
	T        [2]figure `json:"ci95_t"`
	Z        [2]figure `json:"ci95_z"`
	Deff     any       `json:"deff_wor"`
}

func (m *maker) ratio(s *sample) (any, error) {
	x, err := m.manyNumbers([]string{m.Stat.Num, m.Stat.Den})
	if err != nil {
		return nil, err
	}
	ratio := survey.NewRatio(x[0], x[1])
	e, err := s.Estimate(ratio)
	if err != nil {
		return nil, err
	}
	estimate, variance := e.Theta[0], e.V[0][0]
	out := ratioResult{DF: figure(e.DF), Deff: wholePopulation(s, e)}
	if !m.Stat.Remove && s.misses(ratio, e) {
		estimate, variance, out.Deff = math.NaN(), math.NaN(), nil
	}
	se := math.Sqrt(variance)
	out.Estimate, out.SE, out.Variance = figure(estimate), figure(se), figure(variance)
	out.T, out.Z = limits(estimate, se, e.DF), limits(estimate, se, math.Inf(1))
	return out, nil
}

// wholePopulation is the design effect of a ratio, which R does not have with
// replicates and which is infinite against a sample of everyone.
func wholePopulation(s *sample, e *survey.Estimates) any {
	switch {
	case s.Replicates() != nil:
		return nil
	case e.SumWeights == float64(e.N) && e.V[0][0] > 0:
		return "Inf"
	}
	return known(e.Deff(0))
}

// varianceResult is the answer to variance: covariances of columns and their
// standard errors.
type varianceResult struct {
	N int        `json:"n_obs"`
	V [][]figure `json:"variance_matrix"`
	S [][]figure `json:"se_matrix"`
}

func (m *maker) variance(s *sample) (any, error) {
	x, err := m.manyNumbers(m.Stat.Vars)
	if err != nil {
		return nil, err
	}
	st := survey.NewCovariances(x...)
	e, err := s.Estimate(st)
	if err != nil {
		return nil, err
	}
	n := len(x)
	out := varianceResult{e.N, matrix(unknown(n)), matrix(unknown(n))}
	if !m.Stat.Remove && s.misses(st, e) {
		out.N = s.N()
		return out, nil
	}
	for i := range n {
		for j := range n {
			out.V[i][j], out.S[i][j] = figure(e.Theta[i*n+j]), known(e.SE(i*n+j))
		}
	}
	return out, nil
}

// contrastResult is the answer to contrast.
type contrastResult struct {
	DF       figure     `json:"df"`
	Estimate figure     `json:"estimate"`
	SE       figure     `json:"se"`
	T95      [2]figure  `json:"ci95_t"`
	T        figure     `json:"t"`
	P        figure     `json:"p_df_design"`
	V        [][]figure `json:"joint_vcov"`
}

func (m *maker) contrast(s *sample) (any, error) {
	columns, labels, err := m.variables(m.Stat.Vars)
	if err != nil {
		return nil, err
	}
	if len(labels) != len(m.Stat.Coef) {
		return nil, fmt.Errorf("stat.coef: %d coefficients for %d means", len(m.Stat.Coef), len(labels))
	}
	mean := survey.NewMean(columns...)
	e, err := s.Estimate(mean)
	if err != nil {
		return nil, err
	}
	if !m.Stat.Remove && s.misses(mean, e) {
		nan := figure(math.NaN())
		return contrastResult{figure(e.DF), nan, nan, [2]figure{nan, nan}, nan, nan, matrix(unknown(len(labels)))}, nil
	}
	t := e.Contrast(m.Stat.Coef).Test(e.DF, 0.95)
	return contrastResult{
		figure(e.DF), known(t.Estimate), known(t.SE), [2]figure{known(t.Lower), known(t.Upper)}, known(t.T), known(t.P), matrix(e.V),
	}, nil
}

type alphaResult struct {
	Alpha figure `json:"alpha"`
	Items int    `json:"k"`
}

func (m *maker) cronbach(s *sample) (any, error) {
	x, err := m.manyNumbers(m.Stat.Vars)
	if err != nil {
		return nil, err
	}
	alpha, err := survey.NewAlpha(x...)
	if err != nil {
		return nil, err
	}
	out := alphaResult{figure(math.NaN()), len(x)}
	rows := s.rows()
	observed, err := alpha.Observed(rows)
	if err != nil {
		return nil, err
	}
	if m.Stat.Remove || len(observed) == len(rows) {
		out.Alpha = figure(alpha.Estimate(s.Weights())[0])
	}
	return out, nil
}

// rows are those that the sample still has.
func (s *sample) rows() []int32 {
	out := make([]int32, 0, s.Rows())
	for row := range s.Weights() {
		if s.has(row) {
			out = append(out, int32(row))
		}
	}
	return out
}

type weightsResult struct {
	N          int      `json:"n"`
	Sum        figure   `json:"sum"`
	SumSquares figure   `json:"sum_sq"`
	Min        figure   `json:"min"`
	Max        figure   `json:"max"`
	Deff       figure   `json:"kish_deff"`
	Effective  figure   `json:"kish_neff"`
	Weights    []figure `json:"weights"`
}

// weights describes the weights of all rows that the sample still has.
func (m *maker) weights(s *sample) (any, error) {
	out := weightsResult{Min: figure(math.Inf(1)), Max: figure(math.Inf(-1)), Weights: []figure{}}
	positive := 0.0
	for _, row := range s.rows() {
		w := figure(s.Weights()[row])
		out.Weights = append(out.Weights, w)
		out.Sum += w
		out.SumSquares += w * w
		out.Min, out.Max = min(out.Min, w), max(out.Max, w)
		if w != 0 {
			positive++
		}
	}
	out.N = len(out.Weights)
	out.Effective = out.Sum * out.Sum / out.SumSquares
	out.Deff = figure(positive) / out.Effective
	return out, nil
}

type dfResult struct {
	DF figure `json:"df"`
}

func (m *maker) degf(s *sample) (any, error) { return dfResult{figure(s.DF())}, nil }
