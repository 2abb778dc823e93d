package estimate

import (
	"math"
	"slices"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// waveContrasts adds the differences between waves of a survey: consecutive
// ones, and the last against the first. The covariance of PSUs that stand in
// both waves counts; respondents that stand as PSUs are never the same.
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
	joint := newJoint(earlier.design, e.design)
	versus := 1 + slices.Index(e.Survey.Waves, earlier.Wave.Wave)
	e.eachPair(earlier, func(s *spec, g int, p, before point) {
		row := e.row(s, &e.groups[g])
		row.difference("wave", earlier.Wave.Wave.ID)
		if !e.comparable(earlier, s) {
			row.Status = "b"
		} else {
			row.contrast(joint.difference(p, before), s.share, e.level, p, before)
		}
		e.add(row, s, g, contrastWave, versus)
	})
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
func (e *waveEstimator) eachPair(other *waveEstimator, visit func(s *spec, g int, p, q point)) {
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
			visit(s, g, e.points[i][g], other.points[i][o])
		}
	}
}

// find returns the group of the same name, or -1.
func (e *waveEstimator) find(g *group) int {
	return slices.IndexFunc(e.groups, func(o group) bool { return o.breakdown == g.breakdown && o.category == g.category })
}

// joint is the design of two waves together.
type joint struct {
	independent bool
	design      *design
	before, now []int
}

func newJoint(before, now *design) joint {
	if before.rows || now.rows {
		return joint{independent: true}
	}
	d, a, b := stack(before, now)
	return joint{design: d, before: a, now: b}
}

// difference is p minus before, with Var = V(z_p - z_before) over the stacked
// design and df of the union (statistics.md 6).
func (j joint) difference(p, before point) point {
	if j.independent {
		return independent(p, before)
	}
	d := point{theta: p.theta - before.theta, n: p.n + before.n}
	d.inf = j.design.minus(j.design.move(p.inf, j.now), j.design.move(before.inf, j.before))
	d.v = zeroIfTiny(j.design.variance(d.inf), d.theta)
	d.df = j.design.df(d.inf)
	return d
}

// independent is the difference of two samples that share nobody.
func independent(p, q point) point {
	return point{theta: p.theta - q.theta, n: p.n + q.n, v: p.v + q.v, df: p.df + q.df}
}

// surveyContrasts adds the differences between the latest waves of each pair of
// surveys: the later of study.yaml's order minus the earlier.
func surveyContrasts(latest []*waveEstimator) {
	for i, e := range latest {
		for j, first := range latest[:i] {
			e.againstSurvey(first, j)
		}
	}
}

func (e *waveEstimator) againstSurvey(first *waveEstimator, place int) {
	e.eachPair(first, func(s *spec, g int, p, q point) {
		row := e.row(s, &e.groups[g])
		row.difference("survey", first.Survey.ID)
		if !e.comparable(first, s) {
			row.Status = "b"
		} else {
			row.contrast(independent(p, q), s.share, e.level, p, q)
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
