package study

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// Codes returns how many answers are on the scale: the options, or the whole
// numbers from min to max. Answers are counted from 0 here; the code that files
// show is Code.
func (sc Scale) Codes() int {
	if sc.numeric() {
		return *sc.Max - *sc.Min + 1
	}
	return len(sc.Options)
}

func (sc Scale) numeric() bool { return sc.Min != nil && sc.Max != nil }

// Code is what files show for answer i: 1 to k for options, the number itself on
// a numeric scale.
func (sc Scale) Code(i int) int {
	if sc.numeric() {
		return *sc.Min + i
	}
	return i + 1
}

// Label is the words of answer i: the option, or the number.
func (sc Scale) Label(i int) string {
	if sc.numeric() {
		return strconv.Itoa(sc.Code(i))
	}
	return sc.Options[i]
}

// Labels are the words of all answers in order.
func (sc Scale) Labels() []string {
	out := make([]string, sc.Codes())
	for i := range out {
		out[i] = sc.Label(i)
	}
	return out
}

// Index returns the answer with that label, compared as labels are, or -1.
func (sc Scale) Index(label string) int {
	label = fold.String(label)
	if !sc.numeric() {
		return slices.IndexFunc(sc.Options, func(o string) bool { return fold.String(o) == label })
	}
	if n, err := strconv.Atoi(label); err == nil && strconv.Itoa(n) == label && n >= *sc.Min && n <= *sc.Max {
		return n - *sc.Min
	}
	return -1
}

// IsUnscored reports whether label is one of the answers beside the scale.
func (sc Scale) IsUnscored(label string) bool {
	label = fold.String(label)
	return slices.ContainsFunc(sc.Unscored, func(o string) bool { return fold.String(o) == label })
}

// Points is the percent of the maximum possible of answer i as an exact
// fraction: 100 num/den, from 0 for the first answer to 100 for the last. For a
// reversed item take Points(Codes()-1-i).
func (sc Scale) Points(i int) (num, den int) { return i, sc.Codes() - 1 }

// Nets tell of each answer, from the first, whether it counts as positive or as
// negative; what is neither is neutral, and none is both.
type Nets struct{ Positive, Negative []bool }

// Nets returns the scale's positive answers and their mirror images. Where the
// positive answers reach past the middle, an answer that is positive itself is
// not negative too. For a reversed item both sets are mirrored.
func (sc Scale) Nets(reversed bool) Nets {
	k := sc.Codes()
	n := Nets{make([]bool, k), make([]bool, k)}
	for _, label := range sc.Positive {
		if i := sc.Index(label); i >= 0 {
			n.Positive[i] = true
		}
	}
	for i := range k {
		n.Negative[i] = n.Positive[k-1-i] && !n.Positive[i]
	}
	if reversed {
		slices.Reverse(n.Positive)
		slices.Reverse(n.Negative)
	}
	return n
}

// PositiveSet is Nets(false).Positive.
func (sc Scale) PositiveSet() []bool { return sc.Nets(false).Positive }

// NegativeSet is Nets(false).Negative.
func (sc Scale) NegativeSet() []bool { return sc.Nets(false).Negative }

// NeutralSet is what is neither positive nor negative.
func (sc Scale) NeutralSet() []bool {
	n := sc.Nets(false)
	out := make([]bool, len(n.Positive))
	for i := range out {
		out[i] = !n.Positive[i] && !n.Negative[i]
	}
	return out
}

// MissingKinds are the kinds of missing, as the one schema and the codebooks
// name them.
var MissingKinds = []string{"not_asked", "not_shown", "seen_unanswered", "unsure", "not_applicable", "refused", "invalid"}

// UnscoredKind is the kind of missing of an answer beside a scale: the kind
// whose words the label is ("Not applicable", "Refused"), else unsure.
func UnscoredKind(label string) string {
	word := strings.NewReplacer(" ", "_", "-", "_").Replace(fold.String(label))
	if slices.Contains(MissingKinds, word) {
		return word
	}
	return "unsure"
}
