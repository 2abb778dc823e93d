package linked

import "slices"

// overMargins lists the sites whose sums are shown or follow from sums that are, as
// what one part of a margin leaves over for the other, each with those that tell.
// Where some of a margin is shown, so is what those add who are in none of its parts.
func (s *System) overMargins(shown map[Site]bool) map[Site][]Site {
	out := map[Site][]Site{}
	for site := range shown {
		out[site] = []Site{site}
	}
	for cell := range s.Cells {
		for again := s.summed(cell); again; {
			again = false
			for _, m := range s.Margins {
				again = s.onlyOne(cell, m, out) || again
			}
		}
	}
	return out
}

// summed reports whether there are sums of a cell's scores.
func (s *System) summed(cell int) bool {
	return slices.ContainsFunc(s.sums, func(sums map[int]float64) bool { _, ok := sums[cell]; return ok })
}

// onlyOne notes the one sum of a margin that is not given, if all others are.
func (s *System) onlyOne(cell int, m Margin, given map[Site][]Site) bool {
	missing, open := -1, m.Rest < 0
	for _, d := range append([]int{m.Total}, m.Parts...) {
		site := Site{d, cell}
		if given[site] != nil {
			open = open || d != m.Total
			continue
		}
		if _, has := s.sums[d][cell]; !has && !s.Domains[d].Virtual {
			continue // nobody is in it
		}
		if missing >= 0 {
			return false
		}
		missing = d
	}
	if missing < 0 || !open {
		return false
	}
	var by []Site
	for _, d := range append([]int{m.Total}, m.Parts...) {
		for _, x := range given[Site{d, cell}] {
			if !slices.Contains(by, x) {
				by = append(by, x)
			}
		}
	}
	given[Site{missing, cell}] = by
	return by != nil
}

// share bounds the sums of constructs' scores that are not fixed where a margin's others
// are: each is no more than what they leave for all of them, and lacks no more of 100
// each. It reports whether that told anything.
func (s *System) share(bounds []map[int]bound) bool {
	told := false
	for _, c := range s.Constructs {
		if c.Base < 0 || len(c.Items) == 0 {
			continue
		}
		for _, m := range s.Margins {
			told = s.shareOne(c.Base, m, bounds) || told
		}
	}
	return told
}

func (s *System) shareOne(q int, m Margin, bounds []map[int]bound) bool {
	cell := s.Quantities[q].Cell
	var missing []int
	tells := bound{shared: true}
	left, lacks := 0.0, 0.0
	for _, d := range m.Parts {
		sum, has := s.sums[d][cell]
		switch {
		case has && bounds[d][cell].fixed:
			tells.by = append(tells.by, bounds[d][cell].by...)
		case has:
			missing, left, lacks = append(missing, d), left+sum, lacks+100*float64(s.Truth[d][q])-sum
		case s.Domains[d].Virtual:
			return false
		}
	}
	if len(missing) == 0 || !bounds[m.Total][cell].fixed || m.Rest >= 0 && tells.by == nil {
		return false
	}
	tells.by = append(tells.by, bounds[m.Total][cell].by...)
	told := false
	for _, d := range missing {
		more, less := narrow(bounds[d], cell, 100*float64(s.Truth[d][q])-lacks, left, tells)
		x := bounds[d][cell]
		x.capped = x.capped || less
		if more {
			x.floored, x.lack = true, lacks
		}
		x.takes, x.lacks = x.takes || less, x.lacks || more
		bounds[d][cell] = x
		told = told || more || less
	}
	return told
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
		if side.High < 0 {
			continue
		}
		if by := s.allItems(d, side.Construct); by != nil {
			given(side.High, by)
			continue
		}
		if len(s.Constructs[side.Construct].Items) != 1 {
			continue
		}
		if y := b[s.Quantities[side.High].Cell]; y.exact() {
			given(side.High, y.by)
			given(s.Constructs[side.Construct].Base, y.by)
		}
	}
}

// allItems lists what shows the answers to all items of a construct; nil where
// something of them is hidden. Who is high by score can then mostly be worked out: a
// low answer that no other can make up for is that of somebody who is low.
func (s *System) allItems(d, construct int) []Site {
	var by []Site
	for _, i := range s.Constructs[construct].Items {
		q := s.Items[i].Base
		if !s.Known[d][q] {
			return nil
		}
		by = append(by, s.shownBy(d, q)...)
	}
	return by
}

// shownBy lists what tells of a quantity that is known.
func (s *System) shownBy(d, q int) []Site {
	if by := s.By[[2]int{d, q}]; by != nil {
		return by
	}
	return []Site{{d, s.Quantities[q].Cell}}
}

// GivenBy lists the sites that give a hidden number away together.
func (s *System) GivenBy(d, q int) []Site { return s.By[[2]int{d, q}] }
