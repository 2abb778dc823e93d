package disclose

import (
	"cmp"
	"slices"
)

// fewPicked is up to how many picked categories another choice is looked for: each
// is a choice made anew.
const fewPicked = 8

// improve makes the choice anew without one of what was picked, or without two, as
// long as that costs less.
func (p *picker) improve() {
	banned := map[int]bool{}
	fixed := p.fixed
	p.fixed = func(d int) bool { return banned[d] || fixed(d) }
	defer func() { p.fixed = fixed }()
	best := p.chosen()
	for better := len(best) <= fewPicked; better; {
		better = false
		for _, without := range onesAndTwos(best) {
			if other := p.anew(best, banned, without); other != nil {
				best, better = other, true
				break
			}
		}
	}
}

// anew makes the choice without some of what was chosen; what it chose then, if
// that is a choice and costs less, else nil, and all is as it was.
func (p *picker) anew(chosen []int, banned map[int]bool, without []int) []int {
	p.retract(chosen)
	for _, d := range without {
		banned[d] = true
	}
	p.choose()
	if other := p.chosen(); p.valid() && p.costOf(other) < p.costOf(chosen) {
		return other
	}
	p.retract(p.chosen())
	p.add(chosen)
	for _, d := range without {
		delete(banned, d)
	}
	return nil
}

// onesAndTwos are the sets of one, and then of two.
func onesAndTwos(of []int) [][]int {
	var ones, twos [][]int
	for i, a := range of {
		ones = append(ones, []int{a})
		for _, b := range of[i+1:] {
			twos = append(twos, []int{a, b})
		}
	}
	return append(ones, twos...)
}

// chosen is what was picked and is hidden, dearest first.
func (p *picker) chosen() []int {
	out := slices.DeleteFunc(slices.Clone(p.picked), func(d int) bool { return !p.hidden(d) })
	slices.SortFunc(out, func(a, b int) int { return cmp.Or(cmp.Compare(p.cost(b), p.cost(a)), cmp.Compare(a, b)) })
	return slices.Compact(out)
}

// retract shows what was chosen.
func (p *picker) retract(chosen []int) {
	for _, d := range chosen {
		p.show(d)
	}
	p.picked = nil
}

func (p *picker) costOf(chosen []int) int {
	n := 0
	for _, d := range chosen {
		n += p.cost(d)
	}
	return n
}

// valid reports whether every protected number has room and every margin is closed.
func (p *picker) valid() bool {
	for m := range p.Lattice.Margins {
		if !p.closed(&p.Lattice.Margins[m]) {
			return false
		}
	}
	return !slices.ContainsFunc(p.protected, func(d int) bool { return p.room(d, feasible) < feasible })
}
