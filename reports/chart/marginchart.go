package chart

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

// marginLine is one category of a margin.
type marginLine struct {
	heading string // the variable, above its first category
	label   string
	share   disclose.MarginShare
}

// figure is a share in figures, or the code in its place.
func (l marginLine) figure(v number.Value, places int) string {
	switch {
	case v.Known():
		return digits(v, places)
	case l.share.Status != disclose.Shown:
		return "[" + l.share.Status + "]"
	}
	return "[" + disclose.NotApplicable + "]"
}

// marginChart draws a grey bar from 0 for the sample, a square for the
// population and a dot for the sample after weighting, which lies in the square
// where the weights match.
type marginChart struct {
	places int
	lines  []marginLine
}

func (m marginChart) layout(c *canvas) {
	y := c.key([]keyItem{barItem("Sample", bar), shapeItem("Population", ink, square), shapeItem("Sample after weighting", ink, speck)})
	heads := []string{"Sample", "Population", "After"}
	right := [3]float64{}
	edge := c.w
	for i := 2; i >= 0; i-- {
		right[i] = edge
		edge -= max(width(heads[i], axisSize, false), width("100.0", labelSize, true)) + c.pick(14, 12)
	}
	at := m.axis(c, edge)
	y = m.header(c, right, heads, y)
	c.hline(0, c.w, y, axisline)
	for _, l := range m.lines {
		if l.heading != "" {
			y = c.heading(l.heading, y)
		}
		first, begin := len(c.marks), y
		y = m.line(c, at, right, l, y)
		if c.wide() {
			zero := &canvas{w: c.w}
			zero.vline(at.at(0), begin, y, axisline)
			c.beneath(first, zero)
		}
	}
	c.finish(at.below(c, y, "Percent"))
}

func (m marginChart) axis(c *canvas, edge float64) axis {
	hi := 10.0
	for _, l := range m.lines {
		hi = max(hi, l.share.Before.Or(0), l.share.Population.Or(0), l.share.After.Or(0))
	}
	if c.wide() {
		return newAxis(0, hi, 250, edge-12)
	}
	return newAxis(0, hi, 10, c.w-16)
}

func (m marginChart) header(c *canvas, right [3]float64, heads []string, y float64) float64 {
	for i, s := range heads {
		c.note(right[i], y+14, s, end)
	}
	return y + 26
}

func (m marginChart) line(c *canvas, at axis, right [3]float64, l marginLine, y float64) float64 {
	limit := c.pick(228, right[0]-width("100.0", labelSize, true)-12)
	labels := wrap(l.label, limit, labelSize, false, 4)
	n := float64(len(labels))
	base, mid := y+21+9*(n-1), y+16+9*(n-1)
	if !c.wide() {
		base, mid = y+19, y+20+leading*n
	}
	for i, s := range labels {
		c.label(0, y+c.pick(21, 19)+float64(i)*leading, s)
	}
	for i, v := range []number.Value{l.share.Before, l.share.Population, l.share.After} {
		c.text(textMark{x: right[i], y: base, s: l.figure(v, m.places), anchor: end, bold: i == 2 && v.Known()})
	}
	if !c.wide() {
		c.vline(at.at(0), mid-10, mid+10, axisline)
	}
	if v, ok := l.share.Before.Get(); ok {
		c.rect(at.at(0), mid-7, at.at(v)-at.at(0), 14, bar)
	}
	if v, ok := l.share.Population.Get(); ok {
		c.shape(at.at(v), mid, ink, square)
	}
	if v, ok := l.share.After.Get(); ok {
		c.shape(at.at(v), mid, ink, speck)
	}
	y += c.pick(leading*n+14, leading*n+38)
	c.hline(0, c.w, y, hairline)
	return y
}
