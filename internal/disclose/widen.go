package disclose

import (
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/disclose/audit"
	"github.com/caregap/caregap/internal/disclose/linked"
)

// widen has the audit look at what is to be published and hides more where it is
// not content, until it is. It ends, as every round hides a cell at least, and of a
// wave that is hidden whole no published number is left to follow from.
func (w *wave) widen() error {
	tried := map[[2]int]int{}
	w.hideEmpty()
	w.Publish(w.unknown)
	findings, fresh := audit.Audit(w.System), true
	for {
		unsafe := slices.DeleteFunc(slices.Clone(findings), func(f audit.Finding) bool { return w.safe(&f) })
		if len(unsafe) == 0 {
			w.findings = findings
			i := audit.Verify(w.System, findings, w.lost)
			if i < 0 {
				return nil
			}
			if fresh {
				return w.stopped(&findings[i])
			}
			// What was found for numbers that were shown then need not hold now.
			findings, fresh = audit.Audit(w.System), true
			continue
		}
		added := false
		for i := range unsafe {
			k := [2]int{unsafe[i].Domain, unsafe[i].Quantity}
			added = w.relieve(&unsafe[i], tried[k]) || added
			tried[k]++
		}
		for i := 0; i < len(unsafe) && !added; i++ {
			added = w.force(&unsafe[i])
		}
		if !added {
			// Nothing of the wave is shown, and so nothing follows.
			w.findings, w.whole = nil, w.stopped(&unsafe[0])
			return nil
		}
		w.hideEmpty()
		w.Publish(w.unknown)
		findings, fresh = audit.Again(w.System, findings), false
	}
}

// stopped says what cannot be protected, and what would help.
func (w *wave) stopped(f *audit.Finding) error {
	what := fmt.Sprintf("survey %q, wave %q", w.Survey, w.Wave)
	if c := w.Quantities[f.Quantity].Cell; c >= 0 {
		what += fmt.Sprintf(": %q", w.Cells[c].Measure)
	}
	if b := w.Domains[f.Domain].Breakdown; b != "" {
		what += fmt.Sprintf(" by %q", b)
	}
	return fmt.Errorf("%w: %s follows from other numbers however much is hidden; merge small categories, or leave the breakdown or the wave out", ErrStopped, what)
}

// relieve hides more for one number where little does: what its own sums need, or
// published numbers that bind it.
func (w *wave) relieve(f *audit.Finding, tried int) bool {
	c := w.Quantities[f.Quantity].Cell
	if c < 0 || tried > 5 {
		return false
	}
	if w.hideAt(c, f.Domain) {
		return true
	}
	p := w.picker(c, w.truthOf(f.Quantity))
	if p.ensure(f.Domain, f.Width) {
		return true
	}
	if added := false; len(f.Together) > 0 {
		for _, x := range f.Together {
			added = w.hideAt(x.Cell, x.Domain) || added
		}
		if added {
			return true
		}
	}
	return w.unbind(f, append(p.mates(f.Domain), f.Domain))
}

func (w *wave) truthOf(q int) []int {
	values := make([]int, len(w.Domains))
	for d := range values {
		values[d] = w.Truth[d][q]
	}
	return values
}

// force hides more where little did not do: categories for all measures, the
// measure in one more category, the measure, and in the end any measure.
func (w *wave) force(f *audit.Finding) bool {
	c := w.Quantities[f.Quantity].Cell
	if w.Quantities[f.Quantity].Base < 0 {
		for _, least := range []int{feasible + 1, 2 * feasible, 1} {
			if w.closeMove(f.Domain, least) {
				return true
			}
		}
	}
	if c >= 0 && (w.picker(c, w.truthOf(f.Quantity)).next(f.Domain) || w.hideMeasure(c)) {
		return true
	}
	for _, b := range f.Binding {
		if w.hideMeasure(b.Cell) {
			return true
		}
	}
	for c := range w.Cells {
		if w.hideMeasure(c) {
			return true
		}
	}
	return false
}

// closeMove hides for all measures what a move of whole respondents needs: the
// categories of the cheapest that takes from where there are enough.
func (w *wave) closeMove(d, least int) bool {
	var best []int
	bestCost := 0
	allow := func(d, sign int) bool {
		return d != linked.Everyone && !w.unseen(d) && (sign > 0 && w.Truth[d][linked.Respondents] > 0 || w.Truth[d][linked.Respondents] >= least)
	}
	tries := 0
	w.Moves(d, allow, func(sigma []linked.Signed) bool {
		tries++
		cost, close := 0, []int(nil)
		for _, s := range sigma {
			if n := w.shownAt(s.Domain); n > 0 {
				cost += n
				close = append(close, s.Domain)
			}
		}
		if len(close) > 0 && (best == nil || cost < bestCost) {
			best, bestCost = close, cost
		}
		return tries < patience
	})
	added := false
	for _, d := range best {
		added = w.closeDomain(d) || added
	}
	return added
}

// shownAt is how many numbers of a domain are shown.
func (w *wave) shownAt(d int) int {
	n := 0
	for c := range w.Cells {
		if !w.hidden[c][d] {
			n += len(w.rowsAt[c][d])
		}
	}
	return n
}

// unbind hides the first published cell that binds a number, one about everyone last,
// where it does and in the categories that the number is hidden with.
func (w *wave) unbind(f *audit.Finding, mates []int) bool {
	for _, everyone := range []bool{false, true} {
		for _, b := range f.Binding {
			if (b.Domain == linked.Everyone) != everyone || !w.hideAt(b.Cell, b.Domain) {
				continue
			}
			for _, d := range mates {
				w.hideAt(b.Cell, d)
			}
			return true
		}
	}
	return false
}

// hideAt hides a cell in a domain, if it has figures that are shown.
func (w *wave) hideAt(c, d int) bool {
	if w.unseen(d) || w.hidden[c][d] || len(w.rowsAt[c][d]) == 0 {
		return false
	}
	w.hide(c, d, RuleComplement)
	return true
}

// closeDomain hides a category for all measures.
func (w *wave) closeDomain(d int) bool {
	if d == linked.Everyone {
		return false
	}
	added := false
	for c := range w.Cells {
		added = w.hideAt(c, d) || added
	}
	return added
}

// hideMeasure hides a measure altogether.
func (w *wave) hideMeasure(c int) bool {
	added := false
	for other, x := range w.Cells {
		if x.Measure != w.Cells[c].Measure {
			continue
		}
		for d := range w.Domains {
			added = w.hideAt(other, d) || added
		}
	}
	return added
}

// mates are the hidden domains that a number is hidden with.
func (p *picker) mates(d int) []int {
	var out []int
	p.Moves(d, func(d, _ int) bool { return p.hidden(d) }, func(sigma []linked.Signed) bool {
		for _, s := range sigma {
			if s.Domain != d && !slices.Contains(out, s.Domain) {
				out = append(out, s.Domain)
			}
		}
		return false
	})
	return out
}

// next hides the cheapest category beside a domain that is shown still.
func (p *picker) next(d int) bool {
	best := -1
	for _, m := range p.In[d] {
		for _, other := range p.Lattice.Margins[m].Parts {
			if !p.hidden(other) && !p.fixed(other) && (best < 0 || p.cost(other) < p.cost(best)) {
				best = other
			}
		}
	}
	if best < 0 {
		return false
	}
	p.hide(best)
	p.margins()
	return true
}
