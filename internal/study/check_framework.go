package study

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// frameworkCheck checks framework.yaml in itself.
type frameworkCheck struct {
	checker
	f     *Framework
	sound map[string]bool   // scales that labels can be held against
	owner map[string]string // item -> construct
}

func (c *frameworkCheck) all() {
	c.sound, c.owner = map[string]bool{}, map[string]string{}
	c.ids()
	for _, e := range c.f.Scales {
		c.sound[e.ID] = c.scale(e.ID, e.Value)
	}
	for _, e := range c.f.Constructs {
		c.construct(e.ID, e.Value)
	}
	for _, e := range c.f.Items {
		c.item(e)
	}
	for _, e := range c.f.Gaps {
		c.gap(e.ID, e.Value)
	}
	for _, e := range c.f.Quadrants {
		c.quadrant(e.ID, e.Value)
	}
	for _, e := range c.f.Choices {
		if n := len(e.Value.Options); n > MaxOptions {
			c.problem("too-many-options", to("choices", e.ID, "options"), "choice %q has %d options; at most %d are read", e.ID, n, MaxOptions)
		}
		c.words(e.Value.Options, to("choices", e.ID, "options"), "choice", e.ID, "option")
	}
	for _, e := range c.f.Variables {
		c.variable(e)
	}
}

// ids checks that every measure and variable has an id of its own, since results
// and the data set name them without saying what they are.
func (c *frameworkCheck) ids() {
	first := map[string]struct {
		kind Kind
		pos  diag.Pos
	}{}
	see := func(kind Kind, id string, pos diag.Pos) {
		c.id(pos, string(kind), id)
		if slices.Contains(schemaColumns, id) {
			c.list.Errorf("reserved-id", pos, "%s id %q is a column that every data set has", kind, id)
		}
		if before, ok := first[id]; ok {
			c.list.Errorf("duplicate-id", pos, "%s %q: the id is taken by the %s on line %d", kind, short(id), before.kind, before.pos.Line)
			return
		}
		first[id] = struct {
			kind Kind
			pos  diag.Pos
		}{kind, pos}
	}
	eachID(c.f.Constructs, KindConstruct, see)
	eachID(c.f.Items, KindItem, see)
	eachID(c.f.Gaps, KindGap, see)
	eachID(c.f.Quadrants, KindQuadrant, see)
	eachID(c.f.Choices, KindChoice, see)
	eachID(c.f.Variables, KindVariable, see)
	for _, e := range c.f.Scales {
		c.id(e.Pos, "scale", e.ID)
	}
}

func eachID[T any](m Map[T], kind Kind, see func(Kind, string, diag.Pos)) {
	for _, e := range m {
		see(kind, e.ID, e.Pos)
	}
}

var statisticWords = []string{"mean", "median", "lower_quartile", "upper_quartile"}

func (c *frameworkCheck) statistics(p keyPath, names Names) {
	p = p.to("statistics")
	c.twice(p, names, p.String())
	for i, n := range names {
		if n != "" && !slices.Contains(statisticWords, n) {
			c.problem("unknown-word", p.to(i), "%s: %q is not one of %s", p, short(n), strings.Join(statisticWords, ", "))
		}
	}
}

func (c *frameworkCheck) construct(id string, v Construct) {
	p, what := to("constructs", id), "construct \""+id+"\""
	c.among(p.to("items"), v.Items, c.f.Items.IDs(), what, "item")
	c.twice(p.to("items"), v.Items, what)
	for i, item := range v.Items {
		if other, ok := c.owner[item]; ok && other != id {
			c.problem("item-in-two-constructs", p.to("items", i), "item %q is in construct %q and in construct %q; an item belongs to one", item, other, id)
			continue
		}
		c.owner[item] = id
	}
	if v.Headline != "" && len(v.Items) > 0 && !slices.Contains(v.Items, v.Headline) {
		c.unknown(p.to("headline"), v.Headline, v.Items, "%s: headline %q is not one of its items", what, short(v.Headline))
	}
	positive, share := v.Positive.Float(), v.MinAnswered.Float()
	c.within(p.to("positive"), positive > 0 && positive <= 100, v.Positive, "more than 0 and at most 100")
	c.within(p.to("min_answered"), share > 0 && share <= 1, v.MinAnswered, "more than 0 and at most 1")
	c.statistics(p, v.Statistics)
	c.precision(p, id, v)
}

func (c *frameworkCheck) item(e Entry[Item]) {
	p := to("items", e.ID)
	if s := e.Value.Scale; s != "" && c.f.Scales.Index(s) < 0 {
		c.unknown(p.to("scale"), s, c.f.Scales.IDs(), "item %q: there is no scale %q", e.ID, short(s))
	}
	if c.owner[e.ID] == "" {
		c.list.Errorf("item-in-no-construct", e.Pos, "item %q is in no construct; name it in the items of one", e.ID)
	}
	c.statistics(p, e.Value.Statistics)
}

func (c *frameworkCheck) gap(id string, v Gap) {
	p, what := to("gaps", id), "gap \""+id+"\""
	c.among(p.to("of"), one(v.Of), c.f.Constructs.IDs(), what, "construct")
	c.among(p.to("minus"), one(v.Minus), c.f.Constructs.IDs(), what, "construct")
	if v.Of != "" && v.Of == v.Minus {
		c.problem("bad-gap", p.to("minus"), "%s: of and minus are both %q", what, v.Of)
	}
	c.statistics(p, v.Statistics)
}

func (c *frameworkCheck) quadrant(id string, v Quadrant) {
	p, what := to("quadrants", id), "quadrant \""+id+"\""
	c.among(p.to("high"), v.High, c.f.Constructs.IDs(), what, "construct")
	c.among(p.to("low"), v.Low, c.f.Constructs.IDs(), what, "construct")
	c.twice(p.to("high"), v.High, what)
	c.twice(p.to("low"), v.Low, what)
	if len(v.High)+len(v.Low) == 0 && !c.at.given(p.to("high")) && !c.at.given(p.to("low")) {
		c.problem("missing-key", p, "%s: give high, low or both", what)
	}
	for i, side := range v.Low {
		if slices.Contains(v.High, side) {
			c.problem("bad-quadrant", p.to("low", i), "%s: %q is both high and low", what, short(side))
		}
	}
}

func (c *frameworkCheck) variable(e Entry[Variable]) {
	p := to("variables", e.ID)
	switch {
	case e.Value.Organisation && c.at.given(p.to("categories")):
		c.problem("bad-variable", p.to("categories"), "variable %q: an organisation takes any value; remove categories or organisation", e.ID)
	case !e.Value.Organisation && len(e.Value.Categories) == 0:
		c.problem("missing-key", p, "variable %q: give its categories, or organisation: true", e.ID)
	default:
		c.words(e.Value.Categories, p.to("categories"), "variable", e.ID, "category")
	}
}

func one(name string) Names {
	if name == "" {
		return nil
	}
	return Names{name}
}
