package disclose

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/audit"
	"github.com/caregap/caregap/internal/disclose/linked"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// hider decides row by row.
type hider struct {
	study *study.Study
	rows  []estimate.Row
	rules []Rule
	waves []*wave
}

// wave is the cells of one survey and wave.
type wave struct {
	*hider
	*linked.System
	rowsAt   [][][]int // per cell, per domain: rows of the table that can be hidden
	hidden   [][]bool  // per cell, per domain
	empty    [][][]int // per cell, per domain that nobody is in: its rows
	fixed    [][]bool  // per cell, per domain: no figures to hide, and so none to hide behind
	findings []audit.Finding
	whole    error    // why all of the wave had to be hidden, or nil
	closed   []bool   // per domain: hidden for all measures
	margins  []margin // that the weights were raked to

	told map[int]bool    // rows of the table that an earlier release shows as they are
	lost map[[2]int]bool // domains and quantities that follow from earlier releases alone
}

func newHider(s *study.Study, rows []estimate.Row, systems []*linked.System) *hider {
	h := &hider{study: s, rows: rows, rules: make([]Rule, len(rows))}
	for i := range rows {
		if rows[i].Status == "" && rows[i].Contrast == "" && rows[i].Survey != estimate.Average && linked.FewOrganisations(&rows[i]) {
			h.rules[i] = RuleBase
		}
	}
	for _, system := range systems {
		w := &wave{hider: h, System: system}
		for range system.Cells {
			w.rowsAt = append(w.rowsAt, make([][]int, len(system.Domains)))
			w.empty = append(w.empty, make([][]int, len(system.Domains)))
			w.hidden = append(w.hidden, make([]bool, len(system.Domains)))
			w.fixed = append(w.fixed, make([]bool, len(system.Domains)))
		}
		for i := range system.Rows {
			// That nobody answered is no secret where nobody is; of a hidden category it
			// would tell something of those who are in it.
			r := &system.Rows[i]
			at := w.rowsAt
			if r.Status != "" && system.Truth[r.Domain][linked.Respondents] == 0 {
				at = w.empty
			}
			at[r.Cell][r.Domain] = append(at[r.Cell][r.Domain], r.Index)
		}
		for c := range w.fixed {
			for d := range w.fixed[c] {
				w.fixed[c][d] = len(w.rowsAt[c][d]) == 0 && !w.unseen(d)
			}
		}
		h.waves = append(h.waves, w)
	}
	return h
}

// unseen reports a domain that no row is about.
func (w *wave) unseen(d int) bool { return w.Domains[d].Virtual || w.Domains[d].RestOf >= 0 }

// hide hides all numbers of a cell in a domain; rows without figures keep their
// own status.
func (w *wave) hide(c, d int, rule Rule) {
	for _, i := range w.rowsAt[c][d] {
		if w.rules[i] == RuleNone {
			w.rules[i] = rule
		}
		w.hidden[c][d] = true
	}
}

// show takes back what a complement hid.
func (w *wave) show(c, d int) {
	for _, i := range w.rowsAt[c][d] {
		if w.rules[i] == RuleComplement {
			w.rules[i] = RuleNone
		}
	}
	w.hidden[c][d] = false
}

// primary applies rules 1 and 2.
func (w *wave) primary() {
	for c := range w.Cells {
		for d, rows := range w.rowsAt[c] {
			switch {
			case slices.ContainsFunc(rows, w.tooFew), w.Cells[c].Part != "" && len(rows) > 0 && w.nobodyHigh(c, d):
				w.hide(c, d, RuleBase)
			case slices.ContainsFunc(rows, w.tooSmallShare):
				w.hide(c, d, RuleSensitive)
			}
		}
	}
}

// nobodyHigh reports a quadrant of whose base nobody is high: that is a count of
// answers, and no base that nobody is in.
func (w *wave) nobodyHigh(c, d int) bool {
	whole := w.CellAt(linked.Cell{Measure: w.Cells[c].Measure})
	return whole >= 0 && slices.ContainsFunc(w.rowsAt[whole][d], func(i int) bool { return w.rows[i].Status == "" }) &&
		!slices.ContainsFunc(w.rowsAt[c][d], func(i int) bool { return w.rows[i].Status == "" })
}

// hideEmpty hides that a category is empty where all others of its breakdown are
// hidden: else the hidden ones would be known to have somebody.
func (w *wave) hideEmpty() {
	for c := range w.Cells {
		open := map[string]bool{} // breakdowns with something shown
		for d, rows := range w.rowsAt[c] {
			open[w.Domains[d].Breakdown] = open[w.Domains[d].Breakdown] || len(rows) > 0 && !w.hidden[c][d]
		}
		for d, rows := range w.empty[c] {
			for _, i := range rows {
				if !open[w.Domains[d].Breakdown] && w.rules[i] == RuleNone {
					w.rules[i] = RuleComplement
				}
			}
		}
	}
}

func (h *hider) tooFew(i int) bool {
	r := &h.rows[i]
	return r.Status == "" && r.Base < h.study.Disclosure.MinBase
}

// tooSmallShare reports a sensitive share that fewer than min_count are in, or
// fewer than min_count of its base are not: nobody and everybody included. Options
// that have no row of their own follow from a mean, its error and its base, and
// count as well.
func (h *hider) tooSmallShare(i int) bool {
	r := &h.rows[i]
	if r.Status != "" || r.Statistic != "share" || !linked.Sensitive(h.study.Disclosure, r.Measure, r.Breakdown) {
		return false
	}
	least := h.study.Disclosure.MinCount
	if r.Count < least || r.Base-r.Count < least {
		return true
	}
	answered := 0
	for _, n := range r.Options {
		answered += n
	}
	return slices.ContainsFunc(r.Options, func(n int) bool { return n < least || answered-n < least })
}

// isHidden reports whether a row is.
func (h *hider) isHidden(i int) bool { return h.rules[i] != RuleNone }

// whole lists the surveys and waves of which nothing is shown.
func (h *hider) whole() [][2]string {
	var out [][2]string
	for _, w := range h.waves {
		if !slices.ContainsFunc(w.Rows, func(r linked.Row) bool { return r.Status == "" && !h.isHidden(r.Index) }) {
			out = append(out, [2]string{w.Survey, w.Wave})
		}
	}
	return out
}
