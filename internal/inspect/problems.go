package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// problems runs all checks, and puts what they say in order: errors first, then by
// column and row.
func (b *builder) problems() {
	for _, d := range b.piece.problems {
		b.say(d)
		if d.Code == "not-an-export" && d.Severity == diag.Error {
			return // what is said of exports does not hold for it
		}
	}
	b.blankColumns()
	b.names()
	b.rows()
	b.repeats()
	b.ticks()
	for i := range b.report.Columns {
		b.personalData(i)
		b.damaged(i)
		b.dates(i)
		b.numbers(i)
		b.options(i)
		b.contradictions(i)
	}
	b.wordings()
	sortProblems(b.report)
}

// say adds a problem of the file.
func (b *builder) say(d diag.Diagnostic) {
	d.Pos.File, d.Pos.Sheet = b.file.Name, b.file.Sheet
	b.report.Problems = append(b.report.Problems, d)
}

// of adds a problem of a column.
func (b *builder) of(i int, d diag.Diagnostic) {
	d.Pos.Column = b.report.Columns[i].Name()
	b.say(d)
}

// sortProblems orders problems by severity, the column's place, row, code and words.
func sortProblems(r *Report) {
	place := map[string]int{}
	for i := range r.Columns {
		if name := r.Columns[i].Name(); place[name] == 0 {
			place[name] = i + 1
		}
	}
	slices.SortStableFunc(r.Problems, func(a, b diag.Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(place[a.Pos.Column], place[b.Pos.Column]),
			cmp.Compare(a.Pos.Row, b.Pos.Row), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message),
		)
	})
	r.Problems = slices.Compact(r.Problems)
}

// blankColumns counts columns that nobody answered, and names those with answers
// and no heading.
func (b *builder) blankColumns() {
	var blank []string
	for i := range b.report.Columns {
		c := &b.report.Columns[i]
		switch {
		case c.Kind == Empty:
			blank = append(blank, strconv.Itoa(c.Position))
		case c.Code == "" && c.Text == "":
			b.of(i, diag.Diagnostic{Code: "blank-heading", Severity: diag.Warning,
				Message: fmt.Sprintf("there is no heading over %s (column %s)", plural(c.Answered, "answer"), Letters(c.Position)),
				Hint:    "give it one, or export the file again"})
		}
	}
	if len(blank) > 0 && b.piece.rows > 0 {
		b.say(diag.Diagnostic{Code: "blank-columns", Severity: diag.Info,
			Message: fmt.Sprintf("%s without any answer: %s", plural(len(blank), "column"), list(blank))})
	}
}

// Letters is a column's place as spreadsheets name it: 1 is A, 27 is AA.
func Letters(position int) string {
	out := ""
	for ; position > 0; position = (position - 1) / 26 {
		out = string(rune('A'+(position-1)%26)) + out
	}
	return out
}

// names finds columns that are called the same.
func (b *builder) names() {
	at := map[string][]int{}
	var keys []string
	for i, c := range b.file.Columns {
		name := c.Code
		if name == "" {
			name = c.Text
		}
		key := fold.String(name)
		if key == "" {
			continue
		}
		if len(at[key]) == 1 {
			keys = append(keys, key)
		}
		at[key] = append(at[key], i)
	}
	for _, key := range keys {
		var positions []string
		for _, i := range at[key] {
			positions = append(positions, strconv.Itoa(b.file.Columns[i].Position))
		}
		b.of(at[key][0], diag.Diagnostic{Code: "duplicate-name", Severity: diag.Warning,
			Message: fmt.Sprintf("%d columns have this name: %s", len(positions), list(positions)),
			Hint:    "name them by their text or the platform's id in a codebook, or give them names of their own"})
	}
}

