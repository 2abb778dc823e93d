package normalise

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
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

var designExpected = map[string]string{
	NoPSU:          "every respondent's primary sampling unit; set rows without one aside with keep: {column: answered}, or say design: {psu: none}",
	NoStratum:      "every respondent's stratum",
	NoWeight:       "a weight of 0 or more for every respondent",
	BadWeight:      "a number",
	NegativeWeight: "a weight of 0 or more",
	BadFPC:         "a population number of PSUs, or a fraction",
}

var designCodes = map[string]string{
	NoPSU: "psu-missing", NoStratum: "stratum-missing", NoWeight: "weight-missing",
	BadWeight: "weight-not-a-number", NegativeWeight: "weight-negative", BadFPC: "fpc-not-a-number",
}

func (f *fileResult) reportCount(k tallyKey, diags *diag.List) {
	column, n := f.source.Columns[k.field].Title(), f.tally.counts[k]
	pos := diag.Pos{File: f.source.Name, Column: column}
	expected, design := designExpected[k.reason]
	if !design {
		diags.Warnf(strings.ReplaceAll(k.reason, " ", "-"), pos, "%s in %s (%s)", k.reason, plural(n, "row"), rowList(f.tally.rows[k], n))
		return
	}
	diags.Errorf(designCodes[k.reason], pos, "%s in %s (%s), expected %s", k.reason, plural(n, "row"), rowList(f.tally.rows[k], n), expected)
}

func (f *fileResult) reportUnknown(r *Result, k tallyKey, u *unknownCount, diags *diag.List) {
	a := f.source.plan.answersAt(k.field)
	column := f.source.Columns[k.field].Title()
	for _, key := range slices.Sorted(maps.Keys(u.labels)) {
		l := u.labels[key]
		r.Rejected = append(r.Rejected, RejectedLabel{File: f.source.Name, Column: column, Reason: k.reason, Text: l.text, Count: l.count})
		if a.invalid {
			continue
		}
		diags.Add(diag.Diagnostic{
			Code: strings.ReplaceAll(k.reason, " ", "-"), Pos: diag.Pos{File: f.source.Name, Column: column},
			Message: fmt.Sprintf("%s in %s (%s): %s", quote(l), plural(l.count, "row"), rowList(l.records, l.count), a.expected(k.reason)),
			Hint:    diag.NearestHint(l.text, a.declared),
		})
	}
	if u.other > 0 && !a.invalid {
		diags.Errorf(strings.ReplaceAll(k.reason, " ", "-"), diag.Pos{File: f.source.Name, Column: column}, "and %s more with other answers: is this an open question?", plural(u.other, "row"))
	}
}

// accepted is what a field may say, for messages.
type accepted struct {
	what     string
	declared []string
	numeric  bool
	min, max int
	invalid  bool
}

func (a accepted) expected(reason string) string {
	if reason == NotInRange {
		return fmt.Sprintf("%s goes from %d to %d", a.what, a.min, a.max)
	}
	return fmt.Sprintf("no label, map or missing rule of %s names it", a.what)
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
				return out
			}
		}
	}
	return accepted{}
}

// quote names an answer that nothing declares: by its words only where they
// cannot be anybody's own - at least five respondents gave them, they are short
// and do not look personal.
func quote(l *labelCount) string {
	if l.count >= 5 && len([]rune(l.text)) <= 60 && !personal.MatchString(l.text) {
		return fmt.Sprintf("%q", fold.String(l.text))
	}
	return "an answer that is not shown"
}

// personal matches e-mail addresses, web and IP addresses, telephone and other
// long numbers, and British postcodes.
var personal = regexp.MustCompile(`(?i)@|://|www\.|\d+\.\d+\.\d+\.\d+|(\d[ -]?){6,}|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b`)

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
