package page

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// releaser and finder are what small helpers need of a release.
type releaser interface {
	ID() string
	Study() *study.Study
}

type finder interface {
	Study() *study.Study
	Find(disclose.Key) (disclose.Row, bool)
}

// subtitle is "Three surveys, five waves, 2019 to 2023. Release 3f9a1c07be42."
func subtitle(r releaser) string {
	s := r.Study()
	waves := reports.Waves(s)
	parts := []string{reports.Upper(reports.Plural(len(s.Surveys), "survey")), reports.Plural(len(waves), "wave")}
	first, last := "", ""
	for _, w := range waves {
		f := reports.Fieldwork(s, w)
		for _, day := range []string{f.From, f.To} {
			if len(day) < 4 {
				continue
			}
			if first == "" || day[:4] < first {
				first = day[:4]
			}
			last = max(last, day[:4])
		}
	}
	switch {
	case first != "" && first == last:
		parts = append(parts, first)
	case first != "":
		parts = append(parts, first+" to "+last)
	}
	return strings.Join(parts, ", ") + ". Release " + r.ID() + "."
}

// splitNotice parts a notice after its first words: "Made-up data. Do not quote
// it." has the lead "Made-up data."
func splitNotice(notice string) (lead, rest string) {
	if at := strings.IndexAny(notice, ".:"); at > 0 && at < len(notice)-1 {
		return notice[:at+1], notice[at+1:]
	}
	return notice, ""
}

// everybodyAsked says who was asked where no one wave leads the report: in each
// survey's latest wave, if these are few.
func everybodyAsked(r *disclose.Release) string {
	const few = 3
	latest := reports.LatestWaves(r.Study())
	if len(latest) > few {
		return ""
	}
	parts := make([]string, len(latest))
	for i, w := range latest {
		parts[i] = reports.Asked(r, w)
	}
	return strings.Join(parts, " ")
}

// gaps are the finding's gaps in points.
func gaps(r finder, w reports.Wave) []gap {
	s := r.Study()
	places := s.Disclosure.Decimals
	var out []gap
	for id, g := range s.Framework.Gaps.All() {
		row, ok := r.Find(disclose.Key{Measure: id, Statistic: "mean", Survey: w.Survey, Wave: w.Wave})
		if !ok || !row.Reliable() {
			continue
		}
		text := reports.Level(s) + " interval " + reports.Range(row, places) + ". Base " + number.Count(int(row.Base.Or(0))) + "."
		out = append(out, gap{
			Title: reports.Upper(strings.TrimPrefix(reports.GapWord(s, g), "the ")), Points: reports.Minus(row.Estimate.Fixed(places)) + " points",
			Text: text, Class: "g-" + reports.Role(s, g.Minus),
		})
	}
	return out
}

func role(r *disclose.Release, construct string) string {
	if construct == "" {
		return ""
	}
	if role := reports.Role(r.Study(), construct); role != "ink" {
		return "u-" + role
	}
	return ""
}
