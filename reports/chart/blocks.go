package chart

import (
	"math"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
)

// block is a few numbers that belong together: one wave's constructs, one
// group's shares.
type block struct {
	title  string
	tail   string // ends the title, and is there even where that is cut
	sub    string
	strong bool // a strong rule above it: another survey begins
	rows   []blockRow
}

// blockRow is one row of a block. Right is what stands in figures at the
// right edge; a row without a key stands for nothing.
type blockRow struct {
	entry
	right disclose.Row
}

// hasRight reports whether anything stands at the right edge.
func (r blockRow) hasRight() bool { return r.right.Key != (disclose.Key{}) }

// blockChart is a list of blocks on one axis. With values the estimate is
// written at its mark and a dotted line leads from each mark to the upright of
// the block's first one; without, the right-hand figures are the estimates.
type blockChart struct {
	key                []keyItem
	head, values, axis string
	narrowValues       string  // head of the figures where intervals are left to the marks
	title              float64 // widest title of a block in the wide drawing
	atMarks            bool
	places             int
	blocks             []block
	low, high          float64 // the axis covers these
	least              float64 // and spans at least this much
}

const axisEvery = 12 // blocks from one repeated axis to the next

type blockColumns struct {
	title, label, labelAt float64 // widest title and label, left edge of labels
	est                   float64 // right edge of estimates
	interval              bool    // intervals stand beside them
	axis                  axis
}

func (b blockChart) columns(c *canvas) blockColumns {
	out := blockColumns{title: c.w, est: c.w, interval: c.wide()}
	labels, estimates, intervals, values := 0.0, 0.0, 0.0, 0.0
	lo, hi := b.low, b.high
	for _, block := range b.blocks {
		for _, r := range block.rows {
			labels = max(labels, width(flagged(r.label, r.row), labelSize, false))
			if right := r.right; r.hasRight() && right.Shown() {
				estimates = max(estimates, width(digits(right.Estimate, b.places), labelSize, true))
				intervals = max(intervals, width(brackets(right, b.places), labelSize, false))
			}
			if r.row.Shown() {
				values = max(values, width(digits(r.row.Estimate, b.places), labelSize, false))
				lo, hi = min(lo, float(r.row.Lower)), max(hi, float(r.row.Upper))
			}
		}
	}
	estimates = max(estimates, width("[c]", labelSize, false))
	out.label = min(labels, c.pick(130, 120))
	if c.wide() {
		out.title, out.labelAt = b.title, b.title+12
		out.est = c.w - intervals - 7
	}
	left, right := out.labelAt+out.label+16, out.est-estimates-16
	if b.atMarks {
		left, right = left+values, right-values-7
	}
	out.axis = tensAxis(lo, hi, b.least, left+8, right-8)
	return out
}

// tensAxis is an axis in tens around lo and hi that spans at least so much
// within 0 to 100, so that small differences do not look large.
func tensAxis(lo, hi, least, x0, x1 float64) axis {
	lo, hi = math.Floor(lo/10)*10, math.Ceil(hi/10)*10
	for hi-lo < least {
		if hi < 100 {
			hi += 10
		}
		if hi-lo < least && lo > 0 {
			lo -= 10
		}
	}
	for _, step := range []float64{10, 20, 50, 100} {
		from, to := math.Floor(lo/step)*step, math.Ceil(hi/step)*step
		if (x1-x0)/((to-from)/step) >= 30 || step == 100 {
			return stepAxis(from, to, step, x0, x1)
		}
	}
	return axis{}
}

func (b blockChart) layout(c *canvas) {
	y := c.key(b.key)
	at := b.columns(c)
	y = b.header(c, at, y)
	if len(b.blocks) > axisEvery {
		y += 24
		at.axis.above(c, y)
	}
	c.hline(0, c.w, y, axisline)
	for i, block := range b.blocks {
		if i > 0 && i%axisEvery == 0 {
			y += 26
			at.axis.above(c, y)
		}
		if i > 0 {
			b.rule(c, block, y)
		}
		y = b.block(c, at, block, y)
	}
	c.hline(0, c.w, y, hairline)
	c.finish(at.axis.below(c, y, b.axis))
}

func (b blockChart) rule(c *canvas, block block, y float64) {
	if block.strong {
		c.hline(0, c.w, y, axisline)
		return
	}
	c.hline(0, c.w, y, hairline)
}

func (b blockChart) header(c *canvas, at blockColumns, y float64) float64 {
	limit := c.pick(at.axis.x0+100, c.w/2)
	heads := wrap(b.head, limit, axisSize, false, 3)
	for i, s := range heads {
		c.note(0, y+14+float64(i)*16, s, start)
	}
	value := b.values
	if !c.wide() {
		value = b.narrowValues
	}
	values := wrap(value, c.w-limit-12, axisSize, false, 3)
	for i, s := range values {
		c.note(c.w, y+14+float64(i)*16, s, end)
	}
	return y + 26 + float64(max(len(heads), len(values))-1)*16
}

