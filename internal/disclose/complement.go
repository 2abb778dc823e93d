package disclose

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// pattern hides, for all measures alike, the categories that hold too few
// respondents, and what keeps them from following: where the same categories are
// hidden everywhere, the pattern tells nothing.
func (w *wave) pattern() {
	var small []int
	for d := range w.Domains {
		if !w.unseen(d) && w.small(d) {
			small = append(small, d)
		}
	}
	hidden := make([]bool, len(w.Domains))
	for _, d := range small {
		hidden[d] = true
	}
	f := &field{Lattice: w.Lattice, values: w.respondents(), keep: 1,
		hidden: func(d int) bool { return hidden[d] },
		fixed:  func(d int) bool { return d == linked.Everyone || w.unseen(d) || w.Truth[d][linked.Respondents] == 0 },
		cost:   func(d int) int { return 1 + w.Truth[d][linked.Respondents] }}
	p := &picker{w: w, field: f, hide: func(d int) { hidden[d] = true }, show: func(d int) { hidden[d] = false }, protected: small}
	p.pick()
	p.exhaust()
	for c := range w.Cells {
		if w.Cells[c].Part != "" {
			continue
		}
		for d := range w.Domains {
			if hidden[d] {
				w.hide(c, d, RuleComplement)
			}
		}
	}
	w.closed = hidden
}

// small reports a category that is hidden for most measures anyway.
func (w *wave) small(d int) bool {
	if n := w.Truth[d][linked.Respondents]; n == 0 || d == linked.Everyone {
		return false
	}
	few, all := 0, 0
	for c := range w.Cells {
		if w.Cells[c].Part != "" || w.fixed[c][d] {
			continue
		}
		all++
		if slices.ContainsFunc(w.rowsAt[c][d], func(i int) bool { return w.rows[i].Status != "" || w.rows[i].Base > 0 && w.tooFew(i) }) {
			few++
		}
	}
	return 2*few > all
}

// respondents are those of every domain.
func (w *wave) respondents() []int {
	out := make([]int, len(w.Domains))
	for d := range out {
		out[d] = w.Truth[d][linked.Respondents]
	}
	return out
}

// complements protects every cell's small bases in every breakdown.
func (w *wave) complements() {
	for c := range w.Cells {
		base := w.baseOf(c)
		var protected []int
		for d := range w.Domains {
			// Where everyone is hidden every category is, for the same reason.
			if d != linked.Everyone && w.hidden[c][d] && slices.ContainsFunc(w.rowsAt[c][d], func(i int) bool { return w.rules[i] == RuleBase || w.rules[i] == RuleSensitive }) {
				protected = append(protected, d)
			}
		}
		if len(protected) == 0 {
			continue
		}
		p := w.picker(c, base)
		p.keep = 1
		p.protected = protected
		p.pick()
	}
}

// baseOf is the smallest base of a cell, per domain.
func (w *wave) baseOf(c int) []int {
	out, seen := make([]int, len(w.Domains)), make([]bool, len(w.Domains))
	for i := range w.Rows {
		r := &w.Rows[i]
		if r.Cell != c || r.Status != "" {
			continue
		}
		if n := w.Truth[r.Domain][r.Base]; !seen[r.Domain] || n < out[r.Domain] {
			out[r.Domain], seen[r.Domain] = n, true
		}
	}
	for _, m := range w.Margins {
		if m.Rest >= 0 {
			out[m.Rest] = out[m.Total]
			for _, d := range m.Parts {
				out[m.Rest] -= out[d]
			}
			out[m.Rest] = max(0, out[m.Rest])
		}
	}
	return out
}

// picker chooses complements for one field.
func (w *wave) picker(c int, values []int) *picker {
	rests := map[int]int{}
	for m, x := range w.Margins {
		if x.Rest >= 0 {
			rests[x.Rest] = m
		}
	}
	open := func(d int) bool {
		if m, ok := rests[d]; ok { // known as soon as a part is shown
			return !slices.ContainsFunc(w.Margins[m].Parts, func(d int) bool { return !w.hidden[c][d] && !w.fixed[c][d] })
		}
		return w.hidden[c][d]
	}
	f := &field{Lattice: w.Lattice, values: values, hidden: open,
		fixed: func(d int) bool { return d == linked.Everyone || w.fixed[c][d] || w.unseen(d) },
		cost:  func(d int) int { return 1 + w.Truth[d][linked.Respondents] }}
	return &picker{w: w, field: f, hide: func(d int) { w.hide(c, d, RuleComplement) }, show: func(d int) { w.show(c, d) }}
}

