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

// layout draws the share of the willing above, and below it who of those lacks
// what: the first bar from 0, the second so that the two overlap by exactly
// those who lack both; what is left lacks neither.
func (f finding) layout(c *canvas) {
	asked := "All who answered"
	if n := count(f.high.Base); n != "" {
		asked = "All " + n + " who answered"
	}
	c.note(0, 13, asked, start)
	x := c.w * float(f.high.Estimate) / 100
	c.rect(x, willTop, c.w-x, barHeight, pale)
	c.rect(0, willTop, x, barHeight, will)
	words := f.barWords(c, 0, x, c.w*float(f.high.Upper)/100, f.high, f.item, "Willing", will)
	words.draw(c, willTop)
	other := textMark{x: c.w - c.pick(14, 8), y: willTop + 30, s: rest(f.high) + " gave another answer", size: axisSize, tint: soft, anchor: end}
	if c.w-other.width()-30 > max(words.right, c.w*float(f.high.Upper)/100) {
		c.text(other)
	}
	c.cased(c.w*float(f.high.Lower)/100, c.w*float(f.high.Upper)/100, willTop+25)
	f.inside(c, x)
}

// inside draws the wedge, the frame and what the willing lack.
func (f finding) inside(c *canvas, x float64) {
	bottom := c.pick(285, 301)
	c.path(stroke{}, wedge, true, point{0, willTop + barHeight}, point{x, willTop + barHeight}, point{c.w, wedgeEnd}, point{0, wedgeEnd})
	c.path(stroke{tint: will, width: 1.5}, none, false, point{.75, willTop + barHeight}, point{.75, bottom}, point{c.w - .75, bottom}, point{c.w - .75, wedgeEnd}, point{x, willTop + barHeight})
	c.text(textMark{x: c.pick(14, 9), y: 97, s: "Of those " + percent(f.high) + " " + f.base(), bold: true})

	scale := (c.w - 1.5) / 100
	at := func(percent float64) float64 { return .75 + percent*scale }
	first, second, both := float(f.first.row.Estimate), float(f.second.row.Estimate), float(f.both.Estimate)
	begin := max(first-both, 0)
	f.lackBar(c, at, 0, firstTop, f.first)
	f.lackBar(c, at, begin, secondTop, f.second)
	c.vline(at(first), firstTop+barHeight, secondTop, stroke{tint: ink, width: 1.5})
	c.vline(at(first), secondTop, secondTop+barHeight, stroke{tint: f.second.tint.on(), width: 1.5, dash: []float64{4, 4}})
	last := begin + second
	f.bracket(c, at(begin), at(first), f.both, "lack both")
	f.bracket(c, at(last), max(at(100)-4, at(last)), f.neither, "lack neither")
	c.finish(bottom + 1)
}

func (f finding) lackBar(c *canvas, at func(float64) float64, from, top float64, p part) {
	row := p.row
	x1, x2 := at(from), at(from+float(row.Estimate))
	lower, upper := at(from+float(row.Lower)), at(from+float(row.Upper))
	c.rect(x1, top, x2-x1, barHeight, p.tint)
	f.barWords(c, x1, lower, upper, row, reports.Lower(p.label), "lack it", p.tint).draw(c, top)
	c.cased(lower, upper, top+25)
}

// barWords are a bar's number, words and interval, and where they stand.
type barWords struct {
	number, word, span string
	size, wordSize     float64
	x, right           float64
	tint               tint
}

// barWords puts the words into their bar where they end before its interval
// begins, else to the right of that interval, else takes the shorter words.
func (f finding) barWords(c *canvas, from, lower, upper float64, row disclose.Row, word, short string, t tint) barWords {
	pad := c.pick(14, 9)
	for _, s := range []string{word, short} {
		w := barWords{number: percent(row), word: s, span: reports.PercentRange(row), size: c.pick(28, 21), wordSize: c.pick(16, 13.5)}
		wide := w.width(c)
		if from+pad+wide < lower-6 {
			w.x, w.tint, w.right = from+pad, t.on(), from+pad+wide
			return w
		}
		if upper+10+wide < c.w-4 {
			w.x, w.tint, w.right = upper+10, ink, upper+10+wide
			return w
		}
	}
	w := barWords{number: percent(row), size: c.pick(28, 21), wordSize: 0, tint: t.on(), x: from + pad/2}
	w.right = w.x + w.width(c)
	return w
}

func (w barWords) gap(c *canvas) float64 { return c.pick(9, 6) }

func (w barWords) width(c *canvas) float64 {
	beside := max(width(w.word, w.wordSize, true), width(w.span, c.pick(14, 13), false))
	return width(w.number, w.size, true) + w.gap(c) + beside
}

func (w barWords) draw(c *canvas, top float64) {
	c.text(textMark{x: w.x, y: top + c.pick(35, 32.6), s: w.number, size: w.size, bold: true, tint: w.tint})
	x := w.x + width(w.number, w.size, true) + w.gap(c)
	c.text(textMark{x: x, y: top + c.pick(21, 20.5), s: w.word, size: w.wordSize, bold: true, tint: w.tint})
	c.text(textMark{x: x, y: top + c.pick(40, 38), s: w.span, size: c.pick(14, 13), tint: w.tint})
}

// bracket marks a part of the frame and writes its number under it, moved in
// from the frame's edges where it is wider than the part.
func (f finding) bracket(c *canvas, x1, x2 float64, row disclose.Row, word string) {
	c.path(stroke{tint: ink, width: 1.5}, none, false, point{x1 + .75, 222}, point{x1 + .75, 231}, point{x2 - .75, 231}, point{x2 - .75, 222})
	if !c.wide() {
		half := max(width(word, 13.5, true), width(reports.PercentRange(row), 13, false)) / 2
		mid := min(max((x1+x2)/2, half+6), c.w-half-6)
		c.text(textMark{x: mid, y: 252, s: percent(row), size: 20, bold: true, anchor: middle})
		c.text(textMark{x: mid, y: 270, s: word, size: 13.5, bold: true, anchor: middle})
		c.text(textMark{x: mid, y: 287, s: reports.PercentRange(row), size: 13, anchor: middle})
		return
	}
	number := width(percent(row), 24, true)
	wide := number + 9 + max(width(word, 16, true), width(reports.PercentRange(row), 14, false))
	x := min(max((x1+x2)/2-wide/2, 14), c.w-14-wide)
	c.text(textMark{x: x, y: 262, s: percent(row), size: 24, bold: true})
	c.text(textMark{x: x + number + 9, y: 252, s: word, size: 16, bold: true})
	c.text(textMark{x: x + number + 9, y: 270, s: reports.PercentRange(row), size: 14})
}
