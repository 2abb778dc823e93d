package export

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// jisc is Jisc Online Surveys (BOS). Its coded export has codes for headings and
// answers, and a key to both in a file beside it; its labelled export has
// numbered questions and words.
type jisc struct{}

func (jisc) Name() string { return "jisc" }

var (
	jiscCode     = regexp.MustCompile(`^Q\d+(_\d+)*(_[a-z])?(_\d+)?$`)
	jiscNumbered = regexp.MustCompile(`^(\d+(?:\.[a-z0-9]+)*)\.\s+(\S.*)$`)
	jiscURN      = regexp.MustCompile(`^\d+-\d+-\d+$`)
)

// jiscOwn are the platform's own headings, folded.
var jiscOwn = map[string]Role{
	"urn": RoleID, "unique response number": RoleID, "completiondate": RoleTime, "completion date": RoleTime, "completiontime": RoleTime, "completion time": RoleTime,
	"startdate": RoleTime, "start date": RoleTime, "starttime": RoleTime, "start time": RoleTime,
}

func (j jisc) Score(h Head) (int, []string) {
	if j.isKey(h.Rows) {
		return 0, nil
	}
	codes, numbered := 0, 0
	for i := range h.Width() {
		switch text := label(h.At(0, i)); {
		case jiscCode.MatchString(text):
			codes++
		case jiscNumbered.MatchString(text):
			numbered++
		}
	}
	urn, worded := h.find(0, "urn"), h.find(0, "unique response number")
	switch {
	case urn >= 0 && codes > 0:
		return certain, []string{fmt.Sprintf(`a heading "URN" and %d headings such as Q1 or Q9_1`, codes)}
	case worded >= 0:
		return certain, []string{fmt.Sprintf(`a heading "Unique Response Number" and %d numbered questions`, numbered)}
	case urn >= 0 && jiscURN.MatchString(h.At(1, urn)):
		return likely, []string{`a heading "URN" over three numbers joined by hyphens`}
	case codes > h.Width()/2 && h.find(0, "completiondate") >= 0:
		return likely, []string{`headings such as Q1 or Q9_1, and "CompletionDate"`}
	case numbered > 1 && numbered >= h.Width()/2:
		return possible, []string{fmt.Sprintf("%d numbered questions such as \"7. \"", numbered)}
	}
	return 0, nil
}

func (j jisc) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: j.Name(), Variant: "labelled", HeaderRows: 1, Separator: ", "}
	codes, numbered := 0, 0
	for i := range h.Width() {
		text := label(h.At(0, i))
		l.Columns = append(l.Columns, j.column(text, i))
		switch {
		case jiscCode.MatchString(text):
			codes++
		case jiscNumbered.MatchString(text):
			numbered++
		}
	}
	if codes > numbered {
		l.Variant = "coded"
	}
	if l.Variant == "labelled" {
		j.labelledGrids(&l)
		return l, nil
	}
	for _, c := range h.companions() {
		if key := newJiscKey(c.Rows); j.isKey(c.Rows) && key.fits(l.Columns) {
			l.Variant = "coded, with its key"
			l.Beside = []string{c.Name}
			key.explain(l.Columns)
			break
		}
	}
	j.codedGrids(&l)
	return l, nil
}

func (jisc) column(heading string, i int) Column {
	c := Column{Position: i + 1, Code: heading, Text: heading, Role: RoleQuestion}
	if role, own := jiscOwn[fold.String(heading)]; own {
		c.Role = role
		return c
	}
	if m := jiscNumbered.FindStringSubmatch(heading); m != nil {
		c.Code, c.Text, c.ID = m[1], m[2], heading
		c.Open = specify.MatchString(m[2])
	}
	if heading == "" {
		c.Role = RoleOther
	}
	return c
}

// jiscCell is a column of a grid: question, row, letter of the column.
var jiscCell = regexp.MustCompile(`^(Q\d+(?:_\d+)+)_([a-z])(_\d+)?$`)

// codedGrids folds the rows of grids: a row of a Likert grid is one column per
// scale point.
func (jisc) codedGrids(l *Layout) {
	row := func(c Column) string {
		if m := jiscCell.FindStringSubmatch(c.Code); m != nil {
			return m[1]
		}
		return ""
	}
	for i := range l.Columns {
		if m := jiscCell.FindStringSubmatch(l.Columns[i].Code); m != nil && l.Columns[i].Option == "" {
			l.Columns[i].Option = m[2]
		}
	}
	foldRows(l, func(a, b Column) bool { return row(a) != "" && row(a) == row(b) }, func(columns []Column) (Column, bool) {
		first := columns[0]
		name := row(first)
		if name == "" {
			return Column{}, false
		}
		text := strings.TrimSuffix(first.Text, " - "+first.Option)
		if text == first.Code {
			text = name
		}
		return Column{Code: name, Text: text, Role: RoleQuestion}, true
	})
}

// labelledGrids gives the rows of a grid, which are numbered under their
// question, the question's words.
func (jisc) labelledGrids(l *Layout) {
	stems := map[string]string{}
	for i := range l.Columns {
		c := &l.Columns[i]
		if c.Role != RoleQuestion || c.ID == "" {
			continue
		}
		c.Text = strings.TrimSpace(strings.TrimPrefix(c.Text, "- "))
		stems[c.Code] = c.Text
		cut := strings.LastIndexByte(c.Code, '.')
		if cut < 0 || c.Open {
			continue
		}
		if stem, ok := stems[c.Code[:cut]]; ok {
			c.Option = c.Text
			c.Text = join(stem, c.Option)
		}
	}
}

// isKey recognises the key to a coded export: two columns, without headings, a
// question's code and words and under it its answers' codes and words.
func (jisc) isKey(rows [][]string) bool {
	questions, answers := 0, 0
	for _, row := range rows {
		if len(row) != 2 {
			return false
		}
		switch code := strings.TrimSpace(row[0]); {
		case jiscCode.MatchString(code):
			questions++
		case isDigits(code):
			answers++
		}
	}
	return questions > 0 && questions+answers > 2 && 10*(questions+answers) >= 8*len(rows)
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
