package attack

import (
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/estimate"
)

// target is something that the release is to keep to itself: a count, which is one
// variable or several, or an estimate, which is a form over a base.
type target struct {
	key   estimate.Key
	kind  string
	count []term  // of a count
	sum   []term  // of an estimate
	base  term    // of an estimate
	truth float64 // the count, or the estimate as a part of 1
	half  float64 // half a step of a published estimate, as a part of 1
	front *front
	d     int
	from  string // the measure

	low, high float64 // a count lies between these
	found     string  // the method that recovered it
}

// kinds of targets
const (
	baseOf      = "base"
	countOf     = "count"
	estimateOf  = "estimate"
	certainOf   = "estimate of nobody or everybody"
	narrowSteps = 5
)

// targets are what a release keeps secret for its own sake, once each.
func (w *world) targets(a *attacker) []*target {
	hidden := map[estimate.Key]bool{}
	for _, l := range a.pub.rows {
		hidden[l.Key] = l.hidden()
	}
	var out []*target
	seen := map[string]bool{}
	add := func(t *target) {
		id := fmt.Sprint(t.kind, t.count, t.sum, t.base)
		if !seen[id] {
			seen[id] = true
			out = append(out, t)
		}
	}
	for i := range w.table.Rows {
		r := &w.table.Rows[i]
		why := w.secret(*r)
		if why == open || !hidden[r.Key] {
			continue
		}
		f, d, ok := a.where(r.Survey, r.Wave, r.Breakdown, r.Category)
		n := f.number(r.Measure, r.Statistic, r.Level)
		if !ok || !n.ok {
			panic(fmt.Sprintf("a row that no front knows: %+v", r.Key))
		}
		t := target{key: r.Key, front: f, d: d, from: r.Measure}
		if why == fewPeople {
			x := t
			x.kind, x.count, x.truth = baseOf, []term{{f.counts[d][n.base], 1}}, float64(r.Base)
			add(&x)
		}
		if n.form == nil || f.certain(r.Measure, r.Level) {
			continue
		}
		if why == fewGave && f.weights == nil {
			x := t
			x.kind, x.count, x.truth = countOf, terms(f.counts[d], n.form), float64(r.Count)
			if r.Base-r.Count < r.Count {
				x.count, x.truth = append(terms(f.counts[d], form(nil).plus(-1, n.form)), term{f.counts[d][n.base], 1}), float64(r.Base-r.Count)
			}
			add(&x)
		}
		x := t
		x.kind, x.sum, x.base = estimateOf, terms(f.estimated()[d], n.form), term{f.estimated()[d][n.base], 1}
		x.truth, x.half = r.Estimate.Or(0)/100, 0.005*math.Pow10(-a.pub.decimals)
		if se, ok := r.SE.Get(); x.truth == 0 || math.Abs(x.truth) == 1 || ok && se == 0 || w.alike(f, d, n) {
			x.kind = certainOf
		}
		add(&x)
	}
	return out
}

// alike reports whether all in an estimate gave one answer, or have one score.
func (w *world) alike(f *front, d int, n estimand) bool {
	first, met := 0.0, false
	for _, x := range w.waves {
		if x.survey != f.survey || x.wave != f.wave {
			continue
		}
		for _, r := range x.sample.Respondents {
			if !f.domains.list[d].holds(f.study, r) || f.catalogue.list[n.base].value(r) == 0 {
				continue
			}
			score := 0.0
			for _, p := range n.form {
				score += p.a * f.catalogue.list[p.q].value(r)
			}
			if met && math.Abs(score-first) > 1e-9 {
				return false
			}
			first, met = score, true
		}
	}
	return true
}

// certain reports whether a share is everybody by its very definition: of those who
// are high on the only side of a quadrant all are in it.
func (f *front) certain(measure, level string) bool {
	q, ok := f.study.Framework.Quadrants.Get(measure)
	return ok && level == "of_high" && len(q.High) == 1 && len(q.Low) == 0
}

// narrow reports whether an interval of a count gives it away.
func (t *target) narrow() bool { return t.high-t.low < narrowSteps-rounding }

// form is a target's form, as far as its variables go.
func (t *target) form() []term {
	if t.count != nil {
		return t.count
	}
	return append(scaled(t.sum, 1), t.base)
}

func scaled(in []term, a float64) []term {
	out := make([]term, len(in))
	for i, t := range in {
		out[i] = term{t.v, a * t.a}
	}
	return out
}
