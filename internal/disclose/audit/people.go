package audit

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// mostPeople is how many ways in which people come and go are tried for one move.
const mostPeople = 12

// people yields profiles of those who change their joint states so that what is
// looked at grows by one and nothing does that is published.
func (c *caster) people(m *mender, yield func([]change) bool) bool {
	tried := 0
	for _, way := range c.joint.changing(c.open, c.f.Quantity) {
		if !c.can(m, way, c.open) {
			continue
		}
		if tried++; tried > mostPeople {
			break
		}
		m.people = true
		ok := m.mend()
		m.people = false
		if ok && !yield(c.profile()) {
			return false
		}
	}
	if tried == 0 {
		c.blocked(m)
	}
	return true
}

// can puts a way into the profile, if there are the people for it.
func (c *caster) can(m *mender, way []step, open []bool) bool {
	clear(c.by)
	return m.takes(c.joint, way) && c.count(m, way, open)
}

// free reports whether people can change, were so much open.
func (c *caster) free(m *mender, open []bool) bool {
	return slices.ContainsFunc(c.joint.changing(open, c.f.Quantity), func(way []step) bool { return c.can(m, way, open) })
}

// blocked finds the cheapest published cells that, were they hidden where the move
// goes, would let people change: of all those in their way it leaves out, dearest
// first, what is not needed.
func (c *caster) blocked(m *mender) {
	open := slices.Clone(c.open)
	var closed []int // cells
	for _, x := range c.joint.Joint.Counted {
		if cell := c.Quantities[x.Quantity].Cell; cell >= 0 && !open[x.Quantity] && !slices.Contains(closed, cell) {
			closed = append(closed, cell)
		}
	}
	for _, cell := range closed {
		c.alter(open, cell, true)
	}
	if !c.free(m, open) {
		return
	}
	slices.SortStableFunc(closed, func(a, b int) int { return cmp.Compare(c.price(b), c.price(a)) })
	var sites []Site
	price := 0
	for _, cell := range closed {
		if c.alter(open, cell, false); c.free(m, open) {
			continue
		}
		c.alter(open, cell, true)
		price += c.price(cell)
		for _, s := range c.sigma {
			sites = append(sites, c.openers(s.Domain, cell)...)
		}
	}
	if c.f.Together == nil || price < c.f.price {
		c.f.Together, c.f.price = sites, price
	}
}

// alter opens what is closed of a cell, or closes it again.
func (c *caster) alter(open []bool, cell int, to bool) {
	for q, x := range c.Quantities {
		if x.Cell == cell && !c.open[q] {
			open[q] = to
		}
	}
}

// price of hiding a cell where the move goes: its rows, those about everyone ten times.
func (c *caster) price(cell int) int {
	n := 0
	for _, s := range c.sigma {
		for _, x := range c.openers(s.Domain, cell) {
			rows := c.shown[x.Domain][x.Cell]
			if x.Domain == linked.Everyone {
				rows *= 10
			}
			n += rows
		}
	}
	return n
}

// openers lists what is to be hidden so that a cell is not known in a domain: the
// cell itself, and of the sites that give it away together that with fewest rows.
func (c *caster) openers(d, cell int) []Site {
	if c.Domains[d].Virtual {
		return nil
	}
	if c.shown[d][cell] > 0 {
		return []Site{{Domain: d, Cell: cell}}
	}
	for q, x := range c.Quantities {
		if x.Cell != cell || !c.Known[d][q] {
			continue
		}
		if by := c.GivenBy(d, q); len(by) > 0 {
			return []Site{slices.MinFunc(by, func(a, b Site) int { return cmp.Compare(c.shown[a.Domain][a.Cell], c.shown[b.Domain][b.Cell]) })}
		}
	}
	return nil
}

// count adds to the profile what the steps change; false where there is not as much.
func (c *caster) count(m *mender, way []step, open []bool) bool {
	by := map[int]int{}
	for _, s := range way {
		by[s.state] += s.by
	}
	for _, x := range c.joint.Joint.Counted {
		n := 0
		for state, k := range by {
			if c.joint.in[x.Quantity][state] {
				n += k
			}
		}
		if n != 0 && !open[x.Quantity] {
			return false
		}
		if c.by[x.Quantity] = n; n != 0 && !m.has(x.Quantity, 0) {
			return false
		}
	}
	return true
}

// changing lists how people can change so that a quantity grows by one and nothing
// that is not open changes; fewest people first.
//
//gosec:disable G115 -- quantities are fewer than 2^16
func (j *jointer) changing(open []bool, target int) [][]step {
	key := []byte{byte(target), byte(target >> 8)}
	for _, c := range j.Joint.Counted {
		b := byte(0)
		if open[c.Quantity] {
			b = 1
		}
		key = append(key, b)
	}
	if found, ok := j.changes[string(key)]; ok {
		return found
	}
	found := j.change(open, target)
	j.changes[string(key)] = found
	return found
}

// mostChanges is how many changes are kept of each number of people.
const mostChanges = 300

func (j *jointer) change(open []bool, target int) [][]step {
	adds := make([]uint64, len(j.adds)) // of what is not open, and the target
	wanted := uint64(0)
	for i, c := range j.Joint.Counted {
		if open[c.Quantity] && c.Quantity != target {
			continue
		}
		if c.Quantity == target {
			wanted = j.weights[i]
		}
		for _, state := range c.States {
			adds[state] += j.weights[i]
		}
	}
	of := adder(adds)
	all := sumsOf(j.steps, of)
	out := j.upToTwo(wanted, of, all)
	return all.fours(out, wanted, len(out)+mostChanges)
}
