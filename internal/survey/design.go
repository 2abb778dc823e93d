package survey

// Lonely says what becomes of a stratum with one PSU that was not taken with
// certainty (R's option survey.lonely.psu).
type Lonely uint8

// The options for lonely PSUs.
const (
	LonelyFail      Lonely = iota // a problem that names the stratum and the stage
	LonelyCertainty               // adds nothing
	LonelyAdjust                  // centred at the mean of all PSUs
	LonelyAverage                 // dropped, and the rest scaled up
	LonelyRemove                  // the same as certainty
)

// Design says how a sample was drawn, in columns with a value for each row.
type Design struct {
	Rows         int
	Weights      []float64 // nil: from the FPC, else 1
	Stages       []Stage   // none: every row its own PSU, one stratum
	Nest         bool      // ids of units are given within strata
	Lonely       Lonely
	DomainLonely bool // Lonely also where a stratum has one PSU within a domain (adjust, average)
}

// Stage is one stage of sampling. Codes are numbers of values, -1 for missing.
type Stage struct {
	Units    []int32   // nil: every row its own unit
	Strata   []int32   // nil: one stratum
	FPC      []float64 // counts (all at least 1) or fractions (all at most 1); nil: infinite
	UnitName func(code int32) string
	// StratumName and UnitName say in messages what a code stands for; nil: its number.
	StratumName func(code int32) string
}

// design is a Design that was checked.
type design struct {
	Design
}
