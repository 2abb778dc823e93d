package request

import (
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/pool"
	"github.com/caregap/caregap/internal/reliability"
)

// designless are the statistics that know of no design: alpha of a scale as if its
// rows had been drawn one by one, and estimates pooled, a row each.
var designless = []string{"alpha", "pool"}

// The choices by their names in R; the first is taken where none is named.
var (
	alphaUses   = []string{"pairwise", "complete"} // psych's use
	poolMethods = []string{"REML", "DL", "PM", "ML", "HE", "SJ", "FE"}
	poolTests   = []string{"z", "knha", "adhoc"} // metafor's test

	poolMethodOf = map[string]pool.Method{
		"REML": pool.RestrictedML, "DL": pool.DerSimonianLaird, "PM": pool.PauleMandel, "ML": pool.MaximumLikelihood,
		"HE": pool.Hedges, "SJ": pool.SidikJonkman, "FE": pool.FixedEffect,
	}
	poolTestOf = map[string]pool.Test{"z": pool.Normal, "knha": pool.HartungKnapp, "adhoc": pool.HartungKnapp1}
	alphaUseOf = map[string]reliability.Use{"pairwise": reliability.Pairwise, "complete": reliability.Listwise}
)

// scaleResult is the answer to alpha (psych::alpha).
type scaleResult struct {
	Use      string       `json:"use"`
	Alpha    figure       `json:"raw_alpha"`
	Standard figure       `json:"std_alpha"`
	AverageR figure       `json:"average_r"`
	Lambda6  figure       `json:"guttman_lambda6"`
	SN       figure       `json:"signal_noise"`
	SE       figure       `json:"ase"`
	Mean     figure       `json:"mean"`
	SD       figure       `json:"sd"`
	Items    []itemResult `json:"item_stats"`
	Without  []dropResult `json:"alpha_if_dropped"`
}

type itemResult struct {
	Item  string `json:"item"`
	N     int    `json:"n"`
	R     figure `json:"raw_r"`
	RCor  figure `json:"r_cor"`
	RDrop figure `json:"r_drop"`
	Mean  figure `json:"mean"`
	SD    figure `json:"sd"`
}

type dropResult struct {
	Item     string `json:"item"`
	Alpha    figure `json:"raw_alpha"`
	Standard figure `json:"std_alpha"`
}

func (m *maker) alpha(s *sample) (any, error) {
	x, err := m.columnsOf(s, m.Stat.Vars)
	if err != nil {
		return nil, err
	}
	a, err := reliability.FromAnswers(alphaUseOf[m.Stat.Use], x...)
	if err != nil {
		return nil, fmt.Errorf("stat.vars: %w", err)
	}
	out := scaleResult{
		Use: m.Stat.Use, Alpha: known(a.Alpha), Standard: known(a.Standardised), AverageR: known(a.AverageR), Lambda6: known(a.Lambda6), SN: known(a.SignalNoise),
		SE: known(a.SE), Mean: known(a.Mean), SD: known(a.SD),
	}
	for i, name := range m.Stat.Vars {
		own, item := a.PerItem[i], a.Items[i]
		out.Items = append(out.Items, itemResult{name, own.N, known(own.R), known(item.RCor), known(item.RDrop), known(own.Mean), known(own.SD)})
		out.Without = append(out.Without, dropResult{name, known(item.AlphaWithout), known(item.StandardisedWithout)})
	}
	return out, nil
}

// poolResult is the answer to pool (metafor's rma).
type poolResult struct {
	Method     string    `json:"method"`
	Test       string    `json:"test"`
	K          int       `json:"k"`
	Estimate   figure    `json:"estimate"`
	SE         figure    `json:"se"`
	Statistic  figure    `json:"stat"`
	DF         figure    `json:"df"`
	P          figure    `json:"p"`
	Limits     [2]figure `json:"ci95"`
	Tau2       figure    `json:"tau2"`
	Tau2SE     figure    `json:"tau2_se"`
	I2         figure    `json:"I2"`
	H2         figure    `json:"H2"`
	Q          figure    `json:"Q"`
	QDF        int       `json:"Q_df"`
	QP         figure    `json:"Q_p"`
	Weights    []figure  `json:"weights_pct"`
	Prediction [2]figure `json:"pi95_metafor_default"`
	Higgins    [2]figure `json:"pi95_t_k_minus_2"`
	Profile    [2]figure `json:"tau2_ci95_qprofile"`
}

func (m *maker) pool(s *sample) (any, error) {
	x, err := m.columnsOf(s, []string{m.Stat.Estimate, m.Stat.Variance})
	if err != nil {
		return nil, err
	}
	var studies []pool.Study
	for i := range x[0] {
		if y, v := x[0][i], x[1][i]; !math.IsNaN(y) && !math.IsNaN(v) {
			studies = append(studies, pool.Study{Estimate: y, Variance: v})
		}
	}
	r, err := pool.Pool(studies, pool.Options{Method: poolMethodOf[m.Stat.Method], Test: poolTestOf[m.Stat.Test]})
	if err != nil {
		return nil, err
	}
	return poolResult{
		Method: m.Stat.Method, Test: m.Stat.Test, K: len(studies), Estimate: known(r.Mean), SE: known(r.SE), Statistic: known(r.Statistic), DF: figure(r.DF), P: known(r.PValue),
		Limits: ends(r.Lower, r.Upper), Tau2: known(r.Tau2), Tau2SE: known(r.Tau2SE), I2: known(r.I2), H2: known(r.H2), Q: known(r.Q), QDF: len(studies) - 1, QP: known(r.QPValue),
		Weights: figures(r.Weights), Prediction: ends(r.Prediction.Lower, r.Prediction.Upper), Higgins: ends(r.HigginsPrediction.Lower, r.HigginsPrediction.Upper),
		Profile: ends(r.Tau2Lower, r.Tau2Upper),
	}, nil
}

func ends(lower, upper number.Value) [2]figure { return [2]figure{known(lower), known(upper)} }

// columnsOf are columns of numbers in the rows that the sample still has.
func (m *maker) columnsOf(s *sample, names []string) ([][]float64, error) {
	x, err := m.manyNumbers(names)
	if err != nil {
		return nil, err
	}
	rows := s.rows()
	out := make([][]float64, len(x))
	for i := range x {
		for _, row := range rows {
			out[i] = append(out[i], x[i][row])
		}
	}
	return out, nil
}
