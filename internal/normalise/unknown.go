package normalise

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// reportUnusable says what a file's cells held that could not be used. Answers
// that nothing declares stop the run unless `unknown: invalid` says otherwise;
// a design that cannot be read always does.
func (f *fileResult) reportUnusable(r *Result, diags *diag.List) {
	for _, k := range f.tally.keys() {
		if u := f.tally.unknown[k]; u != nil {
			f.reportUnknown(r, k, u, diags)
			continue
		}
		f.reportCount(k, diags)
	}
}

// designProblem is what is said of a column of the design that cannot be read.
type designProblem struct{ code, expected, hint string }

var designProblems = map[string]designProblem{
	NoPSU:          {"psu-missing", "every respondent's primary sampling unit", "set rows without one aside with keep: {%q: answered}, or say design: {psu: none}"},
	NoStratum:      {"stratum-missing", "every respondent's stratum", "set rows without one aside with keep: {%q: answered}"},
	NoWeight:       {"weight-missing", "a weight of 0 or more for every respondent", "set rows without one aside with keep: {%q: answered}"},
	BadWeight:      {"weight-not-a-number", "a number", ""},
	NegativeWeight: {"weight-negative", "a weight of 0 or more", ""},
	BadFPC:         {"fpc-not-a-number", "a population number of PSUs, or a fraction", ""},
}

// reasonHints say what to do about values that are counted and not used.
var reasonHints = map[string]string{
	Unlisted: "they tick nothing; give the choice an option with the words of this column's heading, such as other: Other (please specify)",
}

func (f *fileResult) reportCount(k tallyKey, diags *diag.List) {
	column, n := f.source.Column(k.field).Title(), f.tally.counts[k]
	pos := diag.Pos{File: f.source.Name, Sheet: f.source.Sheet, Column: column}
	said := fmt.Sprintf("%s in %s (%s)", k.reason, plural(n, "row"), rowList(f.tally.rows[k], n))
	d, design := designProblems[k.reason]
	if !design {
		diags.Add(diag.Diagnostic{Code: strings.ReplaceAll(k.reason, " ", "-"), Severity: diag.Warning, Pos: pos, Message: said, Hint: reasonHints[k.reason]})
		return
	}
	hint := d.hint
	if hint != "" {
		hint = strings.Replace(hint, "%q", strconv.Quote(column), 1)
	}
	diags.Add(diag.Diagnostic{Code: d.code, Pos: pos, Message: said + ", expected " + d.expected, Hint: hint})
}

// reportUnknown says which answers nothing declares. Those that may be shown have
// a line each; the others share one for each label that is nearest to them.
func (f *fileResult) reportUnknown(r *Result, k tallyKey, u *unknownCount, diags *diag.List) {
	a := f.source.plan.answersAt(k.field)
	column := f.source.Column(k.field).Title()
	hidden := map[string]*labelCount{}
	say := func(what string, l *labelCount, hint string) {
		if a.invalid {
			return
		}
		diags.Add(diag.Diagnostic{
			Code: strings.ReplaceAll(k.reason, " ", "-"), Pos: diag.Pos{File: f.source.Name, Sheet: f.source.Sheet, Column: column},
			Message: fmt.Sprintf("%s in %s (%s): %s", what, plural(l.count, "row"), rowList(l.records, l.count), a.expected(k.reason)), Hint: hint,
		})
	}
	for _, key := range slices.Sorted(maps.Keys(u.labels)) {
		l := u.labels[key]
		r.Rejected = append(r.Rejected, RejectedLabel{File: f.source.Name, Column: column, Reason: k.reason, Text: l.private(), Count: l.count})
		if hint := a.hint(k.reason, l.text); l.quotable() {
			say(strconv.Quote(strings.Join(strings.Fields(l.text), " ")), l, hint)
		} else {
			hidden[hint] = hidden[hint].join(l)
		}
	}
	for _, hint := range slices.Sorted(maps.Keys(hidden)) {
		l := hidden[hint]
		what := "an answer that is not shown"
		if l.texts > 1 {
			what = fmt.Sprintf("%d answers that are not shown", l.texts)
		}
		say(what, l, hint)
	}
	if u.other > 0 && !a.invalid {
		diags.Add(diag.Diagnostic{Code: strings.ReplaceAll(k.reason, " ", "-"), Pos: diag.Pos{File: f.source.Name, Sheet: f.source.Sheet, Column: column},
			Message: fmt.Sprintf("and other answers in %s more", plural(u.other, "row")), Hint: "is this an open question?"})
	}
}

// join adds the rows of another answer; the receiver may be nil.
func (l *labelCount) join(o *labelCount) *labelCount {
	if l == nil {
		return &labelCount{texts: 1, count: o.count, records: slices.Clone(o.records)}
	}
	l.texts++
	l.count += o.count
	l.records = append(l.records, o.records...)
	slices.Sort(l.records)
	l.records = l.records[:min(len(l.records), maxRecords)]
	return l
}

// accepted is what a field may say, for messages.
type accepted struct {
	what     string
	declared []string
	numeric  bool
	min, max int
	invalid  bool
	ticks    bool // a column of its own per option
}

func (a accepted) expected(reason string) string {
	if reason == NotInRange {
		return fmt.Sprintf("%s goes from %d to %d", a.what, a.min, a.max)
	}
	return fmt.Sprintf("no label, map or missing rule of %s names it", a.what)
}

// hint names the nearest answer that is declared.
func (a accepted) hint(reason, text string) string {
	switch {
	case reason == NotInRange:
		return ""
	case a.ticks:
		return "expected the option's own label, Yes, Y, True, 1 or Checked; No, N, False, 0 or Unchecked; or nothing; map may name other words"
	}
	return diag.NearestHint(text, a.declared)
}

func (p *plan) answersAt(field int) accepted {
	of := func(what string, a *answers) accepted {
		return accepted{what: what, declared: a.declared, numeric: a.numeric, min: a.min, max: a.max, invalid: a.invalid}
	}
	for _, f := range p.items {
		if f.field == field {
			c := p.schema.Items[f.item]
			return of(fmt.Sprintf("item %q on scale %s", c.ID, c.Item.Scale), f.answers)
		}
	}
	for _, f := range p.variables {
		if f.field == field {
			return of(fmt.Sprintf("variable %q", p.schema.Variables[f.variable].ID), f.answers)
		}
	}
	for i := range p.choices {
		c := &p.choices[i]
		out := accepted{what: fmt.Sprintf("choice %q", p.schema.Choices[c.choice].ID), declared: c.declared, invalid: c.invalid}
		if c.field == field {
			return out
		}
		for _, o := range c.columns {
			if o.field == field {
				out.ticks = true
				return out
			}
		}
	}
	return accepted{}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// rowList names the first rows as a spreadsheet counts them.
func rowList(records []int, n int) string {
	parts := make([]string, len(records))
	for i, r := range records {
		parts[i] = fmt.Sprint(r + 1)
	}
	text := "row " + strings.Join(parts, ", ")
	if len(records) > 1 {
		text = "rows " + strings.Join(parts, ", ")
	}
	if n > len(records) {
		text += ", ..."
	}
	return text
}
