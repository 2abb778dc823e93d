package study

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// Definition is a short hash, eight hexadecimal digits, of what a measure rests
// on in one survey and wave; "" where it is not asked. Numbers whose
// definitions differ are never compared. It depends on
//
//   - an item: its id, the version of its wording, direction, and scale: options
//     or range in order, positive and unscored answers;
//   - a construct: the items that this wave asks, its headline and thresholds;
//   - a gap, a quadrant: its constructs and which side each is on;
//   - a choice: the ids of its options in order, and its version.
//
// Titles, the names of scales, and everything else in the study do not count.
func (s *Study) Definition(measure string, survey *Survey, wave *Wave) string {
	if survey == nil || !s.asked(survey, wave, measure) {
		return ""
	}
	d := definer{study: s, survey: survey, wave: wave}
	sum := sha256.Sum256([]byte(d.measure(measure)))
	return hex.EncodeToString(sum[:4])
}

// definer writes out what a measure rests on, one fact a line.
type definer struct {
	study  *Study
	survey *Survey
	wave   *Wave
}

func (d definer) measure(id string) string {
	f := d.study.Framework
	switch f.KindOf(id) {
	case KindItem:
		return d.item(id)
	case KindConstruct:
		return d.construct(id)
	case KindGap:
		g, _ := f.Gaps.Get(id)
		return "gap\nof " + d.construct(g.Of) + "minus " + d.construct(g.Minus)
	case KindQuadrant:
		return d.quadrant(id)
	case KindChoice:
		return d.choice(id)
	}
	return ""
}

func (d definer) item(id string) string {
	item, scale, _ := d.study.Framework.ItemScale(id)
	src, _ := d.wave.Codebook.Items.Get(id)
	return fmt.Sprintf("item %s version %d reversed %t\n%s", id, src.Version, item.Reversed, scale.definition())
}

// definition is the scale's answers as they are counted, without its name.
func (sc Scale) definition() string {
	var b strings.Builder
	if sc.numeric() {
		fmt.Fprintf(&b, "range %d %d", *sc.Min, *sc.Max)
	} else {
		b.WriteString("options")
		for _, o := range sc.Options {
			fmt.Fprintf(&b, " %q", fold.String(o))
		}
	}
	b.WriteString("\npositive")
	for i, yes := range sc.PositiveSet() {
		if yes {
			fmt.Fprintf(&b, " %d", i)
		}
	}
	b.WriteString("\nunscored")
	for _, u := range foldedSorted(sc.Unscored) {
		fmt.Fprintf(&b, " %q", u)
	}
	b.WriteByte('\n')
	return b.String()
}

func (d definer) construct(id string) string {
	c, _ := d.study.Framework.Constructs.Get(id)
	var b strings.Builder
	fmt.Fprintf(&b, "construct headline %s positive %s min_answered %s\n", c.Headline, c.Positive.Rat().RatString(), c.MinAnswered.Rat().RatString())
	asked := d.study.ItemsAsked(id, d.survey, d.wave)
	slices.Sort(asked) // a mean does not depend on the order of its items
	for _, item := range asked {
		b.WriteString(d.item(item))
	}
	return b.String()
}

func (d definer) quadrant(id string) string {
	q, _ := d.study.Framework.Quadrants.Get(id)
	var b strings.Builder
	b.WriteString("quadrant\n")
	// The first high side is the base of of_high, so the order counts.
	for _, side := range q.High {
		b.WriteString("high " + d.construct(side))
	}
	for _, side := range q.Low {
		b.WriteString("low " + d.construct(side))
	}
	return b.String()
}

func (d definer) choice(id string) string {
	c, _ := d.study.Framework.Choices.Get(id)
	src, _ := d.wave.Codebook.Choices.Get(id)
	return fmt.Sprintf("choice %s version %d\noptions %s\n", id, src.Version, strings.Join(c.Options.IDs(), " "))
}

func foldedSorted(labels Names) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = fold.String(l)
	}
	slices.Sort(out)
	return out
}
