package survey

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// dense is a matrix by columns.
type dense [][]float64

func (d dense) size() (rows, columns int) { return len(d[0]), len(d) }
func (d dense) column(j int, x []float64) { copy(x, d[j]) }

// product is a matrix of the given rank, with columns of unlike size.
func product(rows, columns, rank int, seed uint64) dense {
	random := rand.New(rand.NewPCG(seed, 1))
	left, right := randomMatrix(random, rank, rows), randomMatrix(random, columns, rank)
	d := make(dense, columns)
	for j := range d {
		d[j] = make([]float64, rows)
		for k, x := range left {
			addScaled(d[j], right[j][k]*float64(j+1)*100, x)
		}
	}
	return d
}

func randomMatrix(random *rand.Rand, columns, rows int) [][]float64 {
	m := make([][]float64, columns)
	for j := range m {
		m[j] = make([]float64, rows)
		for i := range m[j] {
			m[j][i] = random.NormFloat64()
		}
	}
	return m
}

// The rank is that by singular values, for tall matrices and wide ones.
func TestRank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 120).Draw(t, "rows"), rapid.IntRange(1, 12).Draw(t, "columns")
		d := product(rows, columns, rapid.IntRange(1, 12).Draw(t, "rank"), rapid.Uint64().Draw(t, "seed"))
		m := mat.NewDense(rows, columns, nil)
		for j, x := range d {
			m.SetCol(j, x)
		}
		var svd mat.SVD
		if !svd.Factorize(m, mat.SVDNone) {
			t.Skip("no singular values")
		}
		if got, want := rank(d), svd.Rank(1e-9*svd.Values(nil)[0]); got != want {
			t.Errorf("rank %d, by singular values %d", got, want)
		}
	})
}

// A column stands beside the others by what is left of it: 1e-4 of its norm is
// something and 1e-6 is not.
func TestRankTolerance(t *testing.T) {
	for left, want := range map[float64]int{1e-4: 2, 1e-6: 1} {
		if got := rank(dense{{1, 1, 1}, {1, 1 + left, 1}}); got != want {
			t.Errorf("%v left of a column: rank %d, want %d", left, got, want)
		}
	}
	if got := rank(dense{{1e-9, 1e-9}, {0, 1e-9}}); got != 2 {
		t.Errorf("rank of small columns is %d", got)
	}
	if got := rank(dense{{0, 0}, {0, 0}}); got != 0 {
		t.Errorf("rank of zeros is %d", got)
	}
}
