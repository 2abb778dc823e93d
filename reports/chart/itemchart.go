package chart

import "github.com/caregap/caregap/internal/disclose"

// itemChart draws each question as a bar of its positive answers to the right
// of a line and one of its negative answers to the left, with those who chose
// neither and those who were unsure in columns of their own, all four on one
// scale, and how many are not scored in figures.
type itemChart struct {
	key      []keyItem
	sections []section
}

// itemColumns are the places of an itemChart's parts.
type itemColumns struct {
	label           float64 // widest label
	centre          float64 // where negative and positive answers meet
	neither, unsure float64 // left edges, in the wide drawing
	unscored        float64 // width of the last column, as are the two before
	scale           float64 // units a percentage point
}

// columns finds the largest scale at which all bars and numbers fit, and shares
// out what is left.
func (i itemChart) columns(c *canvas) itemColumns {
	at := itemColumns{label: c.w}
	left := 0.0
	if c.wide() {
		at.label, left = 228, 240
	}
	at.unscored = i.unscored()
	for at.scale = 2.3; at.scale > .1; at.scale -= .01 {
		before, after, neither, unsure := i.needs(at.scale)
		taken := before + after
		if c.wide() {
			taken += 16 + neither + 16 + unsure + 12 + at.unscored
		}
		if spare := c.w - left - taken; spare >= 0 {
			at.centre = left + before + spare/4
			at.unsure = c.w - at.unscored - 12 - unsure
			at.neither = at.unsure - neither - 16 - spare/4
			break
		}
	}
	return at
}

// unscored is how wide the column of those who are not scored is.
func (i itemChart) unscored() float64 {
	wide := width("Not scored", axisSize, false)
	for _, sec := range i.sections {
		for _, a := range sec.items {
			wide = max(wide, width(a.unscored, labelSize, false))
		}
	}
	return wide
}

// needs is how much room the bars and their numbers take at a scale: left and
// right of the centre, and in the two columns beside.
func (i itemChart) needs(scale float64) (before, after, neither, unsure float64) {
	for _, sec := range i.sections {
		for _, a := range sec.items {
			before = max(before, reach(a.negative, scale, false))
			after = max(after, reach(a.positive, scale, true))
			neither = max(neither, besideBar(a.neutral, scale))
			unsure = max(unsure, besideBar(a.unsure, scale))
		}
	}
	return max(before, 70), max(after, 70), max(neither, 60), max(unsure, 60) // what the heads take
}

// reach is how far from the centre a bar goes with its number and, where there
// is one, its interval.
func reach(row disclose.Row, scale float64, interval bool) float64 {
	end := float(row.Estimate) * scale
	if interval {
		end = max(end, float(row.Upper)*scale)
	}
	if !holds(row, scale, interval) {
		end += 6 + width(brief(row), labelSize, false)
	}
	return end + 4
}

// holds reports whether a bar is wide enough for its number, which stands
// before the interval where there is one.
func holds(row disclose.Row, scale float64, interval bool) bool {
	text, end := width(brief(row), labelSize, false), float(row.Estimate)*scale
	if interval {
		return end >= 40 && float(row.Lower)*scale-7-text >= 4
	}
	return end >= max(40, text+14)
}

// besideBar is the room of a grey bar with its number after it.
func besideBar(row disclose.Row, scale float64) float64 {
	return float(row.Estimate)*scale + 6 + width(brief(row), labelSize, false)
}

func (i itemChart) layout(c *canvas) {
	y := c.key(i.key)
	at := i.columns(c)
	c.note(at.centre-8, y+14, "Negative", end)
	c.note(at.centre+8, y+14, "Positive", start)
	if c.wide() {
		c.note(at.neither, y+14, "Neither", start)
		c.note(at.unsure, y+14, "Unsure", start)
		c.note(c.w, y+14, "Not scored", end)
	}
	y += 26
	c.hline(0, c.w, y, axisline)
	for n, sec := range i.sections {
		if n > 0 {
			c.hline(0, c.w, y, axisline)
		}
		y = i.section(c, at, sec, y)
	}
	c.finish(y)
}

