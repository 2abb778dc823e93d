package reports

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// Standing is a group whose gap stands out from the rest.
type Standing struct{ Group, Rest disclose.Row }

// StandOuts are the groups whose gaps stand out after the correction in the
// latest waves, in the order of the release. Looked counts the groups compared.
func StandOuts(r *disclose.Release) (standing []Standing, looked int) {
	s := r.Study()
	for _, w := range LatestWaves(s) {
		for _, b := range s.Breakdowns {
			breakdown := strings.Join(b, ":")
			categories := Categories(r, breakdown, w)
			for gap := range s.Framework.Gaps.All() {
				for _, row := range GroupRows(r, gap, breakdown, w, categories) {
					rest, ok := Rest(r, row.Key)
					if !ok || !rest.PAdjusted.Known() {
						continue
					}
					looked++
					if StandsOut(rest, s) && row.Reliable() && mayTell(r, rest, "mean") {
						standing = append(standing, Standing{row, rest})
					}
				}
			}
		}
	}
	return standing, looked
}

// Groups says how many groups stand out, and lists those that differ most. A
// difference that is clear but small is counted, and never listed as different.
func Groups(r *disclose.Release) (intro string, listed []Told) {
	s := r.Study()
	if len(s.Breakdowns) == 0 {
		return "This study breaks nothing down by group.", nil
	}
	standing, looked := StandOuts(r)
	compared := Upper(Plural(looked, "gap")) + verb(make([]string, looked), " of a group was", " of groups were") + " set against the rest. After a correction for looking at many, "
	switch {
	case looked == 0 && !anyGroup(r):
		return "No gap of a group rests on enough answers to be shown.", nil
	case looked == 0:
		return "Groups are shown with their intervals. None is called different from another.", nil
	case len(standing) == 0:
		return compared + "none stands out. That does not show that groups are alike.", nil
	}
	intro = compared + CountWord(len(standing)) + verb(make([]string, len(standing)), " stands", " stand") + " out."
	large := slices.DeleteFunc(slices.Clone(standing), func(x Standing) bool { return judge(s, x.Rest) != ClearMeaningful })
	if small := len(standing) - len(large); small > 0 {
		intro += " Of these, " + CountWord(small) + verb(make([]string, small), " differs", " differ") + " by less than " + trim(s.Meaningful) + " points, which is clear but small."
	}
	for _, x := range widest(s, large) {
		listed = append(listed, standingWords(s, x))
	}
	if len(listed) > 0 && len(listed) < len(large) {
		intro += " These differ most:"
	}
	return intro, listed
}

// anyGroup reports whether a gap of any group is shown.
func anyGroup(r *disclose.Release) bool {
	for row := range r.All() {
		if _, gap := r.Study().Framework.Gaps.Get(row.Measure); gap && row.Breakdown != "" && row.Shown() {
			return true
		}
	}
	return false
}

// mentioned is how many of the gaps that stand out are listed.
const mentioned = 5

// widest are the gaps that differ most. Of two groups that are each other's
// rest the one with the wider gap is enough.
func widest(s *study.Study, standing []Standing) []Standing {
	out := slices.DeleteFunc(slices.Clone(standing), func(x Standing) bool {
		return x.Rest.Estimate.Or(0) < 0 && slices.ContainsFunc(standing, func(y Standing) bool { return mirror(x, y) })
	})
	slices.SortStableFunc(out, func(a, b Standing) int {
		return cmp.Compare(math.Abs(b.Rest.Estimate.Or(0)), math.Abs(a.Rest.Estimate.Or(0)))
	})
	return out[:min(len(out), mentioned)]
}

// mirror reports whether two groups are all that a breakdown has, so that what
// is said of one follows for the other.
func mirror(x, y Standing) bool {
	k := x.Group.Key
	k.Category = y.Group.Category
	return k == y.Group.Key && x.Group.Category != y.Group.Category && x.Rest.Estimate.Or(0) == -y.Rest.Estimate.Or(0)
}

func standingWords(s *study.Study, x Standing) Told {
	places := s.Disclosure.Decimals
	size, limits, word := x.Rest.Estimate, x.Rest, "wider"
	if size.Or(0) < 0 {
		size, limits, word = negative(size), mirrored(x.Rest), "narrower"
	}
	gap, _ := s.Framework.Gaps.Get(x.Group.Measure)
	return Told{
		About: CategoryName(s, x.Group.Breakdown, x.Group.Category) + ", " + SurveyWave(s, x.Group.Survey, x.Group.Wave),
		Text: Upper(GapWord(s, gap)) + " is " + Minus(x.Group.Estimate.Fixed(places)) + " points (" + Range(x.Group, places) + "), " + size.Fixed(places) + " " + word +
			" than for the rest (" + Range(limits, places) + ").",
	}
}
