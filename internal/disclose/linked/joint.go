package linked

import (
	"slices"

	"github.com/caregap/caregap/internal/measure"
)

// Joint is the respondents of a domain by their states on all sides of quadrants:
// no row shows them, but every quadrant is a sum of them, as are the answers to the
// headline items and the bases of the scores that decide.
type Joint struct {
	Sides      []Side
	States     [][]int // per state, per side: a place in the states of a side
	Quantities []int   // per state
	Counted    []Counted
}

// Side is a construct (place in System.Constructs) that some quadrant names.
type Side struct {
	Construct int
	Scored    bool // its score decides, and no headline item
	High      int  // of a scored side the quantity of those who are high; else -1
}

// States of a side, as package measure numbers them.
const (
	SideUnknown = iota
	SideMild    // low, but not on the negative answers of the headline
	SideStrict  // low on these, or by score
	SideHigh
)

// Counted is a quantity that counts the respondents in some of the joint states.
type Counted struct {
	Quantity int
	States   []int // places in Joint.States
}

// jointStates adds the joint states, where rows carry them.
func (b *builder) jointStates() {
	f := b.Study.Framework
	ids := measure.Sides(f)
	if len(ids) == 0 || !slices.ContainsFunc(b.places, func(i int) bool { return b.rows[i].Joint != nil }) {
		return
	}
	var can [][]int // per side: states that somebody can be in
	for _, id := range ids {
		c, _ := f.Constructs.Get(id)
		side := Side{Construct: b.constructAt(id), Scored: c.Headline == "", High: b.quantity(Cell{Measure: id}, "high")}
		states := []int{SideUnknown}
		switch {
		case b.sideBase(side.Construct) < 0:
		case side.Scored:
			states = append(states, SideStrict, SideHigh)
		default:
			states = append(states, SideMild, SideStrict, SideHigh)
		}
		b.Joint.Sides, can = append(b.Joint.Sides, side), append(can, states)
	}
	b.states(can, nil)
	b.countStates()
}

// states adds a quantity for each joint state.
func (b *builder) states(can [][]int, chosen []int) {
	if len(chosen) < len(can) {
		for _, s := range can[len(chosen)] {
			b.states(can, append(slices.Clone(chosen), s))
		}
		return
	}
	name := []byte("state ")
	for _, s := range chosen {
		name = append(name, byte('0'+s)) //gosec:disable G115 -- one of four
	}
	b.Joint.States = append(b.Joint.States, chosen)
	b.Joint.Quantities = append(b.Joint.Quantities, b.add(quantityKey{what: string(name)}, -1, false))
}

// place of a state among those that rows count.
func (j *Joint) place(state int) int {
	at := 0
	for _, s := range j.States[state] {
		at = at*measure.SideStates + s
	}
	return at
}

// countStates relates the joint states to the quantities that rows show.
func (b *builder) countStates() {
	j := &b.Joint
	b.sumOf(Respondents, func([]int) bool { return true })
	for k, side := range j.Sides {
		is := func(state int) func([]int) bool { return func(s []int) bool { return s[k] == state } }
		base := b.sideBase(side.Construct)
		if base < 0 {
			continue
		}
		b.sumOf(base, func(s []int) bool { return s[k] != SideUnknown })
		b.sumOf(side.High, is(SideHigh))
		if !side.Scored {
			nets := b.Items[b.Constructs[side.Construct].Headline].Nets
			b.sumOf(nets[Positive], is(SideHigh))
			b.sumOf(nets[Neutral], is(SideMild))
			b.sumOf(nets[Negative], is(SideStrict))
		}
	}
	b.countGaps()
	for i := range b.Quadrants {
		b.countQuadrant(&b.Quadrants[i])
	}
}

func (b *builder) countQuadrant(x *Quadrant) {
	side := func(construct int) int {
		return slices.IndexFunc(b.Joint.Sides, func(s Side) bool { return s.Construct == construct })
	}
	all := func(s []int, of []int, holds func(state int) bool) bool {
		return !slices.ContainsFunc(of, func(c int) bool { return !holds(s[side(c)]) })
	}
	known := func(state int) bool { return state != SideUnknown }
	base := func(s []int) bool { return all(s, x.Highs, known) && all(s, x.Lows, known) }
	high := func(s []int) bool {
		return all(s, x.Highs, func(state int) bool { return state == SideHigh })
	}
	in := func(s []int) bool {
		return base(s) && high(s) && all(s, x.Lows, func(state int) bool { return state != SideHigh })
	}
	strict := func(s []int) bool {
		return base(s) && high(s) && all(s, x.Lows, func(state int) bool { return state == SideStrict })
	}
	ofHigh := func(s []int) bool { return len(x.Highs) > 0 && base(s) && s[side(x.Highs[0])] == SideHigh }
	b.sumOf(x.Base, base)
	b.sumOf(x.In, in)
	b.sumOf(x.Strict, strict)
	b.sumOf(x.High, ofHigh)
	b.sumOf(x.NotIn, func(s []int) bool { return base(s) && !in(s) })
	b.sumOf(x.NotStrict, func(s []int) bool { return base(s) && !strict(s) })
	b.sumOf(x.NotOfHigh, func(s []int) bool { return ofHigh(s) && !in(s) })
}

// sumOf says that a quantity counts those in the states for which in holds.
func (b *builder) sumOf(quantity int, in func(states []int) bool) {
	if quantity < 0 {
		return
	}
	x := Counted{Quantity: quantity}
	terms := []Term{{quantity, 1}}
	for i, s := range b.Joint.States {
		if in(s) {
			x.States = append(x.States, i)
			terms = append(terms, Term{b.Joint.Quantities[i], -1})
		}
	}
	b.Joint.Counted = append(b.Joint.Counted, x)
	b.Relations = append(b.Relations, Relation{Terms: terms, Equal: true, Derived: true})
}

// fillHigh counts those who are high by score.
func (b *builder) fillHigh() {
	for k, side := range b.Joint.Sides {
		if side.High < 0 {
			continue
		}
		for _, x := range b.Truth {
			for i, s := range b.Joint.States {
				if s[k] == SideHigh {
					x[side.High] += x[b.Joint.Quantities[i]]
				}
			}
		}
	}
}

// countGaps: who has a gap has a score on both its sides, which decides there.
func (b *builder) countGaps() {
	side := func(construct int) int {
		return slices.IndexFunc(b.Joint.Sides, func(s Side) bool { return s.Construct == construct && s.Scored })
	}
	for _, g := range b.Gaps {
		if of, minus := side(g.Of), side(g.Minus); of >= 0 && minus >= 0 {
			b.sumOf(g.Base, func(s []int) bool { return s[of] != SideUnknown && s[minus] != SideUnknown })
		}
	}
}
