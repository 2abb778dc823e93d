package weight

import "math"

// Bounds are the least and the most that something may be. Infinite ones are none.
type Bounds struct{ Lower, Upper float64 }

// NoBounds are bounds that hold always.
func NoBounds() Bounds { return Bounds{math.Inf(-1), math.Inf(1)} }

// none reports whether nothing can be outside.
func (b Bounds) none() bool { return math.IsInf(b.Lower, -1) && math.IsInf(b.Upper, 1) }

func (b Bounds) outside(v float64) bool { return v < b.Lower || v > b.Upper }

func (b Bounds) clamp(v float64) float64 { return max(b.Lower, min(b.Upper, v)) }
