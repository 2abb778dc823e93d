package request

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/survey"
)

// Row is one estimate. A figure that is not to be had is nothing, and Note says why.
type Row struct {
	Item       Item
	Category   string // of a share of categories
	Group      []Where
	Difference *Difference

	Estimate, SE, Lower, Upper number.Value
	N                          int // rows that have what is asked for
	Missing                    int // rows that take part and do not
	Effective, Deff, DF        number.Value
	P                          number.Value // of gaps and differences: two-sided, that they are 0
	Notes                      []string
}

func (r *Row) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// Note is all notes together.
func (r *Row) Note() string { return strings.Join(r.Notes, "; ") }

// fill takes number i of estimates of the group with a code over.
func (a *asker) fill(row *Row, st *statistic, e *survey.Estimates, i int, code int32) {
	row.N, row.Missing, row.DF = e.N, e.Missing, number.Of(e.DFObserved)
	row.Estimate = e.Value(i)
	switch {
	case e.N == 0:
		row.note("nobody")
		row.DF = number.Value{}
		return
	case !row.Estimate.Known() && row.Item.Kind == Ratio:
		row.note("the denominator adds up to 0")
		return
	case !(e.DFObserved > 0):
		row.note("%s", a.whyNoDF(st, row, code))
		return
	case !e.SE(i).Known():
		row.note("no variance information")
		return
	}
	row.SE, row.Deff, row.Effective = e.SE(i), e.DeffReplace(i), number.Of(float64(e.N))
	if deff, ok := row.Deff.Get(); ok {
		row.Effective = number.Of(float64(e.N) / deff)
	}
	a.limits(row, e, i)
	if row.SE.Or(1) == 0 && len(row.Notes) == 0 {
		row.note("%s", a.whyNoVariance())
	}
}

// limits are Wilson's for shares, t's for others.
func (a *asker) limits(row *Row, e *survey.Estimates, i int) {
	if row.Item.Kind == Share {
		l := interval.Share{P: e.Theta[i], V: e.V[i][i], DF: e.DFObserved, N: float64(e.N)}.Limits(interval.Wilsons, a.Level, interval.Published)
		row.Lower, row.Upper = l.Lower, l.Upper
		if l.Note != "" {
			row.note("%s", l.Note)
		}
		return
	}
	half := distribution.TQuantile((1-a.Level)/2, e.DFObserved) * math.Sqrt(e.V[i][i])
	row.Lower, row.Upper = number.Of(e.Theta[i]-half), number.Of(e.Theta[i]+half)
	if row.Item.Kind == Gap {
		row.P = survey.Combined{Estimate: e.Value(i), Variance: e.Variance(i)}.Test(e.DFObserved, a.Level).P
	}
}

// whyNoDF tells a group in one PSU from one with a PSU in each stratum.
func (a *asker) whyNoDF(st *statistic, row *Row, code int32) string {
	if len(a.Design.IDs) == 0 && row.N == 1 || len(a.Design.IDs) > 0 && a.inOneUnit(st)[code] {
		return "one PSU"
	}
	return interval.NoDF
}

// inOneUnit says of each group whether all of its rows that are observed lie in
// one PSU. It is made when the first row asks for it.
func (a *asker) inOneUnit(st *statistic) []bool {
	st.once.Do(func() {
		units, err := a.categories(a.Design.IDs[0])
		if err != nil {
			panic("request: " + err.Error()) // the design was made of them
		}
		const none, many = -1, -2
		first := slices.Repeat([]int32{none}, a.codes())
		for k, w := range a.sample.Weights() {
			g := a.groupCode(k)
			if w == 0 || g < 0 || !st.observed(k) {
				continue
			}
			switch unit := units.Codes[k]; first[g] {
			case none:
				first[g] = unit
			case unit:
			default:
				first[g] = many
			}
		}
		st.oneUnit = make([]bool, len(first))
		for g, unit := range first {
			st.oneUnit[g] = unit >= 0
		}
	})
	return st.oneUnit
}

// codes is how many codes groups have; everyone has code 0.
func (a *asker) codes() int {
	if a.domains == nil {
		return 1
	}
	return len(a.domains.Labels)
}

func (a *asker) groupCode(row int) int32 {
	if a.domains == nil {
		return 0
	}
	return a.domains.Codes[row]
}

// whyNoVariance tells what a known error of 0 may rest on.
func (a *asker) whyNoVariance() string {
	if len(a.Weights) > 0 {
		return "no variance: PSUs do not differ, or the weights were made to give it"
	}
	return "no variance: PSUs do not differ, or everybody was asked"
}
