package survey

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// grid is the shape of a two-way table whose cells stand in one list, the row
// index running fastest.
type grid struct{ rows, cols int }

func (g grid) cells() int { return g.rows * g.cols }

// contrasts are how many independent ways there are to leave independence.
func (g grid) contrasts() int { return (g.rows - 1) * (g.cols - 1) }

func (g grid) cell(i, j int) int { return i + g.rows*j }

// margins are the sums of each row, of each column, and of all cells.
func (g grid) margins(x []float64) (rows, cols []float64, all float64) {
	rows, cols = make([]float64, g.rows), make([]float64, g.cols)
	for j := range g.cols {
		for i := range g.rows {
			v := x[g.cell(i, j)]
			rows[i] += v
			cols[j] += v
			all += v
		}
	}
	return rows, cols, all
}

// pearson is X2 = n sum (p_ij - p_i. p_.j)^2 / (p_i. p_.j).
func (g grid) pearson(p []float64, n float64) float64 {
	rows, cols, _ := g.margins(p)
	sum := 0.0
	for j := range g.cols {
		for i := range g.rows {
			expected := rows[i] * cols[j]
			d := p[g.cell(i, j)] - expected
			sum += d * d / expected
		}
	}
	return n * sum
}

// interactions are the contrasts between cells that have nothing of rows or
// columns in them, one a column: treatment-coded interactions less what main
// effects explain, that is, centred by rows and by columns.
func (g grid) interactions() *mat.Dense {
	c := mat.NewDense(g.cells(), g.contrasts(), nil)
	for j := range g.cols {
		for i := range g.rows {
			for l := 1; l < g.cols; l++ {
				for k := 1; k < g.rows; k++ {
					c.Set(g.cell(i, j), k-1+(g.rows-1)*(l-1), centred(i == k, g.rows)*centred(j == l, g.cols))
				}
			}
		}
	}
	return c
}

func centred(one bool, n int) float64 {
	if one {
		return 1 - 1/float64(n)
	}
	return -1 / float64(n)
}

// epsilon is the smallest number that makes a difference to 1. A matrix whose
// condition is beyond what it leaves has no inverse for R's solve.
const epsilon = 0x1p-52

// generalisedEffects is the matrix of design effects of the contrasts (Rao and
// Scott 1981): what their covariance is to that of n independent answers. It is
// nil where empty cells leave a contrast without a variance of its own.
func (g grid) generalisedEffects(p []float64, v [][]float64, n float64) *mat.Dense {
	c := g.interactions()
	scaled := mat.DenseCopyOf(c) // 1/p times c, and 0 where p is
	scaled.Apply(func(cell, _ int, x float64) float64 {
		if p[cell] == 0 {
			return 0
		}
		return x / p[cell]
	}, c)
	var independent, designed, half mat.Dense
	independent.Mul(c.T(), scaled)
	independent.Scale(1/n, &independent)
	half.Mul(matrixOf(v), scaled)
	designed.Mul(scaled.T(), &half)
	return solve(&independent, &designed, 1/epsilon)
}

// solve is a's inverse times b, or nil where a is conditioned worse than a limit.
func solve(a, b mat.Matrix, worst float64) *mat.Dense {
	var lu mat.LU
	lu.Factorize(a)
	if !(lu.Cond() < worst) {
		return nil
	}
	var x mat.Dense
	if err := lu.SolveTo(&x, false, b); err != nil && !errors.As(err, new(mat.Condition)) {
		return nil
	}
	return &x
}

func matrixOf(v [][]float64) *mat.Dense {
	d := mat.NewDense(len(v), len(v), nil)
	for i, row := range v {
		d.SetRow(i, row)
	}
	return d
}

// departures are how far the cells but the first row's and column's are from
// independence, N_ij - N_i. N_.j / N: by a cell and departure, what a unit of weight
// in the cell adds to it (the derivative by the cell's total).
func (g grid) departures(totals []float64) [][]float64 {
	rows, cols, all := g.margins(totals)
	by := make([][]float64, len(totals))
	for cell := range by {
		for j := 1; j < g.cols; j++ {
			for i := 1; i < g.rows; i++ {
				d := rows[i] * cols[j] / (all * all)
				if cell%g.rows == i {
					d -= cols[j] / all
				}
				if cell/g.rows == j {
					d -= rows[i] / all
				}
				if cell == g.cell(i, j) {
					d++
				}
				by[cell] = append(by[cell], d)
			}
		}
	}
	return by
}

// wald is Y' V^-1 Y for numbers Y with covariance V. It is not to be had where one
// has no variance, or V is short of full rank but for rounding.
func wald(y []float64, v [][]float64) (float64, bool) {
	n := len(y)
	column, correlation := mat.NewDense(n, 1, nil), mat.NewDense(n, n, nil)
	for i := range y {
		if v[i][i] <= 0 {
			return 0, false
		}
		column.Set(i, 0, y[i]/math.Sqrt(v[i][i]))
		for j := range y {
			correlation.Set(i, j, v[i][j]/math.Sqrt(v[i][i]*v[j][j]))
		}
	}
	x := solve(correlation, column, 1/rounding)
	if x == nil {
		return 0, false
	}
	return mat.Dot(column.ColView(0), x.ColView(0)), true
}

// rounding is how little of what was added up is left by rounding alone.
const rounding = 1e-12
