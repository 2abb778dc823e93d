package study

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// codebookCheck holds one codebook, with what it extends, against the framework.
type codebookCheck struct {
	checker
	f      *frameworkCheck
	c      *codebook
	waves  map[string][]string // the waves that each file is used for
	merged merges
}

func (c *codebookCheck) all() {
	b := c.c.book
	for _, e := range b.Items {
		c.item(e)
	}
	for _, e := range b.Choices {
		c.choice(e)
	}
	for _, e := range b.Variables {
		c.variable(e)
	}
	c.missing(to("missing"), "", b.Missing)
	c.labelKeys(to("keep"), "keep", b.Keep.IDs())
	c.within(to("min_seconds"), b.MinSeconds > 0, b.MinSeconds, "1 or more")
	c.items()
	c.nothing()
}

func (c *codebookCheck) item(e Entry[ItemSource]) {
	p, what, v := to("items", e.ID), fmt.Sprintf("item %q", e.ID), e.Value
	c.common(p, what, v.Waves, v.Version)
	c.missing(p.to("missing"), what+": ", v.Missing)
	item, ok := c.f.f.Items.Get(e.ID)
	if !ok {
		c.stranger(e.Pos, "item", e.ID, c.f.f.Items.IDs())
		return
	}
	c.labels(p.to("labels"), what, v.Labels)
	scale, ok := c.f.f.Scales.Get(item.Scale)
	if !ok || !c.f.sound[item.Scale] {
		return
	}
	for _, l := range v.Labels {
		if l.Value == "" || scale.Index(l.Value) >= 0 || scale.IsUnscored(l.Value) {
			continue
		}
		c.list.Add(diag.Diagnostic{Code: "label-not-on-scale", Pos: c.at.value(p.to("labels", l.ID)),
			Message: fmt.Sprintf("%s: label %q is not on scale %s", what, short(l.Value), item.Scale),
			Hint:    scale.hint(l.Value)})
	}
}

func (c *codebookCheck) choice(e Entry[ChoiceSource]) {
	p, what, v := to("choices", e.ID), fmt.Sprintf("choice %q", e.ID), e.Value
	c.common(p, what, v.Waves, v.Version)
	declared, ok := c.f.f.Choices.Get(e.ID)
	c.layout(p, what, v, len(declared.Options))
	if !ok {
		c.stranger(e.Pos, "choice", e.ID, c.f.f.Choices.IDs())
		return
	}
	c.labels(p.to("map"), what, v.Map)
	c.targets(p.to("map"), what, v.Map, declared.Options.IDs(), "option")
}

// layout checks that a tick-all question is in one column or in several. Of a single
// option nothing is joined.
func (c *codebookCheck) layout(p keyPath, what string, v ChoiceSource, options int) {
	one, many := c.at.given(p.to("column")), c.at.given(p.to("columns"))
	switch {
	case one && many:
		c.problem("bad-choice", p.to("columns"), "%s has column and columns; give column where one holds all ticks, columns where each option has its own", what)
	case !one && !many && c.c.whole:
		c.problem("missing-key", p, "%s: give column where one holds all ticks, or columns where each option has its own", what)
	case many && v.Columns != "" && strings.Count(v.Columns, "*") != 1:
		c.problem("bad-pattern", p.to("columns"), "%s: pattern %q has %d stars; expected one, which stands for the option", what, short(v.Columns), strings.Count(v.Columns, "*"))
	case many && c.at.given(p.to("separator")):
		c.problem("bad-choice", p.to("separator"), "%s: separator joins ticks in one column, and columns are given", what)
	case one && options != 1 && v.Separator == "" && c.c.book.Platform == "generic":
		c.problem("missing-key", p, "%s: give the separator that joins the ticks in its column", what)
	}
}

