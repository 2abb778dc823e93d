package page

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

// table prints a table's cells as people read them: commas between thousands,
// true minus signs, + before differences above 0. Notes that already stand
// above it are not said again.
func (a *arranger) table(t reports.Table, above []string) table {
	out := table{ID: t.ID, Title: t.Title, Summary: t.Summary, Sort: len(t.Rows) > 2}
	header := headerColumn(t)
	for i, c := range t.Columns {
		out.Columns = append(out.Columns, column{Title: c.Title, Numeric: c.Numeric, Filter: filters(t, i)})
	}
	for _, row := range t.Rows {
		cells := make([]cell, len(row))
		for i, c := range row {
			cells[i] = cell{Text: printed(c, t.Columns[i]), Numeric: t.Columns[i].Numeric, Header: i == header}
		}
		out.Rows = append(out.Rows, cells)
	}
	switch {
	case t.ID == reports.TableLanguage:
		out.Class = "lang"
		markLanguage(out.Rows)
	case len(t.Columns) > manyColumns:
		out.Class = "many"
	case t.ID == "asked" || t.ID == "definitions":
		out.Class = "text"
	}
	for _, note := range append(slices.Clone(t.Notes), codeNotes(t)...) {
		if !said(above, note) {
			out.Notes = append(out.Notes, note)
		}
	}
	return out
}

// manyColumns is the most that fit on a printed page at its usual size.
const manyColumns = 8

// said reports whether a note, or one on the same code, stands above already.
func said(above []string, note string) bool {
	for _, x := range above {
		if x == note || strings.HasPrefix(note, "[") && strings.Contains(x, note[:3]) {
			return true
		}
	}
	return false
}

func printed(c reports.Cell, column reports.Column) string {
	f, known := c.Number.Get()
	if c.Code != "" || !known {
		return c.String(column.Places)
	}
	text := reports.Minus(c.Number.Fixed(column.Places))
	if column.Places == 0 {
		text = reports.Minus(number.Count(int(f)))
	}
	if column.Signed && f > 0 {
		return "+" + text
	}
	return text
}

// codeNotes explain the codes that occur in a table.
func codeNotes(t reports.Table) []string {
	seen := map[string]bool{}
	for _, row := range t.Rows {
		for _, c := range row {
			seen[c.Code] = true
			for _, code := range reports.Codes() {
				if c.Flag == code || strings.HasSuffix(c.Text, "["+code+"]") {
					seen[code] = true
				}
			}
		}
	}
	var out []string
	for _, code := range reports.Codes() {
		if seen[code] {
			out = append(out, "["+code+"] "+reports.Code(code)+".")
		}
	}
	return out
}

// headerColumn is the column that names a row.
func headerColumn(t reports.Table) int {
	for _, id := range []string{"answer", "question", "group", "quadrant", "step", "column", "gap", "measure", "construct", "setting", "file"} {
		if i := slices.IndexFunc(t.Columns, func(c reports.Column) bool { return c.ID == id }); i >= 0 {
			return i
		}
	}
	return 0
}

// filters reports whether a column of a long table is one to filter by: words
// that repeat.
func filters(t reports.Table, i int) bool {
	if t.Columns[i].Numeric || len(t.Rows) < 12 || t.ID == reports.TableLanguage || slices.Contains([]string{"notes", "verdict", "unit", "of", "code"}, t.Columns[i].ID) {
		return false
	}
	values := map[string]bool{}
	for _, row := range t.Rows {
		values[row[i].Text] = true
	}
	return len(values) > 1 && len(values) <= 12 && 2*len(values) <= len(t.Rows)
}

// markLanguage gives the cells of the language matrix their marks.
func markLanguage(rows [][]cell) {
	for _, row := range rows {
		for i, c := range row {
			switch {
			case c.Text == reports.WordSame:
				row[i].Mark = "same"
			case c.Text == reports.WordNotAsked:
				row[i].Mark = "notasked"
			case strings.HasPrefix(c.Text, reports.WordReworded):
				row[i].Mark = "reworded"
			}
		}
	}
}
