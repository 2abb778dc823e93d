package reports

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

// Printed is the cell as people read it in running text, on the page and in
// tables to paste: commas between thousands, true minus signs, and + before
// differences above 0.
func (c Cell) Printed(column Column) string {
	f, known := c.Number.Get()
	if c.Code != "" || !known {
		return c.String(column.Places)
	}
	places := c.PlacesIn(column)
	text := Minus(c.Number.Fixed(places))
	if places == 0 {
		text = Minus(number.Count(int(f)))
	}
	if column.Signed && f > 0 {
		return "+" + text
	}
	return text
}

// RowHeader is the column that names a row.
func (t Table) RowHeader() int {
	for _, id := range []string{"answer", "question", "group", "quadrant", "step", "column", "gap", "measure", "construct", "setting", "file"} {
		if i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.ID == id }); i >= 0 {
			return i
		}
	}
	return 0
}

// CodeNotes explain the codes that occur in the table, one note a code, but for
// those that its own notes explain.
func (t Table) CodeNotes() []string {
	seen := map[string]bool{}
	for _, row := range t.Rows {
		for _, c := range row {
			seen[c.Code] = true
			for _, code := range Codes() {
				if strings.Contains(c.Flag, code) || strings.Contains(c.Text, "["+code+"]") {
					seen[code] = true
				}
			}
		}
	}
	var out []string
	for _, code := range Codes() {
		own := slices.ContainsFunc(t.Notes, func(note string) bool { return strings.HasPrefix(note, "["+code+"] ") })
		if seen[code] && !own {
			out = append(out, "["+code+"] "+Code(code)+".")
		}
	}
	return out
}

// Source names the surveys that a table rests on and the release that it is from.
func Source(r *disclose.Release) string {
	var titles []string
	for _, s := range r.Study().Surveys {
		titles = append(titles, s.Title)
	}
	return "Source: " + And(titles) + "; caregap release " + r.ID() + "."
}
