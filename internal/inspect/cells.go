package inspect

import (
	"fmt"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

// personalData says which columns hold personal data, and where some stands in
// others.
func (b *builder) personalData(i int) {
	c, n := &b.report.Columns[i], b.profiles[i].notes[notePersonal]
	switch {
	case c.Answered == 0:
	case c.Role == export.RolePersonal:
		what := c.personal
		if what == "" {
			what = "personal data, by its heading"
		}
		b.of(i, diag.Diagnostic{Code: "personal-data", Severity: diag.Warning,
			Message: fmt.Sprintf("column %d (%s) holds %s, in %s", c.Position, Letters(c.Position), what, plural(c.Answered, "cell")),
			Hint:    "only id and person of a codebook may name it: they are hashed at once"})
	case n != nil && (c.Role == export.RoleQuestion || c.Role == export.RoleOther) && c.Kind != Number:
		b.of(i, diag.Diagnostic{Code: "personal-data", Severity: diag.Warning, Pos: diag.Pos{Row: n.rows[0]},
			Message: fmt.Sprintf("%s of column %d (%s) may hold %s (%s)", plural(n.count, "cell"), c.Position, Letters(c.Position), n.what, rowList(n.rows, n.count)),
			Hint:    "answers in words are never shown; keep the file where only analysts can read it"})
	}
}

// damaged finds what spreadsheets and wrong encodings did to cells and headings.
func (b *builder) damaged(i int) {
	c, notes := &b.report.Columns[i], b.profiles[i].notes
	if n := notes[noteError]; n != nil {
		b.of(i, diag.Diagnostic{Code: "spreadsheet-error", Severity: diag.Warning, Pos: diag.Pos{Row: n.rows[0]},
			Message: fmt.Sprintf("%s that a spreadsheet could not work out, such as #NAME? or #REF! (%s)", plural(n.count, "cell"), rowList(n.rows, n.count)),
			Hint:    "a text that begins with = or - was taken for a formula; export the file again and do not save it from a spreadsheet"})
	}
	if n := notes[noteMojibake]; n != nil {
		b.of(i, diag.Diagnostic{Code: "mojibake", Severity: diag.Warning, Pos: diag.Pos{Row: n.rows[0]},
			Message: fmt.Sprintf("%s with characters that were decoded wrongly before the file was saved (%s)", plural(n.count, "cell"), rowList(n.rows, n.count)),
			Hint:    "export the file again as UTF-8; what is lost cannot be told"})
	}
	switch s := damage(c.Code + c.Text); {
	case errorHeading.MatchString(c.Code) || errorHeading.MatchString(c.Text):
		b.of(i, diag.Diagnostic{Code: "spreadsheet-error", Severity: diag.Warning,
			Message: fmt.Sprintf("the heading of column %d is what a spreadsheet could not work out", c.Position), Hint: "give the column its heading again"})
	case s&isMojibake != 0:
		b.of(i, diag.Diagnostic{Code: "mojibake", Severity: diag.Warning,
			Message: fmt.Sprintf("the heading of column %d has characters that were decoded wrongly before the file was saved", c.Position),
			Hint:    "export the file again as UTF-8"})
	}
}

// dates finds what is no date and looks like one, and the reverse.
func (b *builder) dates(i int) {
	c, p := &b.report.Columns[i], b.profiles[i]
	t := p.total()
	b.spreadsheetDates(i, p, &t)
	if c.Kind != Date {
		return
	}
	for at, day := range []string{"1970-01-01", "1980-01-01"} {
		n := t.epochs[at]
		switch {
		case n == 0:
		case n == p.answered:
			b.of(i, diag.Diagnostic{Code: "anonymised-dates", Severity: diag.Info,
				Message: fmt.Sprintf("all dates are %s: the platform did not keep them", day), Hint: "nothing can be told by this column's times"})
		default:
			b.of(i, diag.Diagnostic{Code: "epoch-date", Severity: diag.Warning,
				Message: fmt.Sprintf("%s of %s, which computers write where there is no date", plural(n, "date"), day)})
		}
	}
}

// spreadsheetDates finds options such as 6-25 that a spreadsheet took for dates.
func (b *builder) spreadsheetDates(i int, p *profile, t *counts) {
	days, ranges := t.of(isDayMonth), t.of(isRange)
	if p.full || days+t.of(isDate) == 0 {
		return
	}
	dated := days
	if days == 0 && ranges > 0 && 2*t.of(isDate) < p.answered {
		dated = t.of(isDate) // a workbook keeps them as dates
	}
	few := closed(p.labels()) && len(p.labels()) > 1
	if dated == 0 || ranges == 0 && !few {
		return
	}
	d := diag.Diagnostic{Code: "excel-dates", Severity: diag.Warning,
		Message: fmt.Sprintf("%s are dates beside ranges: a spreadsheet has turned options such as 6-25 into 25-Jun", plural(dated, "answer")),
		Hint:    "export the file again and do not save it from a spreadsheet, or map these labels to their options in the codebook"}
	if ranges == 0 {
		d.Message = fmt.Sprintf("%s are days without a year: a spreadsheet may have turned options such as 6-25 into 25-Jun", plural(dated, "answer"))
	}
	if n := p.notes[noteDayMonth]; n != nil {
		d.Pos.Row = n.rows[0]
		d.Message += " (" + rowList(n.rows, n.count) + ")"
	}
	b.of(i, d)
}

// numbers finds decimal commas.
func (b *builder) numbers(i int) {
	t := b.profiles[i].total()
	if n := t.of(isComma); n > 0 && b.report.Columns[i].Kind == Number {
		b.of(i, diag.Diagnostic{Code: "decimal-comma", Severity: diag.Warning, Message: fmt.Sprintf("%s with a decimal comma", plural(n, "number")),
			Hint: "numbers are read with a decimal point: 1.5, not 1,5"})
	}
}

// options says where the separator of ticked options stands within options too.
func (b *builder) options(i int) {
	j := b.joins[i]
	if j == nil || j.tornOptions == 0 {
		return
	}
	b.of(i, diag.Diagnostic{Code: "ambiguous-options", Severity: diag.Warning,
		Message: fmt.Sprintf("ticked options are joined by %q, which stands within %s too", j.separator, plural(j.tornOptions, "option")),
		Hint:    "declare all options in the codebook: the longest that fits is taken"})
}
