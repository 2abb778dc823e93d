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

// smartSignature are those that tell the platform.
var smartSignature = []string{"userid", "userno", "uniqueid", "ipaddress", "started", "ended", "trackinglink"}

// smartResponse tells the cells of responses from those of headings.
var smartResponse = map[string]func(string) bool{"userid": isNumber, "userno": isNumber, "started": isTime, "ended": isTime}

func (s smartSurvey) Score(h Head) (int, []string) {
	var found []string
	ids := 0
	for i := range h.Width() {
		name := squeeze(h.At(0, i))
		if slices.Contains(smartSignature, name) {
			found = append(found, label(h.At(0, i)))
		}
		if name == "userid" || name == "userno" {
			ids++
		}
	}
	reasons := []string{"headings " + strings.Join(found, ", ")}
	switch n := len(found); {
	case ids > 0 && n >= 4:
		return certain, reasons
	case ids > 0 && n >= 2, n >= 4:
		return likely, reasons
	case n == 3:
		return possible, reasons
	}
	return 0, nil
}

func (s smartSurvey) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: s.Name(), HeaderRows: max(1, h.response(h.probes(smartResponse))), Separator: ";"}
	l.Variant = plural(l.HeaderRows, "row") + " of headings"
	h = h.widened(l.HeaderRows)
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
	if l.HeaderRows == 1 {
		setApart(l.Columns)
	}
	return l, nil
}

// saysMore reports whether one of the platform's own headings has another under
// it that does not just repeat it.
func (smartSurvey) saysMore(h Head, headings, i int) bool {
	for row := 1; row < headings; row++ {
		if text := squeeze(h.At(row, i)); text != "" && text != squeeze(h.At(0, i)) {
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
