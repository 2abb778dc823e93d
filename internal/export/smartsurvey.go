package export

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// smartSurvey writes its own headings and, over up to three rows, the question,
// its rows and its options, blank over further columns as SurveyMonkey does.
type smartSurvey struct{}

func (smartSurvey) Name() string { return "smartsurvey" }

// smartOwn are the platform's own headings, folded and without what stands
// between their words: IP Address, IP.Address.
var smartOwn = map[string]Role{
	"userid": RoleID, "userno": RoleID, "uniqueid": RoleID, "name": RolePersonal, "email": RolePersonal, "emailaddress": RolePersonal, "ipaddress": RolePersonal,
	"started": RoleTime, "ended": RoleTime, "datestarted": RoleTime, "dateended": RoleTime, "timetaken": RoleTime,
	"trackinglink": RoleOther, "collector": RoleOther, "language": RoleOther, "status": RoleStatus, "completed": RoleStatus,
}

// squeeze folds a heading and takes out what stands between its words.
func squeeze(heading string) string {
	return strings.NewReplacer(" ", "", ".", "", "_", "").Replace(fold.String(heading))
}

func (s smartSurvey) Score(h Head) (int, []string) {
	var found []string
	for i := range h.Width() {
		if heading := label(h.At(0, i)); slices.Contains([]string{"userid", "userno", "uniqueid", "ipaddress", "started", "ended"}, squeeze(heading)) {
			found = append(found, heading)
		}
	}
	reasons := []string{"headings " + strings.Join(found, ", ")}
	switch ids := s.id(h) >= 0; {
	case ids && len(found) >= 4:
		return certain, reasons
	case ids && len(found) >= 2:
		return likely, reasons
	}
	return 0, nil
}

// id is the column of the platform's own number of a response, or -1.
func (smartSurvey) id(h Head) int {
	for i := range h.Width() {
		if name := squeeze(h.At(0, i)); name == "userid" || name == "userno" {
			return i
		}
	}
	return -1
}

func (s smartSurvey) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: s.Name(), HeaderRows: s.headings(h), Separator: ";"}
	stems := make([]string, l.HeaderRows) // what blanks repeat
	for i := range h.Width() {
		first := label(h.At(0, i))
		role, own := smartOwn[squeeze(first)]
		if own && !s.saysMore(h, l.HeaderRows, i) {
			clear(stems)
			l.Columns = append(l.Columns, Column{Position: i + 1, Code: first, Text: first, Role: role})
			continue
		}
		l.Columns = append(l.Columns, s.column(h, l.HeaderRows, i, stems))
	}
	return l, nil
}

// headings counts the rows of headings: those before the first response, which
// has a number.
func (s smartSurvey) headings(h Head) int {
	id := s.id(h)
	for row := 1; row < min(4, len(h.Rows)); row++ {
		if id < 0 || h.At(row, id) != "" {
			return row
		}
	}
	return 1
}

func (smartSurvey) saysMore(h Head, headings, i int) bool {
	for row := 1; row < headings; row++ {
		if h.At(row, i) != "" {
			return true
		}
	}
	return false
}

// column names a column by the headings above it; a blank one repeats the one to
// its left, as long as nothing above it has changed.
func (smartSurvey) column(h Head, headings, i int, stems []string) Column {
	var parts []string
	for row := range headings {
		text := label(h.At(row, i))
		if text != "" {
			clear(stems[row:])
			stems[row] = text
		}
		last := row == headings-1
		if last && headings > 1 {
			stems[row] = text // an option is that of its own column
		}
		if stems[row] != "" && !slices.Contains(plainResponse, fold.String(stems[row])) && !slices.Contains(parts, stems[row]) {
			parts = append(parts, stems[row])
		}
	}
	c := Column{Position: i + 1, Role: RoleQuestion}
	switch len(parts) {
	case 0:
		c.Role = RoleOther
	case 1:
		c.Code, c.Text = parts[0], parts[0]
	default:
		c.Option = parts[len(parts)-1]
		c.Text = strings.Join(parts, " - ")
	}
	c.Open = specify.MatchString(c.Option)
	return c
}
