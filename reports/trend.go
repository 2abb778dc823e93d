package reports

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// Persistence says whether the gaps are there in every survey. The word
// "persistent" needs two or more surveys and, in every wave of each of them,
// a lower limit above 0.
func Persistence(r *disclose.Release) string {
	s := r.Study()
	waves := Waves(s)
	var persistent, clear, unclear []string
	for id, gap := range s.Framework.Gaps.All() {
		name := GapWord(s, gap)
		told, above := 0, 0
		for _, w := range waves {
			row, ok := reliable(r, disclose.Key{Measure: id, Statistic: "mean", Survey: w.Survey, Wave: w.Wave})
			if !ok {
				continue
			}
			told++
			if row.Lower.Or(0) > 0 {
				above++
			}
		}
		switch {
		case above == len(waves) && len(s.Surveys) > 1:
			persistent = append(persistent, name)
		case above > 0 && above == told:
			clear = append(clear, name)
		case told > 0:
			unclear = append(unclear, name)
		}
	}
	return persistenceWords(s, len(waves), persistent, clear, unclear)
}

func persistenceWords(s *study.Study, waves int, persistent, clear, unclear []string) string {
	var parts []string
	if len(persistent) > 0 {
		parts = append(parts, Upper(And(persistent))+verb(persistent, " is", " are")+" persistent: in all "+
			Plural(waves, "wave")+" of the "+Plural(len(s.Surveys), "survey")+" the whole interval lies above 0.")
	}
	if len(clear) > 0 {
		where := "in each wave with enough answers"
		if waves == 1 {
			where = "in the one wave there is"
		}
		parts = append(parts, Upper(And(clear))+verb(clear, " lies", " lie")+" above 0 "+where+", with the whole interval.")
	}
	if len(unclear) > 0 {
		parts = append(parts, Upper(And(unclear))+verb(unclear, " is", " are")+" not clearly above 0 in every wave.")
	}
	if len(parts) == 0 {
		return "No gap in this release rests on enough answers to be told."
	}
	return strings.Join(append(parts, "Each gap is from the same people’s answers."), " ")
}

func verb(list []string, one, many string) string {
	if len(list) == 1 {
		return one
	}
	return many
}

// GapWord is a gap in running text: "the capacity gap".
func GapWord(s *study.Study, gap study.Gap) string {
	return "the " + Lower(MeasureName(s, gap.Minus)) + " gap"
}

// Told is a paragraph with the words it begins with in bold.
type Told struct{ About, Text string }

// Changes tells, survey by survey, how each gap changed from wave to wave,
// always with the change of its two parts.
func Changes(r *disclose.Release) []Told {
	s := r.Study()
	var out []Told
	for _, v := range s.Surveys {
		for i := 1; i < len(v.Waves); i++ {
			c := &change{r: r, s: s, to: Wave{v.ID, v.Waves[i].ID}, from: v.Waves[i-1].ID}
			if text := c.tell(); text != "" {
				out = append(out, Told{v.Title + ", " + c.from + " to " + c.to.Wave, text})
			}
		}
	}
	return out
}

// change is what happened in one survey between two waves.
type change struct {
	r    *disclose.Release
	s    *study.Study
	from string
	to   Wave
}

func (c *change) tell() string {
	var gaps, parts []string
	told := map[string]bool{}
	for id, gap := range c.s.Framework.Gaps.All() {
		words, whole := c.gap(id, gap)
		gaps = append(gaps, words...)
		for _, side := range []string{gap.Of, gap.Minus} {
			if whole && !told[side] {
				told[side] = true
				parts = append(parts, changeWords(c.s, Lower(MeasureName(c.s, side)), c.find(side), "rose", "fell")+".")
			}
		}
	}
	return strings.Join(append(gaps, parts...), " ")
}

func (c *change) find(measure string) disclose.Row {
	row, ok := c.r.Find(disclose.Key{Measure: measure, Statistic: "difference", Survey: c.to.Survey, Wave: c.to.Wave, Contrast: "wave", Versus: c.from})
	if !ok {
		return disclose.Row{Status: disclose.NotApplicable}
	}
	return row
}

// gap tells one gap's change; whole says that its parts are to be told too. A
// change is never told where its parts cannot be.
func (c *change) gap(id string, gap study.Gap) (words []string, whole bool) {
	row, of, minus := c.find(id), c.find(gap.Of), c.find(gap.Minus)
	name := GapWord(c.s, gap)
	if row.Status == disclose.Break {
		return []string{Upper(name) + " is not compared, as a question changed [b]."}, false
	}
	for _, x := range []disclose.Row{row, of, minus} {
		if !mayTell(c.r, x, "mean") {
			return nil, false
		}
	}
	words = []string{changeWords(c.s, name, row, "widened", "narrowed") + "."}
	if NarrowedByWill(c.s, row, of, minus) {
		words = append(words, "It narrowed as "+Lower(MeasureName(c.s, gap.Of))+" fell. That is no gain.")
	}
	return words, true
}

func judge(s *study.Study, row disclose.Row) Verdict { return Judge(row, s.Meaningful, s.Confidence) }

// NarrowedByWill holds where a gap clearly narrowed, will clearly fell and the
// other side did not clearly rise.
func NarrowedByWill(s *study.Study, gap, of, minus disclose.Row) bool {
	down := func(row disclose.Row) bool { return judge(s, row).Clear() && row.Estimate.Or(0) < 0 }
	up := func(row disclose.Row) bool { return judge(s, row).Clear() && row.Estimate.Or(0) > 0 }
	return down(gap) && down(of) && !up(minus)
}

// changeWords says how something changed in points with its interval, that
// there is no difference to speak of, or that it cannot be told.
func changeWords(s *study.Study, name string, row disclose.Row, up, down string) string {
	places := s.Disclosure.Decimals
	size, limits, word := row.Estimate, row, up
	if row.Estimate.Or(0) < 0 {
		size, limits, word = negative(row.Estimate), mirrored(row), down
	}
	amount := " by " + size.Fixed(places) + " points (" + Range(limits, places) + ")"
	switch judge(s, row) {
	case ClearMeaningful:
		return Upper(name) + " " + word + amount
	case ClearSmall:
		return Upper(name) + " " + word + amount + ", which is clear but small"
	case NoMeaningful:
		return Upper(name) + " shows no meaningful difference"
	}
	return "For " + name + " we cannot tell (" + Range(row, places) + " points)"
}
