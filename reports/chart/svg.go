package chart

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// family is installed everywhere in one of its names, and its widths are the
// ones that drawings are measured in.
const family = `Arial, 'Liberation Sans', Helvetica, sans-serif`

const namespace = "http://www.w3.org/2000/svg"

// footOpen begins the group of what only files have; its value is the height of
// the drawing above it.
const footOpen = `<g data-above="`

// setLength is the width from which a text says how wide it is, so that a reader
// whose fonts are wider sees it narrowed and not across its neighbours.
const setLength = 40

// svgWriter writes marks as SVG. Every colour is written twice: as an attribute,
// which is what a file by itself shows, and as a class, which a page may style.
type svgWriter struct{ bytes.Buffer }

// writeSVG writes the whole file.
//
//gosec:disable G104 -- a buffer in memory never returns an error
func (c *canvas) writeSVG(title, desc string) []byte {
	w := &svgWriter{}
	width, height, corner := number1(c.fullWidth()), number1(c.fullHeight()), number1(-c.margin)
	w.WriteString(`<svg xmlns="` + namespace + `" width="159mm" height="` + number1(159*c.fullHeight()/c.fullWidth()) + `mm" viewBox="` + corner + " " + corner + " " + width + " " + height +
		`" role="img" aria-labelledby="title desc" font-family="` + family + `">` + "\n")
	w.WriteString(`<title id="title">` + escape(title) + "</title>\n")
	w.WriteString(`<desc id="desc">` + escape(desc) + "</desc>\n")
	rectMark{x: -c.margin, y: -c.margin, w: c.fullWidth(), h: c.fullHeight(), fill: bg}.svg(w)
	for _, m := range c.marks {
		m.svg(w)
	}
	if len(c.foot) > 0 {
		w.WriteString(footOpen + number1(c.h) + "\">\n")
		for _, m := range c.foot {
			m.svg(w)
		}
		w.WriteString("</g>\n")
	}
	w.WriteString("</svg>\n")
	return w.Bytes()
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic("chart: " + err.Error()) // a strings.Builder does not fail
	}
	return b.String()
}

// number1 prints a coordinate with at most one decimal.
func number1(f float64) string {
	s := strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

//gosec:disable G104 -- a buffer in memory never returns an error
func (w *svgWriter) attr(name string, f float64) {
	w.WriteString(" " + name + `="` + number1(f) + `"`)
}

// paint writes fill, stroke and their classes, and closes the element.
//
//gosec:disable G104 -- a buffer in memory never returns an error
func (w *svgWriter) paint(fill tint, s stroke) {
	classes := fill.class()
	if s.width > 0 {
		classes = strings.TrimSpace(classes + " l-" + s.tint.class())
	}
	w.WriteString(` class="` + classes + `"`)
	if fill != none {
		w.WriteString(` fill="` + fill.hex() + `"`)
	}
	if s.width > 0 {
		w.WriteString(` stroke="` + s.tint.hex() + `" stroke-width="` + strconv.FormatFloat(s.width, 'f', -1, 64) + `"`)
	}
	if len(s.dash) > 0 {
		w.WriteString(` stroke-dasharray="` + number1(s.dash[0]) + " " + number1(s.dash[1]) + `"`)
	}
	w.WriteString("/>\n")
}

//gosec:disable G104 -- a buffer in memory never returns an error
func (m rectMark) svg(w *svgWriter) {
	w.WriteString("<rect")
	w.attr("x", m.x)
	w.attr("y", m.y)
	w.attr("width", m.w)
	w.attr("height", m.h)
	w.paint(m.fill, m.stroke)
}

//gosec:disable G104 -- a buffer in memory never returns an error
func (m circleMark) svg(w *svgWriter) {
	w.WriteString("<circle")
	w.attr("cx", m.x)
	w.attr("cy", m.y)
	w.attr("r", m.r)
	w.paint(m.fill, m.stroke)
}

//gosec:disable G104 -- a buffer in memory never returns an error
func (m pathMark) svg(w *svgWriter) {
	w.WriteString(`<path d="`)
	for i, p := range m.points {
		switch {
		case i == 0:
			w.WriteString("M" + number1(p.x) + " " + number1(p.y))
		case p.y == m.points[i-1].y:
			w.WriteString("H" + number1(p.x))
		case p.x == m.points[i-1].x:
			w.WriteString("V" + number1(p.y))
		default:
			w.WriteString("L" + number1(p.x) + " " + number1(p.y))
		}
	}
	if m.closed {
		w.WriteString("Z")
	}
	w.WriteString(`"`)
	if m.fill == none {
		w.WriteString(` fill="none"`)
	}
	w.paint(m.fill, m.stroke)
}

//gosec:disable G104 -- a buffer in memory never returns an error
func (m textMark) svg(w *svgWriter) {
	w.WriteString("<text")
	w.attr("x", m.x)
	w.attr("y", m.y)
	w.attr("font-size", m.size)
	if m.bold {
		w.WriteString(` font-weight="bold"`)
	}
	switch m.anchor {
	case middle:
		w.WriteString(` text-anchor="middle"`)
	case end:
		w.WriteString(` text-anchor="end"`)
	}
	if long := m.width(); long >= setLength && m.measured() {
		w.attr("textLength", long)
		w.WriteString(` lengthAdjust="spacingAndGlyphs"`)
	}
	classes := m.tint.class()
	if m.halo {
		classes += " l-" + bg.class()
	}
	w.WriteString(` class="` + classes + `" fill="` + m.tint.hex() + `"`)
	if m.halo {
		w.WriteString(` stroke="` + bg.hex() + `" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`)
	}
	w.WriteString(">" + escape(m.s) + "</text>\n")
}
