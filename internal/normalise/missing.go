package normalise

import (
	"slices"

	"github.com/caregap/caregap/internal/study"
)

// Kind is why a respondent has no usable answer.
type Kind uint8

// The kinds of missing, in the order of the one schema.
const (
	NotAsked       Kind = iota // the wave did not ask it
	NotShown                   // asked, but this respondent never saw it
	SeenUnanswered             // seen and left blank
	Unsure
	NotApplicable
	Refused
	Invalid // an answer that nothing declares, with `unknown: invalid`
)

// String is the kind's name in the schema; study.MissingKinds has them in this order.
func (k Kind) String() string { return study.MissingKinds[k] }

// KindNames lists the kinds in order.
func KindNames() []string { return study.MissingKinds }

// ParseKind finds the kind that a codebook names.
//
//gosec:disable G115 -- an index into a list of a few names
func ParseKind(name string) (Kind, bool) {
	i := slices.Index(study.MissingKinds, name)
	return Kind(max(0, i)), i >= 0
}

// kindOfLabel is the kind of an unscored label: the one whose words it is, else unsure.
func kindOfLabel(label string) Kind {
	k, _ := ParseKind(study.UnscoredKind(label))
	return k
}

// An answer is one byte, its slot: the kinds of missing come first, then the
// options of the scale in order. For a tick-all option NotTicked and Ticked are
// the first two options.
const (
	FirstOption = 8
	NotTicked   = FirstOption
	Ticked      = FirstOption + 1
)

// Slots is how many slots an answer with so many options may take.
func Slots(options int) int { return FirstOption + options }
