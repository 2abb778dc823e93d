package linked

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"sort"
)

// A score is low where what a person's answers lack, of 100 each, is more than a score
// may lack: where the excess of each answer over that, of all that the person gave,
// adds up to more than nothing. Who is low has an answer with an excess, and so many
// who are low need so much of it. excess is that of the answers to one item.
type excess struct {
	shown bool
	parts []share // of an item that is shown, from the most to the least
	most  float64 // of any answer, or of none
	least float64
	by    []Site
}

// share is how many answers have an excess of so much.
type share struct {
	value float64
	count int
}

// excesses lists those of a construct's items.
func (s *System) excesses(d, construct int) []excess {
	c := s.Constructs[construct]
	var out []excess
	for _, i := range c.Items {
		q := s.Items[i].Base
		cell := s.Quantities[q].Cell
		used, by := s.used(d, i)
		least, most := span(s.points[i], used)
		x := excess{most: max(0, s.positive[construct]-least), least: min(0, s.positive[construct]-most), by: by}
		if given := s.given[d][cell]; s.Known[d][q] && given != nil {
			x.by, x.shown = append(x.by, s.shownBy(d, q)...), true
			for o, n := range given {
				x.parts = append(x.parts, share{s.positive[construct] - s.points[i][o], n})
			}
			if c.Required < len(c.Items) {
				x.parts = append(x.parts, share{0, s.Truth[d][Respondents] - s.Truth[d][q]})
			}
			x.parts = slices.DeleteFunc(x.parts, func(p share) bool { return p.count <= 0 })
			slices.SortFunc(x.parts, func(a, b share) int { return cmp.Compare(b.value, a.value) })
			x.most, x.least = 0, 0
			for _, p := range x.parts {
				x.most, x.least = max(x.most, p.value), min(x.least, p.value)
			}
		}
		out = append(out, x)
	}
	return out
}

// top is the excess of the n answers that have most of it.
func (x *excess) top(n int) float64 { return x.sum(n, slices.Values(x.parts), x.most) }

// bottom is that of the n answers that have least.
func (x *excess) bottom(n int) float64 {
	return x.sum(n, func(yield func(share) bool) {
		for _, p := range slices.Backward(x.parts) {
			if !yield(p) {
				return
			}
		}
	}, x.least)
}

// sum is the excess of the first n answers, or so much each where the item is hidden.
func (x *excess) sum(n int, first iter.Seq[share], each float64) float64 {
	if !x.shown {
		return float64(n) * each
	}
	sum := 0.0
	for p := range first {
		k := min(n, p.count)
		sum, n = sum+float64(k)*p.value, n-k
	}
	return sum
}

// people bounds how many are low and high on a side that a score decides on.
func (s *System) people(d int, side Side) {
	c := s.Constructs[side.Construct]
	base := s.Truth[d][c.Base]
	all := s.excesses(d, side.Construct)
	var by []Site
	for _, x := range all {
		by = append(by, x.by...)
	}
	if by == nil || base == 0 || s.Known[d][side.High] {
		return
	}
	// What fits n fits fewer: who has least excess of the n can be left out.
	most := func(fits func(n int) bool) float64 {
		if n := sort.Search(base, func(n int) bool { return !fits(n + 1) }); n < base {
			return float64(n)
		}
		return math.Inf(1)
	}
	low := most(func(n int) bool { return total(all, n, (*excess).top) > 1e-9 })
	high := most(func(n int) bool { return total(all, n, (*excess).bottom) < 1e-9 })
	unscored := 0
	if c.Required > 1 {
		unscored = s.Truth[d][Respondents] - base
	}
	sureLow := float64(sure(all, func(value, least, _ float64) bool { return value+least > 1e-9 }) - unscored)
	sureHigh := float64(sure(all, func(value, _, most float64) bool { return value+most < 1e-9 }) - unscored)
	low = min(low, some(all, func(value float64) bool { return value > 1e-9 }))
	s.addCap(d, Cap{[]Weighed{{c.Base, 1}, {side.High, -1}}, sureLow, low, by})
	s.addCap(d, Cap{[]Weighed{{side.High, 1}}, sureHigh, high, by})
}

// total adds up over items.
func total(all []excess, n int, of func(*excess, int) float64) float64 {
	sum := 0.0
	for i := range all {
		sum += of(&all[i], n)
	}
	return sum
}

// some counts the answers that are so; any number where an item is hidden that may
// have some.
func some(all []excess, so func(value float64) bool) float64 {
	n := 0
	for i := range all {
		if !all[i].shown && so(all[i].most) {
			return math.Inf(1)
		}
		for _, p := range all[i].parts {
			if so(p.value) {
				n += p.count
			}
		}
	}
	return float64(n)
}

// sure is how many are at least for what they answered to one item, whatever they
// answered to the others.
func sure(all []excess, so func(value, least, most float64) bool) int {
	out := 0
	for i := range all {
		least, most, n := 0.0, 0.0, 0
		for k := range all {
			if k != i {
				least, most = least+all[k].least, most+all[k].most
			}
		}
		for _, p := range all[i].parts {
			if p.value != 0 && so(p.value, least, most) {
				n += p.count
			}
		}
		out = max(out, n)
	}
	return out
}
