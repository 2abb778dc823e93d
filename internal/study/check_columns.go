package study

import (
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// items reports a column that two items of one wave name first. Names further
// down a list are held against the file, where the second may be the one that
// is there.
func (c *codebookCheck) items() {
	first := map[string][]Entry[ItemSource]{} // by folded name
	for _, b := range c.c.book.Items {
		if len(b.Value.Column) == 0 || b.Value.Column[0] == "" {
			continue
		}
		name := fold.String(b.Value.Column[0])
		for _, a := range first[name] {
			if c.together(a.Value.Waves, b.Value.Waves) {
				c.problem("column-named-twice", to("items", b.ID, "column"), "items %q and %q both name column %q", a.ID, b.ID, short(b.Value.Column[0]))
				break
			}
		}
		first[name] = append(first[name], b)
	}
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
			c.list.Add(diag.Diagnostic{Code: "nothing-mapped", Pos: c.at.value(""), Message: fmt.Sprintf("survey %q, wave %q: the codebook maps no item and no choice for it", u.survey, u.wave), Hint: c.firstEntry()})
		}
	}
}

// firstEntry says how a codebook begins to map: an item of the framework, and a column.
func (c *codebookCheck) firstEntry() string {
	id := "want_more"
	if ids := c.f.f.Items.IDs(); len(ids) > 0 {
		id = ids[0]
	}
	return fmt.Sprintf("say which column answers an item of the framework, such as items: {%s: {column: ...}}", id)
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
