package linked

import "slices"

// leftOvers joins what margins leave over: who has no category of one variable is
// somewhere in the categories of another, or has none of that either.
func (b *builder) leftOvers() {
	for s := range b.sets {
		// Domains that are added on the way stand at the end and are met in turn.
		for d := 0; d < len(b.Domains); d++ {
			if x := &b.Domains[d]; x.set == s && x.RestOf >= 0 && len(x.levels) > 1 {
				for i, level := range x.levels {
					if level > 0 {
						b.leftOver(d, i)
					}
				}
			}
		}
	}
	b.InLeft = make([][]int, len(b.Domains))
	for m, x := range b.Leftovers {
		for _, d := range append([]int{x.Total, x.Rest}, x.Parts...) {
			b.InLeft[d] = append(b.InLeft[d], m)
		}
	}
}

// leftOver adds what a rest is a part of along its i-th variable, once for all parts;
// nothing where no row has respondents of the whole.
func (b *builder) leftOver(part, i int) {
	own := b.Domains[part]
	s := &b.sets[own.set]
	levels := slices.Clone(own.levels)
	x := Margin{Total: -1, Rest: -1}
	above := b.set(slices.Delete(slices.Clone(s.variables), i, i+1))
	if at, ok := b.sets[above].lines[levelKey(slices.Delete(slices.Clone(levels), i, i+1))]; ok {
		x.Total = at
	}
	for level := range len(b.levels[s.variables[i]]) {
		levels[i] = level + 1
		if at, ok := b.sets[own.set].lines[levelKey(levels)]; ok {
			x.Parts = append(x.Parts, at)
		}
	}
	levels[i] = 0
	if x.Total < 0 || x.Parts[0] != part {
		return
	}
	truth := make([]int, len(b.Quantities))
	for q := range truth {
		if truth[q] = b.left(x, q); truth[q] < 0 {
			return
		}
	}
	at, ok := b.sets[own.set].lines[levelKey(levels)]
	if !ok {
		at = b.addDomain(Domain{RestOf: own.RestOf}, own.set, levels)
		b.sets[own.set].lines[levelKey(levels)] = at
		b.In, b.Of, b.Truth = append(b.In, nil), append(b.Of, nil), append(b.Truth, truth)
	}
	if x.Rest = at; slices.Equal(b.Truth[at], truth) {
		b.Leftovers = append(b.Leftovers, x)
	}
}
