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
//  4. Means, totals, ratios, shares, quantiles, tests and reliability are small
//     Statistics and functions beside each other, each with its formula.
//
// Within this package a missing number is NaN; nothing that leaves it is.
package survey

// Sample is a design with the weights that its rows have now. It is not changed
// by its methods; steps return another one.
type Sample struct {
	design  *design     // nil where there are replicate weights
	reps    *Replicates // nil where the variance is linearised
	weights []float64   // final weight of each row; 0 outside
	present []bool      // rows that the sample still has; nil: all
	steps   []Residual  // adjustments, in the order they were made
}

// Rows is the number of rows of the file, outside ones included.
func (s *Sample) Rows() int { return len(s.weights) }

// Weights are the rows' present weights, 0 outside. They must not be changed.
func (s *Sample) Weights() []float64 { return s.weights }

// Residual is what an adjustment of the weights does to variances: it replaces
// columns x = w z by their residuals about what the adjustment fixed.
type Residual interface {
	Residual(x []float64)
}
