package attack

import "math"

// witness remembers how far targets have been seen apart in solutions that were
// found on the way: what is free need not be searched.
type witness struct {
	*search
	p         *simplex
	here      []*target
	aims      [][2]aim // of each target how little, and how much, it may be
	low, high []float64
}

// aim is a form of the system that is searched, and what is outside of it.
type aim struct {
	form    []term
	outside float64
}

func newWitness(s *search, here []*target, place map[int]int) *witness {
	w := &witness{search: s, here: here, aims: make([][2]aim, len(here)), low: make([]float64, len(here)), high: make([]float64, len(here))}
	for i, t := range here {
		w.low[i], w.high[i] = math.Inf(1), math.Inf(-1)
		for k, sign := range signs {
			w.aims[i][k] = w.split(t.formOf(sign), place)
		}
	}
	return w
}

// signs of aims: first how little, then how much.
var signs = [2]float64{1, -1}

// least is the least of a target's k-th form. For an estimate the form for how
// little it may be is 0 or more where it cannot be less than half a step under the
// truth.
func (w *witness) least(i, k int) (float64, bool) {
	a := &w.aims[i][k]
	value, ok := w.p.least(a.form, w.enough(i, k)-a.outside)
	if ok {
		w.note(w.p.x)
	}
	return value + a.outside, ok
}

// formOf is the form whose least tells how small, or for sign -1 how large, a target
// may be.
func (t *target) formOf(sign float64) []term {
	if t.count != nil {
		return scaled(t.count, sign)
	}
	return append(scaled(t.sum, sign), term{t.base.v, -sign*t.truth + t.half})
}

// enough is the least of a form at which a target has been seen far enough apart.
func (w *witness) enough(i, k int) float64 {
	switch {
	case w.here[i].count == nil:
		return -1e-4
	case k == 0:
		return w.high[i] - narrowSteps - 1
	}
	return -w.low[i] - narrowSteps - 1
}

// split puts a form's outside variables at the end that makes it least.
func (w *witness) split(form []term, place map[int]int) aim {
	var out aim
	for _, x := range form {
		if at, ok := place[x.v]; ok {
			out.form = append(out.form, term{at, x.a})
			continue
		}
		lo, _ := w.s.span(x)
		out.outside += lo
	}
	return out
}

// note looks at what a solution says of every target.
func (w *witness) note(x []float64) {
	for i := range w.here {
		for k := range signs {
			value := 0.0
			for _, t := range w.aims[i][k].form {
				value += t.a * x[t.v]
			}
			w.see(i, k, value)
		}
	}
}

// see notes what a form can be inside.
func (w *witness) see(i, k int, value float64) {
	value += w.aims[i][k].outside
	if k == 0 {
		w.low[i] = min(w.low[i], value)
	} else {
		w.high[i] = max(w.high[i], -value)
	}
}

// walk looks at what comes of moving one variable, and one after the other, from
// the solution that is at hand, as far as the budget goes.
func (w *witness) walk(from *walker, budget int) {
	for i := range w.here {
		for k := range signs {
			w.see(i, k, from.alone(w.aims[i][k].form))
		}
	}
	for i := range w.here {
		for k := range signs {
			if !w.free(i) && from.work < budget {
				from.walk(w.aims[i][k].form, w.enough(i, k)-w.aims[i][k].outside)
				w.note(from.x)
			}
		}
	}
	copy(from.x, from.home)
}

// satisfied reports whether all targets have been seen far enough apart.
func (w *witness) satisfied() bool {
	for i := range w.here {
		if !w.free(i) {
			return false
		}
	}
	return true
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
