package draft

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// ordered are the labels of a scale in their order, from the lowest.
type ordered struct {
	labels   []string
	positive []string
	family   string
	middle   bool              // there is a neutral label
	wordings map[string]string // other wordings of a label, to the label
}

// order puts labels in the order of what they say, or reports that it cannot: a word
// is not known, two labels stand at one place, or they grade different things. Two
// labels of the same words in another order are one, in two wordings; the first is
// taken.
func order(labels []string) (ordered, bool) {
	senses, two := sensesOf(labels)
	out := ordered{wordings: map[string]string{}}
	at := map[string]float64{}
	for i, l := range labels {
		s := senses[i]
		out.middle = out.middle || s.neutral
		if !out.joins(s) {
			return ordered{}, false
		}
		other := slices.IndexFunc(out.labels, func(o string) bool { return at[o] == s.place(two) })
		switch {
		case other < 0:
			out.labels, at[l] = append(out.labels, l), s.place(two)
		case anagram(out.labels[other], l):
			out.wordings[l] = out.labels[other]
		default:
			return ordered{}, false
		}
	}
	if len(out.labels) < 2 || len(out.labels) == 2 && !two {
		return ordered{}, false
	}
	slices.SortStableFunc(out.labels, func(a, b string) int { return cmp.Compare(at[a], at[b]) })
	out.positive = positive(out.labels, func(l string) bool { return two && at[l] > 0 && senseOf(l).sign != 0 })
	return out, true
}

// sensesOf reads labels, and says whether their scale has two ends.
func sensesOf(labels []string) (senses []sense, two bool) {
	for _, l := range labels {
		s := senseOf(l)
		senses = append(senses, s)
		two = two || s.sign < 0 || s.neutral
	}
	return senses, two
}

// joins reports whether a label grades what those before it do. One that is a degree
// and nothing else fits any.
func (o *ordered) joins(s sense) bool {
	switch {
	case s.neutral:
		return true
	case s.family == "":
		return s.graded
	case o.family == "" || o.family == s.family:
		o.family = s.family
	case s.sign != 0 || s.fixed || o.family == "often" || o.family == "good" || !(strings.Contains(o.family, s.family) || strings.Contains(s.family, o.family)):
		return false
	}
	return s.sign != 0 || s.fixed || s.graded || len(o.labels) > 0
}

// positive are the labels from the first of the upper side on, where the scale has
// two; else those from two thirds of the way up.
func positive(labels []string, upper func(string) bool) []string {
	if i := slices.IndexFunc(labels, upper); i > 0 {
		return labels[i:]
	}
	return labels[topThird(len(labels)):]
}

// topThird is the first of n answers in a row that has two thirds or more of the
// way from the first to the last behind it.
func topThird(n int) int { return (2*(n-1) + 2) / 3 }

// anagram reports whether two labels have the same words in another order.
func anagram(a, b string) bool {
	x, y := words(a), words(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// firstNumber finds the number that a label begins with, or has after a word or two.
var firstNumber = regexp.MustCompile(`\d+(?:[.,]\d+)*`)

// sortedLabels puts labels in order that say how much of something there is: by
// their words, or by their numbers where all but one have some. Others stay.
func sortedLabels(labels []string) []string {
	if o, ok := order(labels); ok && len(o.wordings) == 0 {
		return o.labels
	}
	at := amounts(labels)
	if len(at) < 2 || len(at) < len(labels)-1 {
		return labels
	}
	out := slices.Clone(labels)
	slices.SortStableFunc(out, func(a, b string) int {
		x, known := at[a]
		y, too := at[b]
		if !known || !too {
			return cmp.Compare(boolean(known), boolean(too)) // what has no number stands first
		}
		return cmp.Compare(x, y)
	})
	return out
}

// amounts are the first numbers of the labels that have one; a label for all that
// is less or more stands beside its number.
func amounts(labels []string) map[string]float64 {
	at := map[string]float64{}
	for _, l := range labels {
		n, err := strconv.ParseFloat(strings.ReplaceAll(firstNumber.FindString(l), ",", ""), 64)
		if err != nil {
			continue
		}
		switch low := fold.String(l); {
		case strings.HasPrefix(low, "under"), strings.HasPrefix(low, "less"), strings.HasPrefix(low, "<"), strings.HasPrefix(low, "up to"):
			n -= 0.5
		case strings.HasPrefix(low, "over"), strings.HasPrefix(low, "more"), strings.HasPrefix(low, ">"):
			n += 0.5
		}
		at[l] = n
	}
	return at
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sameLabel reports whether two labels are one once folded.
func sameLabel(a, b string) bool { return fold.String(a) == fold.String(b) }
