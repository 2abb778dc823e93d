package export

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// redcap writes one row of headings: field names, or labels. Its data dictionary,
// found beside the export, has the words of both fields and codes.
type redcap struct{}

func (redcap) Name() string { return "redcap" }

// redcapOwn are the platform's own field names and labels, folded.
var redcapOwn = map[string]Role{
	"redcap_event_name": RoleOther, "event name": RoleOther, "redcap_data_access_group": RoleOther, "data access group": RoleOther,
	"redcap_repeat_instrument": RoleOther, "repeat instrument": RoleOther, "redcap_repeat_instance": RoleOther, "repeat instance": RoleOther,
	"redcap_survey_identifier": RolePersonal, "survey identifier": RolePersonal, "survey timestamp": RoleTime, "complete?": RoleStatus,
}

var (
	redcapBox    = regexp.MustCompile(`^([a-z][a-z0-9_]*?)___(_?[a-z0-9]+)$`)
	redcapChoice = regexp.MustCompile(`^(.*\S)\s*\(choice=(.*)\)$`)
	redcapField  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

func (r redcap) Score(h Head) (int, []string) {
	if r.isDictionary(h.Rows) {
		return 0, nil
	}
	var reasons []string
	own, boxes, complete := 0, 0, 0
	for i := range h.Width() {
		text := label(h.At(0, i))
		switch {
		case strings.HasPrefix(text, "redcap_"):
			own++
		case redcapBox.MatchString(text), redcapChoice.MatchString(text):
			boxes++
		case strings.HasSuffix(text, "_complete") && redcapField.MatchString(text), fold.String(text) == "complete?":
			complete++
		}
	}
	add := func(n int, format string) {
		if n > 0 {
			reasons = append(reasons, fmt.Sprintf(format, n))
		}
	}
	add(own, "%d headings that begin with redcap_")
	add(boxes, "%d check-box headings such as race___1 or \"(choice=...)\"")
	add(complete, "%d headings such as form_complete or \"Complete?\"")
	switch first := fold.String(h.At(0, 0)); {
	case len(reasons) > 1 || own > 0:
		return certain, reasons
	case complete > 0 && (first == "record_id" || first == "record id"), boxes > 1:
		return certain - 1, reasons
	case complete > 0:
		return likely, reasons
	}
	return 0, nil
}

func (r redcap) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: r.Name(), Variant: "raw", HeaderRows: 1}
	if h.find(0, "redcap_repeat_instrument", "repeat instrument") >= 0 {
		return l, []diag.Diagnostic{repeating(h)}
	}
	complete := -1
	for i := range h.Width() {
		c := r.column(label(h.At(0, i)), i)
		if c.Role == RoleStatus {
			complete = i
		}
		if c.ID != "" || fold.String(c.Code) == "complete?" {
			l.Variant = "labels"
		}
		l.Columns = append(l.Columns, c)
	}
	if complete >= 0 { // that of the last form
		l.Completion = []Completion{{Column: complete, Done: redcapComplete}}
	}
	for _, c := range h.companions() {
		if r.isDictionary(c.Rows) {
			l.Variant += ", with its dictionary"
			l.Beside = []string{c.Name}
			newDictionary(c.Rows).explain(l.Columns)
			break
		}
	}
	return l, nil
}

func redcapComplete(cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	return bytes.Equal(cell, []byte("2")) || bytes.EqualFold(cell, []byte("complete"))
}

// repeating refuses an export of several rows for one person.
func repeating(h Head) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "repeating-instruments", Pos: h.pos(),
		Message: "this REDCap export has repeating instruments: several rows for one person, which cannot be read as one respondent each",
		Hint:    "in REDCap, make a report of the one survey instrument without its repeats, and export that",
	}
}

func (redcap) column(heading string, i int) Column {
	c := Column{Position: i + 1, Code: heading, Text: heading, Role: RoleQuestion}
	name := fold.String(heading)
	role, own := redcapOwn[name]
	switch {
	case own:
		c.Role = role
	case i == 0:
		c.Role = RoleID
	case heading == "":
		c.Role = RoleOther
	case strings.HasSuffix(heading, "_complete") && redcapField.MatchString(heading):
		c.Role = RoleStatus
	case strings.HasSuffix(heading, "_timestamp") && redcapField.MatchString(heading):
		c.Role = RoleTime
	}
	if m := redcapBox.FindStringSubmatch(heading); m != nil {
		c.Option = boxCode(m[2])
	}
	if m := redcapChoice.FindStringSubmatch(heading); m != nil {
		c.ID, c.Option = heading, m[2]
		c.Text = join(m[1], m[2])
	}
	return c
}

// boxCode is the code of a check box: the platform writes the minus of a negative
// one as an underscore.
func boxCode(text string) string {
	if rest, negative := strings.CutPrefix(text, "_"); negative {
		return "-" + rest
	}
	return text
}

// dictionaryStart are the first headings of every data dictionary.
var dictionaryStart = []string{"variable / field name", "form name"}

// isDictionary recognises a data dictionary.
func (redcap) isDictionary(rows [][]string) bool {
	if len(rows) == 0 || len(rows[0]) < 6 {
		return false
	}
	for i, want := range dictionaryStart {
		if fold.String(rows[0][i]) != want {
			return false
		}
	}
	return true
}

// dictionary is what a data dictionary says of each field.
type dictionary map[string]dictionaryField

type dictionaryField struct {
	label    string
	choices  []Value
	personal bool
}

func newDictionary(rows [][]string) dictionary {
	d := dictionary{}
	at := func(heading string) int {
		return slices.IndexFunc(rows[0], func(s string) bool { return strings.HasPrefix(fold.String(s), heading) })
	}
	words, choices, kind, identifier := at("field label"), at("choices"), at("field type"), at("identifier?")
	cell := func(row []string, i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return label(row[i])
	}
	for _, row := range rows[1:] {
		f := dictionaryField{label: cell(row, words), personal: fold.String(cell(row, identifier)) == "y"}
		switch fold.String(cell(row, kind)) {
		case "radio", "dropdown", "checkbox":
			f.choices = dictionaryChoices(cell(row, choices))
		case "yesno":
			f.choices = []Value{{"1", "Yes"}, {"0", "No"}}
		case "truefalse":
			f.choices = []Value{{"1", "True"}, {"0", "False"}}
		}
		d[row[0]] = f
	}
	return d
}

// dictionaryChoices reads "1, one | 2, two".
func dictionaryChoices(text string) []Value {
	var out []Value
	for _, part := range strings.Split(text, "|") {
		if code, words, ok := strings.Cut(part, ","); ok {
			out = append(out, Value{strings.TrimSpace(code), strings.TrimSpace(words)})
		}
	}
	return out
}

// explain gives columns the words of the dictionary.
func (d dictionary) explain(columns []Column) {
	for i := range columns {
		c := &columns[i]
		field, box := c.Code, ""
		if m := redcapBox.FindStringSubmatch(c.Code); m != nil {
			field, box = m[1], boxCode(m[2])
		}
		f, known := d[field]
		if !known {
			continue
		}
		if f.personal && c.Role == RoleQuestion {
			c.Role = RolePersonal
		}
		if f.label != "" {
			c.Text = f.label
		}
		if box == "" {
			c.Values = f.choices
			continue
		}
		for _, v := range f.choices {
			if strings.EqualFold(v.Code, box) {
				c.Option = v.Label
			}
		}
		c.Text = join(f.label, c.Option)
	}
}
