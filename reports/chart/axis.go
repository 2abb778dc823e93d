package chart

import (
	"math"
	"strconv"
	"strings"
)

// axis maps values to places from x0 to x1.
type axis struct {
	lo, hi, x0, x1 float64
	ticks          []float64
}

// tickGap is the least distance between two ticks; the widest tick text fits it.
const tickGap = 40

// newAxis covers lo to hi with whole steps of 1, 2 or 5 times a power of ten,
// never finer than 1.
func newAxis(lo, hi, x0, x1 float64) axis {
	if hi-lo < 1 {
		hi = lo + 1
	}
	most := max(math.Floor((x1-x0)/tickGap), 2)
	step := niceStep((hi - lo) / most)
	for math.Ceil(hi/step)-math.Floor(lo/step) > most {
		step = niceStep(step * 1.01)
	}
	return stepAxis(math.Floor(lo/step)*step, math.Ceil(hi/step)*step, step, x0, x1)
}

func stepAxis(lo, hi, step, x0, x1 float64) axis {
	a := axis{lo: lo, hi: hi, x0: x0, x1: x1}
	for v := lo; v <= hi+step/2; v += step {
		a.ticks = append(a.ticks, v)
	}
	return a
}

// niceStep is the least of 1, 2, 5, 10, 20, 50, ... that is at least f.
func niceStep(f float64) float64 {
	for power := 1.0; ; power *= 10 {
		for _, m := range []float64{1, 2, 5} {
			if m*power >= f {
				return m * power
			}
		}
	}
}

func (a axis) at(v float64) float64 { return a.x0 + (v-a.lo)/(a.hi-a.lo)*(a.x1-a.x0) }

func tickText(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', 0, 64), "-", "−", 1)
}

// below draws ticks under y, their numbers and the axis title, and returns the
// height at which all of it ends.
func (a axis) below(c *canvas, y float64, title string) float64 {
	for _, v := range a.ticks {
		c.vline(a.at(v), y, y+5, tickline)
		c.note(a.at(v), y+20, tickText(v), middle)
	}
	return axisTitle(c, (a.x0+a.x1)/2, y+40, title)
}

// above repeats the axis over a tall drawing: numbers and ticks that end at y.
func (a axis) above(c *canvas, y float64) {
	for _, v := range a.ticks {
		c.vline(a.at(v), y-5, y, tickline)
		c.note(a.at(v), y-10, tickText(v), middle)
	}
}

// axisTitle centres a title on mid as far as the drawing's edges allow.
func axisTitle(c *canvas, mid, y float64, title string) float64 {
	lines := wrap(title, c.w, axisSize, false, 3)
	for i, s := range lines {
		half := width(s, axisSize, false) / 2
		c.note(min(max(mid, half), c.w-half), y+float64(i)*leading, s, middle)
	}
	return y + float64(len(lines)-1)*leading + 6
}
