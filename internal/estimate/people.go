package estimate

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/measure"
)

// people are the respondents of a stack's waves that do not stand alone: persons
// who are met twice, and persons who are in another wave's PSU.
type people struct {
	groups  []united
	rows    []*linkedRows // per side; nil where a wave has PSUs or nobody of it is met again
	members []member      // by group
	// in holds, per partition and category, the members of it that are not alone in
	// their group; nil where weights are raked, as then everyone has a residual.
	in [][][]member
}

// united is what stands as one PSU.
type united struct{ stratum, psu int32 } // psu -1: one person

// member is a respondent of a group.
type member struct{ group, side, row int32 }

// linkedRows are the members of one side.
type linkedRows struct {
	*measure.Linked
	weight []float64 // expanded as the design's
}

// named is a respondent with a name.
type named struct {
	person    uint64
	stratum   int32 // of the stack
	psu       int32 // of the stack; -1 where respondents are the PSUs
	side, row int32
}

// named lists the respondents who are named, those of one person and stratum
// together, in PSUs before others. shared tells that somebody is in two waves.
//
//gosec:disable G115 -- positions of respondents, who are counted in int32
func (s *stack) named() (list []named, shared bool) {
	for i, e := range s.sides {
		e.Kept.People(func(row int, person uint64, unit int32) {
			at := int32(s.at[i][e.design.at[unit]])
			n := named{person, at, -1, int32(i), int32(row)}
			if !e.design.rows {
				n.stratum, n.psu = int32(s.psus[at].stratum), at
			}
			list = append(list, n)
		})
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.stratum, b.stratum), -cmp.Compare(min(a.psu, 0), min(b.psu, 0)), cmp.Compare(a.side, b.side), cmp.Compare(a.row, b.row))
	})
	first := 0
	for i, n := range list {
		if n.person != list[first].person {
			first = i
		}
		shared = shared || n.side != list[first].side
	}
	return list, shared
}

// newPeople unites what the list says is one, and counts the stack's PSUs anew.
func newPeople(s *stack, list []named) *people {
	p := &people{rows: make([]*linkedRows, len(s.sides))}
	inPSU := map[int32]int32{} // groups
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].person == list[from].person && list[to].stratum == list[from].stratum {
			to++
		}
		p.addGroup(list[from:to], inPSU)
		from = to
	}
	for _, m := range p.members {
		s.strata[p.groups[m.group].stratum].n--
	}
	for _, g := range p.groups {
		if g.psu < 0 {
			s.strata[g.stratum].n++
		}
	}
	p.order()
	p.pick(s)
	p.arrange(s)
	return p
}

// addGroup takes one person of one stratum.
//
//gosec:disable G115 -- positions of respondents, who are counted in int32
func (p *people) addGroup(list []named, inPSU map[int32]int32) {
	psu := list[0].psu
	rows := slices.IndexFunc(list, func(n named) bool { return n.psu < 0 })
	if rows < 0 || psu < 0 && len(list) == 1 {
		return // in PSUs alone, or alone
	}
	group, known := int32(len(p.groups)), false
	if psu >= 0 {
		group, known = inPSU[psu]
	}
	if !known {
		group = int32(len(p.groups))
		p.groups = append(p.groups, united{list[0].stratum, psu})
		inPSU[psu] = group
	}
	for _, n := range list[rows:] {
		p.members = append(p.members, member{group, n.side, n.row})
	}
}

// order puts the groups into the order of their first members: that of hashes
// depends on the study's key, and no sum may.
func (p *people) order() {
	first := make([]member, len(p.groups))
	for i := range first {
		first[i].side = -1
	}
	before := func(a, b member) int { return cmp.Or(cmp.Compare(a.side, b.side), cmp.Compare(a.row, b.row)) }
	for _, m := range p.members {
		if f := first[m.group]; f.side < 0 || before(m, f) < 0 {
			first[m.group] = m
		}
	}
	slices.SortFunc(p.members, func(a, b member) int {
		return cmp.Or(before(first[a.group], first[b.group]), before(a, b))
	})
}

