package study

import (
	"slices"

	"github.com/caregap/caregap/internal/fold"
)

// items reports a column that two items of one wave name first. Names further
// down a list are held against the file, where the second may be the one that
// is there.
func (c *codebookCheck) items() {
	items := c.c.book.Items
	for i, b := range items {
		for _, a := range items[:i] {
			if sameColumn(a.Value.Column, b.Value.Column) && c.together(a.Value.Waves, b.Value.Waves) {
				c.problem("column-named-twice", to("items", b.ID, "column"), "items %q and %q both name column %q", a.ID, b.ID, short(b.Value.Column[0]))
			}
		}
	}
}

func sameColumn(a, b Names) bool {
	return len(a) > 0 && len(b) > 0 && a[0] != "" && fold.String(a[0]) == fold.String(b[0])
}

// together reports whether two entries hold for one and the same wave.
func (c *codebookCheck) together(a, b Names) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(w string) bool { return slices.Contains(b, w) })
}

// nothing reports a wave for which the codebook maps no item and no choice.
func (c *codebookCheck) nothing() {
	if !c.c.whole {
		return
	}
	for _, u := range c.c.users {
		if !c.asks(u.wave) {
			c.problem("nothing-mapped", "", "survey %q, wave %q: the codebook maps no item and no choice for it", u.survey, u.wave)
		}
	}
}

func (c *codebookCheck) asks(wave string) bool {
	for _, v := range c.c.book.Items.All() {
		if in(v.Waves, wave) {
			return true
		}
	}
	for _, v := range c.c.book.Choices.All() {
		if in(v.Waves, wave) {
			return true
		}
	}
	return false
}
