package export

import (
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// googleForms is Google Forms, by CSV or from the sheet that it fills: one row of
// headings, the first of which is the time; grids as "Question [Row]"; ticked
// options joined by commas in one cell.
type googleForms struct{}

func (googleForms) Name() string { return "googleforms" }

// googleTimes are what the first heading is in languages of the sheet's owner,
// folded.
var googleTimes = []string{
	"timestamp", "zeitstempel", "horodateur", "marca temporal", "informazioni cronologiche", "tijdstempel", "carimbo de data/hora", "tidsstämpel", "tidsstempel",
}

// googleOwn may follow it.
var googleOwn = map[string]Role{"email address": RolePersonal, "username": RolePersonal, "score": RoleOther, "total score": RoleOther}

var (
	googleTime = regexp.MustCompile(`^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}[:.]\d{2}([:.]\d{2})?`)
	googleGrid = regexp.MustCompile(`^(.+\S)\s*\[([^\[\]]+)\]$`)
)

func (googleForms) Score(h Head) (int, []string) {
	if h.Width() < 2 || !slices.Contains(googleTimes, fold.String(h.At(0, 0))) {
		return 0, nil
	}
	reasons := []string{"the first heading is \"" + label(h.At(0, 0)) + "\""}
	if strings.HasPrefix(fold.String(h.Sheet), "form responses") {
		return certain, append(reasons, "the sheet is called Form Responses")
	}
	for row := 1; row < len(h.Rows); row++ {
		cell := h.At(row, 0)
		if cell == "" {
			continue
		}
		if googleTime.MatchString(cell) {
			return certain - 1, append(reasons, "a date and time under it")
		}
		break
	}
	return likely, reasons
}

func (g googleForms) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: g.Name(), HeaderRows: 1, Separator: ", "}
	own := true // still among the form's own columns
	for i := range h.Width() {
		heading := label(h.At(0, i))
		c := Column{Position: i + 1, Code: heading, Text: heading, Role: RoleQuestion}
		role, extra := googleOwn[fold.String(heading)]
		switch {
		case i == 0:
			c.Role = RoleTime
		case own && extra:
			c.Role = role
		case heading == "":
			c.Role = RoleOther
		default:
			own = false
		}
		if m := googleGrid.FindStringSubmatch(heading); m != nil && c.Role == RoleQuestion {
			c.Option, c.Text = m[2], join(m[1], m[2])
		}
		l.Columns = append(l.Columns, c)
	}
	return l, nil
}
