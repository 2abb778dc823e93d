package weight

import (
	"fmt"
	"math"
)

// solver finds the g of a calibration. It works on an orthonormal basis Q of the
// columns sqrt(d) X, in which the equations are as well posed as they can be:
// row k has u_k = q_k'eta / sqrt(d_k), and sum_k sqrt(d_k) F(u_k) q_k = t.
type solver struct {
	c       Calibration
	columns [][]float64
	d, root []float64 // weights and their square roots
	basis   *basis
	totals  []float64 // in coordinates of the basis
	scale   float64   // by which weights were multiplied beforehand
	shape   shape
}

func newSolver(c Calibration, d []float64, columns [][]float64) *solver {
	if c.MaxIterations == 0 {
		c.MaxIterations = 200
	}
	if c.Epsilon == 0 {
		c.Epsilon = 1e-12
	}
	s := &solver{c: c, columns: columns, d: d, root: make([]float64, len(d)), scale: 1, shape: newShape(c.Distance, c.Bounds)}
	for k, w := range d {
		s.root[k] = math.Sqrt(w)
	}
	weighted := make([][]float64, len(columns))
	for j, column := range columns {
		weighted[j] = make([]float64, len(d))
		for k, v := range column {
			if d[k] != 0 {
				weighted[j][k] = s.root[k] * v
			}
		}
	}
	s.basis = newBasis(weighted)
	s.totals = s.basis.coordinates(c.Totals)
	return s
}

// contradictions are totals of columns that follow from others but whose totals
// do not.
func (s *solver) contradictions() []string {
	var problems []string
	for _, j := range s.basis.dropped {
		want := s.c.Totals[j]
		implied, size := s.basis.implied(j, s.totals)
		if math.Abs(want-implied) > totalsTolerance*max(math.Abs(want), size) {
			problems = append(problems, fmt.Sprintf("the total of %s is %v, but the other columns and their totals make it %v", s.c.Names[j], want, implied))
		}
	}
	return problems
}

// solve returns g of each row and the steps it took.
func (s *solver) solve() (g []float64, steps int, err error) {
	if s.c.Distance == Linear && s.c.Bounds.none() {
		return s.closed(), 1, nil
	}
	s.rescale()
	n := newNewton(s)
	steps, err = n.run()
	if err != nil {
		return nil, steps, err
	}
	for k := range n.g {
		n.g[k] *= s.scale
	}
	return n.g, steps, nil
}

// closed is the linear solution, g = 1 + x'(sum d x x')^-1 (t - sum d x).
func (s *solver) closed() []float64 {
	g := make([]float64, len(s.d))
	for k := range g {
		g[k] = 1
	}
	for i, q := range s.basis.q {
		eta := s.totals[i] - dot(q, s.root)
		for k, v := range q {
			if v != 0 {
				g[k] += v * eta / s.root[k]
			}
		}
	}
	return g
}

// rescaleFrom is the ratio of population to sample from which R takes weights
// for unscaled ones and multiplies them first (survey: grake).
const rescaleFrom = 20

// rescale brings weights to the size of the population where every total says
// that they are far below it. Bounds then hold for what is left to do.
func (s *solver) rescale() {
	ratios := 0.0
	for j, column := range s.columns {
		ratio := s.c.Totals[j] / s.weighted(column, nil)
		if !(ratio > rescaleFrom) {
			return
		}
		ratios += ratio
	}
	s.scale = ratios / float64(len(s.columns))
	d, root := make([]float64, len(s.d)), make([]float64, len(s.d))
	for k, w := range s.d {
		d[k] = w * s.scale
		root[k] = math.Sqrt(d[k])
	}
	s.d, s.root = d, root
	for i := range s.totals {
		s.totals[i] /= math.Sqrt(s.scale)
	}
}

// weighted is the sum of d g x over the rows that have a weight; without g, of d x.
func (s *solver) weighted(column, g []float64) float64 {
	total := 0.0
	for k, d := range s.d {
		switch {
		case d == 0:
		case g == nil:
			total += d * column[k]
		default:
			total += d * g[k] * column[k]
		}
	}
	return total
}

// adjusted is the result for rows that started from start.
func (s *solver) adjusted(start, g []float64, steps int) *Adjusted {
	a := &Adjusted{Weights: make([]float64, len(start)), Iterations: steps, Rescaled: s.scale}
	for k, d := range start {
		if d != 0 {
			a.Weights[k] = d * g[k]
		}
		if a.Weights[k] < 0 {
			a.Negative++
		}
	}
	for _, j := range s.basis.dropped {
		a.Dropped = append(a.Dropped, s.c.Names[j])
	}
	half := make([]float64, len(g))
	for k := range half {
		half[k] = g[k] * s.root[k]
	}
	a.Residual = &gregResidual{basis: s.basis, half: half}
	return a
}

// gregResidual is the residual of generalised regression, e = z - X'B with B
// weighted by d: x = w e (Särndal, Swensson & Wretman 1992, 6.6; R: qr.resid on
// sqrt(d) X in svyrecvar). As x / (g sqrt d) = sqrt(d) z, this needs no z.
type gregResidual struct {
	basis *basis
	half  []float64 // g sqrt(d), up to a factor for all rows
}

// Residual implements Residual.
func (r *gregResidual) Residual(x []float64) {
	u := make([]float64, len(x))
	for k, h := range r.half {
		if h != 0 {
			u[k] = x[k] / h
		}
	}
	r.basis.residual(u)
	for k, h := range r.half {
		if h != 0 {
			x[k] = u[k] * h
		}
	}
}
