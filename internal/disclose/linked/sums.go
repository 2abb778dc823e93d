package linked

import "slices"

// Site is a cell in a domain.
type Site struct{ Domain, Cell int }

// bound says between what the sum of a cell's scores lies, for all that is shown in
// its domain, and which sites tell that; nil where none does.
type bound struct {
	least, most float64
	by          []Site
	shown       bool    // by a row of its own
	fixed       bool    // however many the sum is of: it is given, or a difference of such
	capped      bool    // its most is, at least: what others leave of something fixed
	floored     bool    // what it lacks of 100 each is
	lack        float64 // that is, at most
	shared      bool    // with other domains, which tell nothing of how many there are
	made        bool    // answers that are shown narrow it
	takes       bool    // a gap or a margin narrows its most
	lacks       bool    // and its least
}

// exact reports whether a bound leaves no room, and tells of how many.
func (b bound) exact() bool { return b.by != nil && !b.shared && b.most-b.least < 1e-6 }

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
	for i := range b.Constructs {
		b.positive = append(b.positive, b.positiveOf(&b.Constructs[i]))
	}
	b.findGiven()
}

// deduce finds what the means that are shown say of those that are not, and of the
// answers behind them.
func (s *System) deduce(shown map[Site]bool, know func(domain, quantity int)) {
	s.By = map[[2]int][]Site{}
	s.Caps = make([][]Cap, len(s.Domains))
	given := s.overMargins(shown)
	for d, b := range s.bounds(given, false) {
		if b != nil {
			s.asGoodAsShown(d, b, know)
		}
	}
	for d, b := range s.bounds(given, true) {
		if b != nil {
			s.cap(d, b)
		}
	}
}

// bounds narrows the sums by one another, in each domain and over margins. Tight is as
// if nobody without a score had answered: what that says of the answers is more than
// there is to know.
func (s *System) bounds(given map[Site][]Site, tight bool) []map[int]bound {
	out := make([]map[int]bound, len(s.sums))
	for d, sums := range s.sums {
		if sums != nil {
			out[d] = s.start(d, sums, given)
			s.within(d, out[d], tight)
		}
	}
	if s.share(out) {
		for d, b := range out {
			if b != nil {
				s.within(d, b, tight)
			}
		}
	}
	return out
}

// within narrows the sums of a domain by one another.
func (s *System) within(d int, b map[int]bound, tight bool) {
	for range 3 { // gaps, constructs and items are three steps apart
		for _, g := range s.Gaps {
			s.boundGap(d, g, b)
		}
		for k := range s.Constructs {
			s.boundConstruct(d, k, b, tight)
		}
	}
}

// start bounds the sums by what is shown of them: a mean, or those that it is left over
// by, that all have one score, or how many are high and low.
func (s *System) start(d int, sums map[int]float64, given map[Site][]Site) map[int]bound {
	out := map[int]bound{}
	add := func(q int, low float64) {
		if q < 0 || s.Truth[d][q] == 0 {
			return
		}
		at := Site{d, s.Quantities[q].Cell}
		sum, ok := sums[at.Cell]
		b := bound{least: low * float64(s.Truth[d][q]), most: 100 * float64(s.Truth[d][q])}
		switch by, all := given[at], given[Site{Everyone, at.Cell}]; {
		case ok && by != nil:
			b = bound{least: sum, most: sum, by: by, shown: by[0] == at, fixed: true}
		case ok && s.same[at.Cell] && all != nil:
			b = bound{least: sum, most: sum, by: all, fixed: true}
		}
		out[at.Cell] = b
	}
	for i := range s.Items {
		add(s.Items[i].Base, 0)
		s.startItem(d, i, out)
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
			out[cell] = bound{least: least, most: most, by: by}
		}
	}
	return out
}

