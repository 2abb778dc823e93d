package page

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
	"github.com/caregap/caregap/reports/chart"
)

// arranger puts figures and tables into sections.
type arranger struct {
	r       *disclose.Release
	finding reports.Headline
	tables  []reports.Table
	shown   map[string]int // tables printed under a figure, and its number
}

// place numbers the figures, section by section, and folds each one's table
// below it. Two figures from one table share it: the first has it.
func (a *arranger) place(figures []reports.Figure) (map[string][]figure, error) {
	a.shown = map[string]int{}
	bySection := map[string][]reports.Figure{}
	for _, f := range figures {
		id := a.section(f)
		bySection[id] = append(bySection[id], f)
	}
	out := map[string][]figure{}
	number := 0
	for _, heading := range headings {
		for _, f := range bySection[heading.ID] {
			number++
			x, err := a.figure(f, number)
			if err != nil {
				return nil, err
			}
			out[heading.ID] = append(out[heading.ID], x)
		}
	}
	return out, nil
}

// tableOf finds the table with a figure's numbers: the one of the figure's own
// id, the one it names, or the one whose id ends its own, as
// by-setting-rcp ends capacity-gap-by-setting-rcp.
func (a *arranger) tableOf(f reports.Figure) (reports.Table, bool) {
	for _, id := range []string{f.ID, f.TableID} {
		if i := slices.IndexFunc(a.tables, func(t reports.Table) bool { return t.ID == id }); i >= 0 {
			return a.tables[i], true
		}
	}
	var best reports.Table
	for _, t := range a.tables {
		if strings.HasSuffix(f.ID, "-"+t.ID) && len(t.ID) > len(best.ID) {
			best = t
		}
	}
	return best, best.ID != ""
}

func (a *arranger) section(f reports.Figure) string {
	if t, ok := a.tableOf(f); ok && t.Section != "" {
		return t.Section
	}
	return reports.SectionMethod
}

func (a *arranger) figure(f reports.Figure, number int) (figure, error) {
	out := figure{ID: f.ID, Number: number, Title: f.Title, Drawn: f.Drawn, Alt: f.Alt, Notes: f.Notes}
	for _, drawing := range []struct {
		svg  []byte
		into *template.HTML
	}{{f.SVG, &out.Wide}, {f.Narrow, &out.Narrow}} {
		inlined, err := inline(drawing.svg)
		if err != nil {
			return figure{}, fmt.Errorf("figure %s: %w", f.ID, err)
		}
		*drawing.into = inlined
	}
	t, ok := a.tableOf(f)
	if !ok {
		return out, nil
	}
	out.TableID, out.TableTitle, out.TableNumber = t.ID, t.Title, a.shown[t.ID]
	if out.TableNumber == 0 {
		view := a.table(t, f.Notes)
		view.Folded = true
		out.Table, out.TableNumber = &view, number
		a.shown[t.ID] = number
	}
	return out, nil
}

// inline makes a drawing part of the page. A drawing holds shapes and texts;
// whatever else it might hold is an error, as the page takes it as it is.
//
//gosec:disable G203 -- the drawing is made by reports/chart, which escapes every text
func inline(svg []byte) (template.HTML, error) {
	if len(svg) == 0 {
		return "", nil
	}
	drawing := chart.Inline(svg)
	if at := bytes.Index(drawing, []byte("<svg")); at > 0 {
		drawing = drawing[at:] // an XML declaration has no place in a page
	}
	small := bytes.ToLower(drawing)
	for _, foreign := range []string{"<script", "<style", "<foreignobject", "<image", "<use", "<a ", "<a>", "<iframe", "<!", "<?"} {
		if bytes.Contains(small, []byte(foreign)) {
			return "", fmt.Errorf("its drawing holds %q", foreign)
		}
	}
	return template.HTML(drawing), nil
}

// rest are a section's tables that no figure shows, without those already taken.
func (a *arranger) rest(section string, taken ...string) []table {
	var out []table
	for _, t := range a.tables {
		if t.Section != section || a.shown[t.ID] > 0 || slices.Contains(taken, t.ID) {
			continue
		}
		out = append(out, a.folded(t))
	}
	return out
}

func (a *arranger) folded(t reports.Table) table {
	view := a.table(t, nil)
	view.Folded = true
	return view
}

// open is a table by its id, open; nothing where the release has none or a
// figure shows it.
func (a *arranger) open(ids ...string) []table {
	var out []table
	for _, t := range a.tables {
		if slices.Contains(ids, t.ID) && a.shown[t.ID] == 0 {
			out = append(out, a.table(t, nil))
		}
	}
	return out
}
