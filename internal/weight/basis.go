package weight

import "math"

// rankTolerance is what is left of a column, relatively, when it is taken to
// follow from those before it (R: qr).
const rankTolerance = 1e-7

// basis is the decomposition A = Q R of the columns of a matrix. Columns that
// follow from those before them are left out of Q, as R's qr moves them behind.
// Gram & Schmidt's steps are made twice, after which Q is orthonormal to rounding
// (Giraud et al. 2005), and come in the order of the columns.
type basis struct {
	q       [][]float64 // orthonormal columns
	kept    []int       // which columns of A they stand for
	dropped []int       // the rest
	r       [][]float64 // r[j]: column j of A in terms of q
}

// newBasis decomposes columns, which it overwrites.
func newBasis(columns [][]float64) *basis {
	b := &basis{r: make([][]float64, len(columns))}
	for j, v := range columns {
		before := norm(v)
		r := make([]float64, len(b.q), len(b.q)+1)
		for range 2 {
			for i, q := range b.q {
				c := dot(q, v)
				r[i] += c
				axpy(v, -c, q)
			}
		}
		after := norm(v)
		if after <= rankTolerance*before {
			b.dropped, b.r[j] = append(b.dropped, j), r
			continue
		}
		for k := range v {
			v[k] /= after
		}
		b.q, b.kept, b.r[j] = append(b.q, v), append(b.kept, j), append(r, after)
	}
	return b
}

// coordinates solves R'c = totals: totals of the columns of A as those of Q.
func (b *basis) coordinates(totals []float64) []float64 {
	c := make([]float64, len(b.kept))
	for i, j := range b.kept {
		c[i] = (totals[j] - dot(b.r[j][:i], c[:i])) / b.r[j][i]
	}
	return c
}

// solve returns b of the normal equations A'A b = sums, 0 for dropped columns:
// R'R b = sums, once down and once up.
func (b *basis) solve(sums []float64) []float64 {
	c := b.coordinates(sums)
	solution := make([]float64, len(b.r))
	for i := len(c) - 1; i >= 0; i-- {
		j := b.kept[i]
		solution[j] = c[i] / b.r[j][i]
		for above := range i {
			c[above] -= b.r[j][above] * solution[j]
		}
	}
	return solution
}

// implied is the total of a dropped column that those of the others entail, and
// the size of what it is added up from.
func (b *basis) implied(column int, coordinates []float64) (total, size float64) {
	for i, r := range b.r[column] {
		total += r * coordinates[i]
		size += math.Abs(r * coordinates[i])
	}
	return total, size
}

// residual takes from u what lies in the space of the columns.
func (b *basis) residual(u []float64) {
	for _, q := range b.q {
		axpy(u, -dot(q, u), q)
	}
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i, v := range a {
		s += v * b[i]
	}
	return s
}

// axpy adds c times x to y.
func axpy(y []float64, c float64, x []float64) {
	for i, v := range x {
		y[i] += c * v
	}
}

// norm is the length of a vector, without overflow.
func norm(v []float64) float64 {
	most := 0.0
	for _, x := range v {
		most = max(most, math.Abs(x))
	}
	if most == 0 {
		return 0
	}
	s := 0.0
	for _, x := range v {
		s += (x / most) * (x / most)
	}
	return most * math.Sqrt(s)
}
