package draft

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/study"
)

// book writes the codebook of an export.
type book struct {
	page
	e    Export
	f    *study.Framework
	at   found
	ids  *ids
	loud bool // an answer that is not shown stops a run; else it is invalid, and counted
}

// writeBook writes the codebook that maps an export to a framework.
func writeBook(e Export, f *study.Framework, at found, loud bool) string {
	b := &book{e: e, f: f, at: at, loud: loud, ids: newIDs(slices.Concat(f.Constructs.IDs(), f.Items.IDs(), f.Gaps.IDs(), f.Quadrants.IDs(), f.Choices.IDs(), f.Variables.IDs())...)}
	b.head()
	b.items()
	b.choices()
	b.variables()
	b.missing()
	b.design()
	b.others()
	return b.String()
}

func (b *book) head() {
	r := b.e.Report
	b.say(0, fmt.Sprintf("A draft from %s: %s, %s. Read it against the questionnaire.", r.File, count(r.Respondents, "respondent"), count(len(r.Columns), "column")))
	b.say(0, "A number from 0 to 1 says how alike the words of the framework and of the export are. What begins with # and no space does not count; take the # away and it does.")
	b.say(0, "Answers that fewer than five respondents gave, that are long or look personal are not shown.")
	b.put(0, "version: 1", "")
	b.put(0, "platform: "+r.Platform, "")
	if r.Sheet != "" {
		b.put(0, "sheet: "+scalar(r.Sheet), "")
	}
	b.id()
	b.completed()
	b.person()
	b.keep()
}

// roles lists the columns of a role that can be named.
func (b *book) roles(role export.Role) []*inspect.Column {
	var out []*inspect.Column
	for i := range b.e.Report.Columns {
		if c := &b.e.Report.Columns[i]; c.Role == role && b.name(c) != "" {
			out = append(out, c)
		}
	}
	return out
}

// name is a column's name in the codebook, "" where it has none that may be shown.
func (b *book) name(c *inspect.Column) string {
	if said(c) == "" {
		return ""
	}
	return namer(b.e).nameOf(b.e.Layout.Columns[c.Position-1])
}

func (b *book) id() {
	if all := b.roles(export.RoleID); len(all) > 0 {
		b.put(0, "id: "+scalar(b.name(all[0])), "hashed, never stored")
	}
}

// completions are names of the time at which a response was completed, the best first.
var completions = []string{"enddate", "end date", "completion time", "completiontime", "completiondate", "completion date", "submitdate", "date submitted", "ended", "recordeddate", "timestamp", "datestamp"}

func (b *book) completed() {
	all := b.roles(export.RoleTime)
	for _, name := range completions {
		for _, c := range all {
			if c.Kind == inspect.Date && fold.String(c.Code) == name {
				b.put(0, "completed: "+scalar(b.name(c)), "")
				return
			}
		}
	}
	for _, c := range all {
		if c.Kind == inspect.Date {
			b.put(0, "#completed: "+scalar(b.name(c)), "if that is when the response was completed")
			return
		}
	}
}

// person offers a column of addresses by its heading alone.
func (b *book) person() {
	for _, c := range b.roles(export.RolePersonal) {
		if fold.String(c.Code) != "" && c.Answered > 0 && mailHeading(c.Text+" "+c.Code) {
			b.put(0, "#person: "+scalar(b.name(c)), "personal data: hashed at once, never stored; links the same people")
			return
		}
	}
}

func mailHeading(text string) bool {
	return slices.ContainsFunc(words(text), func(w string) bool {
		return w == "email" || w == "mail" || w == "emailaddress" || w == "recipientemail"
	})
}

// keep offers the platform's own word for finished responses.
func (b *book) keep() {
	if len(b.e.Layout.Completion) == 0 {
		return
	}
	done := b.e.Layout.Completion[0]
	c := &b.e.Report.Columns[done.Column]
	name := b.name(c)
	if name == "" {
		return
	}
	note := fmt.Sprintf("%s unfinished", count(b.e.Report.Unfinished, "response"))
	var values []string
	for _, a := range c.Answers {
		if a.Shown && done.Done([]byte(a.Label)) {
			values = append(values, quoted(a.Label))
		}
	}
	if len(values) == 0 {
		values = []string{"answered"}
	}
	b.put(0, fmt.Sprintf("#keep: {%s: %s}", scalar(name), "["+strings.Join(values, ", ")+"]"), note)
}

func (b *book) missing() {
	var blocks []block
	if mark := b.e.Layout.SeenUnanswered; mark != "" {
		blocks = append(blocks, one(quoted(mark)+": seen_unanswered", "the platform's mark"))
	}
	for _, e := range missingOf(b.f, b.at.questions(b.f)) {
		if e.ID == b.e.Layout.SeenUnanswered {
			continue
		}
		note := ""
		if e.Value == "invalid" {
			note = "a number for no answer? say why: unsure, not_applicable, refused"
		}
		blocks = append(blocks, one(scalar(e.ID)+": "+e.Value, note))
	}
	b.section("missing:", blocks)
}

// design offers the columns whose headings are those of a sampling design.
func (b *book) design() {
	keys := map[string]string{"weight": "weight", "weights": "weight", "stratum": "stratum", "strata": "stratum", "psu": "psu", "cluster": "psu", "fpc": "fpc"}
	var blocks []block
	for _, c := range b.roles(export.RoleDesign) {
		key := keys[fold.String(c.Code)]
		if key != "" && !slices.ContainsFunc(blocks, func(o block) bool { return o.lines[0].text[:len(key)] == key }) {
			blocks = append(blocks, block{off: true, lines: []line{{indent: 2, text: key + ": " + scalar(b.name(c))}}})
		}
	}
	b.section("design:", blocks)
}
