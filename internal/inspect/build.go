package inspect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/personal"
)

// builder makes a report of what was read.
type builder struct {
	file     *export.File
	piece    *piece
	profiles []*profile // of respondents; where there are none, of the rows set aside
	report   *Report
	joins    []*joined // by column, nil where cells hold one answer
}

// build tells kinds, roles, answers and problems from the profiles.
func build(f *export.File, p *piece) *Report {
	b := &builder{file: f, piece: p, profiles: p.kept, joins: make([]*joined, len(f.Columns))}
	b.report = describe(f)
	r := b.report
	r.Rows, r.SetAside, r.Unfinished = p.rows, p.aside, p.unfinished
	r.Respondents = r.Rows - r.SetAside.Total()
	if r.Respondents == 0 && len(p.others) > 0 {
		b.profiles = p.others
	}
	b.columns()
	b.groups()
	b.answers()
	b.headings()
	b.problems()
	return r
}

// describe is what is known of a file before its rows are read.
func describe(f *export.File) *Report {
	return &Report{
		File: f.Name, Sheet: f.Sheet, Format: f.Format, Encoding: f.Encoding, BOM: f.BOM, Delimiter: f.Delimiter,
		Platform: f.Platform, Variant: f.Variant, Reasons: f.Reasons, HeaderRows: f.HeaderRows,
	}
}

// columns tells each column's kind, and its role by its cells.
func (b *builder) columns() {
	for i, c := range b.file.Columns {
		p := b.profiles[i]
		kind, j := b.kindOf(i, p)
		b.joins[i] = j
		col := Column{Column: c, Kind: kind, Answered: p.answered, Distinct: b.distinct(i, p), Group: -1}
		if j != nil {
			col.Separator = j.separator
		}
		b.roleOf(&col, p)
		if col.Role == export.RolePersonal && col.Kind.Closed() {
			col.Kind, col.Separator, b.joins[i] = Text, "", nil
		}
		b.report.Columns = append(b.report.Columns, col)
	}
}

// distinct is exact while all forms are known, for ids, and up to the sketch's size.
func (b *builder) distinct(i int, p *profile) int {
	switch {
	case !p.full:
		return len(p.labels())
	case i == b.piece.look.id && b.report.SetAside.Total() == 0:
		return len(b.piece.idHashes) - repeatedMarks(b.piece.idHashes).count
	}
	return min(p.seen.count(), p.answered)
}

// groups tells what each group of columns is, and gives its columns that kind.
func (b *builder) groups() {
	for i, s := range b.piece.look.groups {
		t := b.piece.ticks[i]
		g := Group{Text: s.text, Columns: s.columns, Kind: b.groupKind(s, t)}
		if g.Kind == Single || g.Kind == Scale {
			g.TwoTicks, g.rows = t.two, t.rows
		}
		at := len(b.report.Groups)
		b.report.Groups = append(b.report.Groups, g)
		b.alike(g)
		for k, c := range s.columns {
			col := &b.report.Columns[c]
			col.Group = at
			if col.Option == "" {
				col.Option = s.options[k]
			}
			if g.Kind != "" && col.Kind != Empty && col.Role != export.RolePersonal {
				col.Kind, col.Separator, b.joins[c] = g.Kind, "", nil
			}
		}
	}
}

// alike gives the rows of a grid one kind: where some are scales, a row of which only
// a point or two was given is one too.
func (b *builder) alike(g Group) {
	scale := func(c int) bool { return b.report.Columns[c].Kind == Scale }
	if g.Kind != "" || !slices.ContainsFunc(g.Columns, scale) {
		return
	}
	for _, c := range g.Columns {
		if col := &b.report.Columns[c]; col.Kind == Single && onScale(b.profiles[c]) {
			col.Kind = Scale
		}
	}
}

// onScale reports whether all answers could be points of a scale.
func onScale(p *profile) bool {
	for _, f := range p.order {
		key := fold.String(f.text)
		if f.shape&(isSmall|isCode) == 0 && !scaleWord(key) && !noAnswer(key) {
			return false
		}
	}
	return !p.full
}

// headings hides the names of columns that are or hold personal data. Where the
// headings are missing, and a response stands in their place, all are hidden.
func (b *builder) headings() {
	missing := b.headless()
	for i := range b.report.Columns {
		c := &b.report.Columns[i]
		for _, name := range []string{c.Code, c.Text, c.ID} {
			kind := personal.Of(name)
			c.hidden = c.hidden || missing || kind != personal.None && kind != personal.Name || kind == personal.Name && c.Role == export.RolePersonal
		}
	}
	if missing {
		b.wordsOnly()
		b.say(diag.Diagnostic{Code: "no-headings", Message: "the headings are missing: the first row looks like a response",
			Hint: "export it again with its headings; they are not shown here"})
	}
}

// wordsOnly leaves of the answers those that no respondent wrote: without headings
// nobody can tell a column of names from one of roles.
func (b *builder) wordsOnly() {
	for i := range b.report.Columns {
		for at := range b.report.Columns[i].Answers {
			a := &b.report.Columns[i].Answers[at]
			key := fold.String(a.Label)
			a.Shown = a.Shown && (scaleWord(key) || plainWord(key) || wholeNumber(key))
		}
	}
}

// headless reports whether most headings are data: numbers, dates, addresses, or
// answers that stand in their own columns too.
func (b *builder) headless() bool {
	if b.file.Platform != "generic" {
		return false
	}
	if n := b.piece.headings.count; n > 1 && 2*n > b.piece.rows {
		return true // most rows say what the first does
	}
	named, data := 0, 0
	for i, c := range b.file.Columns {
		if c.Code == "" {
			continue
		}
		named++
		if b.isData(c.Code, i) {
			data++
		}
	}
	return named > 2 && 2*data >= named
}

// isData reports whether a heading is what its column's cells are. Numbered columns
// have the numbers of their places.
func (b *builder) isData(heading string, i int) bool {
	if heading == fmt.Sprint(i+1) || heading == fmt.Sprint(i) {
		return false
	}
	f := formOf(heading)
	if f.shape&(isNumber|isDate|isClock) != 0 || f.personal != personal.None {
		return true
	}
	p := b.profiles[i]
	again := p.forms[heading] // but for rows that repeat all headings
	return len(p.order) > 1 && again != nil && again.count > b.piece.headings.count
}

// Name is what the column is called in messages: its short name, or its place where
// it has none or must not be named.
func (c *Column) Name() string {
	name := c.Code
	if name == "" {
		name = c.Text
	}
	if name = strings.Join(strings.Fields(name), " "); name == "" || c.hidden {
		return fmt.Sprintf("column %d", c.Position)
	}
	return personal.Mask(name)
}

// Said is a name of the column as it may be printed: "" where it must not be.
func (c *Column) Said(name string) string {
	if c.hidden {
		return ""
	}
	return personal.Mask(name)
}
