package request

import (
	"fmt"
	"math"
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

// fill takes number i of estimates over.
func (a *asker) fill(row *Row, st *statistic, e *survey.Estimates, i int) {
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
		row.note("%s", a.whyNoDF(st, row))
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
	if row.SE.Or(1) == 0 && row.Item.Kind != Share {
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

// whyNoDF tells a sample of one PSU from one with a PSU in each stratum.
func (a *asker) whyNoDF(st *statistic, row *Row) string {
	units := map[int32]bool{}
	if len(a.Design.IDs) > 0 {
		first, err := a.categories(a.Design.IDs[0])
		if err != nil {
			panic("request: " + err.Error()) // the design was made of them
		}
		for k, w := range a.sample.Weights() {
			if w != 0 && st.observed(k) && a.inGroup(k, row.Group) {
				units[first.Codes[k]] = true
			}
		}
	}
	if len(units) == 1 || len(a.Design.IDs) == 0 && row.N == 1 {
		return "one PSU"
	}
	return interval.NoDF
}

// inGroup reports whether a row has a group's categories.
func (a *asker) inGroup(k int, group []Where) bool {
	for _, g := range group {
		c, err := a.categories(g.Column)
		if err != nil || c.Codes[k] < 0 || c.Labels[c.Codes[k]] != g.Category {
			return false
		}
	}
	return true
}

// whyNoVariance tells what a known error of 0 rests on.
func (a *asker) whyNoVariance() string {
	if len(a.Weights) > 0 {
		return "no variance: everybody has the same value, or the weights were made to give it"
	}
	return "no variance: everybody has the same value, or everybody was asked"
}
