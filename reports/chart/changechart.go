package chart

import "math"

// changeChart draws one band a survey, all on the same axes: at the left the gap
// from wave to wave, at the right its change over the change of its two sides.
// With more waves than three, long names or little room, one stands over the other.
type changeChart struct {
	key    []keyItem
	tint   tint
	places int
	bands  []band
}

// changeColumns are the places of a changeChart's parts.
type changeColumns struct {
	stacked      bool
	x0, x1       float64 // the plot of waves
	label        float64 // left edge of the parts' labels
	labels       float64 // widest label
	est          float64 // right edge of the estimates
	change       axis    // of changes
	lo, hi, step float64 // of gaps
}

const (
	plotHeight = 92.0
	partLabels = 110.0 // widest label of a part beside a plot
)

// wordy reports whether a part's label needs more lines than stand well beside a
// plot.
func (b band) wordy() bool {
	for i, p := range b.parts {
		if len(wrap(flagged(p.label, p.row), partLabels, labelSize, i == 0, 4)) > 2 {
			return true
		}
	}
	return false
}

func (d changeChart) columns(c *canvas) changeColumns {
	at := changeColumns{stacked: !c.wide(), est: c.w}
	estimates, intervals, labels, ticks := width("[c]", labelSize, false), 0.0, 0.0, 0.0
	most := 5.0
	for _, b := range d.bands {
		at.stacked = at.stacked || len(b.points) > 3 || b.wordy()
		for _, p := range b.points {
			if p.row.Shown() {
				at.lo, at.hi = min(at.lo, float(p.row.Lower)), max(at.hi, float(p.row.Upper))
			}
		}
		for i, p := range b.parts {
			labels = max(labels, width(flagged(p.label, p.row), labelSize, i == 0))
			if p.row.Shown() {
				estimates = max(estimates, width(signed(p.row, d.places), labelSize, true))
				intervals = max(intervals, width(brackets(p.row, d.places), labelSize, false))
				most = max(most, -float(p.row.Lower), float(p.row.Upper))
			}
		}
	}
	if at.hi == at.lo {
		at.hi = 20 // nothing is shown
	}
	at.step = niceStep(max(at.hi-at.lo, 4) / 4)
	at.lo, at.hi = math.Floor(at.lo/at.step)*at.step, math.Ceil(max(at.hi, at.lo+at.step)/at.step)*at.step
	for v := at.lo; v <= at.hi; v += at.step {
		ticks = max(ticks, width(tickText(v), axisSize, false))
	}
	at.x0, at.x1 = ticks+8, 214
	if at.stacked {
		at.x1 = c.w
	} else {
		at.label = 258
	}
	if intervals > 0 {
		at.est -= intervals + 7
	}
	at.labels = min(labels, c.pick(partLabels, 104))
	if at.stacked && c.wide() {
		at.labels = min(labels, 228)
	}
	at.change = evenAxis(most, at.label+at.labels+16, at.est-estimates-14)
	return at
}

// evenAxis reaches equally far to both sides of 0, with two steps to each.
func evenAxis(most, x0, x1 float64) axis {
	reach := 2 * niceStep(most/2)
	return stepAxis(-reach, reach, reach/2, x0, x1)
}

func (d changeChart) layout(c *canvas) {
	y := c.key(d.key)
	at := d.columns(c)
	for _, b := range d.bands {
		c.hline(0, c.w, y+.5, axisline)
		y = d.band(c, at, b, y)
	}
	c.finish(y)
}

// band draws one survey from y and returns where it ends.
func (d changeChart) band(c *canvas, at changeColumns, b band, y float64) float64 {
	y = d.head(c, b, y)
	bottom := d.waves(c, at, b, y)
	if at.stacked {
		return d.parts(c, at, b, bottom+14) + 14
	}
	return max(bottom, d.parts(c, at, b, y)) + 14
}

// head writes the survey and the verdict, and returns where the plots begin.
func (d changeChart) head(c *canvas, b band, y float64) float64 {
	limit := c.w
	if c.wide() {
		limit -= width(b.verdict, labelSize, true) + 24
		c.text(textMark{x: c.w, y: y + 22, s: b.verdict, bold: true, anchor: end})
	}
	for _, s := range wrap(b.survey, limit, labelSize, true, 4) {
		c.text(textMark{x: 0, y: y + 22, s: s, bold: true})
		y += leading
	}
	if !c.wide() {
		c.label(0, y+22, b.verdict)
		y += leading
	}
	return y + 8
}

// waves draws the gap over the waves and returns where that ends.
func (d changeChart) waves(c *canvas, at changeColumns, b band, y float64) float64 {
	bottom := y + 26 + plotHeight
	rise := func(v float64) float64 { return bottom - (v-at.lo)/(at.hi-at.lo)*plotHeight }
	for v := at.lo; v <= at.hi+at.step/2; v += at.step {
		line := gridline
		if v == 0 {
			line = axisline
		}
		c.hline(at.x0, at.x1, rise(v), line)
		c.note(at.x0-8, rise(v)+4.5, tickText(v), end)
	}
	n := float64(len(b.points))
	inset := 42.0
	if at.stacked {
		inset = 28
	}
	gap := (at.x1 - at.x0 - 2*inset) / (n - 1)
	place := func(i int) float64 { return at.x0 + inset + gap*float64(i) }
	d.slopes(c, b, place, rise)
	every := d.every(b, gap)
	deep := 1
	for i, p := range b.points {
		x := place(i)
		said := spoken(i, len(b.points), every)
		d.point(c, b, i, x, rise(at.lo+at.step/2)+5, rise, said && !(at.stacked && gap < 44 && every > 1 && i%every != 0 && i != len(b.points)-1), at.stacked)
		if !said {
			continue
		}
		names := wrap(p.wave, max(gap*float64(every)-8, 40), axisSize, false, 3)
		deep = max(deep, len(names))
		for k, s := range names {
			half := width(s, axisSize, false) / 2
			c.note(min(max(x, half), c.w-half), bottom+19+float64(k)*16, s, middle)
		}
	}
	return bottom + 19 + float64(deep-1)*16 + 4
}

