package reports

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// Told is a paragraph with the words it begins with in bold.
type Told struct{ About, Text string }

// Changes tells, survey by survey, how each gap changed, always with the change
// of its two parts: from the wave before to the latest, and where there are more
// waves from the first to the latest. The table has the steps between.
func Changes(r *disclose.Release) []Told {
	s := r.Study()
	var out []Told
	for _, v := range s.Surveys {
		last := len(v.Waves) - 1
		for _, first := range steps(last) {
			c := &change{r: r, s: s, to: Wave{v.ID, v.Waves[last].ID}, from: v.Waves[first].ID}
			about := v.Title + ", " + c.from + " to " + c.to.Wave
			for id, gap := range s.Framework.Gaps.All() {
				if text := c.gap(id, gap); text != "" {
					out = append(out, Told{about, text})
					about = ""
				}
			}
		}
	}
	return out
}

// steps are the waves that the last is set against.
func steps(last int) []int {
	switch {
	case last < 1:
		return nil
	case last == 1:
		return []int{0}
	}
	return []int{0, last - 1}
}

// change is what happened in one survey between two waves.
type change struct {
	r    *disclose.Release
	s    *study.Study
	from string
	to   Wave
}

func (c *change) find(measure string) disclose.Row {
	row, ok := c.r.Find(disclose.Key{Measure: measure, Statistic: "difference", Survey: c.to.Survey, Wave: c.to.Wave, Contrast: "wave", Versus: c.from})
	if !ok {
		return disclose.Row{Status: disclose.NotApplicable}
	}
	return row
}

// gap tells one gap's change, whether will had a part in it, and the two parts.
// A change is never told where its parts cannot be.
func (c *change) gap(id string, gap study.Gap) string {
	row, of, minus := c.find(id), c.find(gap.Of), c.find(gap.Minus)
	name := GapWord(c.s, gap)
	if row.Status == disclose.Break {
		return Upper(name) + " is not compared [b]: " + Differing(c.s, []string{gap.Of, gap.Minus}, Wave{c.to.Survey, c.from}, c.to) + "."
	}
	for _, x := range []disclose.Row{row, of, minus} {
		if !mayTell(c.r, x, "mean") {
			return ""
		}
	}
	ofName, minusName := Lower(MeasureName(c.s, gap.Of)), Lower(MeasureName(c.s, gap.Minus))
	parts := []string{gapChange(c.s, name, row)}
	if words := c.narrowing(ofName, minusName, row, of, minus); words != "" {
		parts = append(parts, words)
	}
	parts = append(parts, "Its two parts: "+ofName+" "+c.signed(of)+", "+minusName+" "+c.signed(minus)+".")
	return strings.Join(parts, " ")
}

func judge(s *study.Study, row disclose.Row) Verdict { return Judge(row, s.Meaningful, s.Confidence) }

func fell(s *study.Study, row disclose.Row) bool {
	return judge(s, row).Clear() && row.Estimate.Or(0) < 0
}

func rose(s *study.Study, row disclose.Row) bool {
	return judge(s, row).Clear() && row.Estimate.Or(0) > 0
}

// NarrowedByWill holds where a gap clearly narrowed, will clearly fell and the
// other side did not clearly rise.
func NarrowedByWill(s *study.Study, gap, of, minus disclose.Row) bool {
	return fell(s, gap) && fell(s, of) && !rose(s, minus)
}

// narrowing says where a narrower gap comes from. A gap that narrows as will
// falls is no gain, and never called one.
func (c *change) narrowing(ofName, minusName string, gap, of, minus disclose.Row) string {
	switch {
	case !fell(c.s, gap):
		return ""
	case NarrowedByWill(c.s, gap, of, minus):
		return "It narrowed as " + ofName + " fell. That is no gain."
	case fell(c.s, of):
		return "Both parts moved: that " + ofName + " fell is no gain."
	case !rose(c.s, minus):
		return "Whether " + ofName + " fell or " + minusName + " rose, we cannot tell."
	}
	return ""
}

// gapChange says how a gap changed in points with its interval, that it did not
// change by much, or that it cannot be told.
func gapChange(s *study.Study, name string, row disclose.Row) string {
	places := s.Disclosure.Decimals
	size, limits, word := row.Estimate, row, "widened"
	if row.Estimate.Or(0) < 0 {
		size, limits, word = negative(row.Estimate), mirrored(row), "narrowed"
	}
	amount := " by " + size.Fixed(places) + " points (" + Range(limits, places) + ")"
	around := signed(row, places) + " points (" + Range(row, places) + ")."
	switch judge(s, row) {
	case ClearMeaningful:
		return Upper(name) + " " + word + amount + "."
	case ClearSmall:
		return Upper(name) + " " + word + amount + ": clear but small."
	case NoMeaningful:
		return Upper(name) + " shows no meaningful difference: " + around
	}
	return "Whether " + name + " changed, we cannot tell: " + around
}

// signed is a change with its interval: "+2.5 (0.1 to 4.9)".
func (c *change) signed(row disclose.Row) string {
	places := c.s.Disclosure.Decimals
	return signed(row, places) + " (" + Range(row, places) + ")"
}

func signed(row disclose.Row, places int) string {
	text := Minus(row.Estimate.Fixed(places))
	if row.Estimate.Or(0) > 0 {
		return "+" + text
	}
	return text
}
