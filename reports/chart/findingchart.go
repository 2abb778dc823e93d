package chart

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// Measures of figure 1: two bars of barHeight, a wedge that opens the willing
// part to the full width, and inside the frame the bars of what they lack.
const (
	barHeight = 50.0
	willTop   = 22.0
	wedgeEnd  = 110.0
	firstTop  = 111.0
	secondTop = 168.0
)

// labelled is a bar and the words on it or beside it.
type labelled struct {
	from, to     float64 // ends of the bar
	lower, upper float64 // limits of its end
	row          disclose.Row
	tint         tint
	words        barWords
}

// layout draws the share of the willing above, and below it who of those lacks
// what: the first bar from 0, the second so that the two overlap by exactly
// those who lack both; what is left lacks neither. Where words or an interval find no
// room, the plain rows are drawn instead.
func (f finding) layout(c *canvas) {
	scale := (c.w - 1.5) / 100
	begin := max(float(f.first.row.Estimate)-float(f.both.Estimate), 0)
	high, ok1 := f.bar(c, 0, c.w/100, f.high, will, f.who, "willing")
	first, ok2 := f.bar(c, .75, scale, f.first.row, f.first.tint, reports.Lower(f.first.label))
	second, ok3 := f.bar(c, .75+begin*scale, scale, f.second.row, f.second.tint, reports.Lower(f.second.label))
	if !ok1 || !ok2 || !ok3 || second.upper > c.w-1 {
		f.plain().layout(c)
		return
	}
	f.above(c, high)
	f.frame(c, high.to)
	f.inside(c, first, second)
}

// above draws the bar of the willing and what is left of all.
func (f finding) above(c *canvas, b labelled) {
	asked := "All who answered"
	if n := count(f.high.Base); n != "" {
		asked = "All " + n + " who answered"
	}
	c.note(0, 13, asked, start)
	c.rect(b.to, willTop, c.w-b.to, barHeight, pale)
	b.draw(c, willTop)
	other := textMark{x: c.w - c.pick(14, 8), y: willTop + 30, s: rest(f.high) + " gave another answer", size: axisSize, tint: soft, anchor: end}
	if other.left()-10 > max(b.words.right, b.upper) {
		c.text(other)
	}
}

// frame opens the willing to the full width.
func (f finding) frame(c *canvas, x float64) {
	top, bottom := willTop+barHeight, c.pick(285, 301)
	c.path(stroke{}, wedge, true, point{0, top}, point{x, top}, point{c.w, wedgeEnd}, point{0, wedgeEnd})
	c.path(stroke{tint: will, width: 1.5}, none, false,
		point{.75, top}, point{.75, bottom}, point{c.w - .75, bottom}, point{c.w - .75, wedgeEnd}, point{x, top})
	c.text(textMark{x: c.pick(14, 9), y: 97, s: "Of those " + percent(f.high) + " " + f.base(), bold: true})
	c.finish(bottom + 1)
}

// inside draws what the willing lack, and under it both and neither. A dashed
// line on the second bar shows where the first ends, unless words are there.
func (f finding) inside(c *canvas, first, second labelled) {
	first.draw(c, firstTop)
	second.draw(c, secondTop)
	c.vline(first.to, firstTop+barHeight, secondTop, stroke{tint: ink, width: 1.5})
	if w := second.words; first.to < w.x-3 || first.to > w.right+3 {
		c.vline(first.to, secondTop, secondTop+barHeight, stroke{tint: second.tint.on(), width: 1.5, dash: []float64{4, 4}})
	}
	both := f.bracket(c, second.from, first.to, f.both, "lack both", 6)
	f.bracket(c, second.to, max(c.w-4.75, second.to), f.neither, "lack neither", both+10)
}

func (b labelled) draw(c *canvas, top float64) {
	c.rect(b.from, top, b.to-b.from, barHeight, b.tint)
	b.words.draw(c, top)
	c.cased(b.lower, b.upper, top+barHeight/2)
}

// bar places a bar from x and the first of the words that fits: in the bar
// before its interval; in the bar above and below that; to the right of it.
func (f finding) bar(c *canvas, x, scale float64, row disclose.Row, t tint, words ...string) (labelled, bool) {
	b := labelled{from: x, to: x + float(row.Estimate)*scale, lower: x + float(row.Lower)*scale, upper: x + float(row.Upper)*scale, row: row, tint: t}
	pad := c.pick(14, 9)
	for _, s := range words {
		if s == "" {
			continue
		}
		w := barWords{number: percent(row), word: s, span: reports.PercentRange(row)}
		number, wide := w.widths(c)
		switch {
		case x+pad+wide < b.lower-6:
			w.x, w.tint = x+pad, t.on()
		case x+pad+wide < b.to-4 && x+pad+number < b.lower-6:
			w.x, w.tint, w.apart = x+pad, t.on(), 3
		case b.upper+10+wide < c.w-6:
			w.x, w.tint = b.upper+10, ink
		default:
			continue
		}
		w.right = w.x + wide
		b.words = w
		return b, true
	}
	return b, false
}

// barWords are a bar's number, and its words over its interval in figures.
type barWords struct {
	number, word, span string
	x, right           float64
	apart              float64 // how far the two lines move apart to clear the interval's line
	tint               tint
}

// widths are those of the number and of all.
func (w barWords) widths(c *canvas) (number, all float64) {
	number = width(w.number, c.pick(28, 21), true) + c.pick(9, 6)
	return number, number + max(width(w.word, c.pick(16, 13.5), true), width(w.span, c.pick(14, 13), false))
}

func (w barWords) draw(c *canvas, top float64) {
	number, _ := w.widths(c)
	c.text(textMark{x: w.x, y: top + c.pick(35, 32.6), s: w.number, size: c.pick(28, 21), bold: true, tint: w.tint})
	c.text(textMark{x: w.x + number, y: top + c.pick(21, 20.5) - w.apart, s: w.word, size: c.pick(16, 13.5), bold: true, tint: w.tint})
	c.text(textMark{x: w.x + number, y: top + c.pick(40, 38) + w.apart, s: w.span, size: c.pick(14, 13), tint: w.tint})
}

// bracket marks a part of the frame and writes its number under it, from least
// onwards and within the frame. It returns where the words end.
func (f finding) bracket(c *canvas, x1, x2 float64, row disclose.Row, word string, least float64) float64 {
	if x2 > x1+3 {
		c.path(stroke{tint: ink, width: 1.5}, none, false, point{x1 + .75, 222}, point{x1 + .75, 231}, point{x2 - .75, 231}, point{x2 - .75, 222})
	}
	mid, span := (x1+x2)/2, reports.PercentRange(row)
	if !c.wide() {
		half := max(width(percent(row), 20, true), width(word, 13.5, true), width(span, 13, false)) / 2
		mid = max(min(mid, c.w-half-6), half+least)
		c.text(textMark{x: mid, y: 252, s: percent(row), size: 20, bold: true, anchor: middle})
		c.text(textMark{x: mid, y: 270, s: word, size: 13.5, bold: true, anchor: middle})
		c.text(textMark{x: mid, y: 287, s: span, size: 13, anchor: middle})
		return mid + half
	}
	number := width(percent(row), 24, true) + 9
	wide := number + max(width(word, 16, true), width(span, 14, false))
	x := max(min(mid-wide/2, c.w-14-wide), least+8)
	c.text(textMark{x: x, y: 262, s: percent(row), size: 24, bold: true})
	c.text(textMark{x: x + number, y: 252, s: word, size: 16, bold: true})
	c.text(textMark{x: x + number, y: 270, s: span, size: 14})
	return x + wide
}
