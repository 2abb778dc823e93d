package export

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// surveyMonkey writes two rows of headings: the question once, blank over its
// further columns; under it "Response", "Open-Ended Response", or the option or
// matrix row that the column stands for. Cleaned copies have one row.
type surveyMonkey struct{}

func (surveyMonkey) Name() string { return "surveymonkey" }

// monkeyOwn are the platform's own headings, squeezed.
var monkeyOwn = map[string]Role{
	"respondentid": RoleID, "collectorid": RoleOther, "customdata": RoleOther, "customdata1": RoleOther, "customdata2": RoleOther,
	"startdate": RoleTime, "enddate": RoleTime, "datecreated": RoleTime, "datemodified": RoleTime,
	"ipaddress": RolePersonal, "emailaddress": RolePersonal, "firstname": RolePersonal, "lastname": RolePersonal,
}

// monkeyAlone are those that no other platform has.
var monkeyAlone = []string{"collectorid", "customdata", "customdata1", "datemodified"}

// monkeyResponse tells the cells of responses from those of headings.
var monkeyResponse = map[string]func(string) bool{
	"respondentid": isNumber, "collectorid": isNumber, "startdate": isTime, "enddate": isTime, "datecreated": isTime, "datemodified": isTime,
}

// plainResponse are second headings that say no more than that there is an answer.
var plainResponse = []string{"response", "open-ended response"}

func (s surveyMonkey) Score(h Head) (int, []string) {
	id, own, alone, answers := -1, 0, 0, 0
	for i := range h.Width() {
		if slices.Contains(plainResponse, fold.String(h.At(1, i))) {
			answers++
		}
		name := squeeze(h.At(0, i))
		if monkeyOwn[name] != "" {
			own++
		}
		if slices.Contains(monkeyAlone, name) {
			alone++
		}
		if id < 0 && name == "respondentid" {
			id = i
		}
	}
	two := s.headings(h) > 1
	under := two && id >= 0 && secondHeading(h, id) == ""
	switch {
	case under && answers > 0:
		return certain, []string{`"Respondent ID" with nothing under it`, `second headings "Response" or "Open-Ended Response"`}
	case under:
		return likely, []string{`"Respondent ID" with nothing under it, options as second headings`}
	case two && answers > 0:
		return certain - 1, []string{`second headings "Response" or "Open-Ended Response"`}
	case id >= 0:
		return likely - 1, []string{`a heading "Respondent ID"`}
	case own > 2 && alone > 0:
		return likely - 2, []string{fmt.Sprintf("%d headings such as \"Collector ID\" or \"Custom Data 1\"", own)}
	case two && own > 1:
		return possible, []string{fmt.Sprintf("%d headings such as \"Start Date\" with nothing under them", own)}
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

// headings counts the rows of headings: those before the first response, or two
// where row 2 says something, but nothing under the platform's own headings.
func (surveyMonkey) headings(h Head) int {
	if n := h.response(h.probes(monkeyResponse)); n > 0 {
		return n
	}
	says := false
	for i := range h.Width() {
		if secondHeading(h, i) == "" {
			continue
		}
		if monkeyOwn[squeeze(h.At(0, i))] != "" {
			return 1
		}
		says = true
	}
	if says {
		return 2
	}
	return 1
}

func (s surveyMonkey) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: s.Name(), Variant: "expanded", HeaderRows: s.headings(h)}
	if l.HeaderRows == 1 {
		return s.cleaned(h), nil
	}
	h = h.widened(l.HeaderRows)
	question := ""
	for i := range h.Width() {
		first, second := label(h.At(0, i)), label(secondHeading(h, i))
		if role := monkeyOwn[squeeze(first)]; role != "" {
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
	if s.numeric(h, l) {
		l.Variant, l.Numbered = l.Variant+", numeric", true
	}
	s.third(h, &l)
	return l, nil
}

// numeric reports whether the responses of the head hold codes for words: closed
// questions are answered by numbers only.
func (surveyMonkey) numeric(h Head, l Layout) bool {
	some := false
	for i, c := range l.Columns {
		if c.Role != RoleQuestion || c.Open || c.Option == "" && fold.String(h.At(1, i)) != "response" {
			continue
		}
		for row := l.HeaderRows; row < len(h.Rows); row++ {
			switch cell := h.At(row, i); {
			case cell == "":
			case !isNumber(cell):
				return false
			default:
				some = true
			}
		}
	}
	return some
}

// third reads a third row of headings, which is not the platform's: names that
// somebody gave the columns are their codes, all else belongs to the texts.
func (surveyMonkey) third(h Head, l *Layout) {
	for row := 2; row < l.HeaderRows; row++ {
		for i := range l.Columns {
			c, text := &l.Columns[i], label(h.At(row, i))
			switch {
			case text == "" || c.Role != RoleQuestion || slices.Contains(plainResponse, fold.String(text)):
			case identifier.MatchString(text):
				c.Code = text
			default:
				c.Option, c.Text = text, join(c.Text, text)
			}
		}
	}
}

// identifier matches names that people and programs give to columns.
var identifier = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*([._][A-Za-z0-9]+)*$`)

// monkeyColumn is one column of a question. A blank pair of headings is a gap in
// the table: no question at all.
func monkeyColumn(i int, first, second, question string) Column {
	c := Column{Position: i + 1, Role: RoleQuestion}
	switch {
	case first == "" && second == "":
		c.Role = RoleOther
	case second == "" || slices.Contains(plainResponse, fold.String(second)):
		c.Words = fold.String(second) == "open-ended response"
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
		if role := monkeyOwn[squeeze(name)]; role != "" {
			c.Role = role
		} else if name == "" {
			c.Role = RoleOther
		}
		l.Columns = append(l.Columns, c)
	}
	setApart(l.Columns)
	return l
}
