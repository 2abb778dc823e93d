package weight

import "fmt"

// Trim sets weights outside its bounds to the bound, and spreads what is taken
// away (or added) equally over the rows that were inside (R: trimWeights). The
// sum of the weights stays, unless every row is outside; margins that were met may
// no longer be.
type Trim struct {
	Bounds Bounds // of weights
	// Strict trims again until every weight is inside; rows once trimmed receive
	// nothing more (survey 4.5).
	Strict bool
}

// Adjust trims. The iterations of its result are the passes that found something.
func (t Trim) Adjust(start []float64) (*Adjusted, error) {
	if !(t.Bounds.Lower <= t.Bounds.Upper) {
		return nil, failuref("weights are to be trimmed to at least %v and at most %v", t.Bounds.Lower, t.Bounds.Upper)
	}
	a := &Adjusted{Weights: append([]float64(nil), start...), Rescaled: 1}
	trimmed := make([]bool, len(start))
	for a.Iterations == 0 || t.Strict {
		found, lost := t.pass(a.Weights, trimmed)
		if !found {
			break
		}
		a.Iterations++
		a.Lost += lost
	}
	for _, w := range a.Weights {
		if w < 0 {
			a.Negative++
		}
	}
	return a, nil
}

// pass trims once, and reports whether it found a row to trim. What no row is
// left to take is lost.
func (t Trim) pass(w []float64, trimmed []bool) (found bool, lost float64) {
	removed, inside := 0.0, 0
	for row, v := range w {
		switch {
		case v == 0 || trimmed[row]:
		case t.Bounds.outside(v):
			found, trimmed[row] = true, true
			w[row] = t.Bounds.clamp(v)
			removed += v - w[row]
		default:
			inside++
		}
	}
	if inside == 0 {
		return found, removed
	}
	for row, v := range w {
		if found && v != 0 && !trimmed[row] {
			w[row] += removed / float64(inside)
		}
	}
	return found, 0
}

// String is how bounds read in messages.
func (b Bounds) String() string { return fmt.Sprintf("[%v, %v]", b.Lower, b.Upper) }
