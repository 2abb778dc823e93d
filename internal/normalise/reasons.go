package normalise

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

// Reasons lists them in that order.
func Reasons() []string {
	return []string{Preview, Test, Spam, Empty, Unfinished, ScreenedOut, Speeder, Duplicate}
}

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
)

// SetAside is one row that does not count, and why.
type SetAside struct {
	Record int // within the chunk
	Reason string
}
