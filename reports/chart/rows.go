package chart

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose"
)

// entry is one drawn number with its label.
type entry struct {
	label   string
	row     disclose.Row
	tint    tint
	stands  bool   // clear after correction: a diamond
	heading string // a bold line above this one
}

// shape is the mark of the number.
func (e entry) shape() shape {
	switch {
	case unreliable(e.row):
		return hollow
	case e.stands:
		return diamond
	}
	return dot
}

// rowChart is a list of numbers, one row each: label, base, mark on its
// interval, estimate and interval in figures.
type rowChart struct {
	key                []keyItem
	head, values, axis string // column heads, axis title
	bars               bool   // a grey bar from 0 carries each mark
	bases              bool   // a column of bases
	places             int
	overall            disclose.Row // all respondents: a dashed upright, where it is shown
	entries            []entry
	high               float64 // the axis runs from 0 to this at least
}

// repeatAxis is the number of rows beyond which the axis stands above them too.
const repeatAxis = 12

// columns are the places of a rowChart's parts on one canvas.
type columns struct {
	label        float64 // widest label
	base         float64 // right edge of the bases
	est, numbers float64 // right edge of the estimates, left edge of the figures
	axis         axis
}

func (r rowChart) columns(c *canvas) columns {
	wideInterval, wideEstimate := 0.0, width("[c]", labelSize, false)
	lo, hi := 0.0, r.high
	for _, e := range append(slices.Clone(r.entries), entry{row: r.overall}) {
		row := e.row
		if !row.Shown() {
			continue
		}
		wideInterval = max(wideInterval, width(brackets(row, r.places), labelSize, false))
		wideEstimate = max(wideEstimate, width(digits(row.Estimate, r.places), labelSize, true))
		lo, hi = min(lo, float(row.Lower)), max(hi, float(row.Upper))
	}
	if wideInterval == 0 {
		hi = max(hi, 50) // nothing is shown: an axis as of shares
	}
	var out columns
	out.est = c.w
	if wideInterval > 0 {
		out.est -= wideInterval + 7
	}
	out.numbers = out.est - wideEstimate
	if !c.wide() {
		out.label = min(180, out.numbers-10)
		out.axis = newAxis(lo, hi, 16, c.w-16)
		return out
	}
	left := 250.0
	out.label = 238
	if r.bases {
		out.label, out.base, left = 226, 274, 300
	}
	out.axis = newAxis(lo, hi, left, min(out.numbers-24, 580))
	return out
}

func (r rowChart) layout(c *canvas) {
	top := c.key(r.key)
	first := len(c.marks)
	at := r.columns(c)
	y := r.header(c, at, top)
	spans := []span{{y, y}}
	for _, e := range r.entries {
		if e.heading != "" {
			y = c.heading(e.heading, y)
			spans = append(spans, span{y, y})
		}
		y = r.row(c, at, e, y)
		spans[len(spans)-1].to = y
	}
	if c.wide() {
		r.uprights(c, at, spans, first)
	}
	c.finish(at.axis.below(c, y, r.axis))
}

// header draws column heads and the rule under them.
func (r rowChart) header(c *canvas, at columns, y float64) float64 {
	if c.wide() {
		heads := wrap(r.head, at.label, axisSize, false, 3)
		for i, s := range heads {
			c.note(0, y+14+float64(i)*16, s, start)
		}
		y += float64(len(heads)-1) * 16
		if r.bases {
			c.note(at.base, y+14, "Base", end)
		}
		c.note(c.w, y+14, r.values, end)
		y += 14
	}
	if r.overall.Shown() {
		if !c.wide() {
			y += 14
		}
		r.overallHead(c, at, y)
	}
	if y > 0 && (c.wide() || r.overall.Shown()) {
		y += 16
	}
	y = max(y, 8)
	if len(r.entries) > repeatAxis {
		y += 24
		at.axis.above(c, y)
	}
	c.hline(0, c.w, y, axisline)
	return y
}

func (r rowChart) overallHead(c *canvas, at columns, y float64) {
	s := "All respondents " + digits(r.overall.Estimate, r.places)
	half := width(s, labelSize, false) / 2
	lo, hi := 0.0, c.w
	if c.wide() {
		lo, hi = at.axis.x0-20, c.w-width(r.values, axisSize, false)-10
	}
	x := at.axis.at(float(r.overall.Estimate))
	if !c.wide() {
		c.vline(x, y+7, y+16, overall)
	}
	c.text(textMark{x: min(max(x, lo+half), hi-half), y: y, s: s, anchor: middle})
}

