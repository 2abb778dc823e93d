package normalise

import (
	"github.com/caregap/caregap/internal/export"
)

// choice reads a tick-all question into the scratch sets and reports whether
// the respondent answered it.
func (w *worker) choice(i int, r *export.Row) bool {
	c := &w.choices[i]
	if c.field >= 0 {
		return w.joined(i, c, r)
	}
	return w.spread(i, c, r)
}

// unknownBit marks a set that holds a label nothing declares. Options take the
// bits below it.
const unknownBit = 1 << 63

// maxOptions is how many options a tick-all question may have.
const maxOptions = 63

func (w *worker) joined(i int, c *choiceCache, r *export.Row) bool {
	cell := r.Field(c.field)
	set, ok := c.raw.find(cell)
	if !ok {
		ticked, unknown := c.split(cell)
		if len(unknown) > 0 {
			ticked |= unknownBit
		}
		set = int32(len(c.sets))
		c.sets = append(c.sets, ticked)
		c.raw.add(cell, set)
	}
	ticked := c.sets[set]
	w.ticks[i] = ticked
	w.saw[i] = 0
	if ticked != 0 {
		w.saw[i] = ^uint64(0)
	}
	return ticked != 0
}

func (w *worker) spread(i int, c *choiceCache, r *export.Row) bool {
	var ticked, no uint64
	for j := range c.columns {
		o := &c.columns[j]
		cell := r.Field(o.field)
		v, ok := c.column[j].find(cell)
		if !ok {
			v = int32(o.read(cell, c.choiceField, w.p.wave.Codebook))
			if !o.open {
				c.column[j].add(cell, v)
			}
		}
		switch tick(v) {
		case tickYes:
			ticked |= 1 << o.option
		case tickNo:
			no |= 1 << o.option
		case tickUnknown:
			ticked |= unknownBit
		}
	}
	w.ticks[i], w.saw[i] = ticked, ticked|no
	if no != 0 {
		w.piece.SawChoice[c.choice] = true
	}
	return ticked != 0
}

// addOptions appends one slot per option: ticked, seen and not ticked, or why
// neither is known. Whoever ticked or refused one option saw them all.
func (w *worker) addOptions(i int) {
	c := &w.choices[i]
	columns := w.piece.Block.Options
	first := w.p.schema.Choices[c.choice].First
	saw := w.saw[i] != 0
	add := func(option int) {
		slot := uint8(w.p.blankKind)
		switch {
		case w.ticks[i]&(1<<option) != 0:
			slot = Ticked
		case saw && w.ticks[i] == unknownBit:
			slot = uint8(Invalid)
		case saw:
			slot = NotTicked
		}
		columns[first+option] = append(columns[first+option], slot)
	}
	if c.field < 0 {
		for j := range c.columns {
			add(c.columns[j].option)
		}
		return
	}
	for option := range w.p.schema.Choices[c.choice].Choice.Options {
		add(option)
	}
}

// noteUnknownTicks counts the ticks that nothing declares.
func (w *worker) noteUnknownTicks(i int, r *export.Row) {
	c := &w.choices[i]
	if w.ticks[i]&unknownBit == 0 {
		return
	}
	if c.field >= 0 {
		_, unknown := c.split(r.Field(c.field))
		for _, label := range unknown {
			w.piece.tally.label(c.field, UnknownLabel, []byte(label), w.record(r))
		}
		return
	}
	for j := range c.columns {
		cell := r.Field(c.columns[j].field)
		if c.columns[j].read(cell, c.choiceField, w.p.wave.Codebook) == tickUnknown {
			w.piece.tally.label(c.columns[j].field, UnknownLabel, cell, w.record(r))
		}
	}
}
