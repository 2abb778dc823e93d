package attack

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
)

// learn writes down what a row says.
func (a *attacker) learn(l line) {
	switch l.Contrast {
	case "":
		if l.Survey == estimate.Average {
			a.learnAverage(l)
			return
		}
		if f, d, ok := a.where(l.Survey, l.Wave, l.Breakdown, l.Category); ok {
			a.learnOwn(f, d, l)
		}
	case "category":
		a.learnRest(l)
	default:
		a.learnDifference(l)
	}
}

// between keeps a variable within bounds.
func (a *attacker) between(v int, lo, hi float64) {
	a.s.lo[v], a.s.hi[v] = max(a.s.lo[v], lo), min(a.s.hi[v], hi)
}

func (a *attacker) learnOwn(f *front, d int, l line) {
	n := f.number(l.Measure, l.Statistic, l.Level)
	if !n.ok {
		return
	}
	base := f.counts[d][n.base]
	switch {
	case l.status == disclose.Nobody:
		a.between(base, 0, 0)
		if f.weights != nil {
			a.between(f.weights[d][n.base], 0, 0)
		}
	case l.shown():
		a.between(base, l.base.value, l.base.value)
		if n.form != nil && l.estimate.known {
			a.ratio(terms(f.estimated()[d], n.form), []term{{f.estimated()[d][n.base], 1}}, l.estimate.lo()/100, l.estimate.hi()/100)
		}
		if f.weights == nil {
			a.learnError(f, d, n, l)
			a.learnQuantile(f, d, n, l)
		}
	}
	a.learnOption(f, d, n, l)
}

// ratio says that a sum is between two parts of a base.
func (a *attacker) ratio(sum, base []term, lo, hi float64) {
	for _, end := range []struct{ part, from, to float64 }{{lo, 0, unbounded}, {hi, -unbounded, 0}} {
		row := slices.Clone(sum)
		for _, t := range base {
			row = append(row, term{t.v, -end.part * t.a})
		}
		a.s.add(row, end.from, end.to)
	}
}

// learnError takes the sum of squares of a question's points from the standard
// error of their mean, where nothing but simple random sampling is in it: V is
// N/(N-1) times the squared deviations over n squared, of N respondents in all.
func (a *attacker) learnError(f *front, d int, n estimand, l line) {
	if l.Statistic != "mean" || n.item == "" || !l.se.known || !f.simple || l.base.value < 2 {
		return
	}
	base, all := l.base.value, f.counts[0][everyone]
	square := func(se, mean, everyone float64) float64 {
		return se*se/1e4*base*base*(everyone-1)/everyone + base*mean*mean/1e4
	}
	low, high := max(0, l.se.lo()), l.se.hi()
	least, most := max(0, l.estimate.lo()), l.estimate.hi()
	var sum []term
	x := f.items[n.item]
	for o, q := range x.options {
		sum = append(sum, term{f.counts[d][q], x.points[o] * x.points[o]})
	}
	a.s.add(sum, square(low, least, max(base, a.s.lo[all])), square(high, most, a.s.hi[all]))
}

// learnQuantile: of a question's answers at least so many are no more than the
// quantile, and fewer are less.
func (a *attacker) learnQuantile(f *front, d int, n estimand, l line) {
	if n.p == 0 || n.item == "" || !l.estimate.known {
		return
	}
	x := f.items[n.item]
	var upTo, below []term
	_, scale, _ := f.study.Framework.ItemScale(n.item)
	for o, q := range x.options {
		value := float64(scale.Code(o))
		if l.unit == "score" {
			value = 100 * x.points[o]
		}
		if value <= l.estimate.hi() {
			upTo = append(upTo, term{f.counts[d][q], 1})
		}
		if value < l.estimate.lo() {
			below = append(below, term{f.counts[d][q], 1})
		}
	}
	a.s.add(upTo, math.Ceil(n.p*l.base.value), unbounded)
	a.s.add(below, 0, math.Ceil(n.p*l.base.value)-1)
}

// learnOption: a category that is shown has rows for single answers from
// distribution_base on.
func (a *attacker) learnOption(f *front, d int, n estimand, l line) {
	if l.Breakdown == "" || l.Statistic != "share" || l.Level != "positive" || n.item == "" || l.Measure != n.item || len(f.domains.list[d].variables) != 1 {
		return
	}
	_, scale, _ := f.study.Framework.ItemScale(n.item)
	k := l.Key
	k.Level = strconv.Itoa(scale.Code(0))
	least := float64(f.study.Disclosure.DistributionBase)
	if a.there[k] {
		a.between(f.counts[d][n.base], least, unbounded)
	}
}

