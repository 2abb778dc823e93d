package attack

import (
	"math"
)

// search is an attack under way.
type search struct {
	*attacker
	targets []*target
	largest int // of a block that is searched
	given   int // searches that were given up
	work    int // of all searches, in multiplications
	effort
}

// effort is how far an attack goes: on after its first success, and how many
// multiplications its searches may take.
type effort struct {
	all  bool
	most int
}

// searching is enough for all but the largest studies.
const searching = 1e8

// attack tries everything on a release, the cheapest first, and returns what it
// found.
func (w *world) attack(a *attacker, how effort) ([]*target, *search, error) {
	s := &search{attacker: a, targets: w.targets(a), largest: 1500, effort: how}
	if len(s.targets) == 0 {
		return nil, s, nil
	}
	err := s.run()
	return s.found(), s, err
}

// run goes from the cheapest method to the dearest.
func (s *search) run() error {
	if err := s.s.propagate(); err != nil {
		return err
	}
	s.mark("propagation")
	for _, next := range []func() error{s.eliminate, s.enumerate, s.search} {
		if s.done() {
			return nil
		}
		if err := next(); err != nil {
			return err
		}
	}
	return nil
}

// found are the targets that were recovered.
func (s *search) found() []*target {
	var out []*target
	for _, t := range s.targets {
		if t.found != "" {
			out = append(out, t)
		}
	}
	return out
}

// done reports whether there is nothing more to do: one secret is enough.
func (s *search) done() bool {
	if s.all {
		return false
	}
	for _, t := range s.targets {
		if t.found != "" && t.kind != certainOf {
			return true
		}
	}
	return false
}

// mark notes the counts that the bounds of variables give away.
func (s *search) mark(method string) {
	for _, t := range s.targets {
		if t.found != "" {
			continue
		}
		if t.count == nil {
			if s.pinned(t) {
				t.found = method
			}
			continue
		}
		t.low, t.high = 0, 0
		for _, x := range t.count {
			lo, hi := s.s.span(x)
			t.low, t.high = t.low+lo, t.high+hi
		}
		if t.narrow() {
			t.found = method
		}
	}
}

// pinned reports whether the bounds of variables leave an estimate no room.
func (s *search) pinned(t *target) bool {
	base := s.s.lo[t.base.v]
	if !s.s.fixed(t.base.v) || base <= 0 {
		return false
	}
	least, most := 0.0, 0.0
	for _, x := range t.sum {
		lo, hi := s.s.span(x)
		least, most = least+lo, most+hi
	}
	return most/base <= t.truth+t.half+1e-9 && least/base >= t.truth-t.half-1e-9
}

// eliminate solves the equations between whole numbers exactly.
func (s *search) eliminate() error {
	solved := s.s.solve()
	for _, t := range s.targets {
		if t.found != "" || t.count == nil {
			continue
		}
		all := true
		for _, x := range t.count {
			_, ok := solved[x.v]
			all = all && (ok || s.s.fixed(x.v))
		}
		if all {
			t.found = "elimination"
		}
	}
	return nil
}

// search looks at parts of the system, each with what the rest leaves it: the
// bases of a wave, each measure in all domains, each domain in all its measures.
func (s *search) search() error {
	for _, f := range s.fronts {
		for _, set := range [][][]int{f.counts, f.weights} {
			if set == nil {
				continue
			}
			s.part(f, set, "bases", func(q int, _ int) bool { return f.catalogue.list[q].base })
			for _, id := range s.study.Framework.Measures() {
				s.part(f, set, "measure", func(q, _ int) bool { return q == everyone || f.catalogue.list[q].of == id })
			}
			hit := map[int]bool{}
			for _, t := range s.targets {
				if t.front == f {
					hit[t.d] = true
				}
			}
			for d := range set {
				if hit[d] {
					s.part(f, set, "domain", func(_, x int) bool { return x == d })
				}
			}
		}
	}
	return nil
}

// part searches one part of the system.
func (s *search) part(f *front, set [][]int, name string, in func(q, d int) bool) {
	inside := make([]bool, len(s.s.lo))
	var vars []int
	for d := range set {
		for q, v := range set[d] {
			if in(q, d) {
				inside[v] = true
				vars = append(vars, v)
			}
		}
	}
	var here []*target
	for _, t := range s.targets {
		if t.found == "" && t.kind != certainOf && t.front == f && t.inside(func(v int) bool { return inside[v] }) {
			here = append(here, t)
		}
	}
	if len(here) == 0 || s.done() {
		return
	}
	sub, back := s.s.sub(vars)
	s.blocks(sub, back, here, name)
}

// inside reports whether all variables of a target are in a set.
func (t *target) inside(in func(v int) bool) bool {
	for _, x := range t.count {
		if !in(x.v) {
			return false
		}
	}
	for _, x := range t.sum {
		if !in(x.v) {
			return false
		}
	}
	return t.count != nil || in(t.base.v)
}

// blocks searches each block of a part for the targets that stand in it. What a
// target has outside the block is at whatever end leaves it the most room.
func (s *search) blocks(sub *system, back []int, here []*target, name string) {
	blockOf := make([]int, len(back))
	place := map[int]int{}
	blocks := sub.blocks()
	for i, b := range blocks {
		for _, v := range b {
			blockOf[v] = i
		}
	}
	for i, v := range back {
		place[v] = i
	}
	byBlock := make([][]*target, len(blocks))
	for _, t := range here {
		met := map[int]bool{}
		for _, x := range t.form() {
			if at, ok := place[x.v]; ok && !met[blockOf[at]] {
				met[blockOf[at]] = true
				byBlock[blockOf[at]] = append(byBlock[blockOf[at]], t)
			}
		}
	}
	for i, b := range blocks {
		if len(byBlock[i]) > 0 {
			s.block(sub, back, b, byBlock[i], name)
		}
	}
}

// block searches a block by the simplex method.
func (s *search) block(sub *system, back, block []int, here []*target, name string) {
	if len(block) > s.largest || s.work > s.most {
		s.given++
		return
	}
	own, at := sub.sub(block)
	place := map[int]int{}
	for i, v := range at {
		place[back[v]] = i
	}
	p := newSimplex(own, s.most-s.work)
	defer func() { s.work += p.work }()
	w := &witness{search: s, place: place, here: here, low: make([]float64, len(here)), high: make([]float64, len(here))}
	for i := range here {
		w.low[i], w.high[i] = math.Inf(1), math.Inf(-1)
	}
	w.shake(p)
	for i, t := range here {
		if w.free(i) || s.done() || s.work+p.work > s.most {
			continue
		}
		low, ok := w.least(p, i, 1)
		if !ok {
			s.given++
			continue
		}
		if w.free(i) {
			continue
		}
		high, ok := w.least(p, i, -1)
		if !ok {
			s.given++
			continue
		}
		if w.free(i) {
			continue
		}
		t.judge(low, -high, name)
	}
}

// judge takes in how little and how much a target's form can be.
func (t *target) judge(low, high float64, name string) {
	if t.count == nil {
		// The forms are those of an estimate half a step more, or less.
		if high <= 1e-7 && low >= -1e-7 {
			t.found = "bounds of one " + name
		}
		return
	}
	t.low, t.high = max(t.low, math.Ceil(low-rounding)), min(t.high, math.Floor(high+rounding))
	if t.narrow() {
		t.found = "bounds of one " + name
	}
}
