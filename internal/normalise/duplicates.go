package normalise

import (
	"cmp"
	"slices"
)

// duplicates finds rows of a wave that have one id. It keeps, per respondent,
// eight bytes of the id's keyed hash, the time of completion and the record:
// twenty bytes. Two different ids among a million share eight bytes once in
// forty million waves.
type duplicates struct {
	on     bool
	chunks []chunkIDs
}

type chunkIDs struct {
	place     place
	ids       []uint64
	completed []int64
	records   []int32
}

func newDuplicates(p *pass) *duplicates {
	d := &duplicates{}
	for _, f := range p.files {
		d.on = d.on || f.plan.id >= 0
	}
	d.on = d.on && p.Wave.Codebook.Duplicates != "keep"
	return d
}

// add keeps what is needed of a block; blocks come in file order.
func (d *duplicates) add(at place, b *Block) {
	if !d.on || b.Rows == 0 {
		return
	}
	c := chunkIDs{place: at, ids: make([]uint64, b.Rows), completed: slices.Clone(b.Completed), records: slices.Clone(b.Record)}
	for r, h := range b.Respondent {
		c.ids[r] = h.Short()
	}
	d.chunks = append(d.chunks, c)
}

// row is where one respondent stands.
type rowRef struct{ chunk, row int32 }

// find returns the records to set aside: of those with one id all but the last
// by completion or, where that does not tell, by file order.
func (d *duplicates) find() map[place]map[int]bool {
	out := map[place]map[int]bool{}
	for _, group := range d.repeated() {
		last := group[0]
		for _, g := range group[1:] {
			if d.completed(g) >= d.completed(last) {
				last = g
			}
		}
		for _, g := range group {
			if g != last {
				c := &d.chunks[g.chunk]
				if out[c.place] == nil {
					out[c.place] = map[int]bool{}
				}
				out[c.place][int(c.records[g.row])] = true
			}
		}
	}
	return out
}

func (d *duplicates) completed(r rowRef) int64 { return d.chunks[r.chunk].completed[r.row] }

// repeated groups the respondents whose ids occur more than once. A first look
// at one bit per hash value leaves only the few that need sorting.
func (d *duplicates) repeated() [][]rowRef {
	rows := 0
	for i := range d.chunks {
		rows += len(d.chunks[i].ids)
	}
	suspects := d.suspects(rows)
	type entry struct {
		id  uint64
		ref rowRef
	}
	var entries []entry
	for c := range d.chunks {
		for r, id := range d.chunks[c].ids {
			if suspects[id] {
				entries = append(entries, entry{id, rowRef{int32(c), int32(r)}})
			}
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.id, b.id) })
	var out [][]rowRef
	for i := 0; i < len(entries); {
		j := i
		var group []rowRef
		for ; j < len(entries) && entries[j].id == entries[i].id; j++ {
			group = append(group, entries[j].ref)
		}
		if len(group) > 1 {
			out = append(out, group)
		}
		i = j
	}
	return out
}

// suspects returns the ids that meet another one in a bit set of sixteen bits a
// respondent: every id that is repeated, and a few that are not.
//
//gosec:disable G115 -- counts are not negative
func (d *duplicates) suspects(rows int) map[uint64]bool {
	size := uint64(64)
	for size < uint64(rows)*16 {
		size *= 2
	}
	set := make([]uint64, size/64)
	out := map[uint64]bool{}
	for c := range d.chunks {
		for _, id := range d.chunks[c].ids {
			at := id & (size - 1)
			if set[at/64]&(1<<(at%64)) != 0 {
				out[id] = true
			}
			set[at/64] |= 1 << (at % 64)
		}
	}
	return out
}
