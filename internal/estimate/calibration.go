package estimate

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/measure"
)

// Raking is how the weights of a wave were made. Within a raking cell - all who
// are alike in every margin - the final weight is the design's times one factor.
type Raking interface {
	// Factors are these factors, by raking cell.
	Factors() []float64
	// Fitted returns X'B by raking cell, X being the margins' indicators and B the
	// coefficients of the regression of z on X, weighted by the design's weights d.
	// It takes the sums of d z by raking cell.
	Fitted(sums []float64) []float64
}

// calibration turns linearised values into what raking leaves of their error: the
// residuals e = z - X'B (Deville and Särndal 1992; statistics.md 8). They enter
// the variance as w e, R's calibrate: z is 0 outside a domain, but e is not.
type calibration struct {
	raking  Raking
	factors []float64
	spots   [][]spot // by unit of the design
	count   int      // of all spots
	places  [][]int32
}

// spot is a unit's respondents in one raking cell, with their sums of w and ww.
type spot struct {
	place, cell int32
	w, w2       float64
}

// newCalibration lists the spots of a wave's units by their place in the design.
//
//gosec:disable G115 -- cells are fewer than 2^20, see study.maxRakingCells
func newCalibration(d *design, m *measure.Raked, raking Raking) *calibration {
	c := &calibration{raking: raking, factors: raking.Factors(), spots: make([][]spot, len(d.units)), places: make([][]int32, len(d.units))}
	for i, sums := range m.W {
		u := d.at[i]
		c.places[u] = make([]int32, len(sums))
		for cell, w := range sums {
			if w > 0 {
				c.places[u][cell] = int32(c.count)
				c.spots[u] = append(c.spots[u], spot{int32(c.count), int32(cell), w, m.W2[i][cell]})
				c.count++
			}
		}
	}
	return c
}

// rakedCell is a cell of the moments by raking cell, at its unit's place in the
// design; without squares the unit is of no account.
type rakedCell struct{ unit, cell, raking, category int32 }

// orderRaked sorts the cells of a partition as order does, raking cells last.
func (d *design) orderRaked(m *measure.Raked, partition int, place func(category int32) int32) []rakedCell {
	cells := m.Partitions[partition].Cells
	out := make([]rakedCell, len(cells))
	for i, c := range cells {
		category, raking := m.Split(c.Category)
		out[i] = rakedCell{d.at[c.Unit], int32(i), raking, category}
	}
	slices.SortFunc(out, func(a, b rakedCell) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(place(a.category), place(b.category)), cmp.Compare(a.raking, b.raking))
	})
	return out
}

// fit gathers what residuals of one estimate need.
type fit struct {
	*calibration
	sums          []float64 // of d z, by raking cell
	cross         []float64 // of wwz, by spot; nil where totals are formed in PSUs
	design, total float64   // the estimate with the design's weights alone: sums of d y and of d
}

func (d *design) newFit() *fit {
	f := &fit{calibration: d.calibration, sums: make([]float64, len(d.calibration.factors))}
	if d.rows {
		f.cross = make([]float64, d.calibration.count)
	}
	return f
}

// add adds respondents of one raking cell and unit: their sums of wz and wwz.
func (f *fit) add(unit, cell int32, wz, wwz float64) {
	f.sums[cell] += wz / f.factors[cell]
	if f.cross != nil {
		f.cross[f.places[unit][cell]] += wwz
	}
}

// addDesign adds the same respondents' sums of w and wy to the estimate that the
// design's weights alone would give.
func (f *fit) addDesign(cell int32, w, wy float64) {
	f.total += w / f.factors[cell]
	f.design += wy / f.factors[cell]
}

// residual replaces the linearised values by their residuals. Of what is fixed by
// the margins only rounding is left, which is nothing.
func (f *fit) residual(inf *influence) {
	inf.fitted, inf.cross = f.raking.Fitted(f.sums), f.cross
	for u := range inf.sum {
		squares, whole := 0.0, 0.0
		if f.cross != nil {
			squares, whole = inf.squares[u], inf.squares[u]
		}
		for _, s := range f.spots[u] {
			x := inf.fitted[s.cell]
			inf.sum[u] -= s.w * x
			if f.cross != nil {
				squares += x * (s.w2*x - 2*f.cross[s.place])
				whole += s.w2 * x * x
			}
		}
		if f.cross == nil {
			continue
		}
		if squares <= constantY*whole {
			inf.sum[u], squares = 0, 0
		}
		inf.squares[u] = squares
	}
}

// products is the sum over a unit's respondents of both linearised values: of
// disjoint domains 0, but for the residuals outside each.
func (c *calibration) products(a, b influence, unit int) float64 {
	sum := 0.0
	for _, s := range c.spots[unit] {
		x, y := a.fitted[s.cell], b.fitted[s.cell]
		sum += x*y*s.w2 - x*b.cross[s.place] - y*a.cross[s.place]
	}
	return sum
}

// subtract makes out, the difference of the residuals of a and b, of their sums.
func (c *calibration) subtract(out *influence, a, b influence) {
	out.fitted, out.cross = less(a.fitted, b.fitted), less(a.cross, b.cross)
	for u := range out.squares {
		out.squares[u] = max(0, out.squares[u]-2*c.products(a, b, u))
	}
}

func less(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}
