package draft

import (
	"maps"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/inspect"
)

// namer counts the names that an export has for its columns.
func namer(e Export) *reader {
	r := &reader{e, map[string]int{}}
	for _, c := range e.Layout.Columns {
		r.count(c, nil)
	}
	own := maps.Clone(r.names)
	for _, f := range e.Layout.Folds {
		r.count(f.Column, own)
	}
	return r
}

// count counts the names of a column. A column of the file takes a name from a fold.
func (r *reader) count(c export.Column, own map[string]int) {
	seen := map[string]bool{"": true}
	for _, name := range []string{c.Code, c.Text, c.ID} {
		key := fold.String(name)
		if !seen[key] && own[key] == 0 {
			seen[key] = true
			r.names[key]++
		}
	}
}

// nameOf is the first name that only this column has.
func (r *reader) nameOf(c export.Column) string {
	for _, name := range []string{c.Code, c.Text, c.ID} {
		if key := fold.String(name); key != "" && r.names[key] == 1 {
			return name
		}
	}
	return ""
}

// pattern is one that fits the columns of a question and no other but open texts
// beside them, "" where there is none. The star stands where the names of the
// columns differ.
func (r *reader) pattern(g *inspect.Group) string {
	for _, name := range []func(export.Column) string{
		func(c export.Column) string { return c.Text },
		func(c export.Column) string { return c.Code },
		func(c export.Column) string { return c.ID },
	} {
		var texts []string
		for _, i := range g.Columns {
			texts = append(texts, name(r.e.Layout.Columns[i]))
		}
		for _, p := range patterns(texts) {
			if r.fits(p, g.Columns) {
				return p
			}
		}
	}
	return ""
}

// patterns are what texts have in common before and after what they differ in: cut
// where a question ends, and as it is.
func patterns(texts []string) []string {
	before, after := texts[0], texts[0]
	for _, t := range texts[1:] {
		for !strings.HasPrefix(t, before) {
			before = before[:len(before)-1]
		}
		for !strings.HasSuffix(t, after) {
			after = after[1:]
		}
	}
	if before == "" || strings.ContainsRune(before+after, '*') {
		return nil
	}
	var out []string
	for _, joint := range []string{" - ", "___", "_", "[", "choice=", "("} {
		if i := strings.LastIndex(before, joint); i >= 0 {
			closing := map[string]string{"[": "]", "choice=": ")", "(": ")"}[joint]
			if strings.HasSuffix(after, closing) {
				out = append(out, before[:i+len(joint)]+"*"+closing)
			}
		}
	}
	return append(out, before+"*")
}

// fits finds the columns of a pattern as the loader does.
func (r *reader) fits(pattern string, columns []int) bool {
	before, after, _ := strings.Cut(pattern, "*")
	before, after = fold.String(before), fold.String(after)
	found := 0
	for i, c := range r.e.Layout.Columns {
		match := slices.ContainsFunc([]string{c.Code, c.Text, c.ID}, func(name string) bool {
			text := fold.String(name)
			return len(text) > len(before)+len(after) && strings.HasPrefix(text, before) && strings.HasSuffix(text, after)
		})
		switch in := slices.Contains(columns, i); {
		case match && in:
			found++
		case match && !c.Open:
			return false
		}
	}
	return found == len(columns)
}
