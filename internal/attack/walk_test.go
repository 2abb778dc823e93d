package attack

import (
	"cmp"
	"math"
	"slices"
)

// walker moves the others of a dictionary, one after the other, from a solution to
// further ones. That needs no exchange and leaves the lines as thin as they are.
type walker struct {
	*dictionary
	columns  [][]entry // by place, the lines that it stands in
	home     []float64 // the solution that walks start from
	down, up []float64 // how far each of the others can go from there alone
	cost     []float64 // of the others, in a form
	order    []int     // of the others in a walk
}

// entry is a coefficient in a line.
type entry struct {
	line int
	a    float64
}

func newWalker(d *dictionary) *walker {
	n := len(d.other)
	w := &walker{dictionary: d, columns: make([][]entry, n), home: slices.Clone(d.x), down: make([]float64, n), up: make([]float64, n), cost: make([]float64, n)}
	for i, line := range d.lines {
		for _, t := range line {
			if math.Abs(t.a) > 1e-12 {
				w.columns[t.v] = append(w.columns[t.v], entry{i, t.a})
			}
		}
	}
	for j := range n {
		w.down[j], w.up[j] = w.free(j, false), w.free(j, true)
	}
	return w
}

// price works out what a form is of the others.
func (w *walker) price(form []term) {
	clear(w.cost)
	for _, t := range form {
		at := w.where[t.v]
		if at >= 0 {
			w.cost[at] += t.a
			continue
		}
		for _, x := range w.lines[-1-at] {
			w.cost[x.v] += t.a * x.a
		}
		w.work += len(w.lines[-1-at])
	}
}

// value is what a form is where the walker stands.
func (d *dictionary) value(form []term) float64 {
	sum := 0.0
	for _, t := range form {
		sum += t.a * d.x[t.v]
	}
	return sum
}

// alone is the least of a form when one of the others leaves home and the rest
// stands.
func (w *walker) alone(form []term) float64 {
	copy(w.x, w.home)
	w.price(form)
	least := 0.0
	for j, c := range w.cost {
		least = min(least, c*w.up[j], -c*w.down[j])
	}
	return w.value(form) + least
}

// passes are the shares of what can be gone that walks go, in turn.
var passes = []float64{0.5, 1, 0.5, 1}

// walk makes a form less, from home, until it is as little as enough or nothing
// comes of it.
func (w *walker) walk(form []term, enough float64) {
	copy(w.x, w.home)
	w.price(form)
	w.sort()
	value := w.value(form)
	for _, share := range passes {
		before := value
		for _, j := range w.order {
			length := share * w.free(j, w.cost[j] < 0)
			w.move(j, math.Copysign(length, -w.cost[j]))
			if value -= math.Abs(w.cost[j]) * length; value <= enough {
				return
			}
		}
		if share == 1 && before-value < 1e-3 {
			return
		}
	}
}

// sort puts what counts in a form into order, what counts most first.
func (w *walker) sort() {
	w.order = w.order[:0]
	for j, c := range w.cost {
		if math.Abs(c) > costLeast && w.room(w.other[j]) >= 0 {
			w.order = append(w.order, j)
		}
	}
	slices.SortStableFunc(w.order, func(a, b int) int { return cmp.Compare(math.Abs(w.cost[b]), math.Abs(w.cost[a])) })
}

// free is how far one of the others can go alone, up or down.
func (w *walker) free(j int, up bool) float64 {
	o := w.other[j]
	length := w.x[o] - w.lo[o]
	if up {
		length = w.hi[o] - w.x[o]
	}
	for _, e := range w.columns[j] {
		b := w.basic[e.line]
		room := w.x[b] - w.lo[b]
		if (e.a > 0) == up {
			room = w.hi[b] - w.x[b]
		}
		length = min(length, room/math.Abs(e.a))
	}
	w.work += len(w.columns[j])
	return max(0, length)
}

// move moves one of the others, and what stands on it.
func (w *walker) move(j int, length float64) {
	if length == 0 {
		return
	}
	w.x[w.other[j]] += length
	for _, e := range w.columns[j] {
		w.x[w.basic[e.line]] += e.a * length
	}
	w.work += len(w.columns[j])
}
