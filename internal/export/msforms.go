package export

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// msForms is Microsoft Forms: a workbook, or a CSV that somebody saved from it.
// One row of headings; ticked options joined by semicolons in one cell, with one
// more at the end.
type msForms struct{}

func (msForms) Name() string { return "msforms" }

// msFormsOwn are the headings of every form's first columns, squeezed, in the
// languages that are known.
var msFormsOwn = []struct {
	role  Role
	names []string
}{
	{RoleID, []string{"id"}},
	{RoleTime, []string{"starttime", "startzeit", "heurededébut", "horadeinicio", "begintijd"}},
	{RoleTime, []string{"completiontime", "fertigstellungszeit", "heuredefin", "horadefinalización", "tijdvanvoltooien"}},
	{RolePersonal, []string{"email", "emailaddress", "adressedemessagerie", "correoelectrónico"}},
	{RolePersonal, []string{"name", "nom", "nombre", "naam"}},
}

// msFormsExtra may follow them; but for "Language" nobody asks a question by these
// names, wherever they stand.
var msFormsExtra = map[string]Role{
	"last modified time": RoleTime, "language": RoleOther, "total points": RoleOther, "quiz feedback": RoleOther, "grade posted time": RoleTime,
}

// own is the place of a heading in msFormsOwn, or -1.
func (msForms) own(heading string) int {
	name := squeeze(heading)
	for i, own := range msFormsOwn {
		if slices.Contains(own.names, name) {
			return i
		}
	}
	return -1
}

func (m msForms) Score(h Head) (int, []string) {
	var found []string
	has := make([]bool, len(msFormsOwn))
	for i := range h.Width() {
		if at := m.own(h.At(0, i)); at >= 0 && !has[at] {
			has[at] = true
			found = append(found, label(h.At(0, i)))
		}
	}
	reasons := []string{"headings " + strings.Join(found, ", ")}
	times := has[1] && has[2]
	switch {
	case times && len(found) == len(msFormsOwn):
		return certain, reasons
	case times && len(found) > 2:
		return likely, reasons
	case len(found) > 3 && (has[1] || has[2]):
		return likely - 1, reasons
	case times:
		return possible, reasons
	}
	return 0, nil
}

// Layout takes the first column of each of the platform's own names for its own:
// a question may be called Name as well.
func (m msForms) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: m.Name(), HeaderRows: 1, Separator: ";"}
	has := make([]bool, len(msFormsOwn))
	own := true // still among the platform's own columns
	for i := range h.Width() {
		name := label(h.At(0, i))
		c := Column{Position: i + 1, Code: name, Text: name, Role: RoleQuestion}
		at := m.own(name)
		role, extra := msFormsExtra[fold.String(name)]
		switch {
		case at >= 0 && !has[at]:
			has[at], c.Role = true, msFormsOwn[at].role
		case extra && (own || role != RoleOther || strings.ContainsRune(name, ' ')):
			c.Role = role
		case name == "":
			c.Role = RoleOther
		case strings.HasPrefix(name, "Points - "), strings.HasPrefix(name, "Feedback - "):
			own, c.Role = false, RoleOther
		default:
			own = false
		}
		l.Columns = append(l.Columns, c)
	}
	return l, nil
}
