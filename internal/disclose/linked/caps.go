package linked

import "math"

// Cap says that in a domain a quantity is no more than so many, as a score that is
// shown there tells: almost everybody at 0 leaves few who are positive.
type Cap struct {
	Quantity, Most int
	Cell           int // of the score
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
	isNet := func(net int) func(int) bool {
		return func(o int) bool {
			return [...]bool{sets.Positive[o], !sets.Positive[o] && !sets.Negative[o], sets.Negative[o]}[net]
		}
	}
	for net, q := range x.Nets {
		is := isNet(net)
		add(q, is)
		add(b.quantity(Cell{Measure: x.ID}, "not "+[...]string{"positive", "neutral", "negative"}[net]), func(o int) bool { return !is(o) })
	}
	for i := range x.Rests {
		add(x.Answers[i], func(o int) bool { return o == i })
		add(x.Rests[i], func(o int) bool { return o != i })
	}
	return out
}

// findSums notes the sums of scores behind the means that rows show, and what
// answers there are.
func (b *builder) findSums() {
	b.sums = make([]map[int]float64, len(b.Domains))
	for i := range b.Rows {
		row := &b.Rows[i]
		if r := &b.rows[row.Index]; r.Status == "" && r.Statistic == "mean" {
			if b.sums[row.Domain] == nil {
				b.sums[row.Domain] = map[int]float64{}
			}
			b.sums[row.Domain][row.Cell] = r.Estimate.Or(0) * float64(r.Base)
		}
	}
	for _, c := range b.Constructs {
		x, _ := b.Study.Framework.Constructs.Get(c.ID)
		positive, _ := x.Positive.Rat().Float64()
		b.positive = append(b.positive, positive)
	}
	for i := range b.Items {
		b.kinds = append(b.kinds, b.answersOf(&b.Items[i]))
	}
}

// cap finds what the scores that are shown say of the answers to their items that
// are not. Of a construct of k items, a score is no less than a k-th of each answer
// and no more than that with all others at 100. Whoever answers an item and has no
// score may have given any answer.
func (s *System) cap(shown func(domain, cell int) bool) {
	s.Caps = make([][]Cap, len(s.Domains))
	for d, sums := range s.sums {
		for _, c := range s.Constructs {
			if c.Base < 0 {
				continue
			}
			cell := s.Quantities[c.Base].Cell
			if sum, ok := sums[cell]; ok && shown(d, cell) {
				s.capItems(d, c, sum, shown)
			}
		}
		for _, side := range s.Joint.Sides {
			if side.High >= 0 && !shown(d, s.Quantities[side.High].Cell) && len(s.Constructs[side.Construct].Items) > 0 {
				s.capHigh(d, side, shown)
			}
		}
	}
}

func (s *System) capItems(d int, c Construct, sum float64, shown func(domain, cell int) bool) {
	x := s.Truth[d]
	base, k := float64(x[c.Base]), float64(len(c.Items))
	loose := 0.0 // answers of those who have no score, at most, of one item
	if c.Required > 1 {
		loose = float64(x[Respondents] - x[c.Base])
	}
	up, down := k*sum, k*(100*base-sum) // points that the items may have, and may lack
	for _, i := range c.Items {
		q := s.Items[i].Base
		if total, ok := s.sums[d][s.Quantities[q].Cell]; ok && shown(d, s.Quantities[q].Cell) {
			up -= max(0, total-100*loose)
			down -= max(0, 100*float64(x[q])-total-100*loose)
		}
	}
	for _, i := range c.Items {
		if q := s.Items[i].Base; shown(d, s.Quantities[q].Cell) {
			continue
		}
		for _, a := range s.kinds[i] {
			most := math.Inf(1)
			if a.least > 0 {
				most = up / a.least
			}
			if a.most < 100 {
				most = min(most, down/(100-a.most))
			}
			if most += loose; most < float64(x[Respondents]) && most > float64(x[a.quantity])-1 {
				s.Caps[d] = append(s.Caps[d], Cap{a.quantity, max(x[a.quantity], int(math.Floor(most+1e-6))), s.Quantities[c.Base].Cell})
			}
		}
	}
}

// capHigh: where all items of a construct that decides by its score are shown and it
// is not, the sum of the scores is known, and with it how many can be high or low.
func (s *System) capHigh(d int, side Side, shown func(domain, cell int) bool) {
	c, x := s.Constructs[side.Construct], s.Truth[d]
	sum := 0.0
	for _, i := range c.Items {
		q := s.Items[i].Base
		total, ok := s.sums[d][s.Quantities[q].Cell]
		if !ok || !shown(d, s.Quantities[q].Cell) || x[q] != x[c.Base] {
			return
		}
		sum += total / float64(len(c.Items))
	}
	base, positive := float64(x[c.Base]), s.positive[side.Construct]
	high := float64(x[side.High])
	if most := sum / positive; most >= high && most < base {
		s.Caps[d] = append(s.Caps[d], Cap{side.High, int(math.Floor(most + 1e-6)), s.Quantities[s.Items[c.Items[0]].Base].Cell})
	}
}
