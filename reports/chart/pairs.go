package chart

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// pair is two or three numbers that are set beside one another, each on a line
// of its own, under one label.
type pair struct {
	label string
	under []string // lines beneath the label: source, base
	sides []side
}

// side is one number of a pair. It may have no limits.
type side struct {
	name   string
	row    disclose.Row
	figure string // the estimate as its source prints it; "" for one of ours
	shape  shape
}

// text is the estimate in figures.
func (s side) text(places int) string {
	if s.figure != "" {
		return s.figure
	}
	return digits(s.row.Estimate, places)
}

// interval is the limits in brackets, or nothing where there are none.
func (s side) interval(places int) string {
	if !s.row.Lower.Known() || !s.row.Upper.Known() {
		return ""
	}
	return brackets(s.row, places)
}

// pairChart is a list of pairs on one axis.
type pairChart struct {
	key                []keyItem
	head, values, axis string
	places             int
	pairs              []pair
}

// pairColumns are the places of a pairChart's parts.
type pairColumns struct {
	label float64 // widest label
	name  float64 // left edge of the sides' names
	est   float64 // right edge of the estimates
	axis  axis
}

func (p pairChart) columns(c *canvas) pairColumns {
	names, estimates, intervals := 0.0, width("[c]", labelSize, false), 0.0
	lo, hi, any := 0.0, 0.0, false
	for _, x := range p.pairs {
		for _, s := range x.sides {
			names = max(names, width(s.name, labelSize, false))
			if !s.row.Shown() {
				continue
			}
			estimates = max(estimates, width(s.text(p.places), labelSize, true))
			intervals = max(intervals, width(s.interval(p.places), labelSize, false))
			from, to := float(s.row.Estimate), float(s.row.Estimate)
			if s.row.Lower.Known() {
				from, to = float(s.row.Lower), float(s.row.Upper)
			}
			if !any {
				lo, hi, any = from, to, true
			}
			lo, hi = min(lo, from), max(hi, to)
		}
	}
	if !any {
		lo, hi = 30, 70
	}
	at := pairColumns{label: c.w, est: c.w - intervals}
	if intervals > 0 {
		at.est -= 7
	}
	x0, x1 := 16.0, c.w-16
	if c.wide() {
		at.label, at.name = 292, at.est-estimates-12-names
		x0, x1 = 320, at.name-26
	}
	if lo < 0 {
		at.axis = newAxis(lo, hi, x0, x1)
	} else {
		at.axis = tensAxis(lo, hi, 40, x0, x1)
	}
	return at
}

func (p pairChart) layout(c *canvas) {
	y := c.key(p.key)
	at := p.columns(c)
	y = p.header(c, y)
	if len(p.pairs) > repeatAxis {
		y += 24
		at.axis.above(c, y)
	}
	c.hline(0, c.w, y, axisline)
	first, begin := len(c.marks), y
	for i, x := range p.pairs {
		if i > 0 {
			c.hline(0, c.w, y, hairline)
		}
		y = p.pair(c, at, x, y)
	}
	c.hline(0, c.w, y, hairline)
	if c.wide() && at.axis.lo < 0 {
		zero := &canvas{w: c.w}
		zero.vline(at.axis.at(0), begin, y, axisline)
		c.beneath(first, zero)
	}
	c.finish(at.axis.below(c, y, p.axis))
}

func (p pairChart) header(c *canvas, y float64) float64 {
	if !c.wide() {
		return max(y, 4)
	}
	c.note(0, y+14, p.head, start)
	c.note(c.w, y+14, p.values, end)
	return y + 26
}

// pair draws one pair from y and returns where it ends.
func (p pairChart) pair(c *canvas, at pairColumns, x pair, y float64) float64 {
	label, under := x.lines(at.label)
	text := leading*float64(len(label)) + 17*float64(len(under))
	if !c.wide() {
		p.words(c, label, under, y+6)
		return p.narrowSides(c, at, x.sides, y+6+text)
	}
	sides := 26 * float64(len(x.sides))
	tall := max(text+28, sides+12)
	p.words(c, label, under, y+(tall-text)/2)
	base := y + (tall-sides)/2 + 18
	for _, s := range x.sides {
		c.label(at.name, base, s.name)
		p.figures(c, at, s, base)
		p.mark(c, at, s, base-5)
		base += 26
	}
	return y + tall
}

// lines are the label and what stands beneath it, wrapped.
func (x pair) lines(limit float64) (label, under []string) {
	for _, s := range x.under {
		under = append(under, wrap(s, limit, axisSize, false, 3)...)
	}
	return wrap(x.label, limit, labelSize, false, 4), under
}

func (p pairChart) words(c *canvas, label, under []string, top float64) {
	base := top + 13.5
	for _, s := range label {
		c.label(0, base, s)
		base += leading
	}
	base--
	for _, s := range under {
		c.note(0, base, s, start)
		base += 17
	}
}

// narrowSides has a name and its figures on one line and the mark beneath.
func (p pairChart) narrowSides(c *canvas, at pairColumns, sides []side, y float64) float64 {
	for _, s := range sides {
		c.label(0, y+18, s.name)
		p.figures(c, at, s, y+18)
		if !s.row.Shown() {
			y += 24
			continue
		}
		if at.axis.lo < 0 {
			c.vline(at.axis.at(0), y+23, y+41, axisline)
		}
		p.mark(c, at, s, y+32)
		y += 42
	}
	return y + 4
}

func (p pairChart) figures(c *canvas, at pairColumns, s side, y float64) {
	if !s.row.Shown() {
		c.text(textMark{x: at.est, y: y, s: code(s.row), anchor: end})
		return
	}
	c.text(textMark{x: at.est, y: y, s: s.text(p.places), bold: true, anchor: end})
	c.text(textMark{x: c.w, y: y, s: s.interval(p.places), anchor: end})
}

func (p pairChart) mark(c *canvas, at pairColumns, s side, y float64) {
	if !s.row.Shown() {
		return
	}
	x := at.axis.at(float(s.row.Estimate))
	if s.row.Lower.Known() && s.row.Upper.Known() {
		c.hline(at.axis.at(float(s.row.Lower)), at.axis.at(float(s.row.Upper)), y, stroke{tint: ink, width: 3})
	}
	c.shape(x, y, ink, s.shape)
}

// pairsAlt holds every number of a pairChart in words.
func pairsAlt(pairs []pair, places int) string {
	out := ""
	for _, x := range pairs {
		out += " " + joined(append([]string{x.label}, x.under...)...) + ":"
		for i, s := range x.sides {
			if i > 0 {
				out += ","
			}
			out += " " + reports.Lower(s.name) + " " + s.said(places)
		}
		out += "."
	}
	return out
}

// said is the number in words: "57.0 (54.0 to 59.9)", "[c]".
func (s side) said(places int) string {
	if !s.row.Shown() {
		return code(s.row)
	}
	text := s.text(places)
	if limits := s.interval(places); limits != "" {
		text += " " + limits
	}
	return flagged(text, s.row)
}
