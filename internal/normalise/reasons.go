package normalise

import "slices"

// The reasons a row is set aside for, in the order they apply.
const (
	Preview     = "preview"
	Test        = "test"
	Spam        = "spam"
	Empty       = "empty"
	Unfinished  = "unfinished"
	ScreenedOut = "screened_out"
	Speeder     = "speeder"
	Duplicate   = "duplicate"
)

// reasons are "" for a row that counts and then the reasons in their order.
var reasons = [...]string{"", Preview, Test, Spam, Empty, Unfinished, ScreenedOut, Speeder, Duplicate}

// Reasons lists them in that order.
func Reasons() []string { return slices.Clone(reasons[1:]) }

//gosec:disable G115 -- an index into a list of a few names
func reasonNumber(reason string) int32 { return int32(max(0, slices.Index(reasons[:], reason))) }

// Reasons a value cannot be used, as the ledger names them.
const (
	UnknownLabel   = "unknown label"
	NotInRange     = "out of range"
	NotADate       = "not a date"
	NoPSU          = "no PSU"
	NoStratum      = "no stratum"
	NoWeight       = "no weight"
	BadWeight      = "not a weight"
	NegativeWeight = "negative weight"
	BadFPC         = "not a population size"
	NoID           = "no id"
	NotADuration   = "not a duration"
	TwoAnswers     = "two answers ticked"
	Unlisted       = "open answer without an option"
)

// SetAside is one row that does not count, and why.
type SetAside struct {
	Record int // within the chunk
	Reason string
}
