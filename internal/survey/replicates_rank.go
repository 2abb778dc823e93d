package survey

import "math"

// rankTolerance is the share of a column's norm that must be left of it beside
// the columns before it (R's degf: qr(weights, tol = 1e-5)).
const rankTolerance = 1e-5

// matrix is one that is read column by column.
type matrix interface {
	size() (rows, columns int)
	column(j int, x []float64)
}

// rank is the number of columns of m that are not within the span of those before
// them, up to rankTolerance (R's qr, which is LINPACK's dqrdc2).
//
// What is left of a column on some rows is at most what is left on all of them:
// where a part of the rows shows every column to stand, all do, and a tall matrix
// is seldom read in full.
func rank(m matrix) int {
	rows, columns := m.size()
	if columns == 0 {
		return 0
	}
	norms := columnNorms(m)
	for part := 2 * columns; part < rows; part *= 4 {
		if stand(m, part, norms) {
			return columns
		}
	}
	return rankOf(someRows(m, rows), norms)
}

// stand reports that part of the rows shows every column to stand beside the
// others; false may mean that there are no more rows than that.
func stand(m matrix, part int, norms []float64) bool {
	rows, columns := m.size()
	if part >= rows {
		return false
	}
	if norms == nil {
		norms = columnNorms(m)
	}
	return rankOf(someRows(m, part), norms) == columns
}

func columnNorms(m matrix) []float64 {
	rows, columns := m.size()
	x, norms := make([]float64, rows), make([]float64, columns)
	for j := range norms {
		m.column(j, x)
		norms[j] = norm(x)
	}
	return norms
}

// someRows are the columns of m at part of its rows, evenly spread.
func someRows(m matrix, part int) [][]float64 {
	rows, columns := m.size()
	x, some := make([]float64, rows), make([][]float64, columns)
	for j := range some {
		m.column(j, x)
		some[j] = make([]float64, part)
		for i := range some[j] {
			some[j][i] = x[i*rows/part]
		}
	}
	return some
}

// rankOf overwrites the columns with Householder's reflections of those that stand.
func rankOf(columns [][]float64, norms []float64) int {
	var mirrors [][]float64 // unit vectors, the i-th 0 before place i
	for j, x := range columns {
		if len(mirrors) == len(x) {
			break
		}
		for i, u := range mirrors {
			mirror(u[i:], x[i:])
		}
		rest := x[len(mirrors):]
		left := norm(rest)
		if left <= rankTolerance*norms[j] {
			continue
		}
		rest[0] += math.Copysign(left, rest[0])
		scaleBy(rest, 1/norm(rest))
		mirrors = append(mirrors, x)
	}
	return len(mirrors)
}

// mirror is x - 2 u u'x.
func mirror(u, x []float64) {
	d := 0.0
	for i, v := range u {
		d += v * x[i]
	}
	d *= 2
	for i, v := range u {
		x[i] -= d * v
	}
}

func norm(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	return math.Sqrt(sum)
}

func scaleBy(x []float64, by float64) {
	for i := range x {
		x[i] *= by
	}
}
