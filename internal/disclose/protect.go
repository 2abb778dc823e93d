package disclose

import (
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// Evidence is everything a release is made from, unprotected.
type Evidence struct {
	ID, Version string
	Study       *study.Study
	Rows        []estimate.Row
	Ledgers     []normalise.Ledger
	Weights     []WeightSummary
	Overlaps    []SharedPeople
	Inputs      []Input
}

// SharedPeople is how many people answered two surveys, exactly.
type SharedPeople struct {
	Surveys [2]string
	People  int
}

// Audit says of each hidden number why; it never leaves private/.
type Audit struct {
	Hidden []Hidden
}

// Hidden is one hidden number and its rule: 1 base, 2 sensitive, 3 complement,
// 4 an end or a part hidden.
type Hidden struct {
	Key
	Rule int
}

// Protect makes the release.
func Protect(e Evidence) (*Release, *Audit, error) {
	r := &Release{id: e.ID, version: e.Version, study: e.Study, index: map[Key]int{}, weights: e.Weights, inputs: e.Inputs}
	audit := &Audit{}
	d := e.Study.Disclosure
	for _, row := range e.Rows {
		p := Row{Key: row.Key, Unit: row.Unit, Definition: row.Definition, BaseRule: row.BaseRule, Status: row.Status}
		if p.Status == Shown && row.Survey != "average" && row.Base < d.MinBase {
			p.Status = Confidential
			audit.Hidden = append(audit.Hidden, Hidden{row.Key, 1})
		}
		switch p.Status {
		case Shown:
			p.Flags = row.Flags
			p.Estimate, p.Lower, p.Upper = row.Estimate.Round(d.Decimals), row.Lower.Round(d.Decimals), row.Upper.Round(d.Decimals)
			p.SE = row.SE.Round(d.Decimals + 1)
			if row.Survey != "average" {
				p.Base = number.Of(float64(row.Base))
			}
			p.EffectiveBase, p.Deff, p.DF = row.EffectiveBase.Round(1), row.Deff.Round(2), row.DF.Round(0)
			p.PValue = row.PValue.Round(3)
			r.figures.Published++
		case Confidential:
			r.figures.Suppressed++
		}
		r.index[p.Key] = len(r.rows)
		r.rows = append(r.rows, p)
	}
	return r, audit, nil
}
