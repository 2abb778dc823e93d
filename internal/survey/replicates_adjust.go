package survey

import (
	"errors"
	"fmt"
)

// AdjustEach gives the sample with weights that adjust makes of those it has, and
// of those of each replicate, to the same totals (R's postStratify, rake and
// calibrate of a svyrep.design). It is called with the sample's own first, must
// return a new slice and must not keep start. Rows outside have weight 0 before
// and after.
//
// An error on the sample's own weights is given back. A replicate that cannot be
// adjusted, as one that leaves out the only PSU of a cell, is left out with its
// rscale and counted in Replicates.Unadjusted; an error if that leaves none.
func (s *Sample) AdjustEach(adjust func(start []float64) ([]float64, error)) (*Sample, error) {
	if s.reps == nil {
		return nil, errors.New("the sample has no replicate weights")
	}
	weights, err := adjust(s.weights)
	if err != nil {
		return nil, err
	}
	reps := s.reps.bare()
	s.eachReplicate(func(r int, w []float64) {
		column, failed := adjust(w)
		if failed != nil {
			reps.Unadjusted++
			err = failed
			return
		}
		reps.columns, reps.RScales = append(reps.columns, column), append(reps.RScales, s.reps.RScales[r])
	})
	if reps.Len() == 0 {
		return nil, fmt.Errorf("no replicate can be adjusted: %w", err)
	}
	out := *s
	out.weights, out.reps = weights, reps
	return &out, nil
}

// bare is r without its replicates.
func (r *Replicates) bare() *Replicates {
	return &Replicates{Kind: r.Kind, Scale: r.Scale, MSE: r.MSE, Seed: r.Seed, Fixed: r.Fixed, Unadjusted: r.Unadjusted}
}
