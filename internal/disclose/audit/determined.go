package audit

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// determined lists the findings whose number follows from the published equations:
// itself, or the sum of the answers that the hidden mean is made of.
func determined(s *linked.System, findings []Finding) []int {
	d := &determiner{System: s, patterns: map[string][]bool{}, sums: map[linked.Cell][]bool{}}
	d.solveSums()
	var out []int
	for i := range findings {
		f := &findings[i]
		if d.counts(f.Quantity)[f.Domain] || d.sum(f) {
			out = append(out, i)
		}
	}
	return out
}

type determiner struct {
	*linked.System
	patterns map[string][]bool      // which domains follow, by which are hidden
	sums     map[linked.Cell][]bool // the same of sums of answers, by measure
}

// counts tells in which domains a quantity follows from its sums over margins.
// Quantities that are hidden in the same domains follow in the same ones.
func (d *determiner) counts(q int) []bool {
	pattern := make([]byte, len(d.Domains))
	for i := range d.Domains {
		if d.Known[i][q] {
			pattern[i] = 1
		}
	}
	if found, ok := d.patterns[string(pattern)]; ok {
		return found
	}
	found := make([]bool, len(d.Domains))
	if !d.Quantities[q].Local {
		found = Follows(d.System, func(i int) bool { return pattern[i] == 1 })
	}
	d.patterns[string(pattern)] = found
	return found
}

// Follows tells in which domains a quantity is known or follows from its sums over
// margins, where it is known in some. Equations that cannot be solved exactly are
// taken to give all away.
func Follows(s *linked.System, known func(domain int) bool) []bool {
	d := &determiner{System: s}
	place, n := d.number(func(i int) bool { return !known(i) })
	solved, ok := solve(n, d.margins(place))
	found := make([]bool, len(d.Domains))
	for i := range found {
		found[i] = place[i] < 0 || !ok || solved[place[i]]
	}
	return found
}

// number gives the hidden domains places; others have -1.
func (d *determiner) number(hidden func(i int) bool) (place []int, n int) {
	place = make([]int, len(d.Domains))
	for i := range place {
		place[i] = -1
		if hidden(i) {
			place[i] = n
			n++
		}
	}
	return place, n
}

// margins are the equations of one quantity.
func (d *determiner) margins(place []int) []equation {
	var out []equation
	for _, m := range slices.Concat(d.Margins, d.Leftovers) {
		e := equation{}
		add := func(i int, times int64) {
			if i >= 0 && place[i] >= 0 {
				e[place[i]] += times
			}
		}
		for _, i := range m.Parts {
			add(i, 1)
		}
		add(m.Rest, 1)
		add(m.Total, -1)
		if len(e) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// link says that measures' sums of answers make up one another in a domain: times
// are whole.
type link struct {
	base  int // the quantity of the measure's base
	times int64
}

// linksIn lists what holds in a domain: a gap is the difference of its sides, and a
// construct the mean of its items, where all rest on the same respondents; equal
// bases are taken to be the same people.
func (d *determiner) linksIn(i int) [][]link {
	x := d.Truth[i]
	var out [][]link
	for _, g := range d.Gaps {
		of, minus := d.Constructs[g.Of].Base, d.Constructs[g.Minus].Base
		if of >= 0 && minus >= 0 && x[g.Base] == x[of] && x[g.Base] == x[minus] {
			out = append(out, []link{{g.Base, 1}, {of, -1}, {minus, 1}})
		}
	}
	for _, c := range d.Constructs {
		if c.Base < 0 || len(c.Items) == 0 || slices.ContainsFunc(c.Items, func(k int) bool { return x[d.Items[k].Base] != x[c.Base] }) {
			continue
		}
		l := []link{{c.Base, int64(len(c.Items))}}
		for _, k := range c.Items {
			l = append(l, link{d.Items[k].Base, -1})
		}
		out = append(out, l)
	}
	return out
}

// solveSums solves for the sums of answers of all measures that links join.
func (d *determiner) solveSums() {
	var linkedTo []int // bases
	byDomain := make([][][]link, len(d.Domains))
	for i := range d.Domains {
		if d.Domains[i].Virtual || d.Truth[i][linked.Respondents] == 0 {
			continue
		}
		byDomain[i] = d.linksIn(i)
		for _, l := range byDomain[i] {
			for _, t := range l {
				if !slices.Contains(linkedTo, t.base) {
					linkedTo = append(linkedTo, t.base)
				}
			}
		}
	}
	slices.Sort(linkedTo)
	place, n, equations := map[[2]int]int{}, 0, []equation(nil)
	for _, q := range linkedTo {
		own, k := d.number(func(i int) bool { return !d.Known[i][q] })
		for i := range own {
			if own[i] >= 0 {
				own[i] += n
				place[[2]int{q, i}] = own[i]
			}
		}
		n += k
		equations = append(equations, d.margins(own)...)
	}
	for i, links := range byDomain {
		for _, l := range links {
			e := equation{}
			for _, t := range l {
				if at, hidden := place[[2]int{t.base, i}]; hidden {
					e[at] += t.times
				}
			}
			if len(e) > 0 {
				equations = append(equations, e)
			}
		}
	}
	solved, ok := solve(n, equations)
	for _, q := range linkedTo {
		found := make([]bool, len(d.Domains))
		for i := range found {
			at, hidden := place[[2]int{q, i}]
			found[i] = hidden && (!ok || solved[at])
		}
		d.sums[d.Cells[d.Quantities[q].Cell]] = found
	}
}

// sum reports whether the mean behind a finding follows; what it follows from is
// noted, so that it can be hidden.
func (d *determiner) sum(f *Finding) bool {
	cell := d.Quantities[f.Quantity].Cell
	if cell < 0 || d.sums[d.Cells[cell]] == nil || !d.sums[d.Cells[cell]][f.Domain] {
		return false
	}
	for _, l := range d.linksIn(f.Domain) {
		if !slices.ContainsFunc(l, func(t link) bool { return d.Quantities[t.base].Cell == cell }) {
			continue
		}
		for _, t := range l {
			other := d.Quantities[t.base].Cell
			if other != cell && d.Known[f.Domain][t.base] {
				f.bound(Site{Domain: f.Domain, Cell: other})
			}
		}
	}
	return true
}
