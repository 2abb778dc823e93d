package audit

import (
	"math"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// mender makes a profile fit. It starts from one that may break relations, takes
// the first that is broken where the move goes, and alters one of its quantities by
// 1 so that it is broken less; and so on, with a way back. A quantity is only ever
// altered one way, so that it ends.
type mender struct {
	*caster
	moves  []int // 1 where the move adds the profile, -1 where it takes it away, by domain of at
	at     [][]int
	slack  [][]int // per place in at, per relation: its sum there, or unset
	least  []int   // respondents that each of them must keep
	budget int
	queue  []int // quantities that were altered, in order
	lock   []int // per quantity: the way it was altered, or 0
	people bool  // what joint states count is settled
	start  []int // the profile that is mended
	depth  int   // up to how many quantities may be altered
	cut    bool  // that was too few
}

func newMender(c *caster) *mender {
	m := &mender{caster: c, lock: make([]int, len(c.Quantities))}
	for _, s := range c.sigma {
		if !c.Domains[s.Domain].Virtual {
			m.moves = append(m.moves, s.Sign*c.dir)
			m.at = append(m.at, c.w.at(s.Domain))
			m.least = append(m.least, c.Least[s.Domain])
		}
	}
	m.reset()
	return m
}

const unset = math.MinInt

// reset forgets the sums of relations, of which a profile needs few.
func (m *mender) reset() {
	m.slack = make([][]int, len(m.at))
	for i := range m.slack {
		m.slack[i] = make([]int, len(m.Relations))
		for r := range m.slack[i] {
			m.slack[i][r] = unset
		}
	}
}

// deep is how many quantities are altered at first: further on there is mostly no end.
const deep = 60

// mend makes c.by fit, if it can within the budget: with few alterations if these do.
func (m *mender) mend() bool {
	m.depth, m.cut = deep, false
	m.start = append(m.start[:0], m.by...)
	if m.mendFrom() {
		return true
	}
	if !m.cut {
		return false
	}
	m.depth = len(m.by)
	copy(m.by, m.start)
	return m.mendFrom()
}

// mendFrom mends the profile as it is, as deep as it may.
func (m *mender) mendFrom() bool {
	m.budget = max(steps, m.depth)
	m.queue = m.queue[:0]
	clear(m.lock)
	for q, by := range m.by {
		if by == 0 {
			continue
		}
		if !m.open[q] || !m.has(q, 0) {
			return false
		}
		m.queue = append(m.queue, q)
	}
	return m.next(0)
}

// next mends the first thing that is broken by the quantities from i on.
func (m *mender) next(i int) bool {
	m.budget--
	if m.budget < 0 {
		return false
	}
	for ; i < len(m.queue); i++ {
		for _, r := range m.With[m.queue[i]] {
			if at, way := m.broken(r); way != 0 {
				return m.alter(&m.Relations[r], at, way, i)
			}
		}
	}
	if at, c := m.overCap(); c != nil {
		return m.ease(c, at)
	}
	return m.rests() && m.joint.settle(m)
}

// rests puts in who is left of the bases whose counts are settled.
func (m *mender) rests() bool {
	for _, x := range m.Rests {
		by := m.by[x.Base] - m.by[x.Count]
		if x.Rest == m.f.Quantity && by != 1 || by != 0 && !m.open[x.Rest] {
			return false
		}
		if m.by[x.Rest] = by; by != 0 && !m.has(x.Rest, 0) {
			return false
		}
	}
	return true
}

// overCap finds what scores do not leave of answers with the profile, if anything.
func (m *mender) overCap() (at int, over *linked.Cap) {
	for i, x := range m.at {
		caps := m.Caps[m.domain(i)]
		for k := range caps {
			if c := &caps[k]; !c.Holds(func(q int) int { return x[q] + m.moves[i]*m.by[q] }) {
				return i, c
			}
		}
	}
	return 0, nil
}

// ease tries the quantities of a cap that does not hold; if none helps, what tells of
// the cap is noted to bind what is looked at.
func (m *mender) ease(c *linked.Cap, at int) bool {
	way := -1
	if c.Sum(func(q int) int { return m.at[at][q] + m.moves[at]*m.by[q] }) < c.Least {
		way = 1
	}
	for _, t := range c.Terms {
		if m.try(t.Quantity, m.step(at, way, t.Times < 0), len(m.queue)) {
			return true
		}
	}
	if m.budget >= 0 {
		for _, by := range c.By {
			m.f.bound(by)
		}
	}
	return false
}

// broken says where a relation does not hold, and the way in which its sum should go
// there; 0 where it holds.
func (m *mender) broken(relation int) (at, way int) {
	r := &m.Relations[relation]
	change := 0
	for _, t := range r.Terms {
		change += t.Times * m.by[t.Quantity]
	}
	for at := range m.at {
		sum := m.sum(at, relation) + m.moves[at]*change
		switch {
		case sum < 0:
			return at, 1
		case sum > 0 && r.Equal:
			return at, -1
		}
	}
	return 0, 0
}

// sum is a relation's before the move.
func (m *mender) sum(at, relation int) int {
	if m.slack[at][relation] == unset {
		sum := 0
		for _, t := range m.Relations[relation].Terms {
			sum += t.Times * m.at[at][t.Quantity]
		}
		m.slack[at][relation] = sum
	}
	return m.slack[at][relation]
}

// alter tries the quantities of a broken relation.
func (m *mender) alter(r *linked.Relation, at, way, from int) bool {
	for _, t := range r.Terms {
		if t.Times != 0 && m.try(t.Quantity, m.step(at, way, t.Times < 0), from) {
			return true
		}
	}
	if m.budget >= 0 {
		m.f.bind(m.System, m.domain(at), *r)
	}
	return false
}

// step is what alters a profile so that a sum goes one way where the move goes, by a
// quantity that counts for or against it.
func (m *mender) step(at, way int, against bool) int {
	if against {
		way = -way
	}
	return way * m.moves[at]
}

// try alters a quantity by a step, if that may be, and goes on from there.
func (m *mender) try(q, step, from int) bool {
	if m.budget < 0 {
		return false
	}
	n := len(m.queue)
	if n >= m.depth {
		m.cut = true
		return false
	}
	if !m.open[q] || m.people && m.joint.counted[q] || m.lock[q] == -step || q == m.f.Quantity || m.by[q]+step > 1 || m.by[q]+step < -1 || !m.has(q, step) {
		return false
	}
	was := m.lock[q]
	m.by[q] += step
	m.lock[q] = step
	m.queue = append(m.queue, q)
	if m.next(from) {
		return true
	}
	m.queue = m.queue[:n]
	m.by[q] -= step
	m.lock[q] = was
	return false
}

// has reports whether a quantity can be altered by another step.
func (m *mender) has(q, step int) bool {
	for i, x := range m.at {
		least := 0
		if q == linked.Respondents {
			least = m.least[i]
		}
		if x[q]+m.moves[i]*(m.by[q]+step) < least {
			return false
		}
	}
	return true
}

// domain is that of the i-th place where the move goes.
func (m *mender) domain(i int) int {
	for _, s := range m.sigma {
		if m.Domains[s.Domain].Virtual {
			continue
		}
		if i == 0 {
			return s.Domain
		}
		i--
	}
	return linked.Everyone
}
