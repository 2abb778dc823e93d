package estimate

import (
	"math"
	"strings"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/number"
)

// Average is the survey id of all surveys together.
const Average = "average"

// averages makes the plain means over the surveys whose latest waves have a
// number under one definition: two or more of them. Surveys count alike,
// whatever their size; the variance is the sum of all covariances over k squared,
// the degrees of freedom add up.
func averages(latest []*waveEstimator, surveys int, shared *overlaps) []ranked {
	var out []ranked
	for i := range latest[0].specs {
		s := &latest[0].specs[i]
		if s.quantile > 0 || s.everyoneOnly {
			continue
		}
		for _, g := range averageGroups(latest) {
			if s.option && g.breakdown != "" {
				continue
			}
			if row, ok := average(latest, i, g, shared); ok {
				out = append(out, ranked{row, [7]int{s.order, surveys, 0, g.partition, g.place, 0, 0}})
			}
		}
	}
	return out
}

type averageGroup struct {
	breakdown, category string
	partition, place    int
}

// averageGroups lists everyone and each category of single-variable breakdowns
// that any of the waves has.
func averageGroups(latest []*waveEstimator) []averageGroup {
	var out []averageGroup
	seen := map[[2]string]bool{}
	for _, e := range latest {
		for i := range e.groups {
			g := &e.groups[i]
			key := [2]string{g.breakdown, g.category}
			if seen[key] || g.breakdown != "" && (!g.single || g.organisations >= 0) {
				continue
			}
			seen[key] = true
			out = append(out, averageGroup{g.breakdown, g.category, g.partitionRank(), int(g.index)})
		}
	}
	return out
}

// part is one survey's number.
type part struct {
	e     *waveEstimator
	at    int // place among the latest waves
	p     point
	g     *group
	basis string
}

func average(latest []*waveEstimator, i int, g averageGroup, shared *overlaps) (Row, bool) {
	s := &latest[0].specs[i]
	var parts []part
	for place, e := range latest {
		at := e.find(&group{breakdown: g.breakdown, category: g.category})
		if e.points[i] == nil || at < 0 || e.points[i][at].n == 0 {
			continue
		}
		parts = append(parts, part{e, place, e.points[i][at], &e.groups[at], e.basis(s)})
	}
	if len(parts) < 2 {
		return Row{}, false
	}
	all := parts
	parts = largest(parts)
	row := Row{Key: Key{Measure: s.measure, Statistic: s.statistic, Level: s.level, Survey: Average, Breakdown: g.breakdown, Category: g.category}, Unit: s.unit, Organisations: -1}
	if len(parts) < 2 {
		row.Status, row.Wave = "b", waveNames(all)
		return row, g.breakdown == ""
	}
	row.Wave = waveNames(parts)
	row.Definition = parts[0].e.definition(s.measure)
	if s.choice >= 0 {
		row.BaseRule = parts[0].e.BaseRule[s.choice]
	}
	row.averageOf(parts, s, latest[0].level, shared)
	return row, true
}

// largest keeps the parts of the basis that most surveys share; of equals
// the first.
func largest(parts []part) []part {
	var best []part
	for _, p := range parts {
		var same []part
		for _, o := range parts {
			if o.basis == p.basis {
				same = append(same, o)
			}
		}
		if len(same) > len(best) {
			best = same
		}
	}
	return best
}

func waveNames(parts []part) string {
	ids := make([]string, len(parts))
	for i, p := range parts {
		ids[i] = p.e.Wave.Wave.ID
	}
	return strings.Join(ids, "+")
}

func (r *Row) averageOf(parts []part, s *spec, level float64, shared *overlaps) {
	k := float64(len(parts))
	sum := point{}
	estimable := true
	for _, p := range parts {
		r.Parts = append(r.Parts, p.e.Survey.ID)
		sum.theta += p.p.theta / k
		sum.df += p.p.df
		estimable = estimable && p.p.df > 0
		if !p.p.reliable {
			r.Flags = "u"
		}
	}
	scale := 1.0
	if s.share {
		scale = 100
	}
	r.Estimate = number.Of(scale * sum.theta)
	if !estimable {
		return
	}
	sum.v = shared.variance(s, parts, k, sum.theta)
	se := math.Sqrt(sum.v)
	t := distribution.TQuantile((1-level)/2, sum.df)
	r.SE, r.DF = number.Of(scale*se), number.Of(sum.df)
	if s.gap {
		r.PValue = pValue(sum)
	}
	lo, hi := sum.theta-t*se, sum.theta+t*se
	if s.share {
		if sum.v == 0 {
			return // every part is 0% or 100%: no effective size to be had
		}
		lo, hi = interval.Wilson(sum.theta, sum.v, 0, t)
	}
	r.Lower, r.Upper = number.Of(scale*lo), number.Of(scale*hi)
}
