package attack

// search is an attack under way.
type search struct {
	*attacker
	truth   []float64 // what variables really are
	targets []*target
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

// searching is enough for all but the largest studies, and a block of so many
// variables still fits.
const (
	searching = 1e8
	largest   = 3500
)

// attack tries everything on a release, the cheapest first, and returns what it
// found. A false belief is an error, found or not.
func (w *world) attack(a *attacker, how effort) ([]*target, *search, error) {
	s := w.search(a, w.targets(a), how)
	if len(s.targets) == 0 {
		return nil, s, nil
	}
	if err := a.believes(s.truth); err != nil {
		return nil, s, err
	}
	err := s.run()
	return s.found(), s, err
}

// search prepares the search for some targets.
func (w *world) search(a *attacker, targets []*target, how effort) *search {
	return &search{attacker: a, truth: a.truth(w), targets: targets, effort: how}
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
	solution := s.s.solve()
	for _, t := range s.targets {
		if t.found != "" || t.count == nil {
			continue
		}
		if value, ok := solution.fixes(t.count); ok {
			t.low, t.high, t.found = value, value, "elimination"
		}
	}
	return nil
}
