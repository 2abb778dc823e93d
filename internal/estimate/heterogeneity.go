package estimate

import (
	"math"
	"slices"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/pool"
	"github.com/caregap/caregap/internal/study"
)

// Heterogeneity is how far the surveys behind an average differ by more than the
// errors of their samples: the same estimates pooled as a random-effects
// meta-analysis, tau by restricted maximum likelihood.
type Heterogeneity struct {
	Key                               // of the average
	Surveys              int          // that it is made of
	Q, QPValue, I2       number.Value // I2 in percent
	Tau                  number.Value // the standard deviation between surveys, in the average's unit
	TauLower, TauUpper   number.Value
	Pooled, Lower, Upper number.Value // the mean weighted by precision, with limits that are never narrower than z's
}

// heterogeneities are those of the means of constructs and gaps, for everyone. Surveys
// that may hold the same people are not independent, and are not set against one
// another.
func heterogeneities(s *study.Study, latest []*waveEstimator, rows []Row) []Heterogeneity {
	var out []Heterogeneity
	for i := range rows {
		r := &rows[i]
		kind := s.Framework.KindOf(r.Measure)
		if r.Survey != Average || r.Breakdown != "" || r.Status != "" || r.Statistic != "mean" || kind != study.KindConstruct && kind != study.KindGap || sharePeople(s, r.Parts) {
			continue
		}
		if a, ok := heterogeneity(r, latest, s.Confidence); ok {
			out = append(out, a)
		}
	}
	return out
}

// sharePeople reports whether two of the surveys may hold the same people.
func sharePeople(s *study.Study, surveys []string) bool {
	return slices.ContainsFunc(s.SamePeople, func(group study.Names) bool {
		n := 0
		for _, id := range surveys {
			if slices.Contains(group, id) {
				n++
			}
		}
		return n > 1
	})
}

func heterogeneity(r *Row, latest []*waveEstimator, level float64) (Heterogeneity, bool) {
	var studies []pool.Study
	for _, e := range latest {
		if !slices.Contains(r.Parts, e.Survey.ID) {
			continue
		}
		i := slices.IndexFunc(e.specs, func(s spec) bool { return s.measure == r.Measure && s.statistic == r.Statistic })
		p := e.points[i][0]
		if p.df <= 0 || p.v <= 0 {
			return Heterogeneity{}, false // its error is unknown, or none
		}
		studies = append(studies, pool.Study{Estimate: p.theta, Variance: p.v})
	}
	x, err := pool.Pool(studies, pool.Options{Method: pool.RestrictedML, Test: pool.HartungKnapp1, Level: level})
	if err != nil {
		return Heterogeneity{}, false // figures that are not finite
	}
	return Heterogeneity{Key: r.Key, Surveys: len(studies), Q: x.Q, QPValue: x.QPValue, I2: x.I2,
		Tau: root(x.Tau2), TauLower: root(x.Tau2Lower), TauUpper: root(x.Tau2Upper), Pooled: x.Mean, Lower: x.Lower, Upper: x.Upper}, true
}

func root(v number.Value) number.Value { return number.Of(math.Sqrt(v.Or(math.NaN()))) }
