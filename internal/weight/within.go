package weight

import "math"

// RakingWithin rakes, trims strictly and rakes again until the margins are met and
// every weight is within bounds.
type RakingWithin struct {
	Raking *Raking // its options for the end of raking are not used
	Bounds Bounds  // of weights
	Rounds int     // how many there may be; 0: 1000
}

// boundsTolerance is how far beyond its bounds, relatively, a weight may be left.
const boundsTolerance = 1e-9

// Adjust rakes and trims. The residual is that of the last raking; the iterations
// are rounds.
func (r RakingWithin) Adjust(start []float64) (*Adjusted, error) {
	raking, rounds := *r.Raking, r.Rounds
	raking.opt.Epsilon, raking.opt.Cycles = 0, 0
	if rounds == 0 {
		rounds = 1000
	}
	w := start
	for round := 1; ; round++ {
		a, err := raking.Adjust(w)
		if err != nil {
			return nil, err
		}
		row, off := r.outmost(a.Weights)
		if off <= boundsTolerance {
			a.Iterations = round
			return a, nil
		}
		if round == rounds {
			return nil, failuref("no weights within %s were found that meet the margins: after %d rounds of raking and trimming row %d has %v",
				r.Bounds, rounds, row+1, a.Weights[row])
		}
		t, err := Trim{Bounds: r.Bounds, Strict: true}.Adjust(a.Weights)
		if err != nil {
			return nil, err
		}
		w = t.Weights
	}
}

// outmost is the row whose weight is farthest outside, and how far, relatively.
func (r RakingWithin) outmost(w []float64) (row int, off float64) {
	for k, v := range w {
		if v == 0 {
			continue
		}
		if e := math.Abs(v-r.Bounds.clamp(v)) / math.Abs(v); e > off {
			row, off = k, e
		}
	}
	return row, off
}