// learnRest: a category and the rest are everybody who named a category.
func (a *attacker) learnRest(l line) {
	f, d, ok := a.where(l.Survey, l.Wave, l.Breakdown, l.Category)
	if !ok || !l.shown() {
		return
	}
	k := l.Key
	k.Contrast, k.Versus = "", ""
	k.Statistic = a.statistic(f, l)
	n := f.number(l.Measure, k.Statistic, l.Level)
	if !n.ok {
		return
	}
	rest := f.rest(a.study, d)
	all := []term{{f.counts[d][n.base], 1}}
	var base, sum []term
	for _, x := range rest {
		all = append(all, term{f.counts[x][n.base], 1})
		base = append(base, term{f.estimated()[x][n.base], 1})
		sum = append(sum, terms(f.estimated()[x], n.form)...)
	}
	a.s.add(all, l.base.value, l.base.value)
	if own := a.lines[k]; own.estimate.known && l.estimate.known {
		a.ratio(sum, base, (own.estimate.lo()-l.estimate.hi())/100, (own.estimate.hi()-l.estimate.lo())/100)
	}
}

// statistic is what a difference compares.
func (a *attacker) statistic(f *front, l line) string {
	if f.catalogue.counts[l.Measure+" "+l.Level] != nil {
		return "share"
	}
	return "mean"
}

// learnDifference: a difference's base are both sides' respondents; with one side
// shown the other can be had.
func (a *attacker) learnDifference(l line) {
	f, d, ok := a.where(l.Survey, l.Wave, l.Breakdown, l.Category)
	survey, wave := l.Survey, l.Versus
	if l.Contrast == "survey" {
		v := a.study.Survey(l.Versus)
		survey, wave = v.ID, v.Latest().ID
	}
	g, e, okOther := a.where(survey, wave, l.Breakdown, l.Category)
	if !ok || !okOther || !l.shown() {
		return
	}
	statistic := a.statistic(f, l)
	n, m := f.number(l.Measure, statistic, l.Level), g.number(l.Measure, statistic, l.Level)
	if !n.ok || !m.ok {
		return
	}
	a.s.add([]term{{f.counts[d][n.base], 1}, {g.counts[e][m.base], 1}}, l.base.value, l.base.value)
	k := l.Key
	k.Statistic, k.Contrast, k.Versus = statistic, "", ""
	own := a.lines[k]
	k.Survey, k.Wave = survey, wave
	other := a.lines[k]
	if own.estimate.known && !other.estimate.known {
		a.ratio(terms(g.estimated()[e], m.form), []term{{g.estimated()[e][m.base], 1}}, (own.estimate.lo()-l.estimate.hi())/100, (own.estimate.hi()-l.estimate.lo())/100)
	}
	if other.estimate.known && !own.estimate.known {
		a.ratio(terms(f.estimated()[d], n.form), []term{{f.estimated()[d][n.base], 1}}, (other.estimate.lo()+l.estimate.lo())/100, (other.estimate.hi()+l.estimate.hi())/100)
	}
}

// learnAverage: an average of which one part is missing gives it away, its base by
// the degrees of freedom.
func (a *attacker) learnAverage(l line) {
	if !l.shown() || !l.estimate.known {
		return
	}
	parts, missing := 0.0, 0
	lo, hi, df := 0.0, 0.0, 0.0
	var hidden *front
	for _, f := range a.fronts {
		if !f.latest() {
			continue
		}
		k := l.Key
		k.Survey, k.Wave = f.survey.ID, f.wave.ID
		own, ok := a.lines[k]
		if !ok || a.study.Definition(l.Measure, f.survey, f.wave) != l.definition || own.baseRule != l.baseRule {
			continue
		}
		switch {
		case own.shown():
			parts++
			lo, hi, df = lo+own.estimate.lo(), hi+own.estimate.hi(), df+own.df.value
		case own.hidden():
			parts++
			missing++
			hidden = f
		}
	}
	// A part that is hidden because nobody answered is none: the waves that are named
	// tell how many there are.
	if missing != 1 || int(parts) != strings.Count(l.Wave, "+")+1 {
		return
	}
	d, ok := hidden.named[[2]string{l.Breakdown, l.Category}]
	n := hidden.number(l.Measure, l.Statistic, l.Level)
	if !ok || !n.ok || n.form == nil {
		return
	}
	a.ratio(terms(hidden.estimated()[d], n.form), []term{{hidden.estimated()[d][n.base], 1}}, (parts*l.estimate.lo()-hi)/100, (parts*l.estimate.hi()-lo)/100)
	if l.df.known && parts > 1 {
		most := float64(unbounded)
		if hidden.simple {
			most = l.df.value - df + 1
		}
		a.between(hidden.counts[d][n.base], l.df.value-df+1, most)
	}
}

// learnTables takes in what other tables say.
func (a *attacker) learnTables() {
	for _, r := range a.pub.reliability {
		base, ok := r.Base.Get()
		f := a.at[[2]string{r.Survey, r.Wave}]
		if !ok || f == nil || r.Status != disclose.Shown {
			continue
		}
		if n, gap := f.bases[r.Measure]; gap {
			a.between(f.counts[0][n], base, base)
			continue
		}
		if x := f.scores[r.Measure]; x != nil && len(x.items) > 1 {
			a.between(f.counts[0][x.complete], base, base)
		}
	}
}
