package reports

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose"
)

// EachSurvey says in how many surveys most of the willing lack something: those
// in whose latest wave the whole interval lies above half. "" for one survey.
func EachSurvey(r *disclose.Release) string {
	s := r.Study()
	latest := LatestWaves(s)
	if len(latest) < 2 {
		return ""
	}
	most := map[string]int{}
	var lacks []Lack
	for _, wave := range latest {
		w := WillingIn(r, wave.Survey, wave.Wave, "", "")
		for _, l := range w.told() {
			if l.Row.Lower.Or(0) <= 50 {
				continue
			}
			if most[l.Quadrant]++; most[l.Quadrant] == 1 {
				lacks = append(lacks, l)
			}
		}
	}
	var parts []string
	for _, l := range lacks {
		parts = append(parts, "In "+ofSurveys(most[l.Quadrant], len(latest))+", more than half of the willing reported they lack "+lacked(s, l, false)+".")
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, " ") + " That is told of the latest waves, and only where the whole interval lies above half."
}

// ofSurveys is "all three surveys", "both surveys", "two of the three surveys".
func ofSurveys(n, all int) string {
	switch {
	case n == all && all == 2:
		return "both surveys"
	case n == all:
		return "all " + Plural(all, "survey")
	}
	return CountWord(n) + " of the " + Plural(all, "survey")
}
