package weight

import (
	"fmt"
	"math"
)

// Raking makes the weights add up to several margins at once by post-stratifying
// to each in turn, again and again (iterative proportional fitting; Deming &
// Stephan 1940; R: rake). Rows in the same cell of every margin keep the same
// w/d, so that the fitting is done on those joint cells.
type Raking struct {
	margins []*cells
	joint   []int32 // joint cell of each row; -1: a margin is missing
	of      [][]int32
	opt     RakeOptions
}

// RakeOptions say when raking ends.
type RakeOptions struct {
	// MaxIterations is how many cycles over the margins there may be; 0: 1000.
	MaxIterations int
	// Epsilon ends raking as R does (survey 4.5): once no cell of a margin moves by
	// that much in a cycle, in units of weight from 1 on, below 1 as a fraction of
	// the sum of weights. 0: once every cell of every margin is within 1e-10
	// of its population, relatively.
	Epsilon float64
	// Cycles, above 0, is the number of cycles made, with no question asked after
	// them: R rakes replicate weights as often as the sample's.
	Cycles int
}

// marginTolerance is the relative error at which a margin is met.
const marginTolerance = 1e-10

// NewRaking prepares raking for a number of rows. Margins whose populations differ
// by more than a millionth are refused.
func NewRaking(rows int, margins []Margin, opt RakeOptions) (*Raking, error) {
	if len(margins) == 0 {
		return nil, failuref("there is no margin to rake to")
	}
	if opt.MaxIterations == 0 {
		opt.MaxIterations = 1000
	}
	r := &Raking{opt: opt}
	var problems []string
	for _, m := range margins {
		c, err := newCells(rows, m)
		if err != nil {
			problems = append(problems, err.(*Failure).Problems...)
			continue
		}
		r.margins = append(r.margins, c)
	}
	for _, c := range r.margins[min(1, len(r.margins)):] {
		if first := r.margins[0]; math.Abs(c.sum-first.sum) > totalsTolerance*max(c.sum, first.sum) {
			problems = append(problems, fmt.Sprintf("the population of %s adds up to %v, that of %s to %v",
				first.margin.Name(), first.sum, c.margin.Name(), c.sum))
		}
	}
	if err := failure(problems); err != nil {
		return nil, err
	}
	r.join(rows)
	return r, nil
}

// totalsTolerance is how far the totals of two margins may lie apart, relatively.
const totalsTolerance = 1e-6

// join finds the joint cell of each row, margin by margin.
//
//gosec:disable G115 -- cells are no more than rows, which are counted in int32
func (r *Raking) join(rows int) {
	r.joint = make([]int32, rows)
	r.of = make([][]int32, len(r.margins))
	for m, c := range r.margins {
		known := map[[2]int32]int32{}
		var from []int32
		for row, cell := range c.of {
			if r.joint[row] < 0 || cell < 0 {
				r.joint[row] = -1
				continue
			}
			pair := [2]int32{r.joint[row], cell}
			j, ok := known[pair]
			if !ok {
				j = int32(len(known))
				known[pair] = j
				from, r.of[m] = append(from, pair[0]), append(r.of[m], cell)
			}
			r.joint[row] = j
		}
		for before := range m {
			r.of[before] = pick(r.of[before], from)
		}
	}
}

func pick(values, at []int32) []int32 {
	picked := make([]int32, len(at))
	for i, j := range at {
		picked[i] = values[j]
	}
	return picked
}

// Adjust rakes from the design's weights of the rows.
func (r *Raking) Adjust(start []float64) (*Adjusted, error) {
	var problems []string
	for _, c := range r.margins {
		_, p := c.check(start, false)
		problems = append(problems, p...)
	}
	if err := failure(problems); err != nil {
		return nil, err
	}
	fit := r.newFit(start)
	cycles, err := fit.run(r.opt)
	if err != nil {
		return nil, err
	}
	w := make([]float64, len(start))
	for row, j := range r.joint {
		if start[row] != 0 {
			w[row] = start[row] * fit.g[j]
		}
	}
	return &Adjusted{Weights: w, Iterations: cycles, Rescaled: 1,
		Residual: &rakeResidual{raking: r, start: start, after: fit.after}}, nil
}
