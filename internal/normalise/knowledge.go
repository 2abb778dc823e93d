package normalise

import "maps"

// knowledge is what only the end of a wave can tell.
type knowledge struct {
	skip   map[place]map[int]bool // records that are duplicates, by chunk
	marks  map[int]bool           // files that mark a question seen but unanswered
	orders map[int]dateOrder      // of files whose dates say more than their platform
	raking *Raking                // nil before all else is known, and where weights are not raked
}

// place is a batch of a file of the wave.
type place struct{ file, chunk int } // by its first chunk

// learned compares what the pass has found out with what it assumed. Marks and
// orders depend on the files alone; duplicates also on them.
func (p *pass) learned() (knowledge, bool) {
	next := knowledge{skip: p.know.skip, marks: map[int]bool{}, orders: map[int]dateOrder{}}
	changed, misread := false, false
	for i, f := range p.result.files {
		next.marks[i], next.orders[i] = f.seenMark, f.dates.order(f.source.File)
		changed = changed || f.seenMark != p.know.marks[i]
		misread = misread || next.orders[i] != f.source.plan.dates
	}
	if misread { // so far misread dates told who was last and who was fast
		next.skip = map[place]map[int]bool{}
		return next, true
	}
	if found := p.ids.find(); len(found) > 0 {
		next.skip, changed = merge(next.skip, found), true
	}
	if p.counting() && !changed && p.raker.anybody() {
		next.raking, changed = p.raker.rake(p), true
	}
	return next, changed
}

// counting reports whether the pass only finds out what raking needs.
func (p *pass) counting() bool { return p.raker != nil && p.know.raking == nil }

func merge(a, b map[place]map[int]bool) map[place]map[int]bool {
	out := maps.Clone(a)
	for at, records := range b {
		all := maps.Clone(out[at])
		if all == nil {
			all = map[int]bool{}
		}
		maps.Copy(all, records)
		out[at] = all
	}
	return out
}
