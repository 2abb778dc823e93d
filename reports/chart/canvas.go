package chart

import (
	"math"
	"slices"
)

// Widths of the two drawings in units. The wide one is printed 159 mm wide, an
// A4 column; the narrow one fits a phone without shrinking its text.
const (
	wideWidth   = 720
	narrowWidth = 328
)

// Sizes of text in units.
const (
	labelSize = 14.0
	axisSize  = 13.0
	leading   = 18.0 // from one line of a label to the next
)

// canvas records a drawing once, so that it can be written as SVG and as PNG,
// and so that tests can measure its texts. The origin is top left, y grows
// downwards; h is set when the drawing is done.
type canvas struct {
	w, h  float64
	marks []mark
	foot  []mark  // beneath h: what only files have
	below float64 // how much the foot takes

	margin float64 // around it all, of files
}

// mark is one recorded piece of a drawing.
type mark interface {
	svg(*svgWriter)
	paint(*painter)
}

func (c *canvas) wide() bool { return c.w >= wideWidth }

// pick returns the wide or the narrow drawing's measure.
func (c *canvas) pick(wide, narrow float64) float64 {
	if c.wide() {
		return wide
	}
	return narrow
}

// finish sets the height, in whole units so that a picture has whole pixels.
func (c *canvas) finish(h float64) { c.h = math.Ceil(h) }

// under writes the study's notice beneath the drawing, for files that leave the
// report.
func (c *canvas) under(notice string) *canvas {
	if notice == "" {
		return c
	}
	lines := wrap(notice, c.w, axisSize, true, 3)
	for i, s := range lines {
		c.foot = append(c.foot, textMark{x: 0, y: c.h + 20 + float64(i)*leading, s: s, size: axisSize, bold: true, tint: ink})
	}
	c.below = 26 + float64(len(lines)-1)*leading
	return c
}

// fileMargin is what files leave blank around a drawing.
const fileMargin = 12.0

// framed gives a drawing the blank margin of a file.
func (c *canvas) framed() *canvas {
	c.margin = fileMargin
	return c
}

// fullWidth and fullHeight are those of the file.
func (c *canvas) fullWidth() float64  { return c.w + 2*c.margin }
func (c *canvas) fullHeight() float64 { return c.h + c.below + 2*c.margin }

// all are the marks of the drawing and its foot.
func (c *canvas) all() []mark { return slices.Concat(c.marks, c.foot) }

type point struct{ x, y float64 }

// stroke is how a line is drawn; the zero value draws none.
type stroke struct {
	tint  tint
	width float64
	dash  []float64
}

var (
	hairline = stroke{tint: line, width: .75}
	gridline = stroke{tint: line, width: 1}
	axisline = stroke{tint: ink, width: 1}
	tickline = stroke{tint: soft, width: 1}
	overall  = stroke{tint: ink, width: 1.5, dash: []float64{5, 4}}
	dotted   = stroke{tint: soft, width: 1, dash: []float64{2, 3}}
)

type rectMark struct {
	x, y, w, h float64
	fill       tint
	stroke     stroke
}

type circleMark struct {
	x, y, r float64
	fill    tint
	stroke  stroke
}

type pathMark struct {
	points []point
	closed bool
	fill   tint
	stroke stroke
}

type anchor int

const (
	start anchor = iota
	middle
	end
)

// textMark is one line of text; x is where its anchor stands, y its baseline.
type textMark struct {
	x, y   float64
	s      string
	size   float64
	bold   bool
	tint   tint
	anchor anchor
	halo   bool // a casing in the page's colour, for text that may cross a line
}

func (t textMark) width() float64 { return width(t.s, t.size, t.bold) }

// measured reports whether the text's width is what a reader's fonts make of it.
func (t textMark) measured() bool { return face(t.bold).has(t.s) }