// block draws one block from y and returns where it ends.
func (b blockChart) block(c *canvas, at blockColumns, block block, y float64) float64 {
	top, base := y, b.titles(c, at, block, y)
	bottom := base
	grid := len(c.marks)
	c.marks = append(c.marks, nil) // the grid's place: beneath the marks
	var first point
	for i, r := range block.rows {
		mid := bottom - 5
		if i == 0 && r.row.Shown() {
			first = point{at.axis.at(float(r.row.Estimate)), mid}
		}
		b.row(c, at, r, bottom, i, first)
		bottom += c.pick(23, 22) + leading*float64(b.lineCount(at, r)-1)
	}
	bottom += 14.5 - c.pick(23, 22)
	if c.wide() {
		titles := block.titleLines(at.title)
		lines := len(titles)
		if block.sub != "" {
			lines += len(wrap(block.sub, at.title, axisSize, false, 2))
		}
		bottom = max(bottom, base+leading*float64(lines-1)+14.5)
	}
	under := &canvas{w: c.w}
	for _, v := range at.axis.ticks {
		under.vline(at.axis.at(v), c.pick(top, base-14), bottom, gridline)
	}
	c.marks = append(c.marks[:grid], append(under.marks, c.marks[grid+1:]...)...)
	return bottom
}

// titleLines are the title and its tail in at most four lines.
func (b block) titleLines(limit float64) []string {
	whole := strings.TrimSpace(b.title + " " + b.tail)
	lines := wrap(whole, limit, labelSize, true, 4)
	if b.tail == "" || strings.Join(lines, " ") == whole {
		return lines
	}
	return append(wrap(b.title, limit, labelSize, true, 3), wrap(b.tail, limit, labelSize, true, 1)...)
}

// titles writes a block's title and what is said beneath or beside it, and
// returns the baseline of its first row.
func (b blockChart) titles(c *canvas, at blockColumns, block block, y float64) float64 {
	lines := block.titleLines(at.title)
	if c.wide() {
		base := y + 24.5
		for i, s := range lines {
			c.text(textMark{x: 0, y: base + float64(i)*leading, s: s, bold: true})
		}
		for i, s := range wrap(block.sub, at.title, axisSize, false, 2) {
			c.note(0, base+float64(len(lines)+i)*leading, s, start)
		}
		return base
	}
	base := y + 21
	for i, s := range lines {
		c.text(textMark{x: 0, y: base + float64(i)*leading, s: s, bold: true})
	}
	base += float64(len(lines)-1) * leading
	beside := width(lines[len(lines)-1], labelSize, true) + 10
	if beside+width(block.sub, axisSize, false) > c.w {
		base, beside = base+leading, 0
	}
	if block.sub != "" {
		c.note(beside, base, block.sub, start)
	}
	return base + 25
}

func (b blockChart) lineCount(at blockColumns, r blockRow) int {
	return len(wrap(flagged(r.label, r.row), at.label, labelSize, false, 4))
}

// row draws the i-th row of a block; first is the mark of its first row.
func (b blockChart) row(c *canvas, at blockColumns, r blockRow, base float64, i int, first point) {
	for n, s := range wrap(flagged(r.label, r.row), at.label, labelSize, false, 4) {
		c.label(at.labelAt, base+float64(n)*leading, s)
	}
	b.figures(c, at, r, base)
	if !r.row.Shown() {
		if b.atMarks {
			c.text(textMark{x: at.axis.x0 + 7, y: base, s: code(r.row)}) // clear of the first line
		}
		return
	}
	x, lower, upper := at.axis.at(float(r.row.Estimate)), at.axis.at(float(r.row.Lower)), at.axis.at(float(r.row.Upper))
	mid := base - 5
	if b.atMarks && i > 0 && first.y > 0 {
		c.vline(first.x, first.y, mid, stroke{tint: will, width: 1})
		c.hline(x, first.x, mid, dotted)
	}
	c.estimate(lower, x, upper, mid, r.tint, r.shape())
	if !b.atMarks {
		return
	}
	value := textMark{x: upper + 7, y: base, s: digits(r.row.Estimate, b.places), halo: true}
	if i > 0 && first.y > 0 && x < first.x {
		value.x, value.anchor = lower-7, end
	}
	c.text(value)
}

// figures writes what stands at the right edge.
func (b blockChart) figures(c *canvas, at blockColumns, r blockRow, base float64) {
	switch {
	case !r.hasRight():
	case !r.right.Shown():
		c.text(textMark{x: at.est, y: base, s: code(r.right), anchor: end})
	default:
		c.text(textMark{x: at.est, y: base, s: digits(r.right.Estimate, b.places), bold: true, anchor: end})
		if at.interval {
			c.text(textMark{x: c.w, y: base, s: brackets(r.right, b.places), anchor: end})
		}
	}
}
