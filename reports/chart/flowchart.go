package chart

import "slices"

// flowChart draws one wave's rows: all of them as a bar of respondents and of
// rows set aside, which opens into a frame with the reasons, and beneath it what
// the respondents answered. A count that is known only in words has no bar.
type flowChart struct{ f flow }

const flowStep = 26.0 // from one line to the next

func (d flowChart) layout(c *canvas) {
	c.text(textMark{x: 0, y: 13, s: d.f.head(), bold: true})
	y := 74.0
	split := d.bar(c)
	if len(d.f.reasons) > 0 {
		y = d.aside(c, split) + 8
	}
	y += 18
	for i, s := range wrap("Of the "+d.f.kept.Words+" respondents", c.w, labelSize, true, 2) {
		c.text(textMark{x: 0, y: y + float64(i)*leading, s: s, bold: true})
	}
	most := d.f.kept.N.Or(0)
	for _, x := range d.f.answers {
		most = max(most, x.count.N.Or(0))
	}
	c.finish(d.answers(c, most, y+10))
}

// head says how many rows there are.
func (f flow) head() string {
	if !f.rows.N.Known() {
		return "Rows in the file: " + f.rows.Words
	}
	return f.rows.Words + " rows in the file"
}

// bar draws all rows and returns where the rows set aside begin, which is the
// edge where that cannot be told.
func (d flowChart) bar(c *canvas) float64 {
	pad := c.pick(14, 10)
	n, ok := d.f.aside()
	kept := d.f.kept.Words + " respondents"
	if !ok {
		c.rect(0, 22, c.w, 44, slate)
		c.text(textMark{x: pad, y: 49, s: kept, bold: true, tint: bg})
		return .75
	}
	split := c.w * d.f.kept.N.Or(0) / d.f.rows.N.Or(1)
	if n > 0 {
		split = min(split, c.w-5)
	}
	c.rect(0, 22, split, 44, slate)
	switch {
	case pad+width(kept, labelSize, true) < split-6:
		c.text(textMark{x: pad, y: 49, s: kept, bold: true, tint: bg})
	default: // few of the rows are respondents: above, as nothing else stands there
		c.text(textMark{x: c.w, y: 13, s: kept, anchor: end})
	}
	if n > 0 {
		c.rect(split+1.5, 22, c.w-split-1.5, 44, ink)
		if text := whole(n); width(text, labelSize, true)+20 < c.w-split {
			c.text(textMark{x: c.w - 10, y: 49, s: text, bold: true, tint: bg, anchor: end})
		}
	}
	return split + 1.5
}

// aside draws the frame of the reasons and returns where it ends.
func (d flowChart) aside(c *canvas, split float64) float64 {
	c.path(stroke{}, pale, true, point{split, 66}, point{c.w, 66}, point{c.w, 92}, point{0, 92})
	pad := c.pick(14, 10)
	head := "Set aside, by the first reason that applies"
	if n, ok := d.f.aside(); ok {
		head = whole(n) + " rows set aside, by the first reason that applies"
	}
	y := 117.0
	for i, s := range wrap(head, c.w-2*pad, labelSize, true, 2) {
		if i > 0 {
			y += leading
		}
		c.text(textMark{x: pad, y: y, s: s, bold: true})
	}
	end := d.reasons(c, pad, y+3)
	c.path(stroke{tint: ink, width: 1.5}, none, false,
		point{split, 66}, point{.75, 92}, point{.75, end}, point{c.w - .75, end}, point{c.w - .75, 66})
	return end
}

func (d flowChart) reasons(c *canvas, pad, y float64) float64 {
	labels, most, counts := 0.0, 0.0, 0.0
	for _, x := range d.f.reasons {
		labels = max(labels, width(x.label, labelSize, false))
		most = max(most, x.count.N.Or(0))
		counts = max(counts, width(x.count.Words, labelSize, false))
	}
	labels = min(labels, c.pick(300, 150))
	left := max(pad+labels+16, c.pick(196, 0))
	scale := (c.w - left - counts - pad - 10) / max(most, 1)
	for _, x := range d.f.reasons {
		lines := wrap(x.label, labels, labelSize, false, 4)
		for i, s := range lines {
			c.label(pad, y+flowStep+float64(i)*leading, s)
		}
		y += flowStep
		at := left
		if n, ok := x.count.N.Get(); ok {
			c.rect(left, y-11, max(n*scale, 1), 12, ink)
			at += max(n*scale, 1) + 7
		}
		c.label(at, y, x.count.Words)
		y += leading * float64(len(lines)-1)
	}
	return y + 16
}

