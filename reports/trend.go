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
