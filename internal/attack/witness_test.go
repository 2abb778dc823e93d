package attack

import (
	"math"
	"math/rand/v2"
)

// witness remembers how far targets have been seen apart in solutions that were
// found on the way: what is free need not be searched.
type witness struct {
	*search
	place     map[int]int
	here      []*target
	low, high []float64
}

// least is the least of a target's form times sign. For an estimate the form for
// sign 1 is what it may be less than half a step under the truth; the form's least
// is 0 or more where it cannot.
func (w *witness) least(p *simplex, i int, sign float64) (float64, bool) {
	t := w.here[i]
	inside, outside := w.split(w.formOf(t, sign))
	value, ok := p.least(inside, w.enough(i, sign)-outside)
	if ok {
		w.note(p)
	}
	return value + outside, ok
}

// formOf is the form whose least tells how small, or for sign -1 how large, a target
// may be.
func (w *witness) formOf(t *target, sign float64) []term {
	if t.count != nil {
		return scaled(t.count, sign)
	}
	return append(scaled(t.sum, sign), term{t.base.v, -sign*t.truth + t.half})
}

// enough is the least of a form at which a target has been seen far enough apart.
func (w *witness) enough(i int, sign float64) float64 {
	switch {
	case w.here[i].count == nil:
		return -1e-4
	case sign > 0:
		return w.high[i] - narrowSteps - 1
	}
	return -w.low[i] - narrowSteps - 1
}

// split puts a form's outside variables at the end that makes it least.
func (w *witness) split(form []term) (inside []term, outside float64) {
	for _, x := range form {
		if at, ok := w.place[x.v]; ok {
			inside = append(inside, term{at, x.a})
			continue
		}
		lo, _ := w.s.span(x)
		outside += lo
	}
	return inside, outside
}

// note looks at what a solution says of every target.
func (w *witness) note(p *simplex) {
	for i, t := range w.here {
		for _, sign := range []float64{1, -1} {
			inside, outside := w.split(w.formOf(t, sign))
			for _, x := range inside {
				outside += x.a * p.x[x.v]
			}
			if sign > 0 {
				w.low[i] = min(w.low[i], outside)
			} else {
				w.high[i] = max(w.high[i], -outside)
			}
		}
	}
}

// free reports whether a target has been seen far enough apart.
func (w *witness) free(i int) bool {
	if w.here[i].found != "" {
		return true
	}
	if w.here[i].count != nil {
		return w.high[i]-w.low[i] >= narrowSteps+1
	}
	return w.low[i] < -1e-5 || w.high[i] > 1e-5
}

// shakes are the searches that look for solutions in which many targets are far
// from where they were seen.
const shakes = 6

// shake pulls all targets that are not free yet one way or the other at once, by
// turns and then at random.
//
//gosec:disable G404 -- what is searched first is no secret
func (w *witness) shake(p *simplex) {
	rnd := rand.New(rand.NewPCG(1, uint64(len(w.here))))
	for round := range shakes {
		var form []term
		for i, t := range w.here {
			if w.free(i) {
				continue
			}
			sign := float64(1 - 2*(round%2))
			if round > 1 {
				sign = float64(1 - 2*rnd.IntN(2))
			}
			inside, _ := w.split(w.formOf(t, sign))
			form = append(form, scaled(inside, 0.1+rnd.Float64())...)
		}
		if form == nil {
			return
		}
		if _, ok := p.least(form, math.Inf(-1)); !ok {
			return
		}
		w.note(p)
	}
}
