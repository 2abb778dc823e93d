package request

import (
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/survey"
	"github.com/caregap/caregap/internal/weight"
)

// statistic is an item as numbers of rows.
type statistic struct {
	survey.Statistic
	categories []string // of a share of categories: one a number
	observed   func(row int) bool

	once    sync.Once
	oneUnit []bool // by group
}

// mostCategories is how many categories shares are given of. More of them are
// measurements or ids.
const mostCategories = 200

// statistic makes the numbers of an item; a quantile has none.
func (a *asker) statistic(item Item) (*statistic, error) {
	if item.Kind == Share {
		return a.share(item.Columns[0])
	}
	x, err := a.manyNumbers(item.Columns)
	if err != nil {
		return nil, a.textHint(err, item)
	}
	out := &statistic{observed: func(row int) bool { return !math.IsNaN(x[0][row]) && !math.IsNaN(x[len(x)-1][row]) }}
	switch item.Kind {
	case Mean:
		out.Statistic = survey.NewMean(survey.Numeric(x[0]))
	case Total:
		out.Statistic = survey.NewTotal(survey.Numeric(x[0]))
	case Ratio:
		out.Statistic = survey.NewRatio(x[0], x[1])
	case Gap:
		out.Statistic = survey.NewMean(survey.Numeric(less(x[0], x[1])))
	default:
		panic("request: no statistic of " + string(item.Kind))
	}
	return out, nil
}

// textHint points from numbers to shares where a column has none.
func (a *asker) textHint(err error, item Item) error {
	var problems *diag.Problems
	if errors.As(err, &problems) && item.Kind == Mean && !a.column(item.Columns[0]).Numeric() {
		problems.Diagnostics[0].Hint = fmt.Sprintf("--share %s gives the share of each of its categories", item.Columns[0])
	}
	return err
}

func less(x, y []float64) []float64 {
	out := make([]float64, len(x))
	for row := range x {
		out[row] = x[row] - y[row]
	}
	return out
}

// share is of those with 1 in a column of 0 and 1, else of each category.
func (a *asker) share(name string) (*statistic, error) {
	c := a.column(name)
	if c.Numeric() {
		x, err := c.Numbers()
		if err != nil {
			return nil, err
		}
		if zeroOne(x) {
			return &statistic{Statistic: survey.NewMean(survey.Numeric(x)), observed: func(row int) bool { return !math.IsNaN(x[row]) }}, nil
		}
	}
	all := c.Categories()
	if len(all.Labels) > mostCategories {
		return nil, &diag.Problems{Diagnostics: []diag.Diagnostic{{
			Code: "many-categories", Pos: diag.Pos{File: a.file.Name, Column: name},
			Message: fmt.Sprintf("%d different values are too many for shares, expected at most %d", len(all.Labels), mostCategories),
		}}}
	}
	if err := a.printable(all); err != nil {
		return nil, err
	}
	return &statistic{
		Statistic: survey.NewMean(survey.Categorical(all.Codes, len(all.Labels))), categories: all.Labels,
		observed: func(row int) bool { return all.Codes[row] >= 0 },
	}, nil
}

// zeroOne reports whether a column has 0 and 1 alone.
func zeroOne(x []float64) bool {
	for _, v := range x {
		if v != 0 && v != 1 && !math.IsNaN(v) {
			return false
		}
	}
	return true
}

// item answers one item, of everyone or of each group.
func (a *asker) item(item Item) ([]Row, error) {
	if item.Kind == Quantile {
		return a.quantiles(item)
	}
	st, err := a.statistic(item)
	if err != nil {
		return nil, err
	}
	if a.domains == nil {
		e, err := a.sample.Estimate(st.Statistic)
		if err != nil {
			return nil, err
		}
		return a.filled(item, st, e, nil, 0), nil
	}
	all, err := a.sample.blocks(st.Statistic, a.domains.Codes, a.groups)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for i, g := range all {
		if g.Err != nil {
			return nil, g.Err
		}
		rows = append(rows, a.filled(item, st, g.Estimates, a.where(a.groups[i]), g.Code)...)
	}
	return rows, nil
}

// filled are the rows of a statistic of one group.
func (a *asker) filled(item Item, st *statistic, e *survey.Estimates, group []Where, code int32) []Row {
	rows := make([]Row, st.Len())
	for i := range rows {
		rows[i] = Row{Item: item, Group: group}
		if st.categories != nil {
			rows[i].Category = st.categories[i]
		}
		a.fill(&rows[i], st, e, i, code)
	}
	return rows
}

