package audit

import "slices"

// mostPeople is how many ways in which people come and go are tried for one move.
const mostPeople = 12

// people yields profiles of those who change their joint states so that what is
// looked at grows by one and nothing does that is published.
func (c *caster) people(m *mender, yield func([]change) bool) bool {
	tried := 0
	ways := c.joint.changing(c.open, c.f.Quantity)
	if len(ways) == 0 {
		c.blocked()
	}
	for _, way := range ways {
		clear(c.by)
		if !m.takes(c.joint, way) || !c.count(m, way) {
			continue
		}
		if tried++; tried > mostPeople {
			break
		}
		m.people = true
		ok := m.mend(budget)
		m.people = false
		if ok && !yield(c.profile()) {
			return false
		}
	}
	return true
}

// blocked notes which published cells keep people from changing: those of which one
// would do, or else all.
func (c *caster) blocked() {
	var closed []int // cells
	for _, x := range c.joint.Joint.Counted {
		if cell := c.Quantities[x.Quantity].Cell; cell >= 0 && !c.open[x.Quantity] && !slices.Contains(closed, cell) {
			closed = append(closed, cell)
		}
	}
	var enough []int
	for _, cell := range closed {
		if len(c.joint.changing(c.opened(cell), c.f.Quantity)) > 0 {
			enough = append(enough, cell)
		}
	}
	if len(enough) == 0 {
		enough = closed
	}
	for _, cell := range enough {
		for _, s := range c.sigma {
			if !c.Domains[s.Domain].Virtual && c.knows(s.Domain, cell) {
				c.f.bound(Site{s.Domain, cell})
			}
		}
	}
}

// opened is what could be altered were a cell hidden.
func (c *caster) opened(cell int) []bool {
	out := slices.Clone(c.open)
	for q, x := range c.Quantities {
		out[q] = out[q] || x.Cell == cell
	}
	return out
}

// knows reports whether any number of a cell is known in a domain.
func (c *caster) knows(d, cell int) bool {
	for q, x := range c.Quantities {
		if x.Cell == cell && c.Known[d][q] {
			return true
		}
	}
	return false
}

// count adds to the profile what the steps change; false where there is not as much.
func (c *caster) count(m *mender, way []step) bool {
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
		if n != 0 && !c.open[x.Quantity] {
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
	steps := j.steps()
	of := func(s step) uint64 { return uint64(s.by) * adds[s.state] } //gosec:disable G115 -- taken round 2^64 on purpose
	var out [][]step
	for _, s := range steps {
		if of(s) == wanted {
			out = append(out, []step{s})
		}
	}
	if len(adds) > mostStates {
		return out
	}
	sums := map[uint64][]pair{}
	var keys []uint64
	for a, x := range steps {
		for _, y := range steps[a:] {
			if x.state == y.state && x.by != y.by {
				continue
			}
			k := of(x) + of(y)
			if len(sums[k]) == 0 {
				keys = append(keys, k)
			}
			sums[k] = append(sums[k], pair{x, y})
		}
	}
	for i, p := range sums[wanted] {
		if i == mostChanges {
			break
		}
		out = append(out, p[:])
	}
	return j.fours(out, sums, keys, wanted)
}

// fours adds changes of two pairs of people.
func (j *jointer) fours(out [][]step, sums map[uint64][]pair, keys []uint64, wanted uint64) [][]step {
	most := len(out) + mostChanges
	for _, k := range keys {
		for _, a := range sums[wanted-k] {
			for i, b := range sums[k] {
				if i > 3 {
					break
				}
				if len(out) >= most {
					return out
				}
				out = append(out, []step{a[0], a[1], b[0], b[1]})
			}
		}
	}
	return out
}