// startItem bounds an item's answers by those that anybody can have chosen and, where
// they decide on a side of quadrants, by those who are shown to be high and low.
func (s *System) startItem(d, item int, out map[int]bound) {
	q := s.Items[item].Base
	cell, base := s.Quantities[q].Cell, float64(s.Truth[d][q])
	if out[cell].by != nil || base == 0 {
		return
	}
	least, most, by := s.drawn(d, item)
	if most-least > 1e-6 {
		by = nil // to hide wider answers is no way to free those of a few
	}
	narrow(out, cell, least, most, bound{by: by})
	for k, c := range s.Constructs {
		if c.Headline != item {
			continue
		}
		used, _ := s.used(d, item)
		lowest, highest := span(s.points[item], used)
		high, low, by := s.decided(d, k)
		positive, _ := span(s.points[item], s.net(item, Positive)&used)
		_, other := span(s.points[item], used&^s.net(item, Positive))
		narrow(out, cell, positive*high+lowest*(base-high), highest*(base-low)+other*low, bound{by: by})
	}
}

// net is the options of an item that are in a net.
func (s *System) net(item, net int) (out options) {
	for i, a := range s.kinds[item] {
		if s.Items[item].Net[i] == net {
			out |= a.options
		}
	}
	return out
}

// decided is how many are shown to be high and low on a construct at least.
func (s *System) decided(d, construct int) (high, low float64, by []Site) {
	x := s.Truth[d]
	known := func(q int) bool { return q >= 0 && s.Known[d][q] }
	for i := range s.Quadrants {
		q := &s.Quadrants[i]
		first := len(q.Highs) > 0 && q.Highs[0] == construct && known(q.High)
		some, others := 0, 0
		if known(q.In) && slices.Contains(q.Highs, construct) {
			some = x[q.In]
		}
		if first {
			some = max(some, x[q.High])
		}
		if known(q.In) && slices.Contains(q.Lows, construct) {
			others = x[q.In]
			if len(q.Lows) == 1 && known(q.High) && len(q.Highs) == 1 {
				some = x[q.High] - x[q.In] // high where the quadrant is, and not low
			}
		}
		if first && known(q.Base) {
			others = max(others, x[q.Base]-x[q.High])
		}
		if float64(some) > high || float64(others) > low {
			high, low = max(high, float64(some)), max(low, float64(others))
			by = append(by, Site{d, s.Quantities[q.Base].Cell})
			if known(q.High) {
				by = append(by, Site{d, s.Quantities[q.High].Cell})
			}
		}
	}
	return high, low, by
}

// scores bounds the sum of a construct's scores by those who are shown to be high
// and low.
func (s *System) scores(d, construct int) (least, most float64, by []Site) {
	base, positive := float64(s.Truth[d][s.Constructs[construct].Base]), s.positive[construct]
	if !slices.ContainsFunc(s.Joint.Sides, func(side Side) bool { return side.Construct == construct && side.Scored }) {
		return 0, 0, nil
	}
	high, low, by := s.decided(d, construct)
	return positive * high, 100*(base-low) + positive*low, by
}

// narrow takes in that a cell's sum lies between least and most, as sites tell. It
// reports whether that is more than was known of the least and of the most.
func narrow(b map[int]bound, cell int, least, most float64, by ...bound) (more, less bool) {
	x := b[cell]
	more, less = least > x.least+1e-9, most < x.most-1e-9
	if !more && !less {
		return more, less
	}
	x.least, x.most = max(x.least, least), min(x.most, most)
	for _, y := range by {
		x.shared = x.shared || y.shared
		for _, site := range y.by {
			if !slices.Contains(x.by, site) {
				x.by = append(x.by[:len(x.by):len(x.by)], site)
			}
		}
	}
	b[cell] = x
	return more, less
}

// tells reports whether a bound says anything but by how many there are.
func (b bound) tells() bool { return b.fixed || b.takes || b.lacks }

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
	difference(b, gc, o.least-spareO-m.most, o.most-m.least+spareM, o, m)
	difference(b, oc, gap.least+m.least-spareM, gap.most+m.most+spareO, gap, m)
	difference(b, mc, o.least-spareO-gap.most, o.most-gap.least+spareM, gap, o)
}

// difference narrows a cell by the two that it is made of.
func difference(b map[int]bound, cell int, least, most float64, one, other bound) {
	more, less := narrow(b, cell, least, most, one, other)
	x := b[cell]
	x.fixed = x.fixed || one.fixed && other.fixed
	if one.tells() || other.tells() {
		x.takes, x.lacks = x.takes || less, x.lacks || more
	}
	b[cell] = x
}
