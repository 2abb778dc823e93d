package disclose

import (
	"slices"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
)

// Raking is how a wave's weights were made to match a population, exactly.
type Raking struct {
	Survey, Wave     string
	Margins          []weight.MarginCategory
	AtLower, AtUpper int // respondents at a bound
}

// Weighting is what may be shown of it.
type Weighting struct {
	Survey, Wave     string
	AtLower, AtUpper Count
	Margins          []MarginShare
	Headline         []Unweighted
}

// MarginShare is one category of a margin, in percent of those who gave one; or,
// of respondents who gave none, in percent of all.
type MarginShare struct {
	Variable, Category        string // Category is "" for those who gave none
	Status                    string // of Before: Shown, or Confidential
	Before, Population, After number.Value
}

// Unweighted is a number that the report leads with, beside what it would be
// with the design's weights alone, or without weights where there are none. Both
// are nothing where the number is not shown.
type Unweighted struct {
	Row
	Without number.Value
}

// weighting protects what raking tells. A category's share before weighting is a
// count of respondents in other words: under min_base it is hidden, and others
// with it, as in a breakdown (rules 1 and 3). Where it is shown the audit knows it.
func (r *Release) weighting(e Evidence, h *hider) {
	for _, w := range e.Rakings {
		out := Weighting{Survey: w.Survey, Wave: w.Wave, Headline: r.headline(e, w)}
		out.AtLower, out.AtUpper = boundCount(w.AtLower, e.Study.Disclosure), boundCount(w.AtUpper, e.Study.Disclosure)
		hidden := false
		for _, m := range margins(&w) {
			shares := m.shares(h.small(&w, m), e.Study.Disclosure.Decimals)
			hidden = hidden || slices.ContainsFunc(shares, func(s MarginShare) bool { return s.Status != Shown })
			out.Margins = append(out.Margins, shares...)
		}
		if hidden {
			r.hideWeights(w)
		}
		r.weightings = append(r.weightings, out)
	}
}

// hideWeights leaves out how weights range and what that costs: of two hidden
// shares the effect is an equation, and the largest weight may be one of them.
func (r *Release) hideWeights(w Raking) {
	for i := range r.weights {
		if s := &r.weights[i]; s.Survey == w.Survey && s.Wave == w.Wave {
			*s = WeightSummary{Survey: s.Survey, Wave: s.Wave, Source: s.Source, Status: Confidential}
		}
	}
}

// boundCount is a number of respondents in some raking cells. That there is nobody
// tells nothing of anybody.
func boundCount(n int, d study.Disclosure) Count {
	if n == 0 {
		return count(0)
	}
	return smallCount(n, d.MinBase)
}

// headline lists what the report leads with: who is positive on the headline
// items, the quadrants of those who are high, the gaps.
func (r *Release) headline(e Evidence, w Raking) []Unweighted {
	var out []Unweighted
	for i := range e.Table.Rows {
		row := &e.Table.Rows[i]
		if row.Survey != w.Survey || row.Wave != w.Wave || row.Breakdown != "" || row.Contrast != "" || row.Status != "" || !leads(e.Study.Framework, row) {
			continue
		}
		shown, _ := r.Find(row.Key)
		u := Unweighted{Row: shown}
		if shown.Shown() {
			u.Without = row.Unraked.Round(e.Study.Disclosure.Decimals)
		}
		out = append(out, u)
	}
	return out
}

// leads reports whether the report leads with a number.
func leads(f *study.Framework, row *estimate.Row) bool {
	switch f.KindOf(row.Measure) {
	case study.KindItem:
		return row.Statistic == "share" && row.Level == "positive" && isHeadline(f, row.Measure)
	case study.KindQuadrant:
		q, _ := f.Quadrants.Get(row.Measure)
		return row.Statistic == "share" && (row.Level == "of_high" || len(q.High) == 0 && row.Level == "")
	case study.KindGap:
		return row.Statistic == "mean"
	}
	return false
}

func isHeadline(f *study.Framework, item string) bool {
	return slices.ContainsFunc(f.Constructs, func(c study.Entry[study.Construct]) bool { return c.Value.Headline == item })
}
