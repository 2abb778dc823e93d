package audit

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// world is what the truth might be, for all that is published: the truth but for
// the domains that were touched.
type world struct {
	s       *linked.System
	changed [][]int // per domain; nil where untouched
	touched []int
}

func newWorld(s *linked.System) *world {
	return &world{s: s, changed: make([][]int, len(s.Domains))}
}

func (w *world) at(d int) []int {
	if w.changed[d] != nil {
		return w.changed[d]
	}
	return w.s.Truth[d]
}

// add puts times a profile into a domain.
func (w *world) add(d, times int, profile []change) {
	if w.changed[d] == nil {
		w.changed[d] = slices.Clone(w.s.Truth[d])
		w.touched = append(w.touched, d)
	}
	for _, c := range profile {
		if w.s.Quantities[c.quantity].Local && d != linked.Everyone {
			continue
		}
		w.changed[d][c.quantity] += times * c.by
	}
}

// change is what a move does to a quantity.
type change struct{ quantity, by int }

// move adds the profile along a move; dir is 1 or -1.
func (w *world) move(sigma []linked.Signed, dir int, profile []change) {
	for _, x := range sigma {
		w.add(x.Domain, dir*x.Sign, profile)
	}
}

// check proves a world: what is published is as it was, nothing is negative, who
// is not called empty is not, all
// relations hold in every domain and all sums over every margin.
func (w *world) check() bool {
	for _, d := range w.touched {
		if w.s.Domains[d].Virtual {
			continue
		}
		x, truth := w.changed[d], w.s.Truth[d]
		if x[linked.Respondents] < w.s.Least[d] {
			return false
		}
		for q := range x {
			if x[q] < 0 || w.s.Known[d][q] && x[q] != truth[q] {
				return false
			}
		}
		for i := range w.s.Caps[d] {
			if !w.s.Caps[d][i].Holds(func(q int) int { return x[q] }) {
				return false
			}
		}
		for _, r := range w.s.Relations {
			if !r.Holds(x) {
				return false
			}
		}
	}
	return w.addsUp()
}

func (w *world) addsUp() bool {
	seen, left := map[int]bool{}, map[int]bool{}
	for _, d := range w.touched {
		for _, m := range slices.Concat(w.s.In[d], w.s.Of[d]) {
			if !seen[m] && !w.holds(&w.s.Margins[m]) {
				return false
			}
			seen[m] = true
		}
		for _, m := range w.s.InLeft[d] {
			if !left[m] && !w.holds(&w.s.Leftovers[m]) {
				return false
			}
			left[m] = true
		}
	}
	return true
}

// holds compares differences from the truth, as who is left over by a
// margin is not in its table where there is nobody.
func (w *world) holds(margin *linked.Margin) bool {
	delta := make([]int, len(w.s.Quantities))
	add := func(d, times int) {
		if d < 0 || w.changed[d] == nil {
			return
		}
		for q, v := range w.changed[d] {
			delta[q] += times * (v - w.s.Truth[d][q])
		}
	}
	for _, d := range margin.Parts {
		add(d, 1)
	}
	add(margin.Rest, 1)
	add(margin.Total, -1)
	for q, v := range delta {
		if v != 0 && !w.s.Quantities[q].Local {
			return false
		}
	}
	return true
}
