package weight

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// newton solves the equations of a solver by Newton's steps from eta = 0, halved
// until they lead on. The equations are the gradient of a convex function (the
// dual of the calibration; Deville & Särndal 1992, 2), which is what a step must
// lower; so it cannot run in circles where many rows are at their bounds.
type newton struct {
	*solver
	eta      []float64
	g, slope []float64 // F and its derivative, one a row
	value    float64   // sum d (integral of F) - t'eta
	misfit   []float64 // t - sum sqrt(d) F q
}

func newNewton(s *solver) *newton {
	n := &newton{solver: s, eta: make([]float64, len(s.basis.q)), g: make([]float64, len(s.d)), slope: make([]float64, len(s.d))}
	n.evaluate()
	return n
}

// evaluate fills everything that follows from eta.
func (n *newton) evaluate() {
	u := make([]float64, len(n.d))
	for i, q := range n.basis.q {
		axpy(u, n.eta[i], q)
	}
	n.value = -dot(n.totals, n.eta)
	for k, d := range n.d {
		if d == 0 {
			continue
		}
		u[k] /= n.root[k]
		n.g[k], n.slope[k] = n.shape.at(u[k])
		n.value += d * n.shape.integral(u[k])
		u[k] = n.root[k] * n.g[k]
	}
	n.misfit = make([]float64, len(n.eta))
	for i, q := range n.basis.q {
		n.misfit[i] = n.totals[i] - dot(q, u)
	}
}

// run makes steps until the totals are met.
func (n *newton) run() (int, error) {
	for steps := range n.c.MaxIterations + 1 {
		if off, _ := n.worst(); off < n.c.Epsilon {
			return steps, nil
		}
		if steps == n.c.MaxIterations || !n.advance(n.step()) {
			return steps, n.unmet(steps)
		}
	}
	panic("weight: a loop ended that has no end")
}

// halvings is how often a step is halved before it is given up.
const halvings = 60

// advance goes along a step as far as it leads on, and reports whether it did.
func (n *newton) advance(step []float64) bool {
	from, before := append([]float64(nil), n.eta...), *n
	slope, near := dot(step, n.misfit), norm(n.misfit) < 1e-6*norm(n.totals)
	for fraction := 1.0; fraction > math.Pow(2, -halvings); fraction /= 2 {
		for i := range n.eta {
			n.eta[i] = from[i] + fraction*step[i]
		}
		n.evaluate()
		lower := n.value <= before.value-1e-4*fraction*slope
		// Near the end the value no longer changes in its digits, the misfit does.
		if lower || near && norm(n.misfit) < norm(before.misfit) {
			return true
		}
	}
	copy(n.eta, from)
	n.evaluate()
	return false
}

// step is (sum F' q q')^-1 misfit. Where so many rows are at their bounds that the
// matrix has no inverse, its diagonal is raised by the relative misfit.
func (n *newton) step() []float64 {
	size := len(n.eta)
	h := mat.NewSymDense(size, nil)
	scaled := make([]float64, len(n.d))
	for i, q := range n.basis.q {
		for k, v := range q {
			scaled[k] = v * n.slope[k]
		}
		for j := range i + 1 {
			h.SetSym(i, j, dot(scaled, n.basis.q[j]))
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(h) || chol.Cond() > 1e12 {
		ridge := min(1, max(1e-8, norm(n.misfit)/norm(n.totals))) * max(1e-8, mat.Max(h))
		for i := range size {
			h.SetSym(i, i, h.At(i, i)+ridge)
		}
		if !chol.Factorize(h) {
			return append([]float64(nil), n.misfit...) // not finite, or as good as 0: down the gradient
		}
	}
	step := mat.NewVecDense(size, nil)
	if err := chol.SolveVecTo(step, mat.NewVecDense(size, n.misfit)); err != nil {
		return append([]float64(nil), n.misfit...)
	}
	return step.RawVector().Data
}

// worst is the largest error of a total, relative to 1 + |total| as in R, and its
// column.
func (n *newton) worst() (off float64, column int) {
	for j, x := range n.columns {
		e := math.Abs(n.weighted(x, n.g)-n.c.Totals[j]) / (1 + math.Abs(n.c.Totals[j]))
		if !(e <= off) {
			off, column = e, j
		}
	}
	return off, column
}

func (n *newton) unmet(steps int) error {
	_, j := n.worst()
	within := ""
	if !n.c.Bounds.none() {
		within = fmt.Sprintf(" within the bounds %s", n.c.Bounds)
	}
	return failuref("calibration did not reach its totals%s in %d steps: the total of %s is %v, and came to %v",
		within, steps, n.c.Names[j], n.c.Totals[j], n.weighted(n.columns[j], n.g))
}
