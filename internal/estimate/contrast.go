package estimate

import (
	"math"
	"slices"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// waveContrasts adds the differences between waves of a survey: consecutive
// ones, and the last against the first. The covariance of PSUs that stand in
// both waves counts; respondents that stand as PSUs are the same only where they
// are one person.
func waveContrasts(waves []*waveEstimator) {
	for i := 1; i < len(waves); i++ {
		waves[i].against(waves[i-1])
	}
	if n := len(waves); n > 2 {
		waves[n-1].against(waves[0])
	}
}

// against adds this wave minus an earlier one.
func (e *waveEstimator) against(earlier *waveEstimator) {
	joint := stackWaves(earlier, e)
	versus := 1 + slices.Index(e.Survey.Waves, earlier.Wave.Wave)
	e.eachPair(earlier, func(s *spec, g int, p, before term) {
		row := e.row(s, &e.groups[g])
		row.difference("wave", earlier.Wave.Wave.ID)
		if !e.comparable(earlier, s) {
			row.Status = "b"
		} else {
			row.contrast(joint.difference(s, p, before), s.share, e.level, p.p, before.p)
		}
		e.add(row, s, g, contrastWave, versus)
	})
}

// stackWaves puts two waves of a survey into one design; nil where they are
// independent.
func stackWaves(earlier, e *waveEstimator) *stack {
	if earlier.design.rows || e.design.rows {
		return newStackOfPeople(earlier, e)
	}
	return newStack(earlier, e)
}

// comparable reports whether two waves measured the same in the same way.
func (e *waveEstimator) comparable(other *waveEstimator, s *spec) bool {
	return e.basis(s) == other.basis(s)
}

// basis is what a number rests on: its definition and, of a choice, its base rule.
func (e *waveEstimator) basis(s *spec) string {
	basis := e.definition(s.measure)
	if s.choice >= 0 {
		basis += " " + e.BaseRule[s.choice]
	}
	return basis
}

// eachPair visits the numbers that two waves have in common.
func (e *waveEstimator) eachPair(other *waveEstimator, visit func(s *spec, g int, p, q term)) {
	for i := range e.specs {
		s := &e.specs[i]
		if !s.contrast || e.points[i] == nil || other.points[i] == nil {
			continue
		}
		for g := range e.groups {
			if e.groups[g].breakdown != "" && (!e.groups[g].single || e.groups[g].organisations >= 0) {
				continue
			}
			o := other.find(&e.groups[g])
			if o < 0 || e.points[i][g].n == 0 || other.points[i][o].n == 0 {
				continue
			}
			visit(s, g, term{p: e.points[i][g], g: &e.groups[g]}, term{p: other.points[i][o], g: &other.groups[o]})
		}
	}
}

// find returns the group of the same name, or -1.
func (e *waveEstimator) find(g *group) int {
	return slices.IndexFunc(e.groups, func(o group) bool { return o.breakdown == g.breakdown && o.category == g.category })
}

// independent is the difference of two samples that share nobody.
func independent(p, q point) point {
	return point{theta: p.theta - q.theta, n: p.n + q.n, v: p.v + q.v, df: p.df + q.df}
}

// surveyContrasts adds the differences between the latest waves of each pair of
// surveys: the later of study.yaml's order minus the earlier.
func surveyContrasts(latest []*waveEstimator, shared *overlaps) {
	for i, e := range latest {
		for j, first := range latest[:i] {
			e.againstSurvey(first, j, shared.of(j, i))
		}
	}
}

func (e *waveEstimator) againstSurvey(first *waveEstimator, place int, joint *stack) {
	e.eachPair(first, func(s *spec, g int, p, q term) {
		row := e.row(s, &e.groups[g])
		row.difference("survey", first.Survey.ID)
		if !e.comparable(first, s) {
			row.Status = "b"
		} else {
			row.contrast(joint.difference(s, p, q), s.share, e.level, p.p, q.p)
		}
		e.add(row, s, g, contrastSurvey, place)
	})
}

// difference turns a row's keys into those of a difference.
func (r *Row) difference(contrast, versus string) {
	r.Stat, r.Statistic = r.Statistic, "difference"
	r.Contrast, r.Versus = contrast, versus
	r.Unit = "points"
}

// contrast fills a difference's figures. Its base are the respondents of both
// sides; it is as unreliable as either side, and has no error where one of them
// has none.
func (r *Row) contrast(d point, share bool, level float64, sides ...point) {
	scale := 1.0
	if share {
		scale = 100
	}
	r.Base, r.EffectiveBase = d.n, number.Of(float64(d.n))
	r.Estimate = number.Of(scale * d.theta)
	estimable := d.df > 0
	for _, p := range sides {
		estimable = estimable && p.df > 0
		if !p.reliable {
			r.Flags = "u"
		}
	}
	if !estimable {
		r.Flags = "u"
		return
	}
	se := scale * math.Sqrt(d.v)
	t := distribution.TQuantile((1-level)/2, d.df)
	r.SE, r.DF = number.Of(se), number.Of(d.df)
	r.Lower, r.Upper = number.Of(scale*d.theta-t*se), number.Of(scale*d.theta+t*se)
	r.PValue = pValue(d)
}
