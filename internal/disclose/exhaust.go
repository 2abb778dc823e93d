package disclose

import (
	"cmp"
	"slices"
)

// fewCandidates is up to how many categories all choices are looked at, and
// choices is how many of them at the most.
const (
	fewCandidates = 16
	choices       = 1 << 15
)

// exhaust looks through all choices that cost less than the one made, where there
// are few categories to choose from: those of the breakdowns of most variables, and
// none of their totals.
func (p *picker) exhaust() {
	chosen := p.chosen()
	candidates := p.candidates()
	if len(chosen) == 0 || len(candidates) > fewCandidates || slices.ContainsFunc(chosen, func(d int) bool { return !slices.Contains(candidates, d) }) {
		return
	}
	x := &exhauster{picker: p, candidates: candidates, best: chosen, cost: p.costOf(chosen), left: choices}
	p.retract(chosen)
	x.from(0, 0)
	p.retract(p.chosen())
	p.add(x.best)
}

// candidates are the categories that can be hidden, cheapest first.
func (p *picker) candidates() []int {
	var out []int
	for d := range p.Domains {
		if len(p.Of[d]) == 0 && len(p.In[d]) > 0 && !p.fixed(d) && !slices.Contains(p.protected, d) {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(p.cost(a), p.cost(b)) })
	return out
}

// exhauster is one search.
type exhauster struct {
	*picker
	candidates []int
	now, best  []int
	cost, left int
}

// from decides on the candidates from i on, where those before cost so much.
func (x *exhauster) from(i, cost int) {
	if x.left <= 0 || cost >= x.cost {
		return
	}
	if x.left--; x.valid() {
		x.best, x.cost = slices.Clone(x.now), cost
		return // more would cost more
	}
	for ; i < len(x.candidates); i++ {
		d := x.candidates[i]
		if cost+x.picker.cost(d) >= x.cost {
			return // those after cost as much, or more
		}
		x.picker.hide(d)
		x.now = append(x.now, d)
		x.from(i+1, cost+x.picker.cost(d))
		x.now = x.now[:len(x.now)-1]
		x.picker.show(d)
	}
}
