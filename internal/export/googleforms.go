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
	"timestamp", "zeitstempel", "horodateur", "marca temporal", "informazioni cronologiche", "tijdstempel", "carimbo de data/hora", "carimbo de data/hora (hora)",
	"tidsstämpel", "tidstämpel", "tidsstempel", "tidsmerke", "tidspunkt", "aikaleima", "sygnatura czasowa", "časová značka", "časové razítko", "időbélyeg", "marcaj de timp",
	"marca de temps", "zaman damgası", "отметка времени", "позначка часу", "χρονική σήμανση", "stamp amser", "タイムスタンプ", "타임스탬프", "时间戳记", "时间戳", "時間戳記", "dấu thời gian", "stempel waktu", "cap masa",
}

// googleSheets begin the name that Google gives the sheet which a form fills, in some
// of its languages, folded.
var googleSheets = []string{
	"form responses", "formularantworten", "réponses au formulaire", "respuestas de formulario", "risposte del modulo", "respostas ao formulário", "formulierreacties", "formulärsvar", "liczba odpowiedzi",
}

func filled(sheet string) bool {
	return slices.ContainsFunc(googleSheets, func(name string) bool { return strings.HasPrefix(fold.String(sheet), name) })
}

// googleOwn may follow it.
var googleOwn = map[string]Role{"email address": RolePersonal, "username": RolePersonal, "score": RoleOther, "total score": RoleOther}

var (
	googleTime = regexp.MustCompile(`^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?[ T]\d{1,2}[:.]\d{2}([:.]\d{2})?`)
	googleGrid = regexp.MustCompile(`^(.+\S)\s*\[([^\[\]]+)\]$`)
)

func (g googleForms) Score(h Head) (int, []string) {
	at := g.time(h)
	if at < 0 {
		return g.renamed(h)
	}
	if said(h.Rows[0]) < 2 {
		return 0, nil
	}
	reasons := []string{"a heading \"" + label(h.At(0, at)) + "\""}
	first := at == h.lead()
	switch {
	case first && filled(h.Sheet):
		return certain, append(reasons, "the sheet is called Form Responses")
	case first && g.timed(h, at):
		return certain - 1, append(reasons, "a date and time under it")
	case first, g.timed(h, at):
		return likely, reasons
	}
	return 0, nil
}

// renamed tells a form whose first heading was given another name: by the sheet's
// name, or by the rows of a grid beside a time.
func (g googleForms) renamed(h Head) (int, []string) {
	if len(h.Rows) < 2 || !g.timed(h, h.lead()) || said(h.Rows[0]) < 2 {
		return 0, nil
	}
	reasons := []string{"a date and time in the first column"}
	if filled(h.Sheet) {
		return likely, append(reasons, "the sheet is called Form Responses")
	}
	grids := map[string]int{}
	for _, heading := range h.Rows[0] {
		if m := googleGrid.FindStringSubmatch(label(heading)); m != nil {
			if grids[m[1]]++; grids[m[1]] > 1 {
				return possible, append(reasons, `headings such as "Question [Row]"`)
			}
		}
	}
	return 0, nil
}

// time is the column of the time of a response, or -1.
func (googleForms) time(h Head) int {
	for i := range h.Width() {
		if slices.Contains(googleTimes, fold.String(h.At(0, i))) {
			return i
		}
	}
	return -1
}

// timed reports whether the first response says when it was given.
func (googleForms) timed(h Head, at int) bool {
	for row := 1; row < len(h.Rows); row++ {
		if cell := h.At(row, at); cell != "" {
			return googleTime.MatchString(cell)
		}
	}
	return false
}

func (g googleForms) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: g.Name(), HeaderRows: 1, Separator: ", "}
	at := g.time(h)
	if n, _ := g.renamed(h); at < 0 && n > 0 {
		at = h.lead()
	}
	own := true // still among the form's own columns
	for i := range h.Width() {
		heading := label(h.At(0, i))
		c := Column{Position: i + 1, Code: heading, Text: heading, Role: RoleQuestion}
		role, extra := googleOwn[fold.String(heading)]
		switch {
		case i == at:
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
