package linked

import (
	"slices"

	"github.com/caregap/caregap/internal/study"
)

// quadrant: who is in it is high and low where it says so. A side with a headline
// item is known, and high, as that item is answered.
func (b *builder) quadrant(id string, q study.Quadrant) {
	cell := Cell{Measure: id}
	x := Quadrant{Base: b.quantity(cell, "base"), In: b.quantity(cell, "in"), Strict: b.quantity(cell, "strict"), High: b.quantity(Cell{id, "of_high"}, "base"),
		NotIn: b.quantity(cell, "not "), NotStrict: b.quantity(cell, "not strict"), NotOfHigh: b.quantity(cell, "not of_high")}
	if x.Base < 0 {
		return
	}
	for _, c := range q.High {
		x.Highs = append(x.Highs, b.constructAt(c))
	}
	for _, c := range q.Low {
		x.Lows = append(x.Lows, b.constructAt(c))
	}
	b.Quadrants = append(b.Quadrants, x)
	var sides []int
	for _, c := range slices.Concat(x.Highs, x.Lows) {
		sides = append(sides, b.sideBase(c))
	}
	if !slices.Contains(sides, -1) {
		b.joint(x.Base, sides)
	}
	b.atLeast(x.High, x.In)
	b.atLeast(x.Base, x.High)
	b.atLeast(x.In, x.Strict)
	if len(x.Highs) == 1 && len(x.Lows) == 0 && x.High >= 0 {
		b.keep(true, Term{x.High, 1}, Term{x.In, -1})
	}
	b.sides(&x)
}

// sideBase counts those of whom it is known whether they are high on a construct.
func (b *builder) sideBase(construct int) int {
	if construct < 0 {
		return -1
	}
	x := b.Constructs[construct]
	if x.Headline >= 0 {
		return b.Items[x.Headline].Base
	}
	if c, _ := b.Study.Framework.Constructs.Get(x.ID); c.Headline != "" {
		return -1 // the wave does not ask
	}
	return x.Base
}

// high counts those who are high on a construct, and low those who are not, where
// an item decides.
func (b *builder) high(construct int) (high, of int) {
	if construct < 0 || b.Constructs[construct].Headline < 0 {
		return -1, -1
	}
	x := b.Items[b.Constructs[construct].Headline]
	return x.Nets[Positive], x.Base
}

// sides relates a quadrant to the items that decide its sides.
func (b *builder) sides(x *Quadrant) {
	two := len(x.Highs)+len(x.Lows) == 2
	for i, c := range x.Highs {
		positive, of := b.high(c)
		b.atLeast(positive, x.In)
		if i == 0 {
			// Who is high in the quadrant's base is among those who are high, and
			// who is not among those who are not.
			b.atLeast(positive, x.High)
			b.keep(false, Term{of, 1}, Term{positive, -1}, Term{x.Base, -1}, Term{x.High, 1})
		} else if two {
			b.keep(false, Term{of, 1}, Term{positive, -1}, Term{x.High, -1}, Term{x.In, 1})
		}
	}
	for _, c := range x.Lows {
		positive, of := b.high(c)
		b.keep(false, Term{of, 1}, Term{positive, -1}, Term{x.In, -1})
		if two && len(x.Highs) == 1 {
			b.keep(false, Term{positive, 1}, Term{x.High, -1}, Term{x.In, 1}) // high, and not low here
		}
	}
}

// quadrants relates one quadrant to another with the same sides and more.
func (b *builder) quadrants(x, more *Quadrant) {
	if len(x.Highs) == 1 && len(x.Lows) == 0 && len(more.Highs) == 0 && slices.Equal(x.Highs, more.Lows) {
		b.keep(true, Term{x.Base, 1}, Term{more.Base, -1})
		b.keep(true, Term{x.Base, 1}, Term{x.In, -1}, Term{more.In, -1}) // high, or low
	}
	if !subset(slices.Concat(x.Highs, x.Lows), slices.Concat(more.Highs, more.Lows)) {
		return
	}
	b.atLeast(x.Base, more.Base)
	if len(x.Highs) > 0 && len(more.Highs) > 0 && x.Highs[0] == more.Highs[0] {
		b.atLeast(x.High, more.High)
		b.keep(false, Term{x.Base, 1}, Term{x.High, -1}, Term{more.Base, -1}, Term{more.High, 1})
		if slices.ContainsFunc(x.Lows, func(c int) bool { return slices.Contains(more.Highs, c) }) || slices.ContainsFunc(x.Highs, func(c int) bool { return slices.Contains(more.Lows, c) }) {
			b.keep(false, Term{x.High, 1}, Term{x.In, -1}, Term{more.In, -1}) // nobody is in both
		}
	}
	if subset(x.Highs, more.Highs) && subset(x.Lows, more.Lows) {
		b.atLeast(x.In, more.In)
	}
}

func subset(a, b []int) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}
