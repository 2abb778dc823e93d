package attack

import (
	"cmp"
	"math"
	"slices"
)

// walker moves one of the others of a dictionary after the other, which needs no
// exchange and leaves the dictionary as thin as it is.
type walker struct {
	*simplex
	columns [][]entry // by other, the rows that it stands in
	home    []float64 // where walks start
	order   []int     // of the others in a walk
}

// entry is a coefficient in a row.
type entry struct {
	row int
	a   float64
}

func newWalker(p *simplex) *walker {
	w := &walker{simplex: p, columns: make([][]entry, len(p.other)), home: slices.Clone(p.x)}
	for i, line := range p.table {
		for j, a := range line {
			if math.Abs(a) > 1e-12 {
				w.columns[j] = append(w.columns[j], entry{i, a})
			}
		}
	}
	return w
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
		if math.Abs(c) > costLeast && w.moves(j) {
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
		b := w.basic[e.row]
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
		w.x[w.basic[e.row]] += e.a * length
	}
	w.work += len(w.columns[j])
}