// picker chooses what else to hide so that the protected numbers of a field do not
// follow.
type picker struct {
	w *wave
	*field
	protected  []int
	hide, show func(d int)
	picked     []int
}

// pick chooses, and looks for a choice that costs less.
func (p *picker) pick() {
	p.choose()
	p.improve()
}

// choose hides what each protected number needs, then what margins need, and shows
// again what turns out not to be needed.
func (p *picker) choose() {
	order := slices.Clone(p.protected)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.values[a], p.values[b]) })
	for _, d := range order {
		p.ensure(d, feasible)
	}
	p.margins()
	p.tidy()
}

// ensure gives a number room by hiding the cheapest that does.
func (p *picker) ensure(d, need int) (added bool) {
	for p.room(d, need) < need {
		more := p.cheapest(d, need)
		if len(more) == 0 {
			return added
		}
		p.add(more)
		added = true
	}
	return added
}

func (p *picker) add(more []int) {
	for _, d := range more {
		p.hide(d)
		p.picked = append(p.picked, d)
	}
}

// margins applies rule 3 until nothing more has to be hidden: within a margin
// nothing is hidden, or two at least that together hold min_base, or all.
func (p *picker) margins() {
	for changed := true; changed; {
		changed = false
		for m := range p.Lattice.Margins {
			changed = p.close(m) || changed
		}
	}
}

// close hides the next smallest of a margin until it gives nothing away.
func (p *picker) close(m int) bool {
	x := &p.Lattice.Margins[m]
	changed := false
	for !p.closed(x) {
		next := -1
		for _, d := range x.Parts {
			if !p.hidden(d) && !p.fixed(d) && (next < 0 || p.cost(d) < p.cost(next)) {
				next = d
			}
		}
		if next < 0 {
			break
		}
		p.add([]int{next})
		changed = true
	}
	return changed
}

// closed reports whether a margin gives nothing away. Where the total is hidden it
// is one of the two, and what they hold is not known either.
func (p *picker) closed(x *linked.Margin) bool {
	hidden, held := 0, 0
	for _, d := range x.Parts {
		if p.hidden(d) && !p.fixed(d) && !p.w.unseen(d) {
			hidden++
			held += p.values[d]
		}
	}
	if x.Total != linked.Everyone && p.hidden(x.Total) {
		return hidden >= 1
	}
	return hidden == 0 || hidden >= 2 && held >= p.w.study.Disclosure.MinBase
}

// tidy shows again, dearest first, what the protected numbers do not need, and
// with it what has been hidden for its sake alone.
func (p *picker) tidy() {
	slices.SortStableFunc(p.picked, func(a, b int) int { return cmp.Compare(p.cost(b), p.cost(a)) })
	for _, d := range p.picked {
		if p.hidden(d) {
			p.unravel(d)
		}
	}
}

// unravel shows a category, and what was picked in margins that are not closed
// without it, until all are; if something needs one of them, all are hidden again.
func (p *picker) unravel(d int) {
	var shown []int
	for d >= 0 {
		p.show(d)
		shown = append(shown, d)
		open := slices.IndexFunc(p.Lattice.Margins, func(x linked.Margin) bool { return !p.closed(&x) })
		if open < 0 {
			break
		}
		parts := p.Lattice.Margins[open].Parts
		d = -1
		if i := slices.IndexFunc(p.picked, func(q int) bool { return p.hidden(q) && slices.Contains(parts, q) }); i >= 0 {
			d = p.picked[i]
		}
		if d < 0 {
			p.hideAll(shown)
			return
		}
	}
	if slices.ContainsFunc(p.protected, func(q int) bool { return p.room(q, feasible) < feasible }) {
		p.hideAll(shown)
	}
}

func (p *picker) hideAll(domains []int) {
	for _, d := range domains {
		p.hide(d)
	}
}
