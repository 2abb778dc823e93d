package weight

import (
	"fmt"
	"strings"
)

// Adjuster turns the weights that rows start from into others. It holds what does
// not depend on them, so that a sample's weights and each of its replicates are
// adjusted by the same one. Rows that start from 0 stand outside and stay at 0.
type Adjuster interface {
	// Adjust returns new weights. It leaves start alone, which must not be changed
	// as long as the result is in use. An error is a *Failure.
	Adjust(start []float64) (*Adjusted, error)
}

// Residual is what an adjustment does to variances: it replaces a column
// x = w z, one value a row, by its residual about what the adjustment fixed.
type Residual interface {
	Residual(x []float64)
}

// Adjusted is what an Adjuster made of weights.
type Adjusted struct {
	Weights    []float64
	Residual   Residual // nil: variances take no notice (trimming)
	Iterations int      // cycles of raking, steps of calibration, passes of trimming
	Negative   int      // weights under 0, which only linear calibration gives
	Ignored    []string // cells of the population without a respondent, where that is allowed
	Dropped    []string // calibration columns that follow from those before them
	Lost       float64  // sum of weights that trimming took and no row was left to receive, as in R
	Rescaled   float64  // by which bounded weights were multiplied before the bounds were held; 1 elsewhere
}

// Failure is the error of an adjustment that cannot be made: everything that
// stands in its way.
type Failure struct{ Problems []string }

// Error lists the problems on one line.
func (f *Failure) Error() string { return strings.Join(f.Problems, "; ") }

func failuref(format string, args ...any) *Failure {
	return &Failure{Problems: []string{fmt.Sprintf(format, args...)}}
}

// failure is the error of problems, nil without one.
func failure(problems []string) error {
	if len(problems) == 0 {
		return nil
	}
	return &Failure{Problems: problems}
}
