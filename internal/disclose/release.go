package disclose

import (
	"iter"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// Key names one number; see product documentation in docs/study-files.md.
type Key = estimate.Key

// Statuses of a row without figures.
const (
	Shown         = ""  // the row has figures
	Confidential  = "c" // hidden; never says under which rule
	NotAsked      = "x" // not asked in this survey and wave
	Nobody        = "w" // asked, but nobody answered
	NotApplicable = "z"
	Break         = "b" // the question changed: the numbers do not compare
)

// Row is one number that may be published. Unless Status is Shown it has keys
// and no figures at all, not even a base. All figures are rounded already.
type Row struct {
	Key
	Unit       string // score, points, percent, scale
	Definition string
	BaseRule   string // "", saw, ticked_any
	Status     string
	Flags      string // LowReliability, Revised, both or none, in this order

	Estimate, SE, Lower, Upper number.Value
	Base                       number.Value // unweighted respondents
	WeightedBase               number.Value // sum of their weights over the mean weight of the wave, for answers and ticks; see weightedBases
	EffectiveBase, Deff, DF    number.Value
	PValue, PAdjusted          number.Value
}

// Shown reports whether the row has figures.
func (r Row) Shown() bool { return r.Status == Shown }

// The flags of a shown row.
const (
	LowReliability = "u"
	Revised        = "r" // the last release shows another number here
)

// Low reports whether the row is shown with low reliability.
func (r Row) Low() bool { return r.Shown() && strings.Contains(r.Flags, LowReliability) }

// Reliable reports whether the row may enter sentences and rankings: shown, with
// an effective base of 30 or more and not of low reliability in another way.
func (r Row) Reliable() bool {
	return r.Shown() && r.EffectiveBase.Or(0) >= 30 && !r.Low()
}

// Release is all that may be shared of one run. Only Protect makes one; it holds
// no suppressed figure, so nothing that is given a Release can leak one.
type Release struct {
	id      string
	version string
	study   *study.Study
	words   *study.Study // with its words fit to stand in sentences
	rows    []Row
	index   map[Key]int
	ledger  []FileLedger
	weights []WeightSummary

	weightings    []Weighting
	reliability   []Reliability
	heterogeneity []Heterogeneity
	overlap       []Overlap
	inputs        []Input
	figures       Figures
}

// Figures count the rows of a release.
type Figures struct {
	Published  int // rows with figures
	Suppressed int // rows with status c
}

// Input is a file the release rests on.
type Input struct {
	Path   string // relative to the study folder
	SHA256 string
	Kind   string // study, export, or key: what explains an export
}

// FileLedger is the public account of one export: every row is a respondent or
// set aside. Counts under min_count are given as text only, "fewer than 5".
type FileLedger struct {
	Survey, Wave, File, Platform string
	Rows, Respondents            Count
	SetAside                     []Reason // in the order the reasons apply, only those that occurred
	Rejected                     []Rejected
}

// Count is a whole number, or only the fact that it is small.
type Count struct {
	N     number.Value // nothing where the count is small or follows from one that is
	Words string       // what to print: "1,204" or "fewer than 5"
}

// Reason is how many rows were set aside for one reason.
type Reason struct {
	Reason string
	Count  Count
}

// Rejected is how many values of a column could not be used.
type Rejected struct {
	Column, Reason string
	Count          Count
}

// WeightSummary says what the weights of a survey and wave do.
type WeightSummary struct {
	Survey, Wave  string
	Source        string       // design, raked or none
	Status        string       // Confidential where the figures would give others away
	KishEffect    number.Value // n sum w^2 / (sum w)^2
	EffectiveBase number.Value // n / KishEffect
	MinOverMean   number.Value // the smallest weight over the mean weight
	MaxOverMean   number.Value
}

// Overlap says how many people answered two surveys, where it was looked for.
type Overlap struct {
	Surveys [2]string
	People  Count
}

// ID is the release's id: 12 hex digits.
func (r *Release) ID() string { return r.id }

// Version is the program version that made the release.
func (r *Release) Version() string { return r.version }

// Study is the study as its owner wrote it, with words that run from right to left
// in isolates; it holds no answers.
func (r *Release) Study() *study.Study { return r.words }

// All iterates over the rows in their fixed order.
func (r *Release) All() iter.Seq[Row] { return slices.Values(r.rows) }

// Rows returns a copy of the rows in that order.
func (r *Release) Rows() []Row { return slices.Clone(r.rows) }

// Len is the number of rows.
func (r *Release) Len() int { return len(r.rows) }

// Find returns the row with that key.
func (r *Release) Find(k Key) (Row, bool) {
	i, ok := r.index[k]
	if !ok {
		return Row{}, false
	}
	return r.rows[i], true
}

// Select returns the rows for which keep holds, in order.
func (r *Release) Select(keep func(Row) bool) []Row {
	var out []Row
	for _, row := range r.rows {
		if keep(row) {
			out = append(out, row)
		}
	}
	return out
}

// Ledger returns the public account of every export.
func (r *Release) Ledger() []FileLedger { return slices.Clone(r.ledger) }

// Weights returns what the weights do, one entry a survey and wave.
func (r *Release) Weights() []WeightSummary { return slices.Clone(r.weights) }

// Weightings returns how weights were made to match a population, one entry a
// survey and wave.
func (r *Release) Weightings() []Weighting { return slices.Clone(r.weightings) }

// Overlaps returns the overlaps that were looked for.
func (r *Release) Overlaps() []Overlap { return slices.Clone(r.overlap) }

// Inputs returns the files the release rests on, with their hashes.
func (r *Release) Inputs() []Input { return slices.Clone(r.inputs) }

// Figures returns how many rows have figures and how many are confidential.
func (r *Release) Figures() Figures { return r.figures }
