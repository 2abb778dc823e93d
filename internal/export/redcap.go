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
	if n, _ := dictionarySigns(h); n > 0 {
		return 0, nil
	}
	var reasons []string
	own, boxes, complete := 0, 0, 0
	for i := range h.Width() {
		text := label(h.At(0, i))
		if !redcapChoice.MatchString(text) {
			text = strings.ToLower(text)
		}
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
	switch first := squeeze(h.At(0, h.lead())); {
	case len(reasons) > 1 || own > 0:
		return certain, reasons
	case complete > 0 && first == "recordid", boxes > 1:
		return certain - 1, reasons
	case complete > 0:
		return likely, reasons
	case boxes > 0, first == "recordid" && stamped(h):
		return possible, append(reasons, "headings in REDCap's manner")
	}
	return 0, nil
}

// stamped reports whether a heading is that of the time of a REDCap form.
func stamped(h Head) bool {
	return slices.ContainsFunc(h.Rows[0], func(s string) bool {
		return strings.HasSuffix(s, "_timestamp") && redcapField.MatchString(s)
	})
}

func (r redcap) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: r.Name(), Variant: "raw", HeaderRows: 1}
	complete, id := -1, r.id(h)
	for i := range h.Width() {
		c := r.column(label(h.At(0, i)), i, i == id)
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
		if !r.isDictionary(c.Rows) {
			continue
		}
		if d := newDictionary(c.Rows); d.fits(l.Columns) {
			l.Variant += ", with its dictionary"
			l.Beside = []string{c.Name}
			d.explain(l.Columns)
			break
		}
	}
	return l, r.severalRows(h)
}

// redcapIDs are what projects call the records, if they have not thought of another
// name, squeezed.
var redcapIDs = []string{"recordid", "studyid", "participantid", "subjectid", "patientid", "surveyid", "respondentid"}

// id is the column that names the records: the first, whatever its name, unless
// somebody has put another there.
func (redcap) id(h Head) int {
	lead := h.lead()
	if !slices.Contains(redcapIDs, squeeze(h.At(0, lead))) {
		for i := range h.Width() {
			if slices.Contains(redcapIDs, squeeze(h.At(0, i))) {
				return i
			}
		}
	}
	if text := label(h.At(0, lead)); redcapBox.MatchString(text) || redcapChoice.MatchString(text) {
		return -1
	}
	return lead
}

func redcapComplete(cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	return bytes.Equal(cell, []byte("2")) || bytes.EqualFold(cell, []byte("complete"))
}

// severalRows refuses an export of instruments that repeat, and warns where a
// person has a row for each event.
func (redcap) severalRows(h Head) []diag.Diagnostic {
	if h.find(0, "redcap_repeat_instrument", "repeat instrument") >= 0 {
		return []diag.Diagnostic{{
			Code: "repeating-instruments", Pos: h.pos(),
			Message: "this REDCap export has repeating instruments: several rows for one person, which cannot be read as one respondent each",
			Hint:    "in REDCap, make a report of the one survey instrument without its repeats, and export that",
		}}
	}
	event := h.find(0, "redcap_event_name", "event name")
	if event < 0 {
		return nil
	}
	heading := label(h.At(0, event))
	for row := 2; row < len(h.Rows); row++ {
		if h.At(row, event) != h.At(1, event) {
			return []diag.Diagnostic{{
				Code: "several-events", Severity: diag.Warning, Pos: diag.Pos{File: h.File, Sheet: h.Sheet, Column: heading},
				Message: "this REDCap export is longitudinal: a person has a row for each event, and each row is read as a respondent",
				Hint:    fmt.Sprintf("keep the rows of one event, with keep: {%s: ...}, or export one event", heading),
			}}
		}
	}
	return nil
}

func (redcap) column(heading string, i int, first bool) Column {
	c := Column{Position: i + 1, Code: heading, Text: heading, Role: RoleQuestion}
	name, field := fold.String(heading), strings.ToLower(heading)
	role, own := redcapOwn[name]
	switch {
	case own:
		c.Role = role
	case first:
		c.Role = RoleID
	case heading == "":
		c.Role = RoleOther
	case strings.HasSuffix(field, "_complete") && redcapField.MatchString(field):
		c.Role = RoleStatus
	case strings.HasSuffix(field, "_timestamp") && redcapField.MatchString(field):
		c.Role = RoleTime
	}
	if m := redcapBox.FindStringSubmatch(field); m != nil {
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