func (c *codebookCheck) variable(e Entry[VariableSource]) {
	p, what, v := to("variables", e.ID), fmt.Sprintf("variable %q", e.ID), e.Value
	c.common(p, what, v.Waves, 1)
	c.missing(p.to("missing"), what+": ", v.Missing)
	declared, ok := c.f.f.Variables.Get(e.ID)
	if !ok {
		c.stranger(e.Pos, "variable", e.ID, c.f.f.Variables.IDs())
		return
	}
	c.labels(p.to("map"), what, v.Map)
	if !declared.Organisation {
		ids := slices.Concat(declared.Categories.IDs(), c.merged.into(e.ID))
		c.targets(p.to("map"), what, v.Map, ids, "category")
	}
}

// common checks the keys that items, choices and variables share.
func (c *codebookCheck) common(p keyPath, what string, waves Names, version int) {
	c.within(p.to("version"), version >= 1, version, "1 or more")
	at := c.at.value(p.to("waves"))
	known := c.waves[at.File]
	if len(known) == 0 {
		return // no wave uses this file
	}
	c.among(p.to("waves"), waves, known, what, "wave")
	c.twice(p.to("waves"), waves, what)
	c.idle(p, what, waves)
}

// idle warns of an entry that this very file gives and that none of its waves
// reads, because the waves were limited here or in the file that it extends.
func (c *codebookCheck) idle(p keyPath, what string, waves Names) {
	at := c.at.key(p)
	if len(waves) == 0 || at.File != c.c.chain[0] || len(c.c.users) == 0 {
		return
	}
	for _, u := range c.c.users {
		if slices.Contains(waves, u.wave) {
			return
		}
	}
	c.list.Add(diag.Diagnostic{Code: "idle-entry", Severity: diag.Warning, Pos: at,
		Message: fmt.Sprintf("%s: its waves (%s) are none of those that this codebook maps", what, strings.Join(waves, ", ")),
		Hint:    "change waves here; keys that are not given are inherited"})
}

// stranger reports an entry that the framework does not have.
func (c *codebookCheck) stranger(pos diag.Pos, kind, id string, known []string) {
	c.list.Add(diag.Diagnostic{Code: "unknown-id", Pos: pos,
		Message: fmt.Sprintf("the framework has no %s %q", kind, short(id)), Hint: nearestHint(id, known)})
}

// labels checks that no two labels fold to one and say different things.
func (c *codebookCheck) labels(p keyPath, what string, m Map[string]) {
	c.labelKeys(p, what, m.IDs())
	first := map[string]Entry[string]{}
	for _, e := range m {
		folded := fold.String(e.ID)
		before, ok := first[folded]
		if ok && before.Value != e.Value {
			c.list.Errorf("duplicate-label", e.Pos, "%s: labels %q and %q are the same but for case and spacing, and stand for %q and %q",
				what, short(before.ID), short(e.ID), short(before.Value), short(e.Value))
		}
		first[folded] = e
	}
}

// labelKeys refuses empty labels: a blank cell has its own rule.
func (c *codebookCheck) labelKeys(p keyPath, what string, labels []string) {
	for _, l := range labels {
		if fold.String(l) == "" {
			c.list.Errorf("empty-value", c.at.key(p.to(l)), "%s: a label is empty; blank cells are missing without being named", what)
		}
	}
}

// targets checks what labels stand for.
func (c *codebookCheck) targets(p keyPath, what string, m Map[string], known []string, kind string) {
	for _, e := range m {
		if e.Value != "" && !slices.Contains(known, e.Value) {
			c.list.Add(diag.Diagnostic{Code: "unknown-" + kind, Pos: c.at.value(p.to(e.ID)),
				Message: fmt.Sprintf("%s: there is no %s %q", what, kind, short(e.Value)), Hint: nearestHint(e.Value, known)})
		}
	}
}

// missing checks the values that mean a kind of missing.
func (c *codebookCheck) missing(p keyPath, what string, m Map[string]) {
	c.labelKeys(p, what+"missing", m.IDs())
	for _, e := range m {
		if e.Value != "" && !slices.Contains(MissingKinds, e.Value) {
			c.list.Add(diag.Diagnostic{Code: "unknown-word", Pos: c.at.value(p.to(e.ID)),
				Message: fmt.Sprintf("%smissing: %q is not one of %s", what, short(e.Value), strings.Join(MissingKinds, ", ")),
				Hint:    nearestHint(e.Value, MissingKinds)})
		}
	}
}