// answers draws each count of respondents on the width of all, from y on.
func (d flowChart) answers(c *canvas, most, y float64) float64 {
	pad, labels, counts := c.pick(14, 0), 0.0, 0.0
	for _, x := range d.f.answers {
		labels = max(labels, width(x.label, labelSize, false))
		counts = max(counts, width(x.count.Words, labelSize, false))
	}
	labels = min(labels, c.pick(300, 196))
	left := pad + labels + 12
	full := max(c.w-left-counts-16, 0)
	for _, x := range d.f.answers {
		lines := wrap(x.label, labels, labelSize, false, 4)
		for i, s := range lines {
			c.label(pad, y+flowStep+float64(i)*leading, s)
		}
		y += flowStep
		c.text(textMark{x: c.w, y: y, s: x.count.Words, anchor: end})
		if n, ok := x.count.N.Get(); ok && most > 0 {
			c.rect(left, y-11, full, 12, pale)
			c.rect(left, y-11, full*n/most, 12, slate)
		}
		y += leading * float64(len(lines)-1)
	}
	return y + 10
}

// flowsChart is one bar a wave.
type flowsChart struct{ waves []flow }

func (d flowsChart) layout(c *canvas) {
	key := []keyItem{barItem("Respondents", slate)}
	if slices.ContainsFunc(d.waves, func(f flow) bool { n, ok := f.aside(); return ok && n > 0 }) {
		key = append(key, barItem("Set aside", ink))
	}
	y := c.key(key)
	most, rows, kept := 1.0, width("Rows", axisSize, false), width("Respondents", axisSize, false)
	for _, f := range d.waves {
		most = max(most, f.rows.N.Or(f.kept.N.Or(0)))
		rows = max(rows, width(f.rows.Words, labelSize, false))
		kept = max(kept, width(f.kept.Words, labelSize, true))
	}
	right := c.w - kept - 14 // right edge of the rows
	c.note(right, y+14, "Rows", end)
	c.note(c.w, y+14, "Respondents", end)
	y += 26
	c.hline(0, c.w, y, axisline)
	for _, f := range d.waves {
		y = d.wave(c, f, most, right, rows, y)
	}
	c.finish(y + 1)
}

func (d flowsChart) wave(c *canvas, f flow, most, right, rows, y float64) float64 {
	limit := c.pick(228, right-rows-12)
	labels := wrap(f.name, limit, labelSize, false, 4)
	n := float64(len(labels))
	for i, s := range labels {
		c.label(0, y+c.pick(21, 19)+float64(i)*leading, s)
	}
	base := y + c.pick(21+9*(n-1), 19)
	c.text(textMark{x: right, y: base, s: f.rows.Words, anchor: end})
	c.text(textMark{x: c.w, y: base, s: f.kept.Words, anchor: end, bold: true})
	left, full, mid := 250.0, right-rows-24-250, base-5
	tall := leading*n + 14
	if !c.wide() {
		left, full, mid = 0, c.w, y+leading*n+18
		tall = leading*n + 34
	}
	d.bar(c, f, left, full/most, mid)
	c.hline(0, c.w, y+tall, hairline)
	return y + tall
}

// bar draws a wave's rows; only respondents where the split cannot be told.
func (d flowsChart) bar(c *canvas, f flow, left, scale, mid float64) {
	kept, ok := f.kept.N.Get()
	if !ok {
		return
	}
	c.rect(left, mid-7, kept*scale, 14, slate)
	if n, ok := f.aside(); ok && n > 0 {
		c.rect(left+kept*scale+1, mid-7, max(n*scale-1, .5), 14, ink)
	}
}
