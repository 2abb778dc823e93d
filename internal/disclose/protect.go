// Package disclose decides what of a run may be shared. It is the only maker of
// a Release.
//
//  1. primary finds the cells that must not be shown: too few respondents, too
//     few organisations, a sensitive share with too few on one side. A cell is
//     all numbers of one measure about the same respondents: hiding one of them
//     and showing another would give it away.
//  2. pattern hides, for all measures alike, categories that are too small, and
//     the cheapest others that keep them from following. complements does the same
//     for each cell that is small by itself.
//  3. widen has package audit attack what would be published, and hides more where
//     it is not content, the least first, until it is. What it proved is proven
//     once more at the end. Where all is hidden and it is not, the release stops.
//  4. A difference needs both ends shown, an average all its parts.
//  5. What is left is corrected for looking at many, rounded, and put into the
//     Release. A hidden row keeps its keys and nothing else.
//
// Reliability is apart from this: the flag u never hides.
package disclose

import (
	"errors"
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// ErrStopped says that the disclosure rules stopped the release.
var ErrStopped = errors.New("the disclosure rules leave nothing to publish")

// Evidence is everything a release is made from, unprotected.
type Evidence struct {
	ID, Version string
	Study       *study.Study
	Table       *estimate.Table
	Ledgers     []normalise.Ledger
	Weights     []WeightSummary
	Rakings     []Raking
	Overlaps    []SharedPeople
	Inputs      []Input

	// Revised reports whether the last release shows another number in a row's
	// place; nil where there is no last release.
	Revised func(Row) bool

	Earlier []Earlier // releases that people may have beside this one
	Strict  bool      // stop with ErrEarlier where they make more confidential
}

// SharedPeople is how many people answered two surveys, exactly.
type SharedPeople struct {
	Surveys [2]string
	People  int
}

// Audit says of each hidden number why, and holds what private/estimates.csv
// needs. It never leaves private/.
type Audit struct {
	Intervals []Interval     // per row: of the number that the rule protects
	Rules     []Rule         // per row of the table; RuleNone where the row is shown or has a status of its own
	PAdjusted []number.Value // per row of the table, full precision
	Earlier   int            // how many rows are hidden for an earlier release's sake
	Whole     [][2]string    // surveys and waves of which nothing is shown
}

// Interval is how far a protected number may lie from the truth, at the least, for
// all that is published. Rows that are hidden for the sake of others have none.
type Interval struct {
	What   string // base or count; "" for none
	Lo, Hi int
}

// Rule is why a number is hidden.
type Rule uint8

// The rules, by the number product documentation gives them.
const (
	RuleNone          Rule = iota
	RuleBase               // fewer than min_base respondents, or than three organisations
	RuleSensitive          // a sensitive share with fewer than min_count on one side
	RuleComplement         // could be had by subtraction
	RuleConsequential      // a difference or average with a hidden end or part
	RuleEarlier            // could be subtracted from what an earlier release shows
)

// String is the rule's name in private/disclosure.csv.
func (r Rule) String() string {
	return [...]string{"", "base", "sensitive", "complement", "consequence", "earlier"}[r]
}

// Protect makes the release. It returns ErrStopped when every number is hidden.
func Protect(e Evidence) (*Release, *Audit, error) {
	h := newHider(e.Study, e.Table.Rows, linked.Build(e.Study, e.Table.Rows))
	h.rake(e.Rakings)
	for _, w := range h.waves {
		if err := w.protect(e.Earlier); err != nil {
			return nil, &Audit{Rules: h.rules}, err
		}
	}
	h.consequences()
	h.restsOfEarlier(e.Earlier)
	audit := &Audit{Rules: h.rules, Intervals: h.intervals(), Earlier: h.forEarlier(), Whole: h.whole()}
	if e.Strict && audit.Earlier > 0 {
		return nil, audit, ErrEarlier
	}
	audit.PAdjusted = e.Table.Adjust(func(row int) bool { return h.rules[row] != RuleNone })
	r := &Release{id: e.ID, version: e.Version, study: e.Study, rows: make([]Row, 0, len(e.Table.Rows)), index: make(map[Key]int, len(e.Table.Rows)), weights: slices.Clone(e.Weights), inputs: e.Inputs}
	r.words = e.Study.Isolated()
	for i := range e.Table.Rows {
		if h.unnamed(i) {
			continue
		}
		r.add(&e.Table.Rows[i], h.rules[i], audit.PAdjusted[i], e.Study.Disclosure.Decimals)
	}
	r.count()
	r.weightedBases(e)
	r.revisions(e)
	r.weighting(e, h)
	r.reliabilities(e)
	r.heterogeneities(e)
	r.ledger = publicLedgers(e.Ledgers, e.Study.Disclosure.MinCount)
	for _, o := range e.Overlaps {
		r.overlap = append(r.overlap, Overlap{Surveys: o.Surveys, People: smallCount(o.People, e.Study.Disclosure.MinCount)})
	}
	if r.figures.Published == 0 && r.figures.Suppressed > 0 {
		return nil, audit, h.stoppedFor(audit)
	}
	return r, audit, nil
}

// stoppedFor is why nothing is left to publish.
func (h *hider) stoppedFor(audit *Audit) error {
	if audit.Earlier > 0 {
		return ErrEarlier
	}
	for _, w := range h.waves {
		if w.whole != nil {
			return w.whole
		}
	}
	return ErrStopped
}

// protect decides what is hidden of a survey and wave.
func (w *wave) protect(earlier []Earlier) error {
	w.primary()
	w.newcomers(earlier)
	w.pattern()
	w.complements()
	w.remember(earlier)
	for again := true; again; again = w.newcomers(earlier) {
		if err := w.widen(); err != nil {
			return err
		}
	}
	return nil
}

// unnamed reports a hidden row of a single answer in a category: it is not even
// named, as such rows are there from distribution_base respondents on.
func (h *hider) unnamed(i int) bool {
	r := &h.rows[i]
	return h.rules[i] != RuleNone && r.Breakdown != "" && linked.IsAnswer(h.study.Framework, r.Key)
}

// add puts a row into the release: its figures rounded, or none. Rows that the
// release does not tell apart are one.
func (r *Release) add(row *estimate.Row, rule Rule, adjusted number.Value, decimals int) {
	p := Row{Key: publicKey(r.study, row), Unit: row.Unit, Definition: row.Definition, BaseRule: row.BaseRule, Status: row.Status}
	if rule != RuleNone || p.Status == Shown && p.Key != row.Key {
		p.Status = Confidential
	}
	if at, met := r.index[p.Key]; met {
		r.rows[at].Status = joined(r.rows[at].Status, p.Status)
		return
	}
	if p.Status == Shown {
		p.figures(row, adjusted, decimals)
	}
	r.index[p.Key] = len(r.rows)
	r.rows = append(r.rows, p)
}

// count counts the rows with figures and those that are confidential.
func (r *Release) count() {
	for _, row := range r.rows {
		switch row.Status {
		case Shown:
			r.figures.Published++
		case Confidential:
			r.figures.Suppressed++
		}
	}
}

// figures rounds: estimates and limits to the study's decimals, errors to one
// more, p-values to three and never below 0.001.
func (p *Row) figures(row *estimate.Row, adjusted number.Value, decimals int) {
	p.Flags = row.Flags
	p.Estimate, p.Lower, p.Upper = row.Estimate.Round(decimals), row.Lower.Round(decimals), row.Upper.Round(decimals)
	p.SE = row.SE.Round(decimals + 1)
	if row.Survey != estimate.Average {
		p.Base = number.Of(float64(row.Base))
	}
	p.EffectiveBase, p.Deff, p.DF = row.EffectiveBase.Round(1), row.Deff.Round(2), row.DF.Round(0)
	p.PValue, p.PAdjusted = roundP(row.PValue), roundP(adjusted)
}

func roundP(p number.Value) number.Value {
	f, ok := p.Get()
	if !ok {
		return p
	}
	return number.Of(max(f, 0.001)).Round(3)
}
