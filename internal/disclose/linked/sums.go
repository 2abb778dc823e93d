package linked

import "slices"

// Site is a cell in a domain.
type Site struct{ Domain, Cell int }

// bound says between what the sum of a cell's scores lies, for all that is shown in
// its domain, and which sites tell that; nil where none does.
type bound struct {
	least, most float64
	by          []Site
	shown       bool // by a row of its own
}

// exact reports whether a bound leaves no room.
func (b bound) exact() bool { return b.by != nil && b.most-b.least < 1e-6 }

// findSums notes the sums of scores behind the means of rows, and what answers there
// are.
func (b *builder) findSums() {
	b.sums, b.same = make([]map[int]float64, len(b.Domains)), map[int]bool{}
	for i := range b.Rows {
		row := &b.Rows[i]
		r := &b.rows[row.Index]
		if r.Status != "" || r.Statistic != "mean" {
			continue
		}
		if b.sums[row.Domain] == nil {
			b.sums[row.Domain] = map[int]float64{}
		}
		mean := r.Estimate.Or(0)
		b.sums[row.Domain][row.Cell] = mean * float64(r.Base)
		if squares, ok := r.Squares.Get(); ok && row.Domain == Everyone {
			b.same[row.Cell] = squares-mean*mean*float64(r.Base) <= 1e-12*squares
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

// deduce finds what the means that are shown say of those that are not, and of the
// answers behind them.
func (s *System) deduce(shown map[Site]bool, know func(domain, quantity int)) {
	s.By = map[[2]int][]Site{}
	s.Caps = make([][]Cap, len(s.Domains))
	for d, sums := range s.sums {
		if sums == nil {
			continue
		}
		s.asGoodAsShown(d, s.bound(d, sums, shown, false), know)
		s.cap(d, s.bound(d, sums, shown, true))
	}
}

// bound narrows the sums by one another. Tight is as if nobody without a score had
// answered: what that says of the answers is more than there is to know.
func (s *System) bound(d int, sums map[int]float64, shown map[Site]bool, tight bool) map[int]bound {
	b := s.start(d, sums, shown)
	for range 3 { // gaps, constructs and items are three steps apart
		for _, g := range s.Gaps {
			s.boundGap(d, g, b)
		}
		for k := range s.Constructs {
			s.boundConstruct(d, k, b, tight)
		}
	}
	return b
}

// start bounds the sums by what is shown of them: a mean, that all have one score,
// or how many are high and low.
func (s *System) start(d int, sums map[int]float64, shown map[Site]bool) map[int]bound {
	out := map[int]bound{}
	add := func(q int, low float64) {
		if q < 0 || s.Truth[d][q] == 0 {
			return
		}
		at := Site{d, s.Quantities[q].Cell}
		sum, ok := sums[at.Cell]
		b := bound{low * float64(s.Truth[d][q]), 100 * float64(s.Truth[d][q]), nil, false}
		switch all := (Site{Everyone, at.Cell}); {
		case ok && shown[at]:
			b = bound{sum, sum, []Site{at}, true}
		case ok && s.same[at.Cell] && shown[all]:
			b = bound{sum, sum, []Site{all}, false}
		}
		out[at.Cell] = b
	}
	for i := range s.Items {
		add(s.Items[i].Base, 0)
	}
	for _, g := range s.Gaps {
		add(g.Base, -100)
	}
	for k, c := range s.Constructs {
		if add(c.Base, 0); c.Base < 0 || s.Truth[d][c.Base] == 0 {
			continue
		}
		cell := s.Quantities[c.Base].Cell
		if least, most, by := s.scores(d, k); by != nil && out[cell].by == nil {
			out[cell] = bound{least, most, by, false}
		}
	}
	return out
}

// scores bounds the sum of a construct's scores by those who are shown to be high
// and low.
func (s *System) scores(d, construct int) (least, most float64, by []Site) {
	x, base, positive := s.Truth[d], float64(s.Truth[d][s.Constructs[construct].Base]), s.positive[construct]
	if !slices.ContainsFunc(s.Joint.Sides, func(side Side) bool { return side.Construct == construct && side.Scored }) {
		return 0, 0, nil
	}
	high, low := 0, 0
	for i := range s.Quadrants {
		q := &s.Quadrants[i]
		if q.In < 0 || !s.Known[d][q.In] {
			continue
		}
		if slices.Contains(q.Highs, construct) && x[q.In] > high {
			high = x[q.In]
			by = append(by, Site{d, s.Quantities[q.Base].Cell})
		}
		if slices.Contains(q.Lows, construct) && x[q.In] > low {
			low = x[q.In]
			by = append(by, Site{d, s.Quantities[q.Base].Cell})
		}
	}
	return positive * float64(high), 100*(base-float64(low)) + positive*float64(low), by
}

// narrow takes in that a cell's sum lies between least and most, as sites tell.
func narrow(b map[int]bound, cell int, least, most float64, by ...bound) {
	x := b[cell]
	if least <= x.least+1e-9 && most >= x.most-1e-9 {
		return
	}
	x.least, x.most = max(x.least, least), min(x.most, most)
	for _, y := range by {
		for _, site := range y.by {
			if !slices.Contains(x.by, site) {
				x.by = append(x.by[:len(x.by):len(x.by)], site)
			}
		}
	}
	b[cell] = x
}

// boundGap: the sum of a gap is the difference of its sides' sums over those who have
// both; what others add to a side is between 0 and 100 each.
func (s *System) boundGap(d int, g Gap, b map[int]bound) {
	of, minus := s.Constructs[g.Of].Base, s.Constructs[g.Minus].Base
	if g.Base < 0 || of < 0 || minus < 0 || s.Truth[d][g.Base] == 0 {
		return
	}
	x := s.Truth[d]
	gc, oc, mc := s.Quantities[g.Base].Cell, s.Quantities[of].Cell, s.Quantities[minus].Cell
	spareO, spareM := 100*float64(x[of]-x[g.Base]), 100*float64(x[minus]-x[g.Base])
	gap, o, m := b[gc], b[oc], b[mc]
	narrow(b, gc, o.least-spareO-m.most, o.most-m.least+spareM, o, m)
	narrow(b, oc, gap.least+m.least-spareM, gap.most+m.most+spareO, gap, m)
	narrow(b, mc, o.least-spareO-gap.most, o.most-gap.least+spareM, gap, o)
}

// boundConstruct: of k items, a score is a k-th of the answers' sum at least, and of
// what they lack at most. Whoever has no score may have answered all the same.
func (s *System) boundConstruct(d, construct int, b map[int]bound, tight bool) {
	c, x := s.Constructs[construct], s.Truth[d]
	if c.Base < 0 || x[c.Base] == 0 || len(c.Items) == 0 {
		return
	}
	base, k := float64(x[c.Base]), float64(len(c.Items))
	var all []bound
	for _, i := range c.Items {
		all = append(all, b[s.Quantities[s.Items[i].Base].Cell])
	}
	if tight {
		c.Required = 1 // who answers has a score
	}
	has, lacks := s.scored(d, &c, all, -1)
	cell := s.Quantities[c.Base].Cell
	narrow(b, cell, has/k, 100*base-lacks/k, all...)
	score := b[cell]
	for at, i := range c.Items {
		q := s.Items[i].Base
		others, lacking := s.scored(d, &c, all, at)
		loose := s.loose(d, &c, i)
		most := k*score.most - others + loose
		least := 100*float64(x[q]) - (k*(100*base-score.least) - lacking + loose)
		narrow(b, s.Quantities[q].Cell, least, most, append(all[:len(all):len(all)], score)...)
	}
}

// loose is what the answers to an item of those who have no score may add up to.
func (s *System) loose(d int, c *Construct, item int) float64 {
	x := s.Truth[d]
	without := x[Respondents] - x[c.Base]
	switch b := x[s.Items[item].Base]; c.Required {
	case 1:
		return 0
	case len(c.Items):
		return 100 * float64(min(without, max(0, b-x[c.Base])))
	default:
		return 100 * float64(min(without, b))
	}
}

// scored is what the answers of those who have a score add up to at least, and what
// they lack of 100 each at least, over all items but one.
func (s *System) scored(d int, c *Construct, sums []bound, but int) (has, lacks float64) {
	x := s.Truth[d]
	whole, wholeLack := 0.0, 0.0
	for at, i := range c.Items {
		if at == but {
			continue
		}
		loose := s.loose(d, c, i)
		least, lack := sums[at].least, 100*float64(x[s.Items[i].Base])-sums[at].most
		has, lacks = has+max(0, least-loose), lacks+max(0, lack-loose)
		whole, wholeLack = whole+least, wholeLack+lack
	}
	together := 100 * float64((c.Required-1)*(x[Respondents]-x[c.Base]))
	return max(has, whole-together), max(lacks, wholeLack-together)
}

// asGoodAsShown notes the numbers of questions, and of who is high, that follow: of
// a question whose sum is known its answers are taken to be known.
func (s *System) asGoodAsShown(d int, b map[int]bound, know func(domain, quantity int)) {
	given := func(q int, by []Site) {
		if q >= 0 && !s.Known[d][q] {
			know(d, q)
			s.By[[2]int{d, q}] = by
		}
	}
	for i := range s.Items {
		x := &s.Items[i]
		if y := b[s.Quantities[x.Base].Cell]; y.exact() {
			for _, q := range slices.Concat([]int{x.Base}, x.Nets[:], x.Answers, x.Rests) {
				given(q, y.by)
			}
		}
	}
	for _, side := range s.Joint.Sides {
		if side.High < 0 || len(s.Constructs[side.Construct].Items) != 1 {
			continue
		}
		if y := b[s.Quantities[side.High].Cell]; y.exact() {
			given(side.High, y.by)
			given(s.Constructs[side.Construct].Base, y.by)
		}
	}
}

// GivenBy lists the sites that give a hidden number away together.
func (s *System) GivenBy(d, q int) []Site { return s.By[[2]int{d, q}] }
