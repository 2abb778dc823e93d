package weight

import "math"

// Distance is how a calibration measures the way from the weights before to those
// after, which decides the shape of g (Deville & Särndal 1992).
type Distance uint8

// The distances.
const (
	Linear Distance = iota // g = 1 + u, which may be negative (generalised regression)
	Exp                    // g = exp(u): raking
	Logit                  // g between finite bounds on both sides of 1, never at them
)

// shape is g = F(u), with bounds at which the linear and the exponential stop.
type shape struct {
	distance Distance
	bounds   Bounds
	a        float64 // of the logit
}

func newShape(distance Distance, b Bounds) shape {
	s := shape{distance: distance, bounds: b}
	if distance == Logit {
		s.a = (b.Upper - b.Lower) / ((b.Upper - 1) * (1 - b.Lower))
	}
	return s
}

// at returns F(u) and its derivative, which is 0 where a bound holds.
func (s shape) at(u float64) (g, slope float64) {
	switch s.distance {
	case Logit:
		return s.logit(u)
	case Exp:
		g = math.Exp(u)
		slope = g
	default:
		g, slope = 1+u, 1
	}
	if s.bounds.outside(g) {
		return s.bounds.clamp(g), 0
	}
	return g, slope
}

// logit is Deville & Särndal's case 6, F(u) = [L(U-1) + U(1-L)e^Au] / [U-1 + (1-L)e^Au],
// written such that nothing overflows: p runs from 0 to 1.
func (s shape) logit(u float64) (g, slope float64) {
	l, width := s.bounds.Lower, s.bounds.Upper-s.bounds.Lower
	p := 1 / (1 + (s.bounds.Upper-1)/(1-l)*math.Exp(-s.a*u))
	return l + width*p, width * s.a * p * (1 - p)
}

// integral is that of F from 0 to u up to a constant: what calibration minimises,
// summed over the rows, less the totals' product with its multipliers.
func (s shape) integral(u float64) float64 {
	if s.distance == Logit {
		ratio := (s.bounds.Upper - 1) / (1 - s.bounds.Lower)
		return s.bounds.Lower*u + (s.bounds.Upper-s.bounds.Lower)/s.a*softplus(s.a*u-math.Log(ratio))
	}
	from := func(u float64) float64 {
		if s.distance == Exp {
			return math.Exp(u)
		}
		return u + u*u/2
	}
	low, high := s.ends()
	switch {
	case u < low:
		return from(low) + s.bounds.Lower*(u-low)
	case u > high:
		return from(high) + s.bounds.Upper*(u-high)
	}
	return from(u)
}

// ends are the u at which the bounds begin to hold.
func (s shape) ends() (low, high float64) {
	if s.distance == Exp {
		return math.Log(max(0, s.bounds.Lower)), math.Log(s.bounds.Upper)
	}
	return s.bounds.Lower - 1, s.bounds.Upper - 1
}

func softplus(v float64) float64 { return max(v, 0) + math.Log1p(math.Exp(-math.Abs(v))) }
