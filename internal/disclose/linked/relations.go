package linked

import (
	"math/big"
	"slices"

	"github.com/caregap/caregap/internal/study"
)

// relate adds what joins the quantities of a domain.
func (b *builder) relate() {
	f := b.Study.Framework
	for _, e := range f.Items {
		b.item(e.ID)
	}
	for i := range b.Items {
		b.points, b.kinds = append(b.points, b.pointsOf(&b.Items[i])), append(b.kinds, b.answersOf(&b.Items[i]))
	}
	for _, e := range f.Constructs {
		b.construct(e.ID, e.Value)
	}
	for _, e := range f.Gaps {
		b.gap(e.ID, e.Value)
	}
	for _, e := range f.Quadrants {
		b.quadrant(e.ID, e.Value)
	}
	for i := range b.Quadrants {
		for j := range b.Quadrants {
			if i != j {
				b.quadrants(&b.Quadrants[i], &b.Quadrants[j])
			}
		}
	}
	b.jointStates()
	b.scoredSides()
	for _, x := range b.Rests {
		b.Relations = append(b.Relations, Relation{Terms: []Term{{x.Base, 1}, {x.Count, -1}, {x.Rest, -1}}, Equal: true, Derived: true})
	}
	for _, e := range f.Choices {
		b.choice(e.ID, e.Value)
	}
	for q, x := range b.Quantities {
		if slices.ContainsFunc(b.Rests, func(r Rest) bool { return r.Rest == q }) {
			continue // it is no more than its base, as no count is negative
		}
		if x.Base >= 0 {
			b.atLeast(x.Base, q)
		} else if q != Respondents {
			b.atLeast(Respondents, q)
		}
	}
}

// keep adds a relation, unless one of its quantities has no number.
func (b *builder) keep(equal bool, terms ...Term) {
	for _, t := range terms {
		if t.Quantity < 0 {
			return
		}
	}
	b.Relations = append(b.Relations, Relation{Terms: terms, Equal: equal})
}

// atLeast says that one quantity is at least another.
func (b *builder) atLeast(more, less int) { b.keep(false, Term{more, 1}, Term{less, -1}) }

// sum says that parts add up to a whole.
func (b *builder) sum(whole int, parts []int) {
	terms := []Term{{whole, 1}}
	for _, p := range parts {
		terms = append(terms, Term{p, -1})
	}
	b.keep(true, terms...)
}

func (b *builder) item(id string) {
	cell := Cell{Measure: id}
	base := b.quantity(cell, "base")
	if base < 0 {
		return
	}
	x := Item{ID: id, Base: base, Asked: b.quantity(cell, "asked"), Unsure: b.quantity(cell, "unsure")}
	var nets []int
	for i, level := range netLevels {
		x.Nets[i] = b.quantity(cell, level)
		if x.Nets[i] >= 0 {
			nets = append(nets, x.Nets[i])
		}
	}
	if x.Asked >= 0 {
		b.keep(false, Term{x.Asked, 1}, Term{base, -1}, Term{x.Unsure, -1})
	}
	b.answers(&x)
	if len(nets) > 0 {
		b.sum(base, nets)
	}
	b.Items = append(b.Items, x)
}

// answers sets what adds up to an item's base: its options where these are to be
// protected, else the nets.
func (b *builder) answers(x *Item) {
	item, scale, _ := b.Study.Framework.ItemScale(x.ID)
	if !b.sensitive[x.ID] {
		for i, net := range x.Nets {
			if net >= 0 {
				x.Answers, x.Net = append(x.Answers, net), append(x.Net, i)
			}
		}
		return
	}
	sets := scale.Nets(item.Reversed)
	var parts [3][]int
	for o := range sets.Positive {
		net := netOf(sets, o)
		q := b.add(quantityKey{Cell{Measure: x.ID}, b.code(x.ID, o)}, x.Base, false)
		x.Answers, x.Net = append(x.Answers, q), append(x.Net, net)
		rest := b.add(quantityKey{Cell{Measure: x.ID}, "not " + b.code(x.ID, o)}, x.Base, false)
		b.Rests = append(b.Rests, Rest{x.Base, q, rest})
		x.Rests = append(x.Rests, rest)
		parts[net] = append(parts[net], q)
	}
	for i, p := range parts {
		if len(p) > 0 {
			b.sum(x.Nets[i], p)
		}
	}
}