// rows says what is to be known of rows as a whole.
func (b *builder) rows() {
	if n := b.report.Unfinished; n > 0 {
		b.say(diag.Diagnostic{Code: "unfinished", Severity: diag.Warning, Message: fmt.Sprintf("%s of %d not finished", plural(n, "response"), b.report.Respondents),
			Hint: "they count as respondents, unless a keep rule of the codebook sets them aside"})
	}
	if h := &b.piece.headings; h.count > 0 {
		b.at(h.rows[0], diag.Diagnostic{Code: "repeated-headings", Severity: diag.Warning,
			Message: fmt.Sprintf("%s repeating the headings among the responses (%s)", plural(h.count, "row"), rowList(h.rows, h.count)),
			Hint:    "several exports may have been put together; remove these rows, they count as respondents"})
	}
	var totals []int
	for _, row := range b.piece.totals {
		if row > b.piece.last-maxPlaces {
			totals = append(totals, row)
		}
	}
	if len(totals) > 0 && b.piece.rows > len(totals) {
		b.at(totals[0], diag.Diagnostic{Code: "total-rows", Severity: diag.Warning,
			Message: fmt.Sprintf("%s at the end that begin with Total, Mean or the like (%s)", plural(len(totals), "row"), rowList(totals, len(totals))),
			Hint:    "a spreadsheet's sums are no respondents; remove these rows"})
	}
}

func (b *builder) at(row int, d diag.Diagnostic) {
	d.Pos.Row = row
	b.say(d)
}

// repeats finds rows that are the same from the first cell to the last, and ids that
// stand in several rows.
func (b *builder) repeats() {
	if p := repeatedMarks(b.piece.rowHashes); p.count > 0 {
		d := diag.Diagnostic{Code: "repeated-rows", Severity: diag.Warning,
			Message: fmt.Sprintf("%s the same as an earlier one in every column (%s)", plural(p.count, "row"), rowList(p.rows, p.count)),
			Hint:    "responses may have been pasted twice"}
		if !b.telling() {
			d.Severity, d.Hint = diag.Info, "nothing in this file tells respondents apart, so that two may well have given the same answers"
		}
		b.at(p.rows[0], d)
	}
	if p := repeatedMarks(b.piece.idHashes); p.count > 0 {
		d := diag.Diagnostic{Code: "repeated-ids", Severity: diag.Warning, Pos: diag.Pos{Row: p.rows[0]},
			Message: fmt.Sprintf("%s with an id that an earlier one has (%s)", plural(p.count, "row"), rowList(p.rows, p.count)),
			Hint:    "with id: in the codebook the last of each counts, and the others are set aside as duplicates"}
		b.of(b.piece.look.id, d)
	}
}

// telling reports whether rows have what tells respondents apart: an id, a time, or
// texts of their own.
func (b *builder) telling() bool {
	return slices.ContainsFunc(b.report.Columns, func(c Column) bool {
		return 2*c.Answered >= b.people() && (c.Role == export.RoleID || c.Role == export.RoleTime || c.Role == export.RolePersonal || c.Kind == Text) && 2*c.Distinct >= c.Answered
	})
}

// repeatedMarks are the rows whose hash an earlier row has.
func repeatedMarks(marks []mark) places {
	sorted := slices.Clone(marks)
	slices.SortFunc(sorted, func(a, b mark) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.row, b.row)) })
	var rows []int
	for i := 1; i < len(sorted); i++ {
		if sorted[i].hash == sorted[i-1].hash {
			rows = append(rows, int(sorted[i].row))
		}
	}
	slices.Sort(rows)
	return places{count: len(rows), rows: rows[:min(len(rows), maxPlaces)]}
}

// ticks says where several answers are ticked to a question that has one.
func (b *builder) ticks() {
	for _, g := range b.report.Groups {
		if g.TwoTicks == 0 {
			continue
		}
		first := g.Columns[0]
		b.of(first, diag.Diagnostic{Code: "two-ticks", Severity: diag.Warning, Pos: diag.Pos{Row: g.rows[0]},
			Message: fmt.Sprintf("%s with two or more answers ticked, where the columns %d to %d are the answers to one question (%s)",
				plural(g.TwoTicks, "row"), b.report.Columns[first].Position, b.report.Columns[g.Columns[len(g.Columns)-1]].Position, rowList(g.rows, g.TwoTicks)),
			Hint: "such answers are not used, and counted"})
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// rowList names the first rows as a spreadsheet counts them.
func rowList(rows []int, n int) string {
	parts := make([]string, len(rows))
	for i, r := range rows {
		parts[i] = strconv.Itoa(r)
	}
	text := "row " + strings.Join(parts, ", ")
	if len(rows) > 1 {
		text = "rows " + strings.Join(parts, ", ")
	}
	if n > len(rows) {
		text += ", ..."
	}
	return text
}

// list joins the first of some words.
func list(words []string) string {
	const most = 10
	if len(words) <= most {
		return strings.Join(words, ", ")
	}
	return strings.Join(words[:most], ", ") + ", ..."
}
