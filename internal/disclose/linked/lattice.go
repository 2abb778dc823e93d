package linked

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/study"
)

// Domain is a set of respondents that numbers are about: everyone, a category, a
// crossed category, or what a margin leaves over.
type Domain struct {
	Breakdown, Category string // as the rows name it; both "" for everyone
	Virtual             bool   // no row is about it: it only joins margins
	RestOf              int    // margin of which it is what is left, or -1

	set    int   // place in Lattice.sets
	levels []int // of the set's variables, from 1
}

// Margin says that the parts and the rest add up to the total.
type Margin struct {
	Parts []int
	Total int
	Rest  int // domain of those in the total and in no part, or -1 where there are none
}

// Lattice is the domains of one survey and wave, and how they add up.
type Lattice struct {
	Domains []Domain
	Margins []Margin
	In      [][]int // per domain: the margins in which it is a part, or the rest
	Of      [][]int // per domain: the margins that add up to it

	// Rests add up too: those without a category of one variable, over the categories
	// of another.
	Leftovers []Margin
	InLeft    [][]int // per domain: the leftovers in which it stands

	variables []string
	levels    []map[string]int // per variable
	sets      []set
	names     map[[2]string]int // domains by breakdown and category
}

// set is the variables of a breakdown, in the order of Lattice.variables.
type set struct {
	variables []int
	domains   map[string]int // by levels, see levelKey
	strides   []int          // per variable: of places, once all levels are known
	places    []int32        // domains and lines by levels: 1 more than the domain, or 0
	lines     map[string]int // rest domains, by levels of which some are 0
}

// Everyone is the place of the domain of all respondents.
const Everyone = 0

func newLattice() *Lattice {
	l := &Lattice{names: map[[2]string]int{}}
	l.sets = []set{{domains: map[string]int{}, lines: map[string]int{}}}
	l.addDomain(Domain{RestOf: -1}, 0, nil)
	l.names[[2]string{}] = Everyone
	return l
}

func levelKey(levels []int) string {
	b := make([]byte, 0, 3*len(levels))
	for _, v := range levels {
		b = strconv.AppendInt(append(b, ':'), int64(v), 10)
	}
	return string(b)
}

func (l *Lattice) addDomain(d Domain, set int, levels []int) int {
	d.set, d.levels = set, levels
	l.Domains = append(l.Domains, d)
	at := len(l.Domains) - 1
	if d.RestOf < 0 {
		l.sets[set].domains[levelKey(levels)] = at
	}
	return at
}

// add returns the domain of a breakdown's category. Two breakdowns of the same
// variables, in whatever order, have the same domains.
func (l *Lattice) add(f *study.Framework, breakdown, category string) int {
	name := [2]string{breakdown, category}
	if at, ok := l.names[name]; ok {
		return at
	}
	variables := strings.Split(breakdown, ":")
	values := split(f, variables, category)
	type pair struct{ variable, level int }
	pairs := make([]pair, len(variables))
	for i, v := range variables {
		id := l.variable(v)
		pairs[i] = pair{id, l.level(id, values[i])}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return a.variable - b.variable })
	ids, levels := make([]int, len(pairs)), make([]int, len(pairs))
	for i, p := range pairs {
		ids[i], levels[i] = p.variable, p.level
	}
	s := l.set(ids)
	at, ok := l.sets[s].domains[levelKey(levels)]
	if !ok {
		at = l.addDomain(Domain{Breakdown: breakdown, Category: category, RestOf: -1}, s, levels)
	}
	l.names[name] = at
	return at
}

// split takes a crossed category apart. The name of an organisation may hold
// colons itself: it is what the other variables leave.
func split(f *study.Framework, variables []string, category string) []string {
	values := strings.Split(category, ":")
	if extra := len(values) - len(variables); extra > 0 {
		at := max(0, slices.IndexFunc(variables, func(id string) bool { v, _ := f.Variables.Get(id); return v.Organisation }))
		joined := strings.Join(values[at:at+extra+1], ":")
		values = slices.Replace(values, at, at+extra+1, joined)
	}
	for len(values) < len(variables) {
		values = append(values, "")
	}
	return values
}

func (l *Lattice) variable(id string) int {
	i := slices.Index(l.variables, id)
	if i < 0 {
		i = len(l.variables)
		l.variables = append(l.variables, id)
		l.levels = append(l.levels, map[string]int{})
	}
	return i
}