// netLevels are the levels of Item.Nets.
var netLevels = [...]string{"positive", "neutral", "negative"}

// netOf is the net that an option is in: its place in Item.Nets.
func netOf(sets study.Nets, option int) int {
	switch {
	case sets.Positive[option]:
		return Positive
	case sets.Negative[option]:
		return Negative
	}
	return Neutral
}

// construct: whoever has a score answered Required items at least, and whoever has
// none fewer.
func (b *builder) construct(id string, c study.Construct) {
	x := Construct{ID: id, Base: b.quantity(Cell{Measure: id}, "base"), Headline: -1}
	for i := range b.Items {
		if slices.Contains(c.Items, b.Items[i].ID) {
			x.Items = append(x.Items, i)
		}
		if b.Items[i].ID == c.Headline {
			x.Headline = i
		}
	}
	x.Required = required(c.MinAnswered, len(x.Items))
	b.Constructs = append(b.Constructs, x)
	if x.Base < 0 || len(x.Items) == 0 {
		return
	}
	for _, some := range subsets(x.Items) {
		b.answered(&x, some)
	}
}

// answered relates some of a construct's items: who has a score left out few enough
// of the others to have answered so many of these; who has none answered few.
func (b *builder) answered(x *Construct, some []int) {
	least := x.Required - (len(x.Items) - len(some))
	most := min(len(some), x.Required-1)
	answered, none := []Term{{x.Base, -least}}, []Term{{x.Base, len(some) - most}, {Respondents, most}}
	for _, i := range some {
		answered = append(answered, Term{b.Items[i].Base, 1})
		none = append(none, Term{b.Items[i].Base, -1})
	}
	if least > 0 {
		b.keep(false, answered...)
	}
	if most < len(some) {
		b.keep(false, none...)
	}
}

// mostItems is up to how many items of a construct all their sets are looked at.
const mostItems = 5

// subsets lists the sets of a construct's items, or where there are many the whole.
func subsets(items []int) [][]int {
	if len(items) > mostItems {
		return [][]int{items}
	}
	var out [][]int
	for mask := 1; mask < 1<<len(items); mask++ {
		var some []int
		for i, item := range items {
			if mask>>i&1 == 1 {
				some = append(some, item)
			}
		}
		out = append(out, some)
	}
	return out
}

// required is the smallest whole number not below a share of n.
func required(share study.Decimal, n int) int {
	need := new(big.Rat).Mul(share.Rat(), big.NewRat(int64(n), 1))
	whole := new(big.Int).Quo(need.Num(), need.Denom())
	if new(big.Rat).SetInt(whole).Cmp(need) < 0 {
		whole.Add(whole, big.NewInt(1))
	}
	return max(1, int(whole.Int64()))
}

// gap: who has it has both sides, and who has both sides has it.
func (b *builder) gap(id string, g study.Gap) {
	x := Gap{Base: b.quantity(Cell{Measure: id}, "base"), Of: b.constructAt(g.Of), Minus: b.constructAt(g.Minus)}
	if x.Base < 0 || x.Of < 0 || x.Minus < 0 {
		return
	}
	b.Gaps = append(b.Gaps, x)
	b.joint(x.Base, []int{b.Constructs[x.Of].Base, b.Constructs[x.Minus].Base})
}

func (b *builder) constructAt(id string) int {
	return slices.IndexFunc(b.Constructs, func(c Construct) bool { return c.ID == id })
}

// joint says that a quantity counts those who are in all of the sides.
func (b *builder) joint(q int, sides []int) {
	all := []Term{{q, 1}, {Respondents, len(sides) - 1}}
	for _, s := range sides {
		b.atLeast(s, q)
		all = append(all, Term{s, -1})
	}
	b.keep(false, all...)
}

func (b *builder) choice(id string, c study.Choice) {
	var x Choice
	for _, o := range c.Options {
		ticked := b.quantity(Cell{Measure: id}, o.ID)
		if ticked < 0 {
			continue
		}
		x.Ticked = append(x.Ticked, ticked)
		x.Bases = append(x.Bases, b.Quantities[ticked].Base)
	}
	if len(x.Ticked) > 0 {
		b.Choices = append(b.Choices, x)
	}
}