// left is where the text begins.
func (t textMark) left() float64 {
	switch t.anchor {
	case middle:
		return t.x - t.width()/2
	case end:
		return t.x - t.width()
	}
	return t.x
}

func (c *canvas) rect(x, y, w, h float64, fill tint) {
	c.marks = append(c.marks, rectMark{x: x, y: y, w: w, h: h, fill: fill})
}

// outlined draws a rectangle whose line lies inside it.
func (c *canvas) outlined(x, y, w, h float64, s stroke) {
	in := s.width / 2
	c.marks = append(c.marks, rectMark{x: x + in, y: y + in, w: max(w-2*in, 0), h: h - 2*in, fill: bg, stroke: s})
}

// beneath puts the marks of another canvas under all from the i-th on.
func (c *canvas) beneath(i int, under *canvas) { c.marks = slices.Insert(c.marks, i, under.marks...) }

func (c *canvas) hline(x1, x2, y float64, s stroke) {
	c.path(s, none, false, point{x1, y}, point{x2, y})
}

func (c *canvas) vline(x, y1, y2 float64, s stroke) {
	c.path(s, none, false, point{x, y1}, point{x, y2})
}

func (c *canvas) path(s stroke, fill tint, closed bool, points ...point) {
	c.marks = append(c.marks, pathMark{points: points, closed: closed, fill: fill, stroke: s})
}

func (c *canvas) text(t textMark) {
	if t.s == "" {
		return
	}
	if t.tint == none {
		t.tint = ink
	}
	if t.size == 0 {
		t.size = labelSize
	}
	c.marks = append(c.marks, t)
}

func (c *canvas) label(x, y float64, s string) { c.text(textMark{x: x, y: y, s: s}) }

// note writes axis text and column heads.
func (c *canvas) note(x, y float64, s string, a anchor) {
	c.text(textMark{x: x, y: y, s: s, size: axisSize, tint: soft, anchor: a})
}

// shape is the shape of an estimate's mark.
type shape int

const (
	dot     shape = iota
	diamond       // stands out from the rest
	hollow        // low reliability
	square        // someone else's figure: hollow too
	stick         // the same without something: an upright
	speck         // small enough to lie in a square
)

// estimate draws an interval and the mark on it.
func (c *canvas) estimate(lower, x, upper, y float64, t tint, s shape) {
	c.hline(lower, upper, y, stroke{tint: t, width: 3})
	c.shape(x, y, t, s)
}

// casing clears the ground around an estimate that is then drawn on it.
func (c *canvas) casing(lower, x, upper, y float64) {
	c.rect(lower-1.5, y-3, upper-lower+3, 6, bg)
	c.marks = append(c.marks, circleMark{x: x, y: y, r: 6.5, fill: bg})
}

func (c *canvas) shape(x, y float64, t tint, s shape) {
	switch s {
	case diamond:
		c.path(stroke{}, t, true, point{x, y - 8}, point{x + 8, y}, point{x, y + 8}, point{x - 8, y})
	case hollow:
		c.marks = append(c.marks, circleMark{x: x, y: y, r: 4.5, fill: bg, stroke: stroke{tint: t, width: 2.5}})
	case square:
		c.outlined(x-6, y-6, 12, 12, stroke{tint: t, width: 2.5})
	case speck:
		c.marks = append(c.marks, circleMark{x: x, y: y, r: 3, fill: t})
	case stick:
		c.vline(x, y-8, y+8, stroke{tint: t, width: 3})
	default:
		c.marks = append(c.marks, circleMark{x: x, y: y, r: 5, fill: t})
	}
}

// cased draws an interval on the end of a coloured bar, with a casing in the
// page's colour so that it shows on both sides of that end.
func (c *canvas) cased(lower, upper, y float64) {
	from, to := max(0, lower-1.5), min(c.w, upper+1.5)
	c.rect(from, y-3, to-from, 6, bg)
	c.rect(lower, y-1.5, upper-lower, 3, ink)
}
