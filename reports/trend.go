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

// Changes tells, survey by survey, how each gap changed from wave to wave,
// always with the change of its two parts.
func Changes(r *disclose.Release) []Told {
	s := r.Study()
	var out []Told
	for _, v := range s.Surveys {
		for i := 1; i < len(v.Waves); i++ {
			from, to := v.Waves[i-1].ID, v.Waves[i].ID
			var text []string
			for id, gap := range s.Framework.Gaps.All() {
				text = append(text, gapChange(r, id, gap, Wave{v.ID, to}, from)...)
			}
			if len(text) > 0 {
				out = append(out, Told{v.Title + ", " + from + " to " + to, strings.Join(text, " ")})
			}
		}
	}
	return out
}

// Told is a paragraph with the words it begins with in bold.
type Told struct{ About, Text string }

func gapChange(r *disclose.Release, id string, gap study.Gap, w Wave, from string) []string {
	s := r.Study()
	key := func(measure string) disclose.Key {
		return disclose.Key{Measure: measure, Statistic: "difference", Survey: w.Survey, Wave: w.Wave, Contrast: "wave", Versus: from}
	}
	row, ok := r.Find(key(id))
	name := Upper(GapWord(s, gap))
	switch {
	case !ok:
		return nil
	case row.Status == disclose.Break:
		return []string{name + " is not compared, as a question changed [b]."}
	case !mayTell(r, row, "mean"):
		return nil
	}
	of, okOf := r.Find(key(gap.Of))
	minus, okMinus := r.Find(key(gap.Minus))
	if !okOf || !okMinus || !mayTell(r, of, "mean") || !mayTell(r, minus, "mean") {
		return nil // a change is never told without its parts
	}
	out := []string{
		name + " " + changeWords(s, row, "widened", "narrowed") + ".",
		Upper(Lower(MeasureName(s, gap.Of))) + " " + changeWords(s, of, "rose", "fell") + "; " +
			Lower(MeasureName(s, gap.Minus)) + " " + changeWords(s, minus, "rose", "fell") + ".",
	}
	if narrowedByWill(judge(s, row), judge(s, of), judge(s, minus), row, of, minus) {
		out = append(out, "The gap narrowed as "+Lower(MeasureName(s, gap.Of))+" fell. That is no gain.")
	}
	return out
}

func judge(s *study.Study, row disclose.Row) Verdict { return Judge(row, s.Meaningful, s.Confidence) }

// narrowedByWill holds where a gap clearly narrowed, will clearly fell and the
// other side did not clearly rise.
func narrowedByWill(gap, of, minus Verdict, gapRow, ofRow, minusRow disclose.Row) bool {
	return gap.Clear() && gapRow.Estimate.Or(0) < 0 &&
		of.Clear() && ofRow.Estimate.Or(0) < 0 &&
		!(minus.Clear() && minusRow.Estimate.Or(0) > 0)
}

// changeWords says a change in points with its interval, or that there is none
// to speak of, or that it cannot be told.
func changeWords(s *study.Study, row disclose.Row, up, down string) string {
	places := s.Disclosure.Decimals
	size, limits, word := row.Estimate, row, up
	if row.Estimate.Or(0) < 0 {
		size, limits, word = negative(row.Estimate), mirrored(row), down
	}
	amount := " by " + size.Fixed(places) + " points (" + Range(limits, places) + ")"
	switch judge(s, row) {
	case ClearMeaningful:
		return word + amount
	case ClearSmall:
		return word + amount + ", which is clear but small"
	case NoMeaningful:
		return "shows no meaningful difference"
	}
	return "may or may not have changed: we cannot tell (" + Range(row, places) + " points)"
}
