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

// arranger puts figures and tables into sections. Sections are filled from the
// top of the page to its end: figures are numbered as they are taken, and two
// figures from one table share it, the first having it folded below.
type arranger struct {
	r       *disclose.Release
	tables  []reports.Table
	pending []reports.Figure // figures not yet on the page
	number  int              // of the last figure taken
	shown   map[string]int   // tables printed under a figure, and its number
	err     error            // the first drawing that cannot be part of a page
}

func newArranger(r *disclose.Release, figures []reports.Figure, tables []reports.Table) *arranger {
	return &arranger{r: r, tables: tables, pending: slices.Clone(figures), shown: map[string]int{}}
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

// figures takes those whose table belongs to a section, but for the tables of
// its blocks. What has no table stands with the method.
func (a *arranger) figures(section string, blocks ...string) []figure {
	return a.take(3, func(t reports.Table) bool {
		own := t.Section == section || t.Section == "" && section == reports.SectionMethod
		return own && !slices.Contains(blocks, t.ID)
	})
}

// figuresOf takes the figures of tables, for a block.
func (a *arranger) figuresOf(tables ...string) []figure {
	return a.take(4, func(t reports.Table) bool { return slices.Contains(tables, t.ID) })
}

// take takes the figures of some tables. One whose table shows no estimate is
// left out: a drawing of codes says nothing that the table does not.
func (a *arranger) take(level int, wanted func(reports.Table) bool) []figure {
	var out []figure
	var left []reports.Figure
	for _, f := range a.pending {
		t, _ := a.tableOf(f)
		if !wanted(t) {
			left = append(left, f)
			continue
		}
		if bare(t) {
			continue // nothing to see: the table has the codes
		}
		a.number++
		x, err := a.figure(f, a.number, level)
		if err != nil && a.err == nil {
			a.err = err
		}
		out = append(out, x)
	}
	a.pending = left
	return out
}

func (a *arranger) figure(f reports.Figure, number, level int) (figure, error) {
	out := figure{ID: f.ID, Number: number, Level: level, Title: f.Title, Drawn: f.Drawn, Alt: f.Alt, Notes: f.Notes}
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
	out.Survey, out.By = a.of(t)
	out.TableID, out.TableTitle, out.TableNumber = t.ID, t.Title, a.shown[t.ID]
	if out.TableNumber == 0 {
		view := a.table(t, f.Notes)
		view.Folded = true
		out.Table, out.TableNumber = &view, number
		a.shown[t.ID] = number
	}
	return out, nil
}

// of names the one survey and the breakdown that a table is of.
func (a *arranger) of(t reports.Table) (survey, by string) {
	s := a.r.Study()
	if t.Survey != "" {
		survey = reports.SurveyName(s, t.Survey)
	}
	if t.By != "" {
		by = reports.BreakdownName(s, t.By)
	}
	return survey, by
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
