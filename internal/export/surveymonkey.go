package export

import (
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// surveyMonkey writes two rows of headings: the question once, blank over its
// further columns; under it "Response", "Open-Ended Response", or the option or
// matrix row that the column stands for. Cleaned copies have one row.
type surveyMonkey struct{}

func (surveyMonkey) Name() string { return "surveymonkey" }

// surveyMonkeyOwn are the platform's own headings, folded; copies of exports
// write them without the space.
var surveyMonkeyOwn = map[string]Role{
	"respondent id": RoleID, "respondentid": RoleID,
	"collector id": RoleOther, "collectorid": RoleOther,
	"start date": RoleTime, "startdate": RoleTime, "end date": RoleTime, "enddate": RoleTime, "date created": RoleTime, "date modified": RoleTime,
	"ip address": RolePersonal, "email address": RolePersonal, "first name": RolePersonal, "last name": RolePersonal,
	"custom data 1": RoleOther, "custom data": RoleOther,
}

// plain are second headings that say no more than that there is an answer.
var plainResponse = []string{"response", "open-ended response"}

func (surveyMonkey) Score(h Head) (int, []string) {
	id := h.find(0, "respondent id", "respondentid")
	answers := 0
	for i := range h.Width() {
		if slices.Contains(plainResponse, fold.String(h.At(1, i))) {
			answers++
		}
	}
	under := id >= 0 && len(h.Rows) > 1 && secondHeading(h, id) == ""
	switch {
	case under && answers > 0:
		return certain, []string{`"Respondent ID" with nothing under it`, `second headings "Response" or "Open-Ended Response"`}
	case under && blankUnderOwn(h):
		return likely, []string{`"Respondent ID" with nothing under it, options as second headings`}
	case answers > 0 && blankUnderOwn(h):
		return certain - 1, []string{`second headings "Response" or "Open-Ended Response"`}
	case id >= 0:
		return likely - 1, []string{`a heading "Respondent ID"`}
	}
	return 0, nil
}

// secondHeading is the text under a heading, "" if it repeats it.
func secondHeading(h Head, column int) string {
	second := h.At(1, column)
	if fold.String(second) == fold.String(h.At(0, column)) {
		return ""
	}
	return second
}

// blankUnderOwn reports whether row 2 says something, but nothing under any of
// the platform's own headings.
func blankUnderOwn(h Head) bool {
	says := false
	for i := range h.Width() {
		if secondHeading(h, i) == "" {
			continue
		}
		if _, own := surveyMonkeyOwn[fold.String(h.At(0, i))]; own {
			return false
		}
		says = true
	}
	return says
}

func (s surveyMonkey) Layout(h Head) (Layout, []diag.Diagnostic) {
	if len(h.Rows) < 2 || !blankUnderOwn(h) {
		return s.cleaned(h), nil
	}
	l := Layout{Platform: s.Name(), Variant: "expanded", HeaderRows: 2}
	question := ""
	for i := range h.Width() {
		first, second := label(h.At(0, i)), label(secondHeading(h, i))
		role, own := surveyMonkeyOwn[fold.String(first)]
		if own {
			question = ""
			l.Columns = append(l.Columns, Column{Position: i + 1, Code: first, Text: first, Role: role})
			continue
		}
		if first != "" {
			question = first
		}
		if fold.String(second) == "response" {
			l.Variant = "condensed"
		}
		l.Columns = append(l.Columns, monkeyColumn(i, first, second, question))
	}
	return l, nil
}

// monkeyColumn is one column of a question. A blank pair of headings is a gap in
// the table: no question at all.
func monkeyColumn(i int, first, second, question string) Column {
	c := Column{Position: i + 1, Role: RoleQuestion}
	switch {
	case first == "" && second == "":
		c.Role = RoleOther
	case second == "" || slices.Contains(plainResponse, fold.String(second)):
		c.Code, c.Text = question, question
	default:
		c.Text, c.Option = join(question, second), second
		c.Open = specify.MatchString(second)
	}
	return c
}

// cleaned is the layout of a copy with one row of headings.
func (s surveyMonkey) cleaned(h Head) Layout {
	l := Layout{Platform: s.Name(), Variant: "cleaned", HeaderRows: 1}
	for i := range h.Width() {
		name := label(h.At(0, i))
		c := Column{Position: i + 1, Code: name, Text: name, Role: RoleQuestion}
		if role, own := surveyMonkeyOwn[fold.String(name)]; own {
			c.Role = role
		} else if name == "" {
			c.Role = RoleOther
		}
		l.Columns = append(l.Columns, c)
	}
	return l
}