func (l *Lattice) level(variable int, value string) int {
	levels := l.levels[variable]
	if levels[value] == 0 {
		levels[value] = len(levels) + 1
	}
	return levels[value]
}

func (l *Lattice) set(variables []int) int {
	i := slices.IndexFunc(l.sets, func(s set) bool { return slices.Equal(s.variables, variables) })
	if i < 0 {
		i = len(l.sets)
		l.sets = append(l.sets, set{variables: variables, domains: map[string]int{}, lines: map[string]int{}})
	}
	return i
}

// Find returns the domain of a breakdown's category, or -1.
func (l *Lattice) Find(breakdown, category string) int {
	if at, ok := l.names[[2]string{breakdown, category}]; ok {
		return at
	}
	return -1
}

// close adds what joins the domains: the margins of every crossed breakdown, down
// to everyone. A margin that no row is about becomes a virtual domain.
func (l *Lattice) close() {
	for size := l.largest(); size > 0; size-- {
		for s := 0; s < len(l.sets); s++ {
			if len(l.sets[s].variables) == size {
				l.closeSet(s)
			}
		}
	}
	l.In, l.Of = make([][]int, len(l.Domains)), make([][]int, len(l.Domains))
	for m, x := range l.Margins {
		for _, d := range x.Parts {
			l.In[d] = append(l.In[d], m)
		}
		l.Of[x.Total] = append(l.Of[x.Total], m)
	}
}

func (l *Lattice) largest() int {
	size := 0
	for _, s := range l.sets {
		size = max(size, len(s.variables))
	}
	return size
}

// closeSet adds the margins in which one variable of a breakdown is summed over.
func (l *Lattice) closeSet(s int) {
	var members []int
	for d := range l.Domains {
		if l.Domains[d].set == s && l.Domains[d].RestOf < 0 {
			members = append(members, d)
		}
	}
	for i := range l.sets[s].variables {
		byLine := map[string]int{}
		above := l.set(slices.Delete(slices.Clone(l.sets[s].variables), i, i+1))
		for _, d := range members {
			levels := slices.Clone(l.Domains[d].levels)
			levels[i] = 0
			m, ok := byLine[levelKey(levels)]
			if !ok {
				m = len(l.Margins)
				byLine[levelKey(levels)] = m
				l.Margins = append(l.Margins, Margin{Total: l.total(above, slices.Delete(slices.Clone(levels), i, i+1)), Rest: -1})
			}
			l.Margins[m].Parts = append(l.Margins[m].Parts, d)
		}
	}
}

func (l *Lattice) total(s int, levels []int) int {
	if at, ok := l.sets[s].domains[levelKey(levels)]; ok {
		return at
	}
	return l.addDomain(Domain{Virtual: true, RestOf: -1}, s, levels)
}

// addRest adds the domain of those that a margin leaves over.
func (l *Lattice) addRest(m int) int {
	x := &l.Margins[m]
	first := l.Domains[x.Parts[0]]
	variable := l.summed(first.set, l.Domains[x.Total].set)
	levels := slices.Clone(first.levels)
	levels[variable] = 0
	at := l.addDomain(Domain{RestOf: m}, first.set, levels)
	l.sets[first.set].lines[levelKey(levels)] = at
	l.In, l.Of = append(l.In, []int{m}), append(l.Of, nil)
	x.Rest = at
	return at
}

// summed is the place of the variable that a margin sums over.
func (l *Lattice) summed(parts, total int) int {
	for i, v := range l.sets[parts].variables {
		if !slices.Contains(l.sets[total].variables, v) {
			return i
		}
	}
	return 0
}

// mostPlaces is up to how many places a breakdown's domains are listed by levels.
const mostPlaces = 1 << 22

// index lists the domains of every breakdown by their levels, once all are there.
//
//gosec:disable G115 -- domains are fewer than places
func (l *Lattice) index() {
	for i := range l.sets {
		x := &l.sets[i]
		places := 1
		x.strides = make([]int, len(x.variables))
		for k, v := range x.variables {
			x.strides[k] = places
			places *= len(l.levels[v]) + 1
			if places > mostPlaces {
				return
			}
		}
		x.places = make([]int32, places)
	}
	for at, d := range l.Domains {
		x := &l.sets[d.set]
		place := 0
		for k, level := range d.levels {
			place += level * x.strides[k]
		}
		x.places[place] = int32(at + 1)
	}
}
