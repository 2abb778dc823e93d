package survey

import (
	"encoding/binary"
	"hash/maphash"
	"math"
)

// replicateDF is the rank of the replicate weights of the rows that are in, less
// 1 (R's degf.svyrep.design).
func (s *Sample) replicateDF(in []bool) float64 {
	if s.reps.columns != nil {
		return float64(s.columnRank(in) - 1)
	}
	size := s.psuNorms(in)
	if j, ok := s.reps.factors.(*jackknife); ok && j.simple {
		return float64(j.rank(size) - 1)
	}
	return float64(rank(&psuMatrix{s.reps, size, make([]float64, s.reps.psus)}) - 1)
}

// columnRank tries a few of the rows first: adjusted weights mostly have full rank,
// and where they do not, their rows are alike.
func (s *Sample) columnRank(in []bool) int {
	all := &rowMatrix{columns: s.reps.columns}
	for k, w := range s.weights {
		if w != 0 && (in == nil || in[k]) {
			all.first = append(all.first, k)
		}
	}
	if stand(all, 4*len(all.columns), nil) {
		return len(all.columns)
	}
	return rank(all.likeRows())
}

// psuNorms are the norms of the weights of each PSU's rows that are in.
func (s *Sample) psuNorms(in []bool) []float64 {
	size := make([]float64, s.reps.psus)
	for k, p := range s.reps.psu {
		if in == nil || in[k] {
			size[p] += s.weights[k] * s.weights[k]
		}
	}
	for p := range size {
		size[p] = math.Sqrt(size[p])
	}
	return size
}

// psuMatrix has a row for each PSU in place of all of its rows: as these are
// multiples of one another, one with their norm has the same products with itself.
type psuMatrix struct {
	*Replicates
	norms []float64
	f     []float64
}

func (m *psuMatrix) size() (rows, columns int) { return m.psus, m.Len() }

func (m *psuMatrix) column(r int, x []float64) {
	m.factors.fill(r, m.f)
	for p, n := range m.norms {
		x[p] = n * m.f[p]
	}
}

// rowMatrix has rows of columns, each as it is or stretched to stand for others.
type rowMatrix struct {
	columns [][]float64
	first   []int     // the row that stands for the others
	sizes   []float64 // its norm
	squares []float64 // the sum of squares of it and the others; nil: there are none
}

func (m *rowMatrix) size() (rows, columns int) { return len(m.first), len(m.columns) }

func (m *rowMatrix) column(r int, x []float64) {
	c := m.columns[r]
	for i, k := range m.first {
		x[i] = c[k]
		if m.squares != nil {
			x[i] *= math.Sqrt(m.squares[i]) / m.sizes[i]
		}
	}
}

// likeRows is the matrix with one row in place of all that are multiples of one
// another, as those of a PSU are before any adjustment.
func (m *rowMatrix) likeRows() *rowMatrix {
	out := &rowMatrix{columns: m.columns, squares: []float64{}}
	seed, seen := maphash.MakeSeed(), map[uint64]int{}
	row := make([]float64, len(m.columns))
	key := make([]byte, 4*len(row))
	for _, k := range m.first {
		size := m.row(k, row)
		if size == 0 {
			continue
		}
		h := maphash.Bytes(seed, direction(row, size, key))
		if i, ok := seen[h]; ok && alike(row, size, m.columns, out.first[i], out.sizes[i]) {
			out.squares[i] += size * size
			continue
		}
		seen[h] = len(out.first)
		out.first, out.sizes, out.squares = append(out.first, k), append(out.sizes, size), append(out.squares, size*size)
	}
	return out
}

// row copies a row and gives its norm.
func (m *rowMatrix) row(k int, x []float64) float64 {
	for r, c := range m.columns {
		x[r] = c[k]
	}
	return norm(x)
}

// direction writes a row without its length, to single precision: what is lost
// is far below rankTolerance.
func direction(row []float64, size float64, key []byte) []byte {
	for r, v := range row {
		binary.LittleEndian.PutUint32(key[4*r:], math.Float32bits(float32(v/size)))
	}
	return key
}

// alike compares directions where hashes agree.
func alike(row []float64, size float64, columns [][]float64, k int, other float64) bool {
	for r, v := range row {
		if float32(v/size) != float32(columns[r][k]/other) {
			return false
		}
	}
	return true
}
