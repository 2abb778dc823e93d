package normalise

import (
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/study"
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
// bits below it; study.Load sees to it that there are no more of them.
const unknownBit = 1 << study.MaxOptions

//gosec:disable G115 -- options of a choice are few, and their codes small
func (w *worker) joined(i int, c *choiceCache, r *export.Row) bool {
	cell := r.Field(c.field)
	var v joinedCell
	if at, ok := c.raw.find(cell); ok {
		v = c.sets[at]
	} else {
		v = c.readJoined(cell)
		if c.raw.add(cell, int32(len(c.sets))) {
			c.sets = append(c.sets, v)
		}
	}
	w.ticks[i], w.saw[i], w.why[i] = v.ticked, v.ticked != 0, w.p.blankKind
	if v.none {
		w.missed(i, c, v.kind)
	}
	return w.answered(i)
}

func (w *worker) spread(i int, c *choiceCache, r *export.Row) bool {
	w.ticks[i], w.saw[i], w.why[i] = 0, false, w.p.blankKind
	for j := range c.columns {
		o := &c.columns[j]
		switch t := c.tick(j, r.Field(o.field)); {
		case t == tickYes:
			w.ticks[i] |= 1 << o.option
		case t == tickUnknown:
			w.ticks[i] |= unknownBit
		case t == tickNo:
			w.saw[i], w.piece.SawChoice[c.choice] = true, true
		case t >= tickMissing:
			w.missed(i, c, Kind(t-tickMissing))
		}
	}
	w.saw[i] = w.saw[i] || w.ticks[i] != 0
	return w.answered(i)
}

// tick reads a cell of an option's column. What stands in an open one is not kept.
//
//gosec:disable G115 -- options of a choice are few, and their codes small
func (c *choiceCache) tick(j int, cell []byte) tick {
	if v, ok := c.column[j].find(cell); ok {
		return tick(v)
	}
	t := c.columns[j].read(cell, c.choiceField)
	if !c.columns[j].open || len(cell) == 0 {
		c.column[j].add(cell, int32(t))
	}
	return t
}

// missed notes why nothing is ticked. Who saw the question and left it blank has
// ticked none of it.
func (w *worker) missed(i int, c *choiceCache, kind Kind) {
	if kind == SeenUnanswered {
		w.piece.SeenMark = true
		w.saw[i], w.piece.SawChoice[c.choice] = true, true
		return
	}
	w.why[i] = kind
}

// answered reports whether the question has an answer: a tick, or a reason given
// for there being none.
func (w *worker) answered(i int) bool { return w.ticks[i] != 0 || w.why[i] >= Unsure }

// addOptions appends one slot per option: ticked, seen and not ticked, or why
// neither is known. Whoever ticked or refused one option saw them all.
func (w *worker) addOptions(i int) {
	c := &w.choices[i]
	columns := w.piece.Block.Options
	first := w.p.schema.Choices[c.choice].First
	saw := w.saw[i]
	add := func(option int) {
		slot := uint8(w.why[i])
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

// noteUnknownTicks counts the ticks that nothing declares, and the open answers that
// no option stands for.
func (w *worker) noteUnknownTicks(i int, r *export.Row) {
	c := &w.choices[i]
	for _, o := range c.unlisted {
		if cell := r.Field(o.field); len(cell) > 0 && o.read(cell, c.choiceField) == tickYes {
			w.piece.tally.count(o.field, Unlisted, w.record(r))
		}
	}
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
		if c.columns[j].read(cell, c.choiceField) == tickUnknown {
			w.piece.tally.label(c.columns[j].field, UnknownLabel, cell, w.record(r))
		}
	}
}