// span is a stretch of rows; headings lie between them.
type span struct{ from, to float64 }

// uprights draws the line at 0 and that of all respondents beneath the marks.
func (r rowChart) uprights(c *canvas, at columns, spans []span, first int) {
	under := &canvas{w: c.w}
	for i, s := range spans {
		if s.from == s.to {
			continue
		}
		if at.axis.lo <= 0 {
			under.vline(at.axis.at(0), s.from, s.to, axisline)
		}
		if !r.overall.Shown() {
			continue
		}
		from := s.from
		switch {
		case i > 0:
		case len(r.entries) > repeatAxis:
			from -= 5 // clear of the numbers above
		default:
			from -= 9
		}
		under.vline(at.axis.at(float(r.overall.Estimate)), from, s.to, overall)
	}
	c.beneath(first, under)
}

func (r rowChart) row(c *canvas, at columns, e entry, y float64) float64 {
	labels := wrap(flagged(e.label, e.row), at.label, labelSize, false, 4)
	n := float64(len(labels))
	if !c.wide() {
		return r.narrowRow(c, at, e, y, labels)
	}
	for i, s := range labels {
		c.label(0, y+21+float64(i)*leading, s)
	}
	base := y + 21 + 9*(n-1)
	r.figures(c, at, e, base)
	if r.bases {
		s := count(e.row.Base)
		if !e.row.Shown() {
			s = code(e.row)
		}
		c.text(textMark{x: at.base, y: base, s: s, anchor: end})
	}
	r.mark(c, at, e, base-5)
	y += leading*n + 14
	c.hline(0, c.w, y, hairline)
	return y
}

// heading draws a bold line above the rows that it names.
func (c *canvas) heading(text string, y float64) float64 {
	for _, s := range wrap(text, c.w, labelSize, true, 4) {
		c.text(textMark{x: 0, y: y + 21, s: s, bold: true})
		y += leading
	}
	y += 8
	c.hline(0, c.w, y, hairline)
	return y
}

// narrowRow has label and figures on one line and the mark beneath.
func (r rowChart) narrowRow(c *canvas, at columns, e entry, y float64, labels []string) float64 {
	for i, s := range labels {
		c.label(0, y+19+float64(i)*leading, s)
	}
	r.figures(c, at, e, y+19)
	y += leading * float64(len(labels))
	if !e.row.Shown() {
		c.hline(0, c.w, y+12, hairline)
		return y + 12
	}
	if at.axis.lo <= 0 {
		c.vline(at.axis.at(0), y+10, y+30, axisline)
	}
	if r.overall.Shown() {
		c.vline(at.axis.at(float(r.overall.Estimate)), y+8, y+32, overall)
	}
	r.mark(c, at, e, y+20)
	c.hline(0, c.w, y+38, hairline)
	return y + 38
}

// figures writes the estimate and its interval, or the code in their place.
func (r rowChart) figures(c *canvas, at columns, e entry, y float64) {
	if !e.row.Shown() {
		c.text(textMark{x: at.est, y: y, s: code(e.row), anchor: end})
		return
	}
	c.text(textMark{x: at.est, y: y, s: digits(e.row.Estimate, r.places), bold: true, anchor: end})
	c.text(textMark{x: c.w, y: y, s: brackets(e.row, r.places), anchor: end})
}

func (r rowChart) mark(c *canvas, at columns, e entry, y float64) {
	if !e.row.Shown() {
		return
	}
	x := at.axis.at(float(e.row.Estimate))
	if r.bars {
		zero := at.axis.at(0)
		c.rect(zero, y-7, x-zero, 14, bar)
		if r.coloured() {
			c.casing(at.axis.at(float(e.row.Lower)), x, at.axis.at(float(e.row.Upper)), y)
		}
	}
	c.estimate(at.axis.at(float(e.row.Lower)), x, at.axis.at(float(e.row.Upper)), y, e.tint, e.shape())
}

// coloured reports whether any mark has a construct's colour. Not all of them
// stand out from a grey bar, so that such marks have a casing.
func (r rowChart) coloured() bool {
	return slices.ContainsFunc(r.entries, func(e entry) bool { return e.tint != ink })
}
