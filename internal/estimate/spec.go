package estimate

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// spec is one number that is estimated in every domain: a measure, a statistic
// and a level, and how it is had from the moments.
type spec struct {
	measure, statistic, level string
	unit                      string
	order                     int // place in the fixed order of rows

	share    bool
	index    int // of the categorical or numeric measure in the plan
	numeric  bool
	centre   float64
	values   slotValues // of a categorical measure
	quantile float64    // of a median or quartile; 0 for none
	item     int        // item of a quantile, or -1

	everyoneOnly bool // thresholds
	joint        bool // a quadrant's own share, which carries the joint states
	option       bool // one answer option: in categories only from distribution_base on
	contrast     bool // differences are made of it
	gap          bool // the p-value stands for the mean itself
	choice       int  // for its base rule, or -1
}

var quantiles = map[string]float64{"median": 0.5, "lower_quartile": 0.25, "upper_quartile": 0.75}

// specs lists all numbers of a study in their fixed order: constructs, gaps,
// items, quadrants, choices.
func specs(plan *measure.Plan) []spec {
	b := &specBuilder{plan: plan, schema: plan.Schema}
	for i, c := range plan.Schema.Constructs {
		b.numeric(measure.Construct, i, c.ID, c.Construct.Statistics, "score")
	}
	for i, g := range plan.Schema.Gaps {
		b.numeric(measure.Gap, i, g.ID, g.Gap.Statistics, "points")
	}
	for i, c := range plan.Schema.Items {
		b.item(i, c)
	}
	for i, e := range plan.Schema.Study.Framework.Quadrants {
		b.quadrant(i, e.ID)
	}
	for i, c := range plan.Schema.Choices {
		b.choice(i, c)
	}
	for i := range b.out {
		b.out[i].order = i
	}
	return b.out
}

type specBuilder struct {
	plan   *measure.Plan
	schema *normalise.Schema
	out    []spec
}

func (b *specBuilder) add(s spec) { b.out = append(b.out, s) }

func (b *specBuilder) numeric(kind measure.Kind, i int, id string, statistics study.Names, unit string) {
	index, centre := 0, 0.0
	for j, n := range b.plan.Numerics {
		if n.Kind == kind && n.Index == i {
			index, centre = j, n.Centre
		}
	}
	for _, stat := range statistics {
		s := spec{measure: id, statistic: stat, unit: unit, numeric: true, index: index, centre: centre, item: -1, choice: -1, gap: kind == measure.Gap}
		s.quantile = quantiles[stat]
		s.contrast = s.quantile == 0
		b.add(s)
	}
}

func (b *specBuilder) categorical(kind measure.Kind, i, threshold int) (index, slots int) {
	for j, c := range b.plan.Categoricals {
		if c.Kind == kind && c.Index == i && c.At == threshold {
			return j, c.Slots
		}
	}
	panic(fmt.Sprintf("estimate: measure %d of kind %d is not planned", i, kind))
}

// item adds an item's mean of percent of the maximum possible, its shares and
// its single options. The base of the share unsure are all who could have said so.
func (b *specBuilder) item(i int, c normalise.ItemColumn) {
	index, slots := b.categorical(measure.Item, i, 0)
	base := spec{measure: c.ID, index: index, item: i, choice: -1, unit: "percent", share: true, statistic: "share"}
	for _, stat := range c.Item.Statistics {
		s := base
		s.statistic, s.share, s.quantile = stat, false, quantiles[stat]
		if s.quantile == 0 {
			s.unit, s.contrast, s.values = "score", true, b.optionValues(c, slots, c.PercentOfMaximum)
		} else {
			s.unit = "scale"
		}
		b.add(s)
	}
	nets := c.Scale.Nets(c.Item.Reversed)
	neutral := make([]bool, c.Options)
	for o := range neutral {
		neutral[o] = !nets.Positive[o] && !nets.Negative[o]
	}
	for _, net := range []struct {
		level string
		set   []bool
	}{{"positive", nets.Positive}, {"neutral", neutral}, {"negative", nets.Negative}} {
		if !slices.Contains(net.set, true) {
			continue
		}
		s := base
		s.level, s.contrast = net.level, net.level == "positive"
		s.values = b.optionValues(c, slots, func(o int) float64 { return indicator(net.set[o]) })
		b.add(s)
	}
	s := base
	s.level, s.values = "unsure", b.unsureValues(c, slots)
	b.add(s)
	for option := range c.Options {
		s := base
		s.level, s.option = strconv.Itoa(c.Number(option)), true
		s.values = b.optionValues(c, slots, func(o int) float64 { return indicator(o == option) })
		b.add(s)
	}
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (b *specBuilder) optionValues(c normalise.ItemColumn, slots int, y func(option int) float64) slotValues {
	out := make(slotValues, slots)
	for o := range c.Options {
		out[normalise.FirstOption+o] = slotValue{true, y(o)}
	}
	return out
}

func (b *specBuilder) unsureValues(c normalise.ItemColumn, slots int) slotValues {
	out := b.optionValues(c, slots, func(int) float64 { return 0 })
	for _, k := range []normalise.Kind{normalise.Unsure, normalise.NotApplicable, normalise.SeenUnanswered, normalise.Refused} {
		out[k] = slotValue{true, indicator(k == normalise.Unsure)}
	}
	return out
}

func (b *specBuilder) quadrant(i int, id string) {
	index, slots := b.categorical(measure.Quadrant, i, 0)
	ofHigh, strict := b.plan.Levels(i)
	add := func(level string, index int, contrast bool, base, in []int) {
		s := spec{measure: id, statistic: "share", level: level, unit: "percent", share: true, index: index, item: -1, choice: -1,
			contrast: contrast, everyoneOnly: !contrast, joint: level == "", values: make(slotValues, slots)}
		for _, slot := range base {
			s.values[slot].in = true
		}
		for _, slot := range in {
			s.values[slot].y = 1
		}
		b.add(s)
	}
	all := []int{measure.QuadrantStrict, measure.QuadrantIn, measure.QuadrantHigh, measure.QuadrantOut}
	add("", index, true, all, all[:2])
	if ofHigh {
		add("of_high", index, true, all[:3], all[:2])
	}
	if strict {
		add("strict", index, true, all, all[:1])
	}
	for j, c := range b.plan.Categoricals {
		if c.Kind == measure.Threshold && c.Index == i {
			add(fmt.Sprintf("at_%d", c.At), j, false, all, all[:2])
		}
	}
}

func (b *specBuilder) choice(i int, c normalise.ChoiceColumns) {
	for o, e := range c.Choice.Options {
		index, slots := b.categorical(measure.Option, c.First+o, 0)
		s := spec{measure: c.ID, statistic: "share", level: e.ID, unit: "percent", share: true, index: index, item: -1, choice: i, contrast: true, values: make(slotValues, slots)}
		s.values[normalise.NotTicked] = slotValue{true, 0}
		s.values[normalise.Ticked] = slotValue{true, 1}
		b.add(s)
	}
}
