package attack

import "math"

// search looks at parts of the system, each with what the rest leaves it, the small
// ones first. It starts from what the respondents really said: what is found is the
// same from everywhere, but this is a solution that is at hand.
func (s *search) search() error {
	for _, parts := range []func(f *front, set [][]int) []region{s.domains, s.measures, s.bases} {
		for _, f := range s.fronts {
			for _, set := range [][][]int{f.counts, f.weights} {
				for _, p := range parts(f, set) {
					if err := s.part(f, p); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// region is a part of the system: some of its variables.
type region struct {
	name string
	vars []int
}

// domains are those of a wave that have a target, each in all its measures.
func (s *search) domains(f *front, set [][]int) []region {
	hit := make([]bool, len(set))
	for _, t := range s.targets {
		if t.front == f && len(set) > 0 {
			hit[t.d] = true
		}
	}
	var out []region
	for d := range set {
		if hit[d] {
			out = append(out, region{"domain", set[d]})
		}
	}
	return out
}

// measures are each in all domains of a wave.
func (s *search) measures(f *front, set [][]int) []region {
	var out []region
	for _, id := range s.study.Framework.Measures() {
		out = append(out, region{"measure", f.chosen(set, func(q int) bool { return q == everyone || f.catalogue.list[q].of == id })})
	}
	return out
}

// bases are those of all domains of a wave.
func (s *search) bases(f *front, set [][]int) []region {
	return []region{{"bases", f.chosen(set, func(q int) bool { return f.catalogue.list[q].base })}}
}

// chosen are the variables of some quantities.
func (f *front) chosen(set [][]int, in func(q int) bool) []int {
	var out []int
	for d := range set {
		for q, v := range set[d] {
			if in(q) {
				out = append(out, v)
			}
		}
	}
	return out
}

// part searches one part of the system.
func (s *search) part(f *front, p region) error {
	inside := make([]bool, len(s.s.lo))
	for _, v := range p.vars {
		inside[v] = true
	}
	var here []*target
	for _, t := range s.targets {
		if t.found == "" && t.kind != certainOf && t.front == f && t.inside(func(v int) bool { return inside[v] }) {
			here = append(here, t)
		}
	}
	if len(here) == 0 || s.done() {
		return nil
	}
	sub, back := s.s.sub(p.vars)
	return s.blocks(sub, back, here, p.name)
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
func (s *search) blocks(sub *system, back []int, here []*target, name string) error {
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
			if err := s.block(sub, back, b, byBlock[i], name); err != nil {
				return err
			}
		}
	}
	return nil
}

// block searches a block by the simplex method. No block takes more than half of
// what is left to all.
func (s *search) block(sub *system, back, block []int, here []*target, name string) error {
	if len(block) > largest || s.work > s.most {
		s.given++
		return nil
	}
	own, at := sub.sub(block)
	place, start := map[int]int{}, make([]float64, len(at))
	for i, v := range at {
		place[back[v]], start[i] = i, s.truth[back[v]]
	}
	d := newDictionary(own)
	if err := d.startAt(start); err != nil {
		return err
	}
	w := newWitness(s, here, place)
	w.walk(newWalker(d), (s.most-s.work)/4)
	s.work += d.work
	if w.satisfied() {
		return nil
	}
	w.p = newSimplex(d, (s.most-s.work)/2)
	defer func() { s.work += w.p.work }()
	w.p.feasible = true
	for i := range here {
		if s.done() {
			return nil
		}
		if !w.judge(i, name) {
			s.given++
		}
	}
	return nil
}

// judge finds the bounds of a target, unless it is free; false where that was given
// up.
func (w *witness) judge(i int, name string) bool {
	var bounds [2]float64
	for k := range signs {
		if w.free(i) {
			return true
		}
		least, ok := w.least(i, k)
		if !ok {
			return false
		}
		bounds[k] = least
	}
	if !w.free(i) {
		w.here[i].judge(bounds[0], -bounds[1], name)
	}
	return true
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
