package attack

import (
	"math"
	"math/rand/v2"
	"testing"
)

// brute enumerates all whole solutions of a small system.
func brute(s *system, visit func(x []float64)) {
	x := make([]float64, len(s.lo))
	var try func(v int)
	try = func(v int) {
		if v == len(x) {
			for _, r := range s.rows {
				sum := 0.0
				for _, t := range r.terms {
					sum += t.a * x[t.v]
				}
				if sum < r.lo || sum > r.hi {
					return
				}
			}
			visit(x)
			return
		}
		for f := s.lo[v]; f <= s.hi[v]; f++ {
			x[v] = f
			try(v + 1)
		}
	}
	try(0)
}

// random makes a small system and a solution of it in whole numbers.
//
//gosec:disable G404 -- made-up systems are to be the same again
func random(rnd *rand.Rand) (*system, []float64) {
	s := &system{}
	n := 2 + rnd.IntN(4)
	truth := make([]float64, n)
	for v := range n {
		hi := float64(1 + rnd.IntN(6))
		s.variable(0, hi, true)
		truth[v] = float64(rnd.IntN(int(hi) + 1))
	}
	for range 1 + rnd.IntN(4) {
		var terms []term
		sum := 0.0
		for v := range n {
			if a := float64(rnd.IntN(5) - 2); a != 0 {
				terms = append(terms, term{v, a})
				sum += a * truth[v]
			}
		}
		s.add(terms, sum-float64(rnd.IntN(2)*rnd.IntN(3)), sum+float64(rnd.IntN(2)*rnd.IntN(3)))
	}
	return s, truth
}

// Every way to solve a system keeps all of its solutions, and the bounds of the
// simplex method are no wider than those of propagation.
func TestSolversKeepWhatIsPossible(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 2)) //gosec:disable G404 -- made-up systems are to be the same again
	given, fixed := 0, 0
	for range 3000 {
		s, _ := random(rnd)
		least, most := make([]float64, len(s.lo)), make([]float64, len(s.lo))
		for v := range least {
			least[v], most[v] = math.Inf(1), math.Inf(-1)
		}
		brute(s, func(x []float64) {
			for v, f := range x {
				least[v], most[v] = min(least[v], f), max(most[v], f)
			}
		})
		solution := s.solve()
		for v := range least {
			value, ok := solution.fixes([]term{{v, 1}})
			if !ok {
				continue
			}
			fixed++
			if value != least[v] || value != most[v] {
				t.Fatalf("elimination says %g, possible are %g to %g", value, least[v], most[v])
			}
		}
		p := newSimplex(newDictionary(s), math.MaxInt)
		for v := range least {
			lo, ok := p.least([]term{{v, 1}}, math.Inf(-1))
			minus, okMinus := p.least([]term{{v, -1}}, math.Inf(-1))
			if !ok || !okMinus {
				given++
				continue
			}
			if lo > least[v]+rounding || -minus < most[v]-rounding {
				t.Fatalf("simplex says %g to %g, possible are %g to %g", lo, -minus, least[v], most[v])
			}
			if lo < s.lo[v]-rounding || -minus > s.hi[v]+rounding {
				t.Fatalf("simplex left the box")
			}
		}
		whole := &system{lo: append([]float64(nil), s.lo...), hi: append([]float64(nil), s.hi...), whole: s.whole, rows: s.rows}
		if err := whole.propagate(); err != nil {
			t.Fatal(err)
		}
		for v := range least {
			if whole.lo[v] > least[v] || whole.hi[v] < most[v] {
				t.Fatalf("propagation says %g to %g, possible are %g to %g", whole.lo[v], whole.hi[v], least[v], most[v])
			}
		}
	}
	if given > 0 || fixed < 500 {
		t.Errorf("%d searches were given up; elimination fixed %d variables", given, fixed)
	}
}

// Elimination sees what is fixed by equations: variables, and sums of variables that
// are not fixed themselves.
func TestEliminationFixesSums(t *testing.T) {
	s := &system{}
	for range 5 {
		s.variable(0, 9, true)
	}
	s.add([]term{{0, 1}, {1, 1}, {2, 1}}, 9, 9)
	s.add([]term{{2, 2}, {3, 1}}, 7, 7)
	s.add([]term{{3, 1}}, 1, 1)
	s.add([]term{{0, 1}, {4, 1}}, 3, 5)
	solution := s.solve()
	for _, c := range []struct {
		form []term
		want float64
		ok   bool
	}{
		{[]term{{2, 1}}, 3, true}, {[]term{{0, 1}}, 0, false}, {[]term{{0, 1}, {1, 1}}, 6, true}, {[]term{{3, 1}, {0, -2}, {1, -2}}, -11, true},
		{[]term{{0, 1}, {1, -1}}, 0, false}, {[]term{{0, 1}, {4, 1}}, 0, false}, {[]term{{2, 0.5}}, 0, false},
	} {
		if got, ok := solution.fixes(c.form); ok != c.ok || ok && got != c.want {
			t.Errorf("%v: %g, %t; want %g, %t", c.form, got, ok, c.want, c.ok)
		}
	}
}

