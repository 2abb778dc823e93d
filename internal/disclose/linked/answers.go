package linked

import (
	"cmp"
	"iter"
	"slices"
)

// options is a set of an item's options, a bit each. Of a scale with more options than
// there are bits nothing is said.
type options uint64

const (
	everyOption options = 1<<64 - 1
	mostOptions         = 64
)

// answer is a kind of answers to an item - an option, or a net.
type answer struct {
	quantity int
	options  options
}

// pointsOf lists the scores, from 0 to 100, that the options of an item give.
func (b *builder) pointsOf(x *Item) []float64 {
	item, scale, _ := b.Study.Framework.ItemScale(x.ID)
	var out []float64
	for o := range scale.Codes() {
		points, of := scale.Points(o)
		out = append(out, 100*float64(points)/float64(of))
	}
	if item.Reversed {
		slices.Reverse(out)
	}
	return out
}

// answersOf lists what adds up to an item's base.
func (b *builder) answersOf(x *Item) []answer {
	item, scale, _ := b.Study.Framework.ItemScale(x.ID)
	sets := scale.Nets(item.Reversed)
	told := scale.Codes() <= mostOptions
	var out []answer
	for i, q := range x.Answers {
		a := answer{quantity: q}
		for o := range scale.Codes() {
			if told && (b.sensitive[x.ID] && o == i || !b.sensitive[x.ID] && netOf(sets, o) == x.Net[i]) {
				a.options |= 1 << o
			}
		}
		out = append(out, a)
	}
	return out
}

// span is the lowest and the highest score that some options give; all there are
// where there is none.
func span(points []float64, some options) (least, most float64) {
	least, most = 100, 0
	for o, p := range points {
		if some>>o&1 == 1 {
			least, most = min(least, p), max(most, p)
		}
	}
	if least > most {
		return 0, 100
	}
	return least, most
}

// findGiven notes who gave which answer.
func (b *builder) findGiven() {
	b.given = make([]map[int][]int, len(b.Domains))
	for i := range b.Rows {
		row := &b.Rows[i]
		given := b.rows[row.Index].Options
		if given == nil {
			continue
		}
		if b.given[row.Domain] == nil {
			b.given[row.Domain] = map[int][]int{}
		}
		b.given[row.Domain][row.Cell] = given
	}
	b.above = make([][]int, len(b.Domains))
	for d := range b.Domains {
		b.above[d] = b.wider(d)
	}
}

// wider lists the domains that hold all of a domain's respondents, but for itself.
func (b *builder) wider(d int) []int {
	var out []int
	for _, m := range b.In[d] {
		for _, w := range append([]int{b.Margins[m].Total}, b.wider(b.Margins[m].Total)...) {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// shownAbove lists the wider domains in which the answers to an item are shown.
func (s *System) shownAbove(d, item int) []int {
	q := s.Items[item].Base
	var out []int
	for _, w := range s.above[d] {
		if s.given[w][s.Quantities[q].Cell] != nil && s.Known[w][q] {
			out = append(out, w)
		}
	}
	return out
}

// used is the options of an item that anybody in a domain can have chosen, where the
// answers of wider ones are shown, and what tells.
func (s *System) used(d, item int) (options, []Site) {
	out, by := everyOption, []Site(nil)
	q := s.Items[item].Base
	for _, w := range s.shownAbove(d, item) {
		given := s.given[w][s.Quantities[q].Cell]
		if len(given) > mostOptions {
			continue
		}
		x := everyOption << len(given)
		for o, n := range given {
			if n > 0 {
				x |= 1 << o
			}
		}
		if out&^x != 0 {
			out, by = out&x, append(by, s.shownBy(w, q)...)
		}
	}
	return out, by
}

// drawn is the least and the most that so many answers can make as are drawn from those
// of wider domains, where these are shown, and what tells.
func (s *System) drawn(d, item int) (least, most float64, by []Site) {
	q := s.Items[item].Base
	base := s.Truth[d][q]
	most = 100 * float64(base)
	for _, w := range s.shownAbove(d, item) {
		low, high := extremes(s.points[item], s.given[w][s.Quantities[q].Cell], base)
		if low > least || high < most {
			least, most, by = max(least, low), min(most, high), append(by, s.shownBy(w, q)...)
		}
	}
	return least, most, by
}

// extremes are the least and the most that n of some answers make.
func extremes(points []float64, given []int, n int) (least, most float64) {
	order := make([]int, len(points))
	for o := range order {
		order[o] = o
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(points[a], points[b]) })
	take := func(order iter.Seq2[int, int]) (sum float64) {
		left := n
		for _, o := range order {
			k := min(left, given[o])
			sum, left = sum+float64(k)*points[o], left-k
		}
		return sum
	}
	return take(slices.All(order)), take(slices.Backward(order))
}
