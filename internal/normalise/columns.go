package normalise

import (
	"fmt"
	"maps"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/personal"
	"github.com/caregap/caregap/internal/study"
)

// columns finds an export's columns by any of their names, and questions that are
// spread over several, its folds, by theirs.
type columns struct {
	file   *export.File
	byName map[string][]int
	names  []string // as the file writes them, for suggestions
	diags  *diag.List
}

// newColumns lists the names. Where a column of the file has the name of a fold,
// it goes by it alone.
func newColumns(f *export.File, diags *diag.List) *columns {
	c := &columns{file: f, byName: map[string][]int{}, diags: diags}
	for i, col := range f.Columns {
		c.add(col, i, nil)
	}
	taken := maps.Clone(c.byName)
	for i, spread := range f.Folds {
		c.add(spread.Column, len(f.Columns)+i, taken)
	}
	return c
}

func (c *columns) add(col export.Column, field int, taken map[string][]int) {
	seen := map[string]bool{"": true}
	for _, name := range []string{col.Code, col.Text, col.ID} {
		key := fold.String(name)
		if seen[key] || taken[key] != nil {
			continue
		}
		seen[key] = true
		c.byName[key] = append(c.byName[key], field)
		if said := strings.Join(strings.Fields(name), " "); personal.Of(said) == personal.None && personal.Holds(said) == personal.None {
			c.names = append(c.names, said) // the first row of a file without headings is a respondent's
		}
	}
}

// find returns the index of the first of names that the file has, or -1 after
// saying what is wrong. what describes the entry: item "time".
func (c *columns) find(names study.Names, what string, pos diag.Pos) int {
	for _, name := range names {
		found := c.byName[fold.String(name)]
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0]
		}
		c.diags.Add(diag.Diagnostic{
			Code: "ambiguous-column", Pos: pos,
			Message: fmt.Sprintf("%s: column %q is in %s %d times (columns %s), expected once", what, name, c.file.Name, len(found), c.positions(found)),
			Hint:    "name it by its short code or the platform's own id",
		})
		return -1
	}
	c.diags.Add(diag.Diagnostic{
		Code: "missing-column", Pos: pos,
		Message: fmt.Sprintf("%s: no column %s in %s", what, quoted(names), c.file.Name),
		Hint:    diag.NearestHint(names[0], c.names),
	})
	return -1
}

// own is find for what has to be one column of the file.
func (c *columns) own(names study.Names, what string, pos diag.Pos) int {
	field := c.find(names, what, pos)
	if field < len(c.file.Columns) {
		return field
	}
	c.diags.Add(diag.Diagnostic{
		Code: "several-columns", Pos: pos,
		Message: fmt.Sprintf("%s: %s has a column for each answer to %q, expected one column", what, c.file.Name, c.file.Column(field).Title()),
		Hint:    "name them all with columns: and a pattern",
	})
	return -1
}

// optional is find for what a codebook need not name.
func (c *columns) optional(names study.Names, what string, pos diag.Pos) int {
	if len(names) == 0 {
		return -1
	}
	return c.find(names, what, pos)
}

func (c *columns) positions(indexes []int) string {
	parts := make([]string, len(indexes))
	for i, x := range indexes {
		parts[i] = fmt.Sprint(c.file.Column(x).Position)
	}
	return strings.Join(parts, ", ")
}

func quoted(names study.Names) string {
	parts := make([]string, len(names))
	for i, n := range names {
		parts[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(parts, " or ")
}

// star is a column that fits a pattern, with what the star stands for.
type star struct {
	index int
	text  string
}

// matching returns the columns whose code, text or id fits a pattern with a star.
func (c *columns) matching(pattern string) []star {
	before, after, _ := strings.Cut(pattern, "*")
	before, after = fold.String(before), fold.String(after)
	var out []star
	for i, col := range c.file.Columns {
		for _, name := range []string{col.Code, col.Text, col.ID} {
			text := fold.String(name)
			if len(text) > len(before)+len(after) && strings.HasPrefix(text, before) && strings.HasSuffix(text, after) {
				out = append(out, star{i, strings.TrimSpace(text[len(before) : len(text)-len(after)])})
				break
			}
		}
	}
	return out
}
