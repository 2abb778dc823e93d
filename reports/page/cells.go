package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

// table prints a table's cells as people read them: commas between thousands,
// true minus signs, + before differences above 0. Notes that already stand
// above it are not said again.
func (a *arranger) table(t reports.Table, above []string) table {
	out := table{ID: t.ID, Title: t.Title, Summary: t.Summary, Sort: len(t.Rows) > 2}
	if len(t.Rows) > mostRows {
		out.Long = number.Count(len(t.Rows))
		return out
	}
	header := t.RowHeader()
	for i, c := range t.Columns {
		out.Columns = append(out.Columns, column{Title: c.Title, Numeric: c.Numeric, Filter: filters(t, i), Unsorted: c.ID == "fieldwork"})
	}
	for _, row := range t.Rows {
		cells := make([]cell, len(row))
		for i, c := range row {
			cells[i] = cell{Text: c.Printed(t.Columns[i]), Numeric: t.Columns[i].Numeric, Header: i == header}
		}
		out.Rows = append(out.Rows, cells)
	}
	switch {
	case t.ID == reports.TableLanguage:
		out.Class = "lang"
		if len(t.Columns) > manyColumns {
			out.Class = "lang many"
		}
		markLanguage(out.Rows)
	case len(t.Columns) > manyColumns:
		out.Class = "many"
	case t.ID == "asked" || t.ID == "definitions":
		out.Class = "text"
	}
	for _, note := range append(slices.Clone(t.Notes), t.CodeNotes()...) {
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

// fewRows is the most that nobody needs a filter for.
const fewRows = 20

// filters reports whether a column of a long table is one to filter by: words
// that repeat.
func filters(t reports.Table, i int) bool {
	if t.Columns[i].Numeric || len(t.Rows) < fewRows || t.ID == reports.TableLanguage || slices.Contains([]string{"notes", "verdict", "unit", "of", "code"}, t.Columns[i].ID) {
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

// longestWord is longer than any word of English that a label may have.
const longestWord = 30

// class is that of a cell: n for numbers, w where it holds a word that no column is
// wide enough for, such as a hash, and that has to be broken somewhere.
func class(text string, numeric bool) string {
	var classes []string
	if numeric {
		classes = append(classes, "n")
	}
	if slices.ContainsFunc(strings.Fields(text), func(word string) bool { return utf8.RuneCountInString(word) > longestWord }) {
		classes = append(classes, "w")
	}
	return strings.Join(classes, " ")
}

// Class is for the template.
func (c cell) Class() string { return class(c.Text, c.Numeric) }

// Class is for the template.
func (c column) Class() string { return class(c.Title, c.Numeric) }
