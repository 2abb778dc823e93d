package estimate

import (
	"cmp"
	"math"
	"slices"

	"github.com/caregap/caregap/internal/survey"
)

// stack is the sample of several waves in one, the files one below the other, so
// that what the waves share counts as covariance (statistics.md 6).
//
//  1. PSUs and strata of one name are one.
//  2. Where respondents are the PSUs of a wave they are PSUs of the stack, and one
//     person of a stratum is one PSU, in whichever waves, and however often.
//  3. A respondent of such a wave who is also in a PSU of a wave that has PSUs
//     belongs to that PSU, within its stratum: a PSU holds everyone it shares.
type stack struct {
	sides  []*waveEstimator
	strata []stratum
	psus   []unit  // of waves that have PSUs, by stratum name, then PSU name
	at     [][]int // per side: its units' places in psus or, where respondents are the PSUs, in strata
	people *people // nil where nobody is met twice
}

// newStack stacks waves whose people are not to be told apart: PSUs are all PSUs.
func newStack(sides ...*waveEstimator) *stack {
	s := &stack{sides: sides}
	s.addStrata()
	s.addPSUs()
	for _, e := range sides {
		s.at = append(s.at, s.places(e.design))
	}
	s.setFractions()
	return s
}

// newStackOfPeople stacks waves that have somebody in common; nil where they have not.
func newStackOfPeople(sides ...*waveEstimator) *stack {
	s := newStack(sides...)
	list, shared := s.named()
	if !shared {
		return nil
	}
	if slices.ContainsFunc(sides, func(e *waveEstimator) bool { return e.design.rows }) {
		s.people = newPeople(s, list)
	}
	s.setFractions()
	return s
}

func (s *stack) addStrata() {
	for _, e := range s.sides {
		for _, h := range e.design.strata {
			at, seen := s.find(h.name)
			if !seen {
				s.strata = slices.Insert(s.strata, at, stratum{name: h.name, population: h.population})
			}
			if own := s.strata[at].population; math.Abs(own-h.population) > 1e-9*own {
				s.strata[at].population = math.Inf(1) // a changed frame: no correction, which is conservative
			}
			if e.design.rows {
				s.strata[at].n += h.n
			}
		}
	}
}

func (s *stack) find(name string) (int, bool) {
	return slices.BinarySearchFunc(s.strata, name, func(h stratum, name string) int { return cmp.Compare(h.name, name) })
}

func (s *stack) addPSUs() {
	for _, e := range s.sides {
		if e.design.rows {
			continue
		}
		for _, u := range e.design.units {
			h, _ := s.find(e.design.strata[u.stratum].name)
			s.psus = append(s.psus, unit{stratum: h, name: u.name})
		}
	}
	slices.SortFunc(s.psus, compareUnits)
	s.psus = slices.Compact(s.psus)
	for _, u := range s.psus {
		s.strata[u.stratum].n++
	}
}

func compareUnits(a, b unit) int {
	return cmp.Or(cmp.Compare(a.stratum, b.stratum), cmp.Compare(a.name, b.name))
}

func (s *stack) setFractions() {
	for i := range s.strata {
		h := &s.strata[i]
		h.f = min(1, float64(h.n)/h.population)
	}
}

func (s *stack) places(d *design) []int {
	at := make([]int, len(d.units))
	for i, u := range d.units {
		h, _ := s.find(d.strata[u.stratum].name)
		at[i] = h
		if !d.rows {
			at[i], _ = slices.BinarySearchFunc(s.psus, unit{stratum: h, name: u.name}, compareUnits)
		}
	}
	return at
}

// term is one wave's estimate in a linear combination.
type term struct {
	factor float64
	p      point
	g      *group
}

// totals are the linearised values of a combination: by stratum those of
// respondents that are PSUs, with their squares, and by PSU.
type totals struct {
	sums []stratumSum
	psus []float64
	in   []bool // PSUs with somebody of a domain
	n    int    // respondents of a domain that are PSUs
}

type stratumSum struct {
	sum, squares, whole float64 // whole is what rounding of squares is measured by
	rows, in            bool
}

// combine is the variance of the sum of factor times estimate, one for each side,
// and the degrees of freedom of all domains together.
func (s *stack) combine(sp *spec, theta float64, terms ...term) (v, df float64) {
	t := s.total(terms)
	if s.people != nil {
		s.people.unite(&t, sp, terms)
	}
	df = float64(t.n)
	for i, u := range s.psus {
		if t.in[i] {
			t.sums[u.stratum].in = true
			df++
		}
	}
	for from, h := 0, 0; h < len(s.strata); h++ {
		to := from
		for to < len(s.psus) && s.psus[to].stratum == h {
			to++
		}
		v += t.sums[h].variance(s.strata[h], t.psus[from:to])
		if t.sums[h].in {
			df--
		}
		from = to
	}
	return zeroIfTiny(v, theta), df
}

func (s *stack) total(terms []term) totals {
	t := totals{sums: make([]stratumSum, len(s.strata)), psus: make([]float64, len(s.psus)), in: make([]bool, len(s.psus))}
	for i, e := range s.sides {
		c, inf := terms[i].factor, terms[i].p.inf
		for u, at := range s.at[i] {
			if !e.design.rows {
				t.psus[at] += c * inf.sum[u]
				t.in[at] = t.in[at] || inf.in[u]
				continue
			}
			h := &t.sums[at]
			h.rows, h.in = true, h.in || inf.in[u]
			h.sum += c * inf.sum[u]
			h.squares += c * c * inf.squares[u]
		}
		if e.design.rows {
			t.n += inf.n
		}
	}
	for h := range t.sums {
		t.sums[h].whole = t.sums[h].squares
	}
	return t
}

// variance is what a stratum adds, as design.stratumCovariance has it.
func (t stratumSum) variance(h stratum, psus []float64) float64 {
	if !t.rows {
		return survey.StratumCovariance(h.n, h.f, psus, psus)
	}
	if 1-h.f < 1e-7 || h.n < 2 {
		return 0
	}
	for _, x := range psus {
		t.sum += x
		t.squares += x * x
		t.whole += x * x
	}
	n := float64(h.n)
	about := t.squares - t.sum*t.sum/n
	if about <= 1e-12*t.whole {
		return 0 // all alike: what is left is rounding
	}
	return (1 - h.f) * n / (n - 1) * about
}

// difference is p minus before, which are estimates of the stack's second wave
// and its first: Var = V(z_p - z_before). Without a stack they are independent.
func (s *stack) difference(sp *spec, p, before term) point {
	if s == nil {
		return independent(p.p, before.p)
	}
	d := point{theta: p.p.theta - before.p.theta, n: p.p.n + before.p.n}
	p.factor, before.factor = 1, -1
	d.v, d.df = s.combine(sp, d.theta, before, p)
	return d
}