// pick gathers what the members answered, and has them count from there.
//
//gosec:disable G115 -- positions of respondents, who are counted in int32
func (p *people) pick(s *stack) {
	numbers := make([][]int32, len(s.sides))
	for _, m := range p.members {
		numbers[m.side] = append(numbers[m.side], m.row)
	}
	for i, e := range s.sides {
		if len(numbers[i]) == 0 {
			continue
		}
		slices.Sort(numbers[i])
		r := &linkedRows{Linked: e.Kept.Pick(numbers[i])}
		for j, w := range r.Weight {
			r.weight = append(r.weight, w*e.design.units[e.design.at[r.Unit[j]]].factor)
		}
		p.rows[i] = r
	}
	for i, m := range p.members {
		at, _ := slices.BinarySearch(numbers[m.side], m.row)
		p.members[i].row = int32(at)
	}
}

// arrange lists members by category, so that an estimate looks at its own alone.
func (p *people) arrange(s *stack) {
	if slices.ContainsFunc(s.sides, func(e *waveEstimator) bool { return e.design.calibration != nil }) {
		return
	}
	plan := s.sides[0].plan
	p.in = make([][][]member, len(plan.Partitions))
	for part, variables := range plan.Partitions {
		if len(variables) == 1 {
			p.in[part] = p.byCategory(part)
		}
	}
}

func (p *people) byCategory(partition int) [][]member {
	var out [][]member
	columns := make([][]int32, len(p.rows))
	for i, r := range p.rows {
		if r != nil {
			columns[i] = r.Category(partition)
		}
	}
	for _, m := range p.members {
		c := int(columns[m.side][m.row])
		for len(out) <= c {
			out = append(out, nil)
		}
		if c >= 0 {
			out[c] = append(out[c], m)
		}
	}
	for c, list := range out {
		out[c] = p.without(list)
	}
	return out
}

// without leaves out those who are alone in their group, whose sum is their own.
func (p *people) without(list []member) []member {
	out := list[:0]
	for i, m := range list {
		alone := (i == 0 || list[i-1].group != m.group) && (i+1 == len(list) || list[i+1].group != m.group)
		if !alone || p.groups[m.group].psu >= 0 {
			out = append(out, m)
		}
	}
	return out
}

// unite changes the totals of respondents, each a PSU, to those of groups.
func (p *people) unite(t *totals, sp *spec, terms []term) {
	lines := make([]linear, len(terms))
	for i, r := range p.rows {
		if r != nil {
			lines[i] = newLinear(r, sp, terms[i])
		}
	}
	list := p.of(terms[0].g)
	for from := 0; from < len(list); {
		group, sum, squares, in := list[from].group, 0.0, 0.0, 0
		to := from
		for ; to < len(list) && list[to].group == group; to++ {
			x, counts := lines[list[to].side].value(list[to].row)
			sum += x
			squares += x * x
			if counts {
				in++
			}
		}
		p.groups[group].join(t, sum, squares, in)
		from = to
	}
}

// of lists the members of a domain.
func (p *people) of(g *group) []member {
	if p.in == nil || g.index < 0 {
		return p.members
	}
	if of := p.in[g.partition]; int(g.index) < len(of) {
		return of[g.index]
	}
	return nil
}

// join makes one PSU of respondents whose linearised values have this sum and
// these squares, of whom so many are in the domain.
func (g united) join(t *totals, sum, squares float64, in int) {
	h := &t.sums[g.stratum]
	if g.psu < 0 {
		h.squares += sum*sum - squares
		t.n -= max(0, in-1)
		return
	}
	h.sum -= sum
	h.squares -= squares
	t.psus[g.psu] += sum
	t.n -= in
	t.in[g.psu] = t.in[g.psu] || in > 0
}