// where are a group's categories.
func (a *asker) where(g group) []Where {
	var out []Where
	for _, p := range a.named(g.row) {
		out = append(out, Where{p.key, p.value})
	}
	return out
}

// quantiles answers a quantile by R's rule "math", with Woodruff's limits.
func (a *asker) quantiles(item Item) ([]Row, error) {
	x, err := a.numbers(item.Columns[0])
	if err != nil {
		return nil, err
	}
	st := &statistic{observed: func(row int) bool { return !math.IsNaN(x[row]) }}
	if a.domains == nil {
		row, err := a.quantile(item, st, x, group{})
		return []Row{row}, err
	}
	var rows []Row
	for _, g := range a.groups {
		row, err := a.quantile(item, st, x, g)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// quantile is that of a group, or of everyone.
func (a *asker) quantile(item Item, st *statistic, x []float64, g group) (Row, error) {
	row, s := Row{Item: item}, a.sample
	if a.domains != nil {
		row.Group, s = a.where(g), s.in(equal(a.domains.Codes, g.code))
	}
	q, err := s.Quantiles(x)
	if err != nil {
		return row, err
	}
	one, err := q.Woodruff(item.Quantile, survey.RuleMath, interval.Mean, a.Level, interval.Published)
	if err != nil {
		return row, err
	}
	row.N, row.Missing, row.DF = q.N, q.Missing, number.Of(q.DFObserved)
	row.Estimate, row.SE, row.Lower, row.Upper = one.Estimate, one.SE, one.Lower, one.Upper
	switch {
	case q.N == 0:
		row.note("nobody")
	case !(q.DFObserved > 0):
		row.note("%s", a.whyNoDF(st, &row, g.code))
	case one.Note != "":
		row.note("%s", one.Note)
	case !one.Lower.Known() || !one.Upper.Known():
		row.note("a limit lies outside of the values that were observed")
	}
	return row, nil
}

// difference answers an item's difference between two categories, in every group.
func (a *asker) difference(item Item, d Difference) ([]Row, error) {
	st, err := a.statistic(item)
	if err != nil {
		return nil, err
	}
	c, err := a.categories(d.Column)
	if err != nil {
		return nil, err
	}
	for _, end := range []string{d.From, d.To} {
		if c.Code(end) < 0 {
			return nil, noCategory(a.file.Name, c, end)
		}
	}
	from, to := c.Code(d.From), c.Code(d.To)
	if a.domains == nil {
		return a.between(item, st, d, equal(c.Codes, from), equal(c.Codes, to), nil)
	}
	var rows []Row
	for _, g := range a.groups {
		in := func(code int32) []bool {
			out := equal(c.Codes, code)
			for row := range out {
				out[row] = out[row] && a.domains.Codes[row] == g.code
			}
			return out
		}
		some, err := a.between(item, st, d, in(from), in(to), a.where(g))
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

// between is the difference of two domains, with what their estimates have in common.
func (a *asker) between(item Item, st *statistic, d Difference, from, to []bool, group []Where) ([]Row, error) {
	j, err := a.sample.EstimateJoint(survey.Part{Statistic: st.Statistic, In: from}, survey.Part{Statistic: st.Statistic, In: to})
	if err != nil {
		return nil, err
	}
	n := st.Len()
	rows := make([]Row, n)
	for i := range rows {
		row := Row{Item: item, Group: group, Difference: &d, N: j.N, Missing: j.Missing, DF: number.Of(j.DFObserved)}
		if st.categories != nil {
			row.Category = st.categories[i]
		}
		t := j.Difference(i, n+i).Test(j.DFObserved, a.Level)
		row.Estimate = t.Estimate
		switch {
		case j.Parts[0].N == 0 || j.Parts[1].N == 0:
			row.note("nobody at one end")
		case !t.Estimate.Known() && item.Kind == Ratio:
			row.note("the denominator of one end adds up to 0")
		case !(j.DFObserved > 0):
			row.note("%s", interval.NoDF)
		default:
			row.SE, row.Lower, row.Upper, row.P = t.SE, t.Lower, t.Upper, t.P
			if t.SE.Or(1) == 0 {
				row.note("%s", a.whyNoVariance())
			}
		}
		rows[i] = row
	}
	return rows, nil
}

// messages are an error's problems one by one.
func messages(err error) []string {
	var s *survey.Problems
	var w *weight.Failure
	switch {
	case errors.As(err, &s):
		return s.Messages
	case errors.As(err, &w):
		return w.Problems
	}
	return []string{err.Error()}
}
