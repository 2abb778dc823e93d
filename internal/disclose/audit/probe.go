package audit

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// prober looks for worlds.
type prober struct {
	*linked.System
	findings []Finding
	joint    *jointer
	shown    []map[int]int // per domain, by cell: published rows
	byDomain [][]int       // findings
	frozen   int           // a quantity that is to stay as it is, or -1
}

// seen is how many moves are looked at for one step, and patience how many of
// them are tried, those first that take from where there is most.
const (
	seen     = 400
	patience = 10
)

// probe moves a number up and down until its interval is wide enough.
func (p *prober) probe(f *Finding) {
	if p.Known[f.Domain][f.Quantity] {
		for _, by := range p.GivenBy(f.Domain, f.Quantity) {
			f.bound(by)
		}
		return
	}
	for _, dir := range []int{1, -1} {
		w := newWorld(p.System)
		for v := w.at(f.Domain)[f.Quantity]; max(f.Hi, v)-min(f.Lo, v) < f.Width && p.reach(w, f, dir); {
			v = w.at(f.Domain)[f.Quantity]
		}
		if w.check() { // steps look at what they alter; the proof looks at all
			p.learn(w)
		}
	}
}

// reach alters a world so that a number grows or shrinks by 1, making room by a
// larger base, or more respondents, first where it needs that.
func (p *prober) reach(w *world, f *Finding, dir int) bool {
	if p.step(w, f, dir) {
		return true
	}
	for _, base := range []int{p.Quantities[f.Quantity].Base, linked.Respondents} {
		if base < 0 || base == f.Quantity || p.Quantities[base].Local || p.Known[f.Domain][base] {
			continue
		}
		more := Finding{Need: Need{Domain: f.Domain, Quantity: base}}
		p.frozen = f.Quantity
		raised := p.step(w, &more, 1)
		p.frozen = -1
		if raised && p.step(w, f, dir) {
			return true
		}
	}
	return false
}

// step alters a world so that a number grows or shrinks by 1.
func (p *prober) step(w *world, f *Finding, dir int) bool {
	if p.Quantities[f.Quantity].Local {
		return p.try(w, f, dir, []linked.Signed{{Domain: f.Domain, Sign: 1}})
	}
	allow := func(d, sign int) bool {
		return p.Domains[d].Virtual || !p.Known[d][f.Quantity] && (sign*dir > 0 || w.at(d)[f.Quantity] > 0)
	}
	var moves []ranked
	p.Moves(f.Domain, allow, func(sigma []linked.Signed) bool {
		moves = append(moves, ranked{sigma, p.plenty(w, f, dir, sigma)})
		return len(moves) < seen
	})
	slices.SortStableFunc(moves, func(a, b ranked) int { return cmp.Compare(b.plenty, a.plenty) })
	for _, m := range moves[:min(len(moves), patience)] {
		if p.try(w, f, dir, m.sigma) {
			return true
		}
	}
	return false
}

// ranked is a move with how much there is where it takes from.
type ranked struct {
	sigma  []linked.Signed
	plenty int
}

// plenty is the least number, and then the least respondents, where a move takes
// from; of equals the shorter move is better.
func (p *prober) plenty(w *world, f *Finding, dir int, sigma []linked.Signed) int {
	if sigma[0].Domain == linked.Everyone {
		return -len(sigma) // somebody more in all: a last resort
	}
	numbers, people := 1000, 1000
	for _, s := range sigma {
		if s.Sign*dir < 0 && !p.Domains[s.Domain].Virtual {
			numbers, people = min(numbers, w.at(s.Domain)[f.Quantity]), min(people, w.at(s.Domain)[linked.Respondents])
		}
	}
	return (numbers*1001+people)*100 - len(sigma)
}

// try looks for somebody who can make the move.
func (p *prober) try(w *world, f *Finding, dir int, sigma []linked.Signed) bool {
	c := &caster{System: p.System, joint: p.joint, shown: p.shown, w: w, f: f, dir: dir, sigma: sigma}
	c.survey()
	if p.frozen >= 0 {
		c.open[p.frozen] = false
	}
	found := false
	c.profiles(func(profile []change) bool {
		w.move(sigma, dir, profile)
		found = true
		return false
	})
	return found
}
