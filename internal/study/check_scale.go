package study

import (
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

const maxCodes = 200 // answers on one scale

// MaxOptions is how many options a tick-all question may have: a respondent's
// ticks are the bits of one machine word, and one bit is taken.
const MaxOptions = 63

// scale checks one scale and reports whether labels can be held against it.
func (c *frameworkCheck) scale(id string, sc Scale) bool {
	p := to("scales", id)
	if !c.scaleForm(p, id, sc) {
		return false
	}
	c.scaleLabels(p, id, sc)
	c.scalePositive(p, id, sc)
	return true
}

// scaleForm checks that a scale has either options or a range, of a fair size.
func (c *frameworkCheck) scaleForm(p keyPath, id string, sc Scale) bool {
	options := c.at.given(p.to("options"))
	limits := c.at.given(p.to("min")) || c.at.given(p.to("max"))
	switch {
	case options && limits:
		c.problem("bad-scale", p, "scale %q has options and a range; give either options, or min and max", id)
	case !options && !limits:
		c.problem("bad-scale", p, "scale %q has no answers; give options, or min and max", id)
	case options && !c.at.sound(p.to("options")), limits && (!c.numberOrAbsent(p.to("min")) || !c.numberOrAbsent(p.to("max"))):
		// said where it was decoded
	case limits && !sc.numeric():
		c.problem("bad-scale", p, "scale %q needs both min and max", id)
	case limits && *sc.Min >= *sc.Max:
		c.problem("bad-scale", p.to("max"), "scale %q: max %d is not above min %d", id, *sc.Max, *sc.Min)
	case sc.Codes() < 2:
		c.problem("bad-scale", p.to("options"), "scale %q has one option; a scale has at least 2", id)
	case sc.Codes() > maxCodes:
		c.problem("bad-scale", p, "scale %q has %d answers; at most %d are read", id, sc.Codes(), maxCodes)
	default:
		return true
	}
	return false
}

func (c *frameworkCheck) numberOrAbsent(p keyPath) bool { return !c.at.given(p) || c.at.sound(p) }

// scaleLabels checks that every label says one thing only.
func (c *frameworkCheck) scaleLabels(p keyPath, id string, sc Scale) {
	first := map[string]string{}
	see := func(at keyPath, label string) {
		folded := fold.String(label)
		if before, ok := first[folded]; ok && label != "" {
			c.problem("duplicate-label", at, "scale %q: labels %q and %q are the same but for case and spacing", id, short(before), short(label))
			return
		}
		first[folded] = label
	}
	for i, o := range sc.Options {
		see(p.to("options", i), o)
	}
	for i, u := range sc.Unscored {
		see(p.to("unscored", i), u)
		if sc.numeric() && sc.Index(u) >= 0 {
			c.problem("duplicate-label", p.to("unscored", i), "scale %q: unscored %q is a number of the scale", id, short(u))
		}
	}
}

// scalePositive checks the positive answers: on the scale, not none, not all.
func (c *frameworkCheck) scalePositive(p keyPath, id string, sc Scale) {
	p = p.to("positive")
	if !c.at.sound(p) {
		return
	}
	seen := map[int]bool{}
	for i, label := range sc.Positive {
		at := sc.Index(label)
		if at < 0 {
			c.list.Add(diag.Diagnostic{Code: "label-not-on-scale", Pos: c.at.value(p.to(i)),
				Message: fmt.Sprintf("scale %q: positive %q is not one of its answers", id, short(label)), Hint: sc.hint(label)})
			continue
		}
		if seen[at] {
			c.problem("duplicate-label", p.to(i), "scale %q: positive %q is named twice", id, short(label))
		}
		seen[at] = true
	}
	if len(seen) == sc.Codes() {
		c.problem("bad-scale", p, "scale %q: every answer is positive", id)
	}
}

// hint says what the scale has instead of label.
func (sc Scale) hint(label string) string {
	if sc.numeric() {
		return fmt.Sprintf("it runs from %d to %d", *sc.Min, *sc.Max)
	}
	return nearestHint(label, slices.Concat(sc.Options, sc.Unscored))
}

// words checks the ids and labels of options and categories.
func (c *frameworkCheck) words(m Map[string], p keyPath, kind, id, entry string) {
	first := map[string]string{}
	for _, e := range m {
		c.id(e.Pos, entry, e.ID)
		folded := fold.String(e.Value)
		if before, ok := first[folded]; ok && e.Value != "" {
			c.problem("duplicate-label", p.to(e.ID), "%s %q: %s %q has the same label as %q", kind, id, entry, e.ID, before)
			continue
		}
		first[folded] = e.ID
		if m.Index(folded) >= 0 && folded != e.ID {
			c.problem("duplicate-label", p.to(e.ID), "%s %q: %s %q has the id of another as its label", kind, id, entry, e.ID)
		}
	}
}
