package weight

import (
	"math"
)

// fit is iterative proportional fitting on joint cells.
type fit struct {
	raking *Raking
	d      []float64   // sum of the starting weights
	g      []float64   // what they are multiplied by, so far
	after  [][]float64 // g right after each margin of the last cycle
	tables [][]float64 // weights by cell of each margin at the end of the last cycle
}

func (r *Raking) newFit(start []float64) *fit {
	n := len(r.of[0])
	f := &fit{raking: r, d: make([]float64, n), g: make([]float64, n)}
	for row, j := range r.joint {
		if j >= 0 {
			f.d[j] += start[row]
		}
	}
	for j := range f.g {
		f.g[j] = 1
	}
	for m, c := range r.margins {
		f.after = append(f.after, make([]float64, n))
		f.tables = append(f.tables, make([]float64, len(c.totals)))
		f.table(m, f.tables[m])
	}
	return f
}

// table fills sums with the weights by cell of a margin.
func (f *fit) table(m int, sums []float64) {
	clear(sums)
	for j, cell := range f.raking.of[m] {
		sums[cell] += f.d[j] * f.g[j]
	}
}

// run makes cycles until the margins are met, as the options have it, and
// returns their number.
func (f *fit) run(opt RakeOptions) (int, error) {
	if opt.Cycles > 0 {
		for range opt.Cycles {
			f.cycle()
		}
		return opt.Cycles, nil
	}
	epsilon := opt.Epsilon
	if epsilon < 1 {
		epsilon *= sum(f.d)
	}
	for n := 1; n <= opt.MaxIterations; n++ {
		moved := f.cycle()
		if opt.Epsilon > 0 && moved < epsilon {
			return n, nil
		}
		if off, _, _ := f.worst(); opt.Epsilon == 0 && off < marginTolerance {
			return n, nil
		}
	}
	return opt.MaxIterations, f.unmet(opt.MaxIterations)
}

// cycle post-stratifies to each margin in turn, and returns by how much the cell
// that moved most did.
func (f *fit) cycle() float64 {
	for m, c := range f.raking.margins {
		factor := make([]float64, len(c.totals))
		f.table(m, factor)
		for cell, s := range factor {
			if s != 0 {
				factor[cell] = c.totals[cell] / s
			}
		}
		for j, cell := range f.raking.of[m] {
			f.g[j] *= factor[cell]
		}
		copy(f.after[m], f.g)
	}
	moved := 0.0
	for m, before := range f.tables {
		now := make([]float64, len(before))
		f.table(m, now)
		for cell := range now {
			moved = max(moved, math.Abs(now[cell]-before[cell]))
		}
		f.tables[m] = now
	}
	return moved
}

// worst is the largest relative error of a margin, and where it is.
func (f *fit) worst() (off float64, margin, cell int) {
	for m, c := range f.raking.margins {
		for i, total := range c.totals {
			if total == 0 {
				continue
			}
			if e := math.Abs(f.tables[m][i]-total) / total; !(e <= off) {
				off, margin, cell = e, m, i
			}
		}
	}
	return off, margin, cell
}

// unmet is the error of margins that are not met after so many cycles, nil
// where they are.
func (f *fit) unmet(cycles int) error {
	off, m, i := f.worst()
	if off < marginTolerance {
		return nil
	}
	c := f.raking.margins[m]
	return failuref("raking did not reach its margins in %d cycles: %s has a population of %v and its weights add up to %v",
		cycles, c.margin.called(c.codes[i]), c.totals[i], f.tables[m][i])
}

func sum(values []float64) float64 {
	s := 0.0
	for _, v := range values {
		s += v
	}
	return s
}