// every is from how many waves to how many one has its name and number, so that
// they do not touch.
func (d changeChart) every(b band, gap float64) int {
	need := 44.0
	for _, p := range b.points {
		need = max(need, min(width(p.wave, axisSize, false)+10, 60))
	}
	return max(int(math.Ceil(need/gap)), 1)
}

// spoken reports whether the i-th of n waves is named: every so many, and the
// last, which takes the place of one too near to it.
func spoken(i, n, every int) bool {
	return i == n-1 || i%every == 0 && (n-1-i >= every)
}

// slopes joins waves that compare.
func (d changeChart) slopes(c *canvas, b band, place func(int) float64, rise func(float64) float64) {
	for i := 1; i < len(b.points); i++ {
		p, q := b.points[i-1], b.points[i]
		if !p.row.Shown() || !q.row.Shown() {
			continue
		}
		from, to := point{place(i - 1), rise(float(p.row.Estimate))}, point{place(i), rise(float(q.row.Estimate))}
		if q.broken {
			c.text(textMark{x: (from.x + to.x) / 2, y: (from.y+to.y)/2 + 5, s: "[b]", anchor: middle, halo: true})
			continue
		}
		c.path(stroke{tint: d.tint, width: 1.5}, none, false, from, to)
	}
}

// point draws the i-th wave's gap, its interval upright, with its number; a code
// stands at a height that is clear of the lines behind.
func (d changeChart) point(c *canvas, b band, i int, x, clear float64, rise func(float64) float64, said, stacked bool) {
	p := b.points[i]
	if !p.row.Shown() {
		c.text(textMark{x: x, y: clear, s: code(p.row), anchor: middle})
		return
	}
	mid, low, high := rise(float(p.row.Estimate)), rise(float(p.row.Lower)), rise(float(p.row.Upper))
	c.vline(x, low, high, stroke{tint: d.tint, width: 3})
	mark := dot
	if unreliable(p.row) {
		mark = hollow
	}
	c.shape(x, mid, d.tint, mark)
	if !said {
		return
	}
	value := textMark{x: x, y: min(high, mid-5) - 6, s: digits(p.row.Estimate, d.places), bold: true, halo: true, anchor: middle}
	switch {
	case stacked:
	case i == 0:
		value.x, value.y, value.anchor = x-9, mid+5, end
	case i == len(b.points)-1:
		value.x, value.y, value.anchor = x+9, mid+5, start
	}
	c.text(value)
}

// parts draws the change and what it is made of, or why it is not compared.
func (d changeChart) parts(c *canvas, at changeColumns, b band, y float64) float64 {
	if b.message != "" {
		lines := wrap(b.message, c.w-at.label, labelSize, false, 6)
		for i, s := range lines {
			c.label(at.label, y+22+float64(i)*leading, s)
		}
		return y + 22 + leading*float64(len(lines)-1) + 6
	}
	begin, first := y+4, len(c.marks)
	for i, p := range b.parts {
		labels := wrap(flagged(p.label, p.row), at.labels, labelSize, i == 0, 4)
		for k, s := range labels {
			c.text(textMark{x: at.label, y: y + 22 + float64(k)*leading, s: s, bold: i == 0})
		}
		d.part(c, at, p, y+22)
		y += 28 + leading*float64(len(labels)-1)
	}
	zero := &canvas{w: c.w}
	zero.vline(at.change.at(0), begin, y+4, axisline)
	c.beneath(first, zero)
	d.axis(c, at.change, y+4)
	return y + 32
}

func (d changeChart) part(c *canvas, at changeColumns, p changePart, base float64) {
	if !p.row.Shown() {
		c.text(textMark{x: at.est, y: base, s: code(p.row), anchor: end})
		return
	}
	c.text(textMark{x: at.est, y: base, s: signed(p.row, d.places), bold: true, anchor: end})
	c.text(textMark{x: c.w, y: base, s: brackets(p.row, d.places), anchor: end})
	mark := dot
	if unreliable(p.row) {
		mark = hollow
	}
	lower, x, upper := at.change.at(float(p.row.Lower)), at.change.at(float(p.row.Estimate)), at.change.at(float(p.row.Upper))
	c.estimate(lower, x, upper, base-5, p.tint, mark)
}

// axis names only the ends and 0, as there is little room between them.
func (d changeChart) axis(c *canvas, a axis, y float64) {
	c.hline(a.x0, a.x1, y, tickline)
	for i, v := range a.ticks {
		c.vline(a.at(v), y, y+5, tickline)
		text := tickText(v)
		if v > 0 {
			text = "+" + text
		}
		if i%2 == 0 {
			c.note(a.at(v), y+20, text, middle)
		}
	}
}
