package survey

import (
	"errors"
	"fmt"
)

// halfSamples weight one PSU of each pair up and the other down.
type halfSamples struct {
	pairs [][2]int32
	signs [][]int8 // one row a pair, one value a replicate
	rho   float64
}

func (b *halfSamples) fill(r int, f []float64) {
	fillWith(f, 1)
	for h, pair := range b.pairs {
		up, down := pair[0], pair[1]
		if b.signs[h][r] < 0 {
			up, down = down, up
		}
		f[up], f[down] = 2-b.rho, b.rho
	}
}

// makeHalfSamples are balanced half samples (McCarthy 1969), or with a rho above 0
// Fay's (Judkins 1990): the strata take the rows of a Hadamard matrix from the
// second on, as the row of ones would leave out the same PSU in each replicate.
// An FPC counts only where it leaves nothing: strata that were taken whole.
func makeHalfSamples(first *firstStage, rho float64) (*Replicates, error) {
	b := &halfSamples{rho: rho}
	var wrong []error
	for _, h := range first.strata {
		switch {
		case h.takenWhole():
		case len(h.psus) == 2:
			b.pairs = append(b.pairs, [2]int32(h.psus))
		default:
			wrong = append(wrong, fmt.Errorf("PSUs in stratum %s: %d; balanced half samples need two", h.name, len(h.psus)))
		}
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	matrix := hadamard(max(4, len(b.pairs)+1))
	b.signs = matrix[1 : len(b.pairs)+1]
	out := &Replicates{factors: b, RScales: make([]float64, len(matrix))}
	fillWith(out.RScales, 1)
	out.Scale = 1 / (float64(len(matrix)) * (1 - rho) * (1 - rho))
	return out, nil
}
