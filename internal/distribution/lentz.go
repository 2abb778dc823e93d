package distribution

import "math"

// lentz evaluates a continued fraction b0 + a1/(b1 + a2/(b2 + ...)) from its
// head (Lentz 1976, as modified by Thompson and Barnett 1986).
type lentz struct {
	value, c, d float64
	steps       int
}

func newLentz(b0 float64) *lentz { return &lentz{value: b0, c: b0} }

// add takes the next pair and reports whether more are needed.
func (l *lentz) add(a, b float64) bool {
	l.d = 1 / notZero(b+a*l.d)
	l.c = notZero(b + a/l.c)
	step := l.c * l.d
	l.value *= step
	l.steps++
	return math.Abs(step-1) > 1e-16 && l.steps < 100_000
}

func notZero(v float64) float64 {
	if v == 0 {
		return 1e-300
	}
	return v
}