// From a solution at hand the simplex method comes to the same bounds as from
// nowhere, and walks lead from solutions to solutions.
func TestSimplexFromASolution(t *testing.T) {
	rnd := rand.New(rand.NewPCG(6, 5)) //gosec:disable G404 -- made-up systems are to be the same again
	walked := 0
	for range 3000 {
		s, truth := random(rnd)
		p, d := newSimplex(newDictionary(s), math.MaxInt), newDictionary(s)
		if err := d.startAt(truth); err != nil {
			t.Fatal(err)
		}
		w := newWalker(d)
		q := newSimplex(d, math.MaxInt)
		q.feasible = true
		for v := range truth {
			for _, sign := range signs {
				form := []term{{v, sign}}
				want, _ := p.least(form, math.Inf(-1))
				from, alone := sign*truth[v], w.alone(form)
				w.walk(form, math.Inf(-1))
				s.holds(t, w.x)
				got := w.value(form)
				if got < want-rounding || alone < want-rounding || alone > from+rounding {
					t.Fatalf("walks to %g from %g, alone to %g, where the least is %g", got, from, alone, want)
				}
				if got < from {
					walked++
				}
				if got, ok := q.least(form, math.Inf(-1)); !ok || math.Abs(got-want) > rounding {
					t.Fatalf("least from a solution is %g, from nowhere %g", got, want)
				}
				s.holds(t, q.x)
			}
		}
	}
	if walked < 1000 {
		t.Errorf("only %d walks went anywhere", walked)
	}
}

// holds checks that a point is a solution.
func (s *system) holds(t *testing.T, x []float64) {
	t.Helper()
	for v := range s.lo {
		if x[v] < s.lo[v]-rounding || x[v] > s.hi[v]+rounding {
			t.Fatalf("variable %d is %g, not between %g and %g", v, x[v], s.lo[v], s.hi[v])
		}
	}
	for _, r := range s.rows {
		sum := 0.0
		for _, term := range r.terms {
			sum += term.a * x[term.v]
		}
		if sum < r.lo-rounding || sum > r.hi+rounding {
			t.Fatalf("a sum is %g, not between %g and %g", sum, r.lo, r.hi)
		}
	}
}

// What is no solution is no start.
func TestSimplexFromNoSolution(t *testing.T) {
	s := &system{}
	x, y := s.variable(0, 3, false), s.variable(0, 10, false)
	s.add([]term{{x, 1}, {y, 1}}, 4, 100)
	for _, start := range [][]float64{{0, 3}, {4, 5}} {
		if newDictionary(s).startAt(start) == nil {
			t.Errorf("started from %v", start)
		}
	}
}

// What is known of textbook forms: the least of x+2y where x+y >= 4, and so on.
func TestSimplex(t *testing.T) {
	s := &system{}
	x, y := s.variable(0, 3, false), s.variable(0, 10, false)
	s.add([]term{{x, 1}, {y, 1}}, 4, 100)
	s.add([]term{{x, 1}, {y, -1}}, -2, 2)
	p := newSimplex(newDictionary(s), math.MaxInt)
	for _, c := range []struct {
		form []term
		want float64
	}{{[]term{{x, 1}, {y, 2}}, 5}, {[]term{{x, -1}}, -3}, {[]term{{y, -1}}, -5}, {[]term{{y, 1}}, 1}, {[]term{{x, 1}}, 1}} {
		if got, ok := p.least(c.form, math.Inf(-1)); !ok || math.Abs(got-c.want) > 1e-9 {
			t.Errorf("least of %v: %g, want %g", c.form, got, c.want)
		}
	}
	s.add([]term{{x, 1}, {y, 1}}, 0, 1)
	if _, ok := newSimplex(newDictionary(s), math.MaxInt).least([]term{{x, 1}}, math.Inf(-1)); ok {
		t.Error("a system without a solution has a least value")
	}
}
