package chart

// keyItem explains one mark: a symbol 26 units wide, and words.
type keyItem struct {
	label  string
	symbol func(c *canvas, x, y float64) // left end and middle of the symbol
}

const (
	symbolWidth = 26.0
	keyGap      = 20.0
	keyLine     = 22.0
)

// key draws the items above a drawing, as many on a line as fit, and returns
// where the drawing may begin.
func (c *canvas) key(items []keyItem) float64 {
	if len(items) == 0 {
		return 0
	}
	x, y := 0.0, 0.0
	limit := c.w - symbolWidth - 8
	for _, item := range items {
		lines := wrap(item.label, limit, labelSize, false, 4)
		wide := symbolWidth + 8 + widest(lines, labelSize, false)
		if x > 0 && x+wide > c.w {
			x, y = 0, y+keyLine
		}
		item.symbol(c, x, y+9)
		for i, s := range lines {
			c.label(x+symbolWidth+8, y+14+float64(i)*leading, s)
		}
		y += float64(len(lines)-1) * leading
		x += wide + keyGap
	}
	return y + keyLine + 10
}

func widest(lines []string, size float64, bold bool) float64 {
	out := 0.0
	for _, s := range lines {
		out = max(out, width(s, size, bold))
	}
	return out
}

func markItem(label string, t tint, s shape) keyItem {
	return keyItem{label, func(c *canvas, x, y float64) {
		c.estimate(x+1, x+symbolWidth/2, x+symbolWidth-1, y, t, s)
	}}
}

func overallItem(label string) keyItem {
	return keyItem{label, func(c *canvas, x, y float64) { c.vline(x+symbolWidth/2, y-8, y+8, overall) }}
}

func gapItem(label string, t tint) keyItem {
	return keyItem{label, func(c *canvas, x, y float64) {
		c.hline(x, x+symbolWidth-1, y, dotted)
		c.vline(x+symbolWidth-1, y-8, y+8, stroke{tint: t, width: 1})
	}}
}

func barItem(label string, fill tint) keyItem {
	return keyItem{label, func(c *canvas, x, y float64) { c.rect(x+2, y-6, 22, 12, fill) }}
}

func outlineItem(label string, t tint) keyItem {
	return keyItem{label, func(c *canvas, x, y float64) { c.outlined(x+2, y-6, 22, 12, stroke{tint: t, width: 1.5}) }}
}

// shapeItem is a mark without an interval.
func shapeItem(label string, t tint, s shape) keyItem {
	return keyItem{label, func(c *canvas, x, y float64) { c.shape(x+symbolWidth/2, y, t, s) }}
}
