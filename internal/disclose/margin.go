package disclose

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
)

// margin is the categories of one variable that weights were raked to.
type margin []weight.MarginCategory

// margins splits what a wave was raked to by variable.
func margins(r *Raking) []margin {
	var out []margin
	for from := 0; from < len(r.Margins); {
		to := from
		for to < len(r.Margins) && r.Margins[to].Variable == r.Margins[from].Variable {
			to++
		}
		out = append(out, margin(r.Margins[from:to]))
		from = to
	}
	return out
}

// rake tells the waves which of their categories' respondents are published by a
// share before weighting.
func (h *hider) rake(rakings []Raking) {
	for i := range rakings {
		w := h.wave(rakings[i].Survey, rakings[i].Wave)
		if w == nil {
			continue
		}
		w.margins = margins(&rakings[i])
		w.Counted = w.counted
	}
}

func (h *hider) wave(survey, id string) *wave {
	for _, w := range h.waves {
		if w.Survey == survey && w.Wave == id {
			return w
		}
	}
	return nil
}

// counted reports a category whose share before weighting is shown.
func (w *wave) counted(d int) bool {
	for _, m := range w.margins {
		if m[0].Variable != w.Domains[d].Breakdown {
			continue
		}
		at := slices.IndexFunc(m, func(c weight.MarginCategory) bool { return !c.Missing && c.Category == w.Domains[d].Category })
		return at >= 0 && !m.small(w.study.Disclosure, w.withheld)[at]
	}
	return false
}

// withheld reports a category of which it must not be told how many are in it: one
// that is hidden for all measures, or has a base under min_base.
func (w *wave) withheld(variable, category string) bool {
	d := w.Find(variable, category)
	if d < 0 {
		return false
	}
	for c := range w.Cells {
		if w.Cells[c].Part == "" && slices.ContainsFunc(w.rowsAt[c][d], func(i int) bool { return w.rules[i] == RuleBase }) {
			return true
		}
	}
	return w.shownAt(d) == 0
}

// small tells which shares of a margin before weighting are hidden.
func (h *hider) small(r *Raking, m margin) []bool {
	if w := h.wave(r.Survey, r.Wave); w != nil {
		return m.small(h.study.Disclosure, w.withheld)
	}
	return m.small(h.study.Disclosure, func(_, _ string) bool { return false })
}

// shares are those of a m, its small categories hidden.
func (m margin) shares(hidden []bool, decimals int) []MarginShare {
	named := 1.0
	for _, c := range m {
		if c.Missing {
			named -= c.Before
		}
	}
	out := make([]MarginShare, len(m))
	for i, c := range m {
		base := named
		if c.Missing {
			base = 1
		}
		percent := func(share float64) number.Value { return number.Of(100 * share / base).Round(decimals) }
		out[i] = MarginShare{Variable: c.Variable, Category: c.Category, Before: percent(c.Before), Population: percent(c.Target), After: percent(c.After)}
		if c.Missing {
			out[i].Population = number.Value{}
		}
		if hidden[i] {
			out[i].Status, out[i].Before = Confidential, number.Value{}
			if c.Missing {
				out[i].After = number.Value{} // it is the same share
			}
		}
	}
	return out
}

// small tells which shares before weighting are hidden: those of fewer than min_base
// respondents, or withheld - of a sensitive variable also where fewer than min_count,
// or all but so few, are in one - and then the next smallest until two at least are
// hidden that hold min_base together, or all.
func (m margin) small(d study.Disclosure, withheld func(variable, category string) bool) []bool {
	hidden := make([]bool, len(m))
	var named []int
	total := 0
	for i, c := range m {
		if c.Missing {
			hidden[i] = c.Respondents < d.MinBase
			continue
		}
		named = append(named, i)
		total += c.Respondents
	}
	slices.SortStableFunc(named, func(a, b int) int { return cmp.Compare(m[a].Respondents, m[b].Respondents) })
	sensitive := d.SensitiveAll || slices.Contains(d.Sensitive, m[0].Variable)
	count, held := 0, 0
	hide := func(i int) {
		hidden[i] = true
		count++
		held += m[i].Respondents
	}
	for _, i := range named {
		n := m[i].Respondents
		if n < d.MinBase || withheld(m[i].Variable, m[i].Category) || sensitive && (n < d.MinCount || total-n < d.MinCount) {
			hide(i)
		}
	}
	for _, i := range named {
		if count == 0 || count >= 2 && held >= d.MinBase {
			break
		}
		if !hidden[i] {
			hide(i)
		}
	}
	return hidden
}
