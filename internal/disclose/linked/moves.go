package linked

import "slices"

// Signed is a domain with what a move adds to it: 1 or -1.
type Signed struct{ Domain, Sign int }

// Moves lists ways to alter the domain p by 1 that leave every margin as it is,
// until yield returns false. Think of respondents who say that they belong to
// another category, in turns one way and the other, all else about them the same:
// where two variables take part, one goes from (a, x) to (a, y) and another from
// (b, y) to (b, x). Whatever does not tell the categories apart stays as it was.
// After these come single respondents who change in several variables at once, which
// whatever tells any of these apart must allow. allow says which domains may be
// altered, and how.
func (l *Lattice) Moves(p int, allow func(d, sign int) bool, yield func([]Signed) bool) {
	if l.Domains[p].RestOf >= 0 || !allow(p, 1) {
		return
	}
	m := &mover{Lattice: l, allow: allow, yield: yield, at: make([]int, len(l.variables)), alt: make([]int, len(l.variables))}
	for v := range m.at {
		m.at[v] = unsettled
	}
	own := l.sets[l.Domains[p].set].variables
	for i, v := range own {
		m.at[v] = l.Domains[p].levels[i]
	}
	for mask := 1<<len(own) - 1; mask >= 0 && !m.done; mask-- {
		m.moved = nil
		for v := range m.alt {
			m.alt[v] = unsettled
		}
		for i, v := range own {
			if mask>>i&1 == 1 {
				m.moved = append(m.moved, v)
			}
		}
		m.alternatives(0)
		if m.joint = len(m.moved) > 1; m.joint && !m.done {
			m.alternatives(0)
			m.joint = false
		}
	}
}

// mover is one search: at holds the levels of the variables that are settled, alt
// the other level of those that are moved.
type mover struct {
	*Lattice
	allow   func(d, sign int) bool
	yield   func([]Signed) bool
	at      []int // per variable, or unsettled
	moved   []int
	joint   bool  // one respondent changes in all moved variables
	alt     []int // per variable, or unsettled
	telling []int // breakdowns that tell the moved categories apart
	more    []int // variables still to be settled
	done    bool
	scratch []int
}

const unsettled = -1

// alternatives settles the other level of the moved variables from i on.
func (m *mover) alternatives(i int) {
	if i == len(m.moved) {
		m.begin()
		return
	}
	v := m.moved[i]
	for level := len(m.levels[v]); level >= 0 && !m.done; level-- {
		if level != m.at[v] {
			m.alt[v] = level
			m.alternatives(i + 1)
		}
	}
	m.alt[v] = unsettled
}

// begin settles the variables of the breakdowns that tell the moved categories
// apart, and yields. A breakdown that has no others is looked at at once.
func (m *mover) begin() {
	m.telling, m.more = m.telling[:0], m.more[:0]
	for s := range m.sets {
		if !m.tells(s) {
			continue
		}
		if m.settled(s) && !m.open(s) {
			return
		}
		m.telling = append(m.telling, s)
		for _, v := range m.sets[s].variables {
			if m.at[v] == unsettled && !slices.Contains(m.more, v) {
				m.more = append(m.more, v)
			}
		}
	}
	m.settle(0)
}

// settle chooses a level for every other variable from i on, 0 for none.
func (m *mover) settle(i int) {
	if i == len(m.more) {
		if sigma := m.support(); len(sigma) > 0 && !m.yield(sigma) {
			m.done = true
		}
		return
	}
	v := m.more[i]
	for level := len(m.levels[v]); level >= 0 && !m.done; level-- {
		m.at[v] = level
		if m.openWith(v) {
			m.settle(i + 1)
		}
	}
	m.at[v] = unsettled
}

// openWith reports whether the breakdowns that became settled by v are open.
func (m *mover) openWith(v int) bool {
	for _, s := range m.telling {
		if slices.Contains(m.sets[s].variables, v) && m.settled(s) && !m.open(s) {
			return false
		}
	}
	return true
}

// tells reports whether a breakdown has all the moved variables or, of one
// respondent, any.
func (m *mover) tells(s int) bool {
	if m.joint {
		return slices.ContainsFunc(m.moved, func(v int) bool { return slices.Contains(m.sets[s].variables, v) })
	}
	for _, v := range m.moved {
		if !slices.Contains(m.sets[s].variables, v) {
			return false
		}
	}
	return true
}

func (m *mover) settled(s int) bool {
	for _, v := range m.sets[s].variables {
		if m.at[v] == unsettled {
			return false
		}
	}
	return true
}

func (m *mover) open(s int) bool {
	ok := true
	m.corners(s, func(d, sign int) {
		ok = ok && d >= 0 && m.allow(d, sign)
	})
	return ok
}

func (m *mover) support() []Signed {
	var out []Signed
	for _, s := range m.telling {
		m.corners(s, func(d, sign int) { out = append(out, Signed{d, sign}) })
	}
	return out
}

// corners visits the domains of a breakdown that a move alters; -1 where there is
// no such domain. Who has no category in one variable is in the rest of a line; who has
// none in two is in nothing of the breakdown, unless that is told apart.
func (m *mover) corners(s int, visit func(d, sign int)) {
	variables := m.sets[s].variables
	m.scratch = append(m.scratch[:0], variables...)
	levels := m.scratch // scratch of the same length
	corners := 1 << len(m.moved)
	if m.joint {
		corners = 2
	}
	for corner := range corners {
		none, sign := 0, 1
		for i, v := range variables {
			levels[i] = m.at[v]
			switch k := slices.Index(m.moved, v); {
			case k >= 0 && m.joint && corner == 1:
				levels[i], sign = m.alt[v], -1
			case k >= 0 && !m.joint && corner>>k&1 == 1:
				levels[i], sign = m.alt[v], -sign
			}
			if levels[i] == 0 {
				none++
			}
		}
		if at := m.domainAt(s, levels, none); at >= 0 || none <= 1 {
			visit(at, sign)
		}
	}
}

func (m *mover) domainAt(s int, levels []int, none int) int {
	x := &m.sets[s]
	if x.places != nil {
		at := 0
		for i, level := range levels {
			at += level * x.strides[i]
		}
		return int(x.places[at]) - 1
	}
	from := x.domains
	if none > 0 {
		from = x.lines
	}
	if at, ok := from[levelKey(levels)]; ok {
		return at
	}
	return -1
}
