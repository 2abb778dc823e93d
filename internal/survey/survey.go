// Package survey makes design-based estimates from columns of respondents.
//
//  1. A Design says how the sample was drawn: stages of units within strata, their
//     population sizes, and weights. New checks it and makes a Sample of it.
//  2. Steps turn one Sample into another: Subset keeps the whole design and lets
//     only some rows take part; Adjust takes new weights and what the adjustment
//     does to variances; Replicate makes replicate weights.
//  3. A Statistic is a vector of numbers with its linearised values. Sample.Estimate
//     gives the numbers with their covariance: by one engine that is fed with
//     linearised values (Binder 1983), or by recomputing them with each replicate.
//     EstimateGroups does so for domains beside each other, Joint for statistics
//     of different rows, with what lies between them.
//  4. The engine adds weighted linearised values up by unit and turns the units'
//     totals into a covariance, stratum by stratum and stage by stage. Units without
//     a row of a domain are not stored: they count as zeros.
//  5. Means, totals, ratios, shares, quantiles, tests and reliability are small
//     Statistics and functions beside each other, each with its formula.
//
// Within this package a missing number is NaN. Estimates keep it in their vectors,
// where it says that a number is not to be had; their methods give number.Value.
package survey

import (
	"errors"
	"slices"
)

// Sample is a design with the weights that its rows have now. It is not changed
// by its methods; steps return another one.
type Sample struct {
	design   *design     // nil where replicate weights were given
	reps     *Replicates // nil where the variance is linearised
	weights  []float64   // final weight of each row; 0 outside
	present  []bool      // rows that the sample still has; nil: all
	steps    []Residual  // adjustments, in the order they were made
	warnings []string
}

// Residual is what an adjustment of the weights does to variances: it replaces
// a column x = w z, one value a row of the file, by its residuals about what the
// adjustment fixed. Rows that had no weight when it was made stay 0.
type Residual interface {
	Residual(x []float64)
}

// Rows is the number of rows of the file, outside ones included.
func (s *Sample) Rows() int { return len(s.weights) }

// Weights are the rows' present weights, 0 outside. They must not be changed.
func (s *Sample) Weights() []float64 { return s.weights }

// Warnings are what a reader should know of how the design was made out.
func (s *Sample) Warnings() []string { return slices.Clone(s.warnings) }

// N is the number of rows that take part: those with a weight other than 0.
func (s *Sample) N() int { return len(s.taking()) }

// DesignRows is the number of rows that the sample still has, those of weight 0
// included (R's nrow of the design object).
func (s *Sample) DesignRows() int { return len(s.rows()) }

// Adjusted reports whether adjustments of the weights bear on variances.
func (s *Sample) Adjusted() bool { return len(s.steps) > 0 }

// Subset is the sample with only those rows taking part for which in is true; one
// value a row of the file. The design stays the whole file's. As in R the other
// rows leave the sample, which matters to lonely strata alone, unless weights were
// adjusted: then they stay, with weight 0.
func (s *Sample) Subset(in []bool) *Sample {
	out := *s
	out.weights = make([]float64, len(s.weights))
	present := make([]bool, len(s.weights))
	for k, w := range s.weights {
		if in[k] {
			out.weights[k] = w
			present[k] = s.present == nil || s.present[k]
		}
	}
	if s.reps != nil || !s.Adjusted() {
		out.present = present
	}
	return &out
}

// Adjust is the sample with the weights w, one a row of the file, and r as what
// the adjustment does to variances after those made before; nil for none, as of
// trimming. Rows outside stay outside. With replicate weights it is an error:
// AdjustEach adjusts these too.
func (s *Sample) Adjust(w []float64, r Residual) (*Sample, error) {
	if s.reps != nil {
		return nil, errors.New("a sample with replicate weights has each of them adjusted")
	}
	out := *s
	out.weights = make([]float64, len(w))
	for k, before := range s.weights {
		if before != 0 {
			out.weights[k] = w[k]
		}
	}
	if r != nil {
		out.steps = append(slices.Clip(s.steps), r)
	}
	return &out, nil
}

// rows are the rows that the sample still has, those of weight 0 included.
func (s *Sample) rows() []int32 {
	out := make([]int32, 0, len(s.weights))
	for k := range s.weights {
		if s.present == nil || s.present[k] {
			out = append(out, int32(k))
		}
	}
	return out
}

// taking are the rows with a weight.
func (s *Sample) taking() []int32 { return weighted(nil, s.weights) }

// weighted are those of rows, nil being all, that have a weight.
func weighted(rows []int32, w []float64) []int32 {
	if rows == nil {
		out := make([]int32, 0, len(w))
		for k, v := range w {
			if v != 0 {
				out = append(out, int32(k))
			}
		}
		return out
	}
	out := make([]int32, 0, len(rows))
	for _, k := range rows {
		if w[k] != 0 {
			out = append(out, k)
		}
	}
	return out
}

// canReplicate tells what stands against replicate weights made of the design.
func (s *Sample) canReplicate() error {
	switch {
	case s.design == nil || s.reps != nil:
		return errors.New("the sample has replicate weights already")
	case s.Adjusted():
		return errors.New("the weights were adjusted before: make replicates first, then adjust each of them")
	}
	return nil
}
