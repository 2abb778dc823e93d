package disclosetest

import (
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// whole is a table with rows, reliability and heterogeneity.
func whole(s *study.Study) *estimate.Table {
	t := &estimate.Table{Rows: Rows(s)}
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			t.Reliability = append(t.Reliability, reliability(s, v.ID, w.ID)...)
		}
	}
	for _, r := range t.Rows {
		if len(s.Surveys) < 2 {
			break
		}
		if kind := s.Framework.KindOf(r.Measure); r.Survey == estimate.Average && r.Statistic == "mean" && r.Breakdown == "" && (kind == study.KindConstruct || kind == study.KindGap) {
			t.Heterogeneity = append(t.Heterogeneity, estimate.Heterogeneity{Key: r.Key, Surveys: len(s.Surveys),
				Q: number.Of(7.3), QPValue: number.Of(0.026), I2: number.Of(72.6), Tau: number.Of(3.4), TauLower: number.Of(0.9), TauUpper: number.Of(22.1),
				Pooled: r.Estimate, Lower: r.Lower, Upper: r.Upper})
		}
	}
	return t
}

// reliability is that of every construct of two items or more and of every gap.
func reliability(s *study.Study, survey, wave string) []estimate.Reliability {
	var out []estimate.Reliability
	for i, e := range s.Framework.Constructs {
		if c := e.Value; len(c.Items) > 1 {
			r := estimate.Reliability{Measure: e.ID, Survey: survey, Wave: wave, Coefficient: estimate.Alpha, Items: c.Items, Base: 560 - 30*i, Value: number.Of(0.84 - 0.11*float64(i))}
			if len(c.Items) == 2 {
				r.Coefficient = estimate.SpearmanBrown
			}
			out = append(out, r)
		}
	}
	for _, e := range s.Framework.Gaps {
		out = append(out, estimate.Reliability{Measure: e.ID, Survey: survey, Wave: wave, Coefficient: estimate.OfDifference, Items: []string{"a", "b", "c", "d"}, Base: 540, Value: number.Of(0.52)})
	}
	return out
}
