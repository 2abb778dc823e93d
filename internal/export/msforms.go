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

// msFormsOwn are the headings of every form's first columns, in this order. Only
// there do they have this meaning: a question may be called Name as well.
var msFormsOwn = []struct {
	name string
	role Role
}{
	{"id", RoleID}, {"start time", RoleTime}, {"completion time", RoleTime}, {"email", RolePersonal}, {"name", RolePersonal},
}

// msFormsExtra may follow them.
var msFormsExtra = map[string]Role{
	"last modified time": RoleTime, "language": RoleOther, "total points": RoleOther, "quiz feedback": RoleOther, "grade posted time": RoleTime,
}

func (msForms) Score(h Head) (int, []string) {
	for i, own := range msFormsOwn {
		if fold.String(h.At(0, i)) != own.name {
			return 0, nil
		}
	}
	return certain, []string{"the first headings are ID, Start time, Completion time, Email, Name"}
}

func (msForms) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: "msforms", HeaderRows: 1, Separator: ";"}
	own := true // still among the platform's own columns
	for i := range h.Width() {
		name := label(h.At(0, i))
		c := Column{Position: i + 1, Code: name, Text: name, Role: RoleQuestion}
		role, extra := msFormsExtra[fold.String(name)]
		switch {
		case i < len(msFormsOwn) && fold.String(name) == msFormsOwn[i].name:
			c.Role = msFormsOwn[i].role
		case own && extra:
			c.Role = role
		case name == "" || slices.ContainsFunc([]string{"Points - ", "Feedback - "}, func(p string) bool { return strings.HasPrefix(name, p) }):
			own, c.Role = false, RoleOther
		default:
			own = false
		}
		l.Columns = append(l.Columns, c)
	}
	return l, nil
}
