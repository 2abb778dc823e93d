package survey

import (
	"fmt"
	"slices"
	"strings"
)

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
	// RowName is what messages call a row, from 0; nil: "row 1" and so on.
	RowName func(row int) string
}

// Stage is one stage of sampling. Codes are dense numbers of values from 0, -1 for
// missing; strata and units are gone through in the order of their codes. Units and
// strata of later stages are taken within the unit of the stage before.
type Stage struct {
	Units    []int32   // nil: every row its own unit
	Strata   []int32   // nil: one stratum
	FPC      []float64 // counts (all at least 1) or fractions (all at most 1), of all stages alike; nil: infinite
	UnitName func(code int32) string
	// StratumName and UnitName say in messages what a code stands for; nil: its number.
	StratumName func(code int32) string
}

// Problems are everything that stands in the way of a design or an estimate.
type Problems struct{ Messages []string }

// Error lists the problems on one line.
func (p *Problems) Error() string { return strings.Join(p.Messages, "; ") }

func (p *Problems) add(format string, args ...any) {
	p.Messages = append(p.Messages, fmt.Sprintf(format, args...))
}

// err is p where there are problems, else nil.
func (p *Problems) err() error {
	if len(p.Messages) == 0 {
		return nil
	}
	return p
}

// design is a Design that was checked, as lists of strata.
type design struct {
	Lonely       Lonely
	DomainLonely bool
	stages       []*stage // the first, and those below that can add to a variance
	stratified   bool
}

// stage has the units of one stage in the order of (parent unit, stratum, id), and
// the strata in which they lie.
type stage struct {
	number  int     // from 1, for messages
	unit    []int32 // of each row
	units   int
	rows    bool // every row is its own unit
	strata  []stratum
	stratum []int32 // of each row, where it is its own unit
}

// stratum has n units in the whole file, which are the fraction f of those of the
// population. Its units are numbered from first on.
type stratum struct {
	name        string
	first, n    int32
	f           float64
	parent      int32   // unit of the stage before; 0 at the first
	multiplier  float64 // product of the ancestors' f
	parentNamed string  // how messages tell strata of the same name apart
}

// takenWhole is so where the FPC leaves nothing.
func (s *stratum) takenWhole() bool { return 1-s.f < wholeBelow }

// New checks a design and makes a sample of it. The error is a *Problems.
func New(d Design) (*Sample, error) {
	b := &builder{Design: d, problems: &Problems{}}
	if len(b.Stages) == 0 {
		b.Stages = []Stage{{}}
	}
	b.checkLengths()
	if err := b.problems.err(); err != nil {
		return nil, err
	}
	b.checkValues()
	if err := b.problems.err(); err != nil {
		return nil, err
	}
	built := b.build()
	if err := b.problems.err(); err != nil {
		return nil, err
	}
	return &Sample{design: built, weights: slices.Clone(b.Weights), warnings: b.warnings}, nil
}

// firstStage is what replicate weights rest on.
func (d *design) firstStage() *firstStage {
	s := d.stages[0]
	out := &firstStage{psu: s.unit, psus: s.units, stratify: d.stratified}
	for _, h := range s.strata {
		psus := make([]int32, h.n)
		for i := range psus {
			psus[i] = h.first + int32(i)
		}
		out.strata = append(out.strata, psuStratum{name: h.name, psus: psus, fraction: h.f})
	}
	return out
}
