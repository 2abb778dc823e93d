package disclose

import (
	"slices"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
)

// Coefficient names what a reliability is.
type Coefficient = estimate.Coefficient

// The coefficients.
const (
	Alpha         = estimate.Alpha         // Cronbach's, of three items or more
	SpearmanBrown = estimate.SpearmanBrown // of two items
	OfDifference  = estimate.OfDifference  // of a gap
)

// Reliability is how reliable the score of a construct, or a gap, is in a survey
// and wave. Unless Status is Shown it has no figures.
type Reliability struct {
	Measure, Survey, Wave string
	Coefficient           Coefficient
	Items                 int // that it rests on
	Status                string
	Base                  number.Value // respondents who have all of them; of a gap, both scores
	Value                 number.Value // nothing where answers do not vary
}

// Heterogeneity is how far the surveys behind an average differ by more than
// their samples' errors. It is there for averages that are shown, of whose parts
// it is made.
type Heterogeneity struct {
	Key                  // of the average
	Surveys              int
	Q, QPValue, I2       number.Value
	Tau                  number.Value // in the average's unit
	TauLower, TauUpper   number.Value
	Pooled, Lower, Upper number.Value
}

// reliabilities protects what reliability tells: it is hidden under min_base, with
// a sensitive item, and where the mean of the same measure is hidden, or that of an
// item: who answered all items answered each. A gap's is hidden with that of a side.
func (r *Release) reliabilities(e Evidence) {
	hidden := map[wavesMeasure]bool{}
	for _, x := range e.Table.Reliability {
		p := Reliability{Measure: x.Measure, Survey: x.Survey, Wave: x.Wave, Coefficient: x.Coefficient, Items: len(x.Items)}
		key := wavesMeasure{x.Survey, x.Wave, x.Measure}
		switch {
		case r.hides(e, x) || r.sideHidden(hidden, key):
			p.Status = Confidential
			hidden[key] = true
		default:
			p.Base, p.Value = number.Of(float64(x.Base)), x.Value.Round(2)
		}
		r.reliability = append(r.reliability, p)
	}
}

type wavesMeasure struct{ survey, wave, measure string }

// sideHidden reports a gap of which a side is hidden.
func (r *Release) sideHidden(hidden map[wavesMeasure]bool, k wavesMeasure) bool {
	g, ok := r.study.Framework.Gaps.Get(k.measure)
	of, minus := k, k
	of.measure, minus.measure = g.Of, g.Minus
	return ok && (hidden[of] || hidden[minus])
}

func (r *Release) hides(e Evidence, x estimate.Reliability) bool {
	d := e.Study.Disclosure
	sensitive := func(id string) bool { return d.SensitiveAll || slices.Contains(d.Sensitive, id) }
	if x.Base < d.MinBase || sensitive(x.Measure) || slices.ContainsFunc(x.Items, sensitive) {
		return true
	}
	return slices.ContainsFunc(append([]string{x.Measure}, x.Items...), func(id string) bool {
		mean, ok := r.Find(Key{Measure: id, Statistic: "mean", Survey: x.Survey, Wave: x.Wave})
		return ok && !mean.Shown()
	})
}

// heterogeneities follow from figures that are shown: the estimates and errors of
// an average's parts.
func (r *Release) heterogeneities(e Evidence) {
	places := e.Study.Disclosure.Decimals
	for _, x := range e.Table.Heterogeneity {
		if row, ok := r.Find(x.Key); !ok || !row.Shown() {
			continue
		}
		r.heterogeneity = append(r.heterogeneity, Heterogeneity{Key: x.Key, Surveys: x.Surveys,
			Q: x.Q.Round(1), QPValue: roundP(x.QPValue), I2: x.I2.Round(0),
			Tau: x.Tau.Round(places), TauLower: x.TauLower.Round(places), TauUpper: x.TauUpper.Round(places),
			Pooled: x.Pooled.Round(places), Lower: x.Lower.Round(places), Upper: x.Upper.Round(places)})
	}
}

// Reliabilities returns how reliable scores and gaps are, survey by survey and
// wave by wave.
func (r *Release) Reliabilities() []Reliability { return slices.Clone(r.reliability) }

// Heterogeneities returns how far surveys differ, one entry an average.
func (r *Release) Heterogeneities() []Heterogeneity { return slices.Clone(r.heterogeneity) }
