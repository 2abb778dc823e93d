package survey

import "slices"

// block has the totals of some columns over the units of a stage that have rows.
type block struct {
	units  []int32     // ascending
	values [][]float64 // by column, then unit

	spans []span // the strata of the units, ascending
	// about and off are by span, then column: the centre of the stratum and the sum
	// of the totals' deviations from it.
	about, off []float64
}

// span is where the units of a stratum stand.
type span struct{ stratum, from, to int32 }

func (b *block) at(column, s int) []float64 {
	return b.values[column][b.spans[s].from:b.spans[s].to]
}

func (b *block) centres(s int) []float64 {
	return b.about[s*len(b.values) : (s+1)*len(b.values)]
}

func (b *block) deviations(s int) []float64 {
	return b.off[s*len(b.values) : (s+1)*len(b.values)]
}

// centred finds the strata of the units and about what their totals are taken: the
// mean over all units of the stratum, or over all those that the stratum's lonely
// unit was put among.
func (p *stagePlan) centred(b *block) *block {
	out := &block{units: b.units, values: b.values, spans: p.spans(b.units, p.lonely)}
	out.about = make([]float64, len(out.spans)*len(b.values))
	out.off = make([]float64, len(out.about))
	for s, sp := range out.spans {
		for i := range b.values {
			x := out.at(i, s)
			centre := p.centre(b, sp.stratum, i, x)
			out.centres(s)[i] = centre
			off := 0.0
			for _, v := range x {
				off += v - centre
			}
			out.deviations(s)[i] = off
		}
	}
	return out
}

func (p *stagePlan) centre(b *block, stratum int32, column int, x []float64) float64 {
	// A lonely stratum has no mean of its own, and counts without rows too.
	if among := p.lonely[stratum]; among != nil {
		from, _ := slices.BinarySearch(b.units, among.first)
		to, _ := slices.BinarySearch(b.units, among.end)
		return total(b.values[column][from:to]) / among.n
	}
	return total(x) / float64(p.strata[stratum].n)
}

// spans are the strata that have one of the units, and those of also.
//
//gosec:disable G115 -- units are no more than rows, which are counted in int32
func (s *stage) spans(units []int32, also map[int32]*surroundings) []span {
	var out []span
	at := int32(0)
	for h := range s.strata {
		from, end := at, s.strata[h].first+s.strata[h].n
		for at < int32(len(units)) && units[at] < end {
			at++
		}
		if at > from || also[int32(h)] != nil {
			out = append(out, span{int32(h), from, at})
		}
	}
	return out
}

// tally adds columns of rows up by unit.
type tally struct {
	units []int32
	place []int32 // in units, of each row; nil: the rows are the units
}

// tallier makes tallies; its memory is used again.
type tallier struct {
	*stage
	slot []int32 // of each unit: its place + 1; 0 throughout between uses
}

func newTallier(s *stage) *tallier {
	t := &tallier{stage: s}
	if !s.rows {
		t.slot = make([]int32, s.units)
	}
	return t
}

// of is the tally of rows, which are in ascending order.
func (t *tallier) of(rows []int32) *tally {
	if t.rows {
		return t.ofUnits(rows)
	}
	var units []int32
	for _, k := range rows {
		if u := t.unit[k]; t.slot[u] == 0 {
			t.slot[u] = 1
			units = append(units, u)
		}
	}
	slices.Sort(units)
	for i, u := range units {
		t.slot[u] = int32(i)
	}
	out := &tally{units, make([]int32, len(rows))}
	for i, k := range rows {
		out.place[i] = t.slot[t.unit[k]]
	}
	for _, u := range units {
		t.slot[u] = 0
	}
	return out
}

// ofUnits is the same where every row is a unit. Units are numbered stratum by
// stratum and within one in the order of the rows.
func (t *tallier) ofUnits(rows []int32) *tally {
	units := make([]int32, len(rows))
	for i, k := range rows {
		units[i] = t.unit[k]
	}
	if slices.IsSorted(units) {
		return &tally{units: units}
	}
	strata := make([]int32, len(rows))
	for i, k := range rows {
		strata[i] = t.stratum[k]
	}
	out := &tally{units: make([]int32, len(rows)), place: make([]int32, len(rows))}
	for place, i := range sortRows(len(rows), strata) {
		out.units[place], out.place[i] = units[i], int32(place)
	}
	return out
}

// sums are the totals of x, one value a row, by unit.
func (t *tally) sums(x []float64) []float64 {
	if t.place == nil {
		return slices.Clone(x)
	}
	out := make([]float64, len(t.units))
	for i, at := range t.place {
		out[at] += x[i]
	}
	return out
}
