package workbook

import (
	"strings"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// tableSheet lays out one table: title, what the worksheet holds, notes, shorthand,
// what is measured, source, and then the table.
func tableSheet(r *disclose.Release, t reports.Table, n *names, notes *notebook) (sheet, error) {
	g, used, err := newGrid(t)
	if err != nil {
		return sheet{}, err
	}
	s := sheet{name: n.take(t.ID), about: heading(t), table: g, widths: widths(g)}
	g.name = "table_" + strings.TrimPrefix(s.name, "table_")
	markers := notes.mark(s.name, t.Notes)
	add := func(text string, k kind) {
		if text = clean(text); text != "" {
			s.lines = append(s.lines, line{text, k})
		}
	}
	add(heading(t)+" "+markers, title)
	add(oneTable, body)
	if markers != "" {
		add("This table contains notes, which can be found in the Notes worksheet.", body)
	}
	add(shorthand(used), body)
	add(sentence(t.Summary), body)
	add(sentence(r.Study().Notice), body)
	add(reports.Source(r), body)
	return s, nil
}

// heading is the table's title, or its id where it has none.
func heading(t reports.Table) string {
	if h := clean(t.Title); h != "" {
		return h
	}
	return t.ID
}

// widths fits each column to its texts within limits. Column A is wider, because
// the lines above the table wrap in it.
func widths(g *grid) []float64 {
	out := make([]float64, len(g.columns))
	for i, c := range g.columns {
		longest := max(longestWord(c.header), utf8.RuneCountInString(c.header)/2+3)
		for _, row := range g.rows {
			if !c.right {
				longest = max(longest, utf8.RuneCountInString(row[i].text))
			}
		}
		widest := 40
		if c.right { // numbers are short, and their headers wrap
			widest = max(24, min(longestWord(c.header)+3, 40))
		}
		out[i] = float64(min(max(longest+3, 16), widest))
	}
	out[0] = max(out[0]+10, 50)
	return out
}

func longestWord(s string) int {
	longest := 0
	for _, w := range strings.Fields(s) {
		longest = max(longest, utf8.RuneCountInString(w))
	}
	return longest
}
