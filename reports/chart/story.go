package chart

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// story is a release read for its figures.
type story struct {
	r    *disclose.Release
	s    *study.Study
	f    *study.Framework
	will string       // the construct that gaps start from, or ""
	lead reports.Wave // the wave that the report's first sentence rests on, or the first survey's latest
}

func newStory(r *disclose.Release) *story {
	s := &story{r: r, s: r.Study(), f: r.Study().Framework, will: reports.Will(r.Study())}
	if latest := reports.LatestWaves(s.s); len(latest) > 0 {
		s.lead = latest[0]
	}
	if h := reports.Finding(r); h.Survey != "" {
		s.lead = reports.Wave{Survey: h.Survey, Wave: h.Wave}
	}
	return s
}

// tint is a construct's colour, the same as the page's.
func (s *story) tint(construct string) tint {
	switch reports.Role(s.s, construct) {
	case "will":
		return will
	case "ability":
		return ability
	case "capacity":
		return capacity
	}
	return ink
}

// gapTo finds the gap from will to a construct.
func (s *story) gapTo(construct string) (id string, ok bool) {
	for id, gap := range s.f.Gaps.All() {
		if gap.Of == s.will && gap.Minus == construct {
			return id, true
		}
	}
	return "", false
}

// row finds a row; one that the release does not have reads "not applicable".
func (s *story) row(k disclose.Key) disclose.Row {
	if row, ok := s.r.Find(k); ok {
		return row
	}
	return disclose.Row{Key: k, Status: disclose.NotApplicable}
}

// telling reports whether a row says more than that nothing was asked.
func telling(row disclose.Row) bool {
	return row.Status != disclose.NotAsked && row.Status != disclose.NotApplicable
}

func key(w reports.Wave, measure, statistic, level string) disclose.Key {
	return disclose.Key{Measure: measure, Statistic: statistic, Level: level, Survey: w.Survey, Wave: w.Wave}
}

// in is the key for one category of a breakdown.
func in(k disclose.Key, breakdown, category string) disclose.Key {
	k.Breakdown, k.Category = breakdown, category
	return k
}

// single returns the study's breakdowns by one variable.
func (s *story) single() []string {
	var out []string
	for _, b := range s.s.Breakdowns {
		if len(b) == 1 {
			out = append(out, b[0])
		}
	}
	return out
}

// groupRows are a number's rows in the categories of a breakdown, in the order
// of the categories. Those that the release does not have are left out.
func (s *story) groupRows(k disclose.Key, breakdown string) []disclose.Row {
	var out []disclose.Row
	for _, c := range reports.Categories(s.r, breakdown, reports.Wave{Survey: k.Survey, Wave: k.Wave}) {
		if row, ok := s.r.Find(in(k, breakdown, c)); ok {
			out = append(out, row)
		}
	}
	return out
}

// broken says in which waves a breakdown is drawn: the first breakdown for each
// survey, a further one only for the survey that leads the report, or else the
// first that has it. More would be many figures of one pattern; tables have all.
func (s *story) broken(number int, breakdown string, key func(reports.Wave) disclose.Key) []reports.Wave {
	waves := slices.DeleteFunc(reports.LatestWaves(s.s), func(w reports.Wave) bool {
		return !slices.ContainsFunc(s.groupRows(key(w), breakdown), telling)
	})
	if number == 0 || len(waves) < 2 {
		return waves
	}
	for _, w := range waves {
		if w.Survey == s.lead.Survey {
			return []reports.Wave{w}
		}
	}
	return waves[:1]
}

// stands reports whether a category's difference from the rest stays clear
// after correction for looking at many.
func (s *story) stands(row disclose.Row) bool {
	rest, ok := reports.Rest(s.r, row.Key)
	return ok && row.Reliable() && !unreliable(row) && reports.StandsOut(rest, s.s)
}

// places is how many decimals estimates have.
func (s *story) places() int { return s.s.Disclosure.Decimals }

func (s *story) name(w reports.Wave) string { return reports.SurveyWave(s.s, w.Survey, w.Wave) }

func (s *story) measure(id string) string { return reports.MeasureName(s.s, id) }
