package linked

import "math"

// Cap says that in a domain a quantity is so many at least and at most, as scores that
// are known there tell: almost everybody at 0 leaves few who are positive.
type Cap struct {
	Quantity, Least, Most int
	By                    []Site // what tells
}

// answer is a kind of answers to an item - a net, an option, or all others - with
// the lowest and the highest score, from 0 to 100, that one of them gives.
type answer struct {
	quantity    int
	least, most float64
}

// answersOf lists the kinds of answers to an item that are counted.
func (b *builder) answersOf(x *Item) []answer {
	item, scale, _ := b.Study.Framework.ItemScale(x.ID)
	sets := scale.Nets(item.Reversed)
	var out []answer
	add := func(quantity int, in func(option int) bool) {
		a := answer{quantity, math.Inf(1), math.Inf(-1)}
		for o := range sets.Positive {
			if !in(o) {
				continue
			}
			at := o
			if item.Reversed {
				at = len(sets.Positive) - 1 - o
			}
			points, of := scale.Points(at)
			score := 100 * float64(points) / float64(of)
			a.least, a.most = min(a.least, score), max(a.most, score)
		}
		if quantity >= 0 && a.least <= a.most {
			out = append(out, a)
		}
	}
	for net, q := range x.Nets {
		add(q, func(o int) bool { return netOf(sets, o) == net })
		add(b.quantity(Cell{Measure: x.ID}, "not "+netLevels[net]), func(o int) bool { return netOf(sets, o) != net })
	}
	for i := range x.Rests {
		add(x.Answers[i], func(o int) bool { return o == i })
		add(x.Rests[i], func(o int) bool { return o != i })
	}
	return out
}

// cap finds what the sums of scores say of the answers behind them: each positive
// answer takes its least score from what there is, and each other what it lacks.
func (s *System) cap(d int, sums map[int]bound) {
	for i := range s.Items {
		x := &s.Items[i]
		b, ok := sums[s.Quantities[x.Base].Cell]
		if !ok || b.by == nil || b.shown {
			continue
		}
		base := float64(s.Truth[d][x.Base])
		for _, a := range s.kinds[i] {
			top := math.Inf(1)
			if a.least > 0 {
				top = b.most / a.least
			}
			if a.most < 100 {
				top = min(top, (100*base-b.least)/(100-a.most))
			}
			s.addCap(d, a.quantity, 0, top, b.by)
		}
	}
	for _, side := range s.Joint.Sides {
		if side.High < 0 {
			continue
		}
		b, ok := sums[s.Quantities[side.High].Cell]
		if !ok || b.by == nil || b.shown {
			continue
		}
		base, positive := float64(s.Truth[d][s.Constructs[side.Construct].Base]), s.positive[side.Construct]
		low := (100*base - b.least) / (100 - min(positive, 99))
		s.addCap(d, side.High, base-low, b.most/max(positive, 1), b.by)
	}
}

// addCap caps a quantity where that tells anything; at the truth where it says more
// than there is to know.
func (s *System) addCap(d, quantity int, least, most float64, by []Site) {
	truth := float64(s.Truth[d][quantity])
	if least <= 0 && most >= float64(s.Truth[d][Respondents]) {
		return
	}
	c := Cap{quantity, 0, plenty, by}
	if least > 0 {
		c.Least = min(int(truth), int(math.Ceil(least-1e-6)))
	}
	if most < plenty {
		c.Most = max(int(truth), int(math.Floor(most+1e-6)))
	}
	s.Caps[d] = append(s.Caps[d], c)
}

const plenty = 1 << 30
