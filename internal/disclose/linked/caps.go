package linked

import (
	"math"
	"slices"
)

// Cap says that in a domain a sum of quantities is so much at least and at most, as
// scores that are known there tell: almost everybody at 0 leaves few who are positive.
type Cap struct {
	Terms       []Weighed
	Least, Most float64
	By          []Site // what tells
}

// Weighed is a quantity times a number.
type Weighed struct {
	Quantity int
	Times    float64
}

// Holds reports whether quantities keep the cap.
func (c *Cap) Holds(quantity func(q int) int) bool {
	sum := c.Sum(quantity)
	return sum >= c.Least && sum <= c.Most
}

// Sum is what the quantities make.
func (c *Cap) Sum(quantity func(q int) int) float64 {
	sum := 0.0
	for _, t := range c.Terms {
		sum += t.Times * float64(quantity(t.Quantity))
	}
	return sum
}

// cap finds what the sums of scores say of the answers behind them.
func (s *System) cap(d int, sums map[int]bound) {
	for k := range s.Constructs {
		s.capItems(d, k, sums)
	}
	for _, side := range s.Joint.Sides {
		if side.High < 0 {
			continue
		}
		s.people(d, side)
		b := sums[s.Quantities[side.High].Cell]
		if !b.tells() && !b.made || b.shown {
			continue
		}
		s.capHigh(d, side, b)
	}
}

// capHigh: who is high has a score of positive at least, and who is not no more than
// that. What a score has at most, or lacks of 100 each, by what others leave of it, it
// has and lacks however many there are; else everybody more may add 100 to it.
func (s *System) capHigh(d int, side Side, b bound) {
	base, positive := s.Constructs[side.Construct].Base, s.positive[side.Construct]
	whole := 100 * float64(s.Truth[d][base])
	high := []Weighed{{side.High, positive}}
	if b.fixed || b.capped {
		s.addCap(d, Cap{high, math.Inf(-1), b.most, b.by})
	} else {
		s.addCap(d, Cap{append(high, Weighed{base, -100}), math.Inf(-1), b.most - whole, b.by})
	}
	most := []Weighed{{base, positive}, {side.High, 100 - positive}}
	if b.floored {
		s.addCap(d, Cap{[]Weighed{{base, positive - 100}, most[1]}, -b.lack, math.Inf(1), b.by})
	}
	if !b.floored || b.least > whole-b.lack+1e-6 {
		s.addCap(d, Cap{most, b.least, math.Inf(1), b.by})
	}
}

// capItems: what answers take of a score at least, and lack of it, is no more than it
// leaves. Where the sum of the scores is not fixed everybody more with a score may add
// to it, and may lack something of it anyway.
func (s *System) capItems(d, construct int, sums map[int]bound) {
	m, ok := s.making(d, construct, sums, true)
	if !ok || !sums[m.cell].tells() {
		return
	}
	score := sums[m.cell]
	each := 100 * float64(len(m.Items))
	more, base := Weighed{m.Base, -each}, each*float64(s.Truth[d][m.Base])
	for at, i := range m.Items {
		b := m.all[at]
		if b.by == nil || b.shown {
			continue
		}
		used, _ := s.used(d, i)
		takes := s.weigh(i, used, func(least, _ float64) float64 { return least })
		lacks := s.weigh(i, used, func(_, most float64) float64 { return 100 - most })
		mostTakes, mostLacks := s.leaves(m, score, at)
		if !score.fixed && !score.capped {
			takes, mostTakes = append(takes, more), mostTakes-base
		}
		if !score.floored {
			lacks, mostLacks = append(lacks, more), mostLacks-base
		}
		if score.fixed || score.takes {
			s.addCap(d, Cap{takes, math.Inf(-1), mostTakes, b.by})
		}
		if score.fixed || score.lacks {
			s.addCap(d, Cap{lacks, math.Inf(-1), mostLacks, b.by})
		}
		if score.fixed {
			s.capWanted(d, m, at, used, score)
		}
	}
}

// weigh counts each answer to an item as often as the least and the most say that it
// scores, of the options that are used.
func (s *System) weigh(item int, used options, times func(least, most float64) float64) []Weighed {
	var out []Weighed
	for _, a := range s.kinds[item] {
		out = append(out, Weighed{a.quantity, times(span(s.points[item], a.options&used))})
	}
	return out
}

// capWanted: what a score that is fixed wants of an item's answers they make, if those to
// the others are fixed too.
func (s *System) capWanted(d int, m *making, at int, used options, score bound) {
	for j, other := range m.all {
		if j != at && !other.fixed {
			return
		}
	}
	points, lacking := s.wants(m, score, at)
	item, by := m.Items[at], m.all[at].by
	makes := s.weigh(item, used, func(_, most float64) float64 { return most })
	lacks := s.weigh(item, used, func(least, _ float64) float64 { return 100 - least })
	s.addCap(d, Cap{makes, points, math.Inf(1), by})
	s.addCap(d, Cap{lacks, lacking, math.Inf(1), by})
}

// addCap adds a cap that tells anything; at the truth where it says more than there
// is to know.
func (s *System) addCap(d int, c Cap) {
	c.Terms = slices.DeleteFunc(c.Terms, func(t Weighed) bool { return t.Times == 0 })
	if len(c.Terms) == 0 {
		return
	}
	truth := c.Sum(func(q int) int { return s.Truth[d][q] })
	c.Least, c.Most = min(truth, c.Least)-1e-6, max(truth, c.Most)+1e-6
	s.Caps[d] = append(s.Caps[d], c)
}