func (i itemChart) section(c *canvas, at itemColumns, sec section, y float64) float64 {
	c.rect(0, y+9, 12, 12, sec.tint)
	titles := wrap(sec.title, c.w-20, labelSize, true, 4)
	for n, s := range titles {
		c.text(textMark{x: 20, y: y + 20 + float64(n)*leading, s: s, bold: true})
	}
	y += 28 + float64(len(titles)-1)*leading
	top := y
	for _, a := range sec.items {
		y = i.row(c, at, a, sec.tint, y)
	}
	if c.wide() {
		c.vline(at.centre, top, y, axisline)
	}
	return y + 8
}

// row draws one question from y and returns where it ends.
func (i itemChart) row(c *canvas, at itemColumns, a answers, t tint, y float64) float64 {
	labels := wrap(flagged(a.label, a.positive), at.label, labelSize, false, 4)
	n := float64(len(labels))
	for k, s := range labels {
		c.label(0, y+20+float64(k)*leading, s)
	}
	if c.wide() {
		base := y + 20 + 9*(n-1)
		i.bars(c, at, a, t, base)
		if a.positive.Shown() {
			i.beside(c, at, at.neither, a.neutral, base)
			i.beside(c, at, at.unsure, a.unsure, base)
			c.text(textMark{x: c.w, y: base, s: a.unscored, anchor: end})
		}
		return y + 12 + leading*n
	}
	base := y + 23 + leading*n
	c.vline(at.centre, base-17, base+7, axisline)
	i.bars(c, at, a, t, base)
	if a.positive.Shown() {
		c.note(0, base+24, "Neither "+brief(a.neutral)+", unsure "+brief(a.unsure)+", not scored "+a.unscored, start)
		return base + 34
	}
	return base + 14
}

// bars draws the two bars whose numbers have their baseline at base.
func (i itemChart) bars(c *canvas, at itemColumns, a answers, t tint, base float64) {
	if !a.positive.Shown() {
		c.text(textMark{x: at.centre + 8, y: base, s: code(a.positive)})
		return
	}
	i.negative(c, at, a.negative, t, base)
	i.positive(c, at, a.positive, t, base)
}

func (i itemChart) negative(c *canvas, at itemColumns, row disclose.Row, t tint, base float64) {
	edge := at.centre - 1.5
	if !row.Shown() {
		c.text(textMark{x: edge - 6, y: base, s: code(row), anchor: end})
		return
	}
	w := float(row.Estimate) * at.scale
	c.outlined(edge-w, base-15, w, 20, stroke{tint: t, width: 1.5})
	if !holds(row, at.scale, false) {
		c.text(textMark{x: edge - w - 6, y: base, s: percent(row), anchor: end})
		return
	}
	c.text(textMark{x: edge - w + 8, y: base, s: percent(row)})
}

func (i itemChart) positive(c *canvas, at itemColumns, row disclose.Row, t tint, base float64) {
	edge := at.centre + 1.5
	w := float(row.Estimate) * at.scale
	lower, upper := edge+float(row.Lower)*at.scale, edge+float(row.Upper)*at.scale
	c.rect(edge, base-15, w, 20, t)
	c.cased(lower, upper, base-5)
	text := textMark{x: lower - 7, y: base, s: percent(row), tint: t.on(), anchor: end, size: labelSize}
	if !holds(row, at.scale, true) {
		text = textMark{x: upper + 6, y: base, s: percent(row)}
	}
	c.text(text)
}

// beside draws a grey bar with its number to the right.
func (i itemChart) beside(c *canvas, at itemColumns, x float64, row disclose.Row, base float64) {
	if !row.Shown() {
		c.text(textMark{x: x, y: base, s: code(row)})
		return
	}
	w := float(row.Estimate) * at.scale
	c.rect(x, base-15, w, 20, bar)
	c.text(textMark{x: x + w + 6, y: base, s: percent(row)})
}
