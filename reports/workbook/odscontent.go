package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/number"
)

// odsBook is the content in the making: it collects the styles that sheets use.
type odsBook struct {
	styles []node         // in the order of their first use
	names  map[any]string // of styles, by what they say
	counts map[string]int // of styles, by the start of their names
}

// odsContent is content.xml: styles, worksheets, and the ranges that are tables.
func odsContent(sheets []sheet) node {
	b := &odsBook{names: map[any]string{}, counts: map[string]int{}}
	body, ranges := el("office:spreadsheet"), el("table:database-ranges")
	for _, s := range sheets {
		body = body.with(b.sheet(s))
		if s.table != nil {
			ranges = ranges.with(tableRange(s))
		}
	}
	return odsRoot("office:document-content").with(
		fontFaces(),
		el("office:automatic-styles").with(b.styles...),
		el("office:body").with(body.with(ranges)))
}

// sheet is one worksheet: the lines in column A, the header, which is repeated in
// print, and the rows of the table.
func (b *odsBook) sheet(s sheet) node {
	t := el("table:table", "table:name", s.name, "table:style-name", b.page(s.table != nil))
	for _, width := range s.widths {
		t = t.with(el("table:table-column", "table:style-name", b.width(width)))
	}
	for _, l := range s.lines {
		t = t.with(b.row(s, []cell{{text: l.text}}, l.kind, func(int, cell) look { return look{kind: l.kind} }))
	}
	if s.table == nil {
		return t
	}
	t = t.with(el("table:table-header-rows").with(b.row(s, s.table.header(), header, s.table.headerLook)))
	for _, cells := range s.table.rows {
		t = t.with(b.row(s, cells, body, s.table.look))
	}
	return t
}

// row fills what is right of a line with one empty cell, as all rows of a
// worksheet have as many cells as it has columns.
func (b *odsBook) row(s sheet, cells []cell, k kind, looks func(int, cell) look) node {
	r := el("table:table-row", "table:style-name", b.height(height(cells, s.widths, k)))
	for i, c := range cells {
		r = r.with(odsCell(c, b.look(looks(i, c))))
	}
	if empty := len(s.widths) - len(cells); empty > 0 {
		r = r.with(el("table:table-cell", "table:number-columns-repeated", strconv.Itoa(empty)))
	}
	return r
}

// odsCell is a number or a text. The value type decides what it is, and no cell
// has the attribute table:formula, so a text that starts with = stays a text.
func odsCell(c cell, style string) node {
	f, ok := c.number.Get()
	if !ok {
		return el("table:table-cell", "table:style-name", style, "office:value-type", "string").with(paragraph(c))
	}
	return el("table:table-cell", "table:style-name", style, "office:value-type", "float", "office:value", strconv.FormatFloat(f, 'f', -1, 64)).
		with(el("text:p").says(shown(f, c.format)))
}

// paragraph is the text of a cell, and leads to a worksheet where the cell does.
func paragraph(c cell) node {
	if c.link == "" {
		return el("text:p").with(spaced(c.text)...)
	}
	lead := el("text:a", "xlink:type", "simple", "xlink:href", "#'"+c.link+"'.A1", "office:title", "Go to the worksheet "+c.link)
	return el("text:p").with(lead.with(spaced(c.text)...))
}

// spaced writes the second and further spaces in a row as an element, because
// readers take a run of spaces for one (part 3, 6.1.2).
func spaced(s string) []node {
	var out []node
	for s != "" {
		end := strings.Index(s, "  ") + 1
		if end == 0 {
			return append(out, node{text: s})
		}
		rest := strings.TrimLeft(s[end:], " ")
		out = append(out, node{text: s[:end]}, el("text:s", "text:c", strconv.Itoa(len(s)-end-len(rest))))
		s = rest
	}
	return out
}

// places are the decimals of a number format, and whether it has commas.
func places(format string) (int, bool) {
	_, decimals, _ := strings.Cut(format, ".")
	return len(decimals), strings.Contains(format, ",")
}

// shown is a number as its format shows it.
func shown(f float64, format string) string {
	decimals, commas := places(format)
	if commas {
		return number.Grouped(f, decimals)
	}
	return number.Fixed(f, decimals)
}

// tableRange marks a sheet's table as one, without filter buttons.
func tableRange(s sheet) node {
	first, last := s.corners()
	return el("table:database-range", "table:name", s.table.name,
		"table:target-range-address", fmt.Sprintf("'%[1]s'.%[2]s:'%[1]s'.%[3]s", s.name, first, last),
		"table:contains-header", "true", "table:display-filter-buttons", "false")
}
