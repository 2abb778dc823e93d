package study

import "math"

// MaxPoints is how many points a construct's score may add up to.
const MaxPoints = math.MaxUint16

// maxScored is how many items one construct may have.
const maxScored = 255

// precision checks that a construct's scores can be kept as exact whole numbers.
// Its items share one unit, the least common multiple of their scales' steps, and
// a score adds up to at most that unit times the number of items.
func (c *frameworkCheck) precision(p keyPath, id string, v Construct) {
	if len(v.Items) > maxScored {
		c.problem("too-many-items", p.to("items"), "construct %q has %d items; at most %d are read", id, len(v.Items), maxScored)
		return
	}
	for _, item := range v.Items {
		if _, scale, ok := c.f.ItemScale(item); !ok || scale.Codes() < 2 || scale.Codes() > maxCodes {
			return // said elsewhere
		}
	}
	if c.f.PointUnit(v) > MaxPoints/max(1, len(v.Items)) {
		c.problem("mixed-scales", p.to("items"), "construct %q: the scales of its items have too little in common for exact scores; put items with fewer different scales into one construct", id)
	}
}

// PointUnit is the common unit in which the items of a construct are scored: the
// least common multiple of the steps of their scales, at least 1, and more than
// MaxPoints where that is too much for exact scores.
func (f *Framework) PointUnit(v Construct) int {
	unit := 1
	for _, item := range v.Items {
		_, scale, _ := f.ItemScale(item)
		x, y := unit, max(1, scale.Codes()-1)
		for y != 0 {
			x, y = y, x%y
		}
		if unit = unit / x * max(1, scale.Codes()-1); unit > MaxPoints {
			return MaxPoints + 1
		}
	}
	return unit
}
