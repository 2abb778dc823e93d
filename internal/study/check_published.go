package study

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/diag"
)

// published checks a figure from elsewhere: it must stand beside one of ours.
func (c *studyCheck) published(p keyPath, v Published) {
	f := c.s.Framework
	c.among(p.to("measure"), one(v.Measure), f.Measures(), "published", "measure")
	c.publishedWave(p, v)
	c.within(p.to("base"), v.Base >= 1, v.Base, "1 or more")
	kind := f.KindOf(v.Measure)
	if kind == KindNone || kind == KindVariable || v.Statistic == "" {
		return
	}
	if words := publishedStatistics(kind); !slices.Contains(words, v.Statistic) {
		c.unknown(p.to("statistic"), v.Statistic, words, "published: a %s has no statistic %q", kind, short(v.Statistic))
		return
	}
	if v.Statistic != "share" {
		return
	}
	share := v.Estimate.Float()
	c.within(p.to("estimate"), share >= 0 && share <= 100, v.Estimate, "0 to 100 percent")
	if levels := c.levels(kind, v.Measure); !slices.Contains(levels, v.Level) {
		c.list.Add(diag.Diagnostic{Code: "unknown-id", Pos: c.at.value(p.to("level")),
			Message: fmt.Sprintf("published: %s %q has no level %q", kind, v.Measure, short(v.Level)), Hint: nearestHint(v.Level, levels)})
	}
}

func (c *studyCheck) publishedWave(p keyPath, v Published) {
	var surveys, waves []string
	for _, s := range c.s.Surveys {
		surveys = append(surveys, s.ID)
		if s.ID != v.Survey {
			continue
		}
		for _, w := range s.Waves {
			waves = append(waves, w.ID)
		}
	}
	c.among(p.to("survey"), one(v.Survey), surveys, "published", "survey")
	if slices.Contains(surveys, v.Survey) {
		c.among(p.to("wave"), one(v.Wave), waves, "published", "wave")
	}
}

func publishedStatistics(kind Kind) []string {
	if kind == KindQuadrant || kind == KindChoice {
		return []string{"share"}
	}
	if kind == KindItem {
		return append([]string{"share"}, statisticWords...)
	}
	return statisticWords
}

// levels are the levels of a measure's shares.
func (c *studyCheck) levels(kind Kind, id string) []string {
	f := c.s.Framework
	switch kind {
	case KindQuadrant:
		levels := []string{"", "of_high", "strict"}
		for at := 50; at <= 90; at += 10 {
			levels = append(levels, "at_"+strconv.Itoa(at))
		}
		return levels
	case KindChoice:
		v, _ := f.Choices.Get(id)
		return v.Options.IDs()
	}
	levels := []string{"positive", "neutral", "negative", "unsure"}
	_, scale, _ := f.ItemScale(id)
	for i := range scale.Codes() {
		levels = append(levels, strconv.Itoa(scale.Code(i)))
	}
	return levels
}

// coverage warns of what the framework or study.yaml names and no wave has.
func (c *studyCheck) coverage() {
	f := c.s.Framework
	warn := func(pos diag.Pos, kind Kind, id string) {
		if !c.anywhere(id) {
			c.list.Warnf("not-asked", pos, "%s %q: no codebook maps it for any wave", kind, id)
		}
	}
	for _, e := range f.Items {
		warn(e.Pos, KindItem, e.ID)
	}
	for _, e := range f.Choices {
		warn(e.Pos, KindChoice, e.ID)
	}
	for _, e := range f.Variables {
		warn(e.Pos, KindVariable, e.ID)
	}
}

func (c *studyCheck) anywhere(id string) bool {
	for _, v := range c.s.Surveys {
		for _, w := range v.Waves {
			if w.Has(id) {
				return true
			}
		}
	}
	return false
}
