package workbook

import (
	"fmt"
	"strconv"
)

// character is the width that a column of an .xlsx has for each character: that of
// a digit in Arial 12, which is 9 pixels of a screen, in points.
const character = 6.75

// Keys of styles, by which each is made once. Those of cells are their look.
type (
	odsWidth  float64
	odsHeight float64
	odsFormat string
	odsPage   bool
)

// style returns the name of the style that a key stands for, and has it built
// where it is new.
func (b *odsBook) style(key any, prefix string, build func(name string) node) string {
	if name, ok := b.names[key]; ok {
		return name
	}
	b.counts[prefix]++
	name := prefix + strconv.Itoa(b.counts[prefix])
	b.names[key] = name
	built := build(name)
	b.styles = append(b.styles, built)
	return name
}

// page is the style of a worksheet, which leads to how it prints.
func (b *odsBook) page(wide bool) string {
	return b.style(odsPage(wide), "ta", func(name string) node {
		return el("style:style", "style:name", name, "style:family", "table", "style:master-page-name", masterPage(wide)).
			with(el("style:table-properties", "table:display", "true"))
	})
}

// width is the style of a column as wide as so many characters.
func (b *odsBook) width(characters float64) string {
	return b.style(odsWidth(characters), "co", func(name string) node {
		return el("style:style", "style:name", name, "style:family", "table-column").
			with(el("style:table-column-properties", "style:column-width", points(characters*character)))
	})
}

// height is the style of a row of so many points, which may grow.
func (b *odsBook) height(tall float64) string {
	return b.style(odsHeight(tall), "ro", func(name string) node {
		return el("style:style", "style:name", name, "style:family", "table-row").
			with(el("style:table-row-properties", "style:row-height", points(tall), "style:use-optimal-row-height", "true"))
	})
}

// look is the style of a cell. Titles and subtitles have named ones, see odsStyles.
func (b *odsBook) look(l look) string {
	switch l.kind {
	case title:
		return "Heading_20_1"
	case subtitle:
		return "Heading_20_2"
	}
	return b.style(l, "ce", func(name string) node {
		data := ""
		if l.format != "" {
			data = b.format(l.format)
		}
		return el("style:style", "style:name", name, "style:family", "table-cell", "style:parent-style-name", "Default", "style:data-style-name", data).
			with(l.properties()...)
	})
}

// format is the style of numbers with a fixed number of decimals.
func (b *odsBook) format(format string) string {
	return b.style(odsFormat(format), "N", func(name string) node {
		decimals, commas := places(format)
		n := strconv.Itoa(decimals)
		return el("number:number-style", "style:name", name).
			with(el("number:number", "number:decimal-places", n, "number:min-decimal-places", n, "number:min-integer-digits", "1", "number:grouping", strconv.FormatBool(commas)))
	})
}

// properties say how a cell looks: as the style of the .xlsx does.
func (l look) properties() []node {
	upright, line, align, indent, weight, under := "top", "", "start", "", "normal", ""
	switch l.kind {
	case subtitle:
		upright = "bottom"
	case header:
		line = "0.75pt solid #000000"
	case link:
		under = "solid"
	}
	if l.right {
		align = "end"
	}
	if l.indent {
		indent = "10pt"
	}
	if l.kind.bold() {
		weight = "bold"
	}
	return []node{
		el("style:table-cell-properties", "fo:wrap-option", "wrap", "style:vertical-align", upright, "style:text-align-source", "fix", "style:repeat-content", "false", "fo:border-bottom", line),
		el("style:paragraph-properties", "fo:text-align", align, "fo:margin-left", indent),
		textProperties(l.kind.size(), weight, "style:text-underline-style", under),
	}
}

// textProperties set the font for all three kinds of scripts that OpenDocument
// tells apart: western, Asian, and those with complex layout, such as Hebrew.
func textProperties(size float64, weight string, more ...string) node {
	pairs := []string{"style:font-name", font, "fo:font-size", points(size), "fo:font-weight", weight}
	for _, script := range []string{"-asian", "-complex"} {
		pairs = append(pairs, "style:font-name"+script, font, "style:font-size"+script, points(size), "style:font-weight"+script, weight)
	}
	return el("style:text-properties", append(pairs, more...)...)
}

// odsStyles is styles.xml: the font, language and headings, and the two kinds of
// pages, A4 and as wide as the paper, without headers and footers.
func odsStyles() node {
	base := look{kind: body}.properties()
	language := textProperties(fontSize, "", "fo:language", "en", "fo:country", "GB")
	styles := el("office:styles").with(
		el("style:default-style", "style:family", "table-cell").with(language),
		el("style:style", "style:name", "Default", "style:family", "table-cell").with(base...),
		headingStyle(title, 1), headingStyle(subtitle, 2))
	return odsRoot("office:document-styles").with(
		fontFaces(),
		styles,
		el("office:automatic-styles").with(pageLayout(false), pageLayout(true)),
		el("office:master-styles").with(master(false), master(true)))
}

func headingStyle(k kind, level int) node {
	return el("style:style", "style:name", fmt.Sprintf("Heading_20_%d", level), "style:display-name", fmt.Sprintf("Heading %d", level),
		"style:family", "table-cell", "style:parent-style-name", "Default").with(look{kind: k}.properties()...)
}

func fontFaces() node {
	return el("office:font-face-decls").
		with(el("style:font-face", "style:name", font, "svg:font-family", font, "style:font-family-generic", "swiss", "style:font-pitch", "variable"))
}

// masterPage names the page of a worksheet; one with a table lies on its side.
func masterPage(wide bool) string {
	if wide {
		return "Landscape"
	}
	return "Portrait"
}

func master(wide bool) node {
	return el("style:master-page", "style:name", masterPage(wide), "style:page-layout-name", "page"+masterPage(wide)).
		with(el("style:header", "style:display", "false"), el("style:footer", "style:display", "false"))
}

func pageLayout(wide bool) node {
	width, tall, lies := "210mm", "297mm", "portrait"
	if wide {
		width, tall, lies = tall, width, "landscape"
	}
	return el("style:page-layout", "style:name", "page"+masterPage(wide)).
		with(el("style:page-layout-properties", "fo:page-width", width, "fo:page-height", tall, "style:print-orientation", lies, "fo:margin", "18mm", "style:scale-to-X", "1", "style:scale-to-Y", "0"))
}

func points(f float64) string { return fmt.Sprintf("%.2fpt", f) }
