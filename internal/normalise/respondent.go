package normalise

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// add appends the scratch row to the block's columns.
//
//gosec:disable G115 -- records of a file are counted in int32 and not negative
func (w *worker) add(r *export.Row) {
	b, p := w.piece.Block, w.p
	if c := p.completion; c != nil && !c.Done(r.Field(c.Column)) {
		w.piece.unfinished++
	}
	w.countUnusable(r)
	b.Rows++
	b.Record = append(b.Record, int32(w.record(r)))
	b.Completed = append(b.Completed, w.time(r))
	w.addIdentity(r)
	w.addDesign(r)
	for i := range w.items {
		b.Items[w.items[i].index] = append(b.Items[w.items[i].index], w.slots[i])
	}
	for i := range w.variables {
		b.Variables[w.variables[i].index] = append(b.Variables[w.variables[i].index], w.categories[i])
	}
	for i := range w.choices {
		w.addOptions(i)
	}
}

// countUnusable notes the answers of a respondent that nothing declares, and
// reads the variables.
func (w *worker) countUnusable(r *export.Row) {
	for i := range w.items {
		if w.slots[i] == uint8(Invalid) {
			w.noteUnknown(&w.items[i], r)
		}
	}
	for i := range w.variables {
		f := &w.variables[i]
		v := f.find(r.Field(f.field))
		switch v {
		case blank:
			v = missingCategory(SeenUnanswered)
		case unknownAnswer, twoAnswers:
			w.noteUnknown(f, r)
			v = missingCategory(Invalid)
		}
		w.categories[i] = v
	}
	for i := range w.choices {
		w.noteUnknownTicks(i, r)
	}
}

func (w *worker) noteUnknown(f *cached, r *export.Row) {
	cell := r.Field(f.field)
	switch f.find(cell) {
	case unknownAnswer:
		w.piece.tally.label(f.field, UnknownLabel, cell, w.record(r))
	case outOfRange:
		w.piece.tally.label(f.field, NotInRange, cell, w.record(r))
	case twoAnswers:
		w.piece.tally.count(f.field, TwoAnswers, w.record(r))
	}
}

func (w *worker) time(r *export.Row) int64 {
	if w.p.completed < 0 {
		return NoTime
	}
	cell := r.Field(w.p.completed)
	if s, ok := w.p.dates.seconds(cell); ok {
		return s
	}
	if !isBlank(cell) {
		w.piece.tally.count(w.p.completed, NotADate, w.record(r))
	}
	return NoTime
}

// addIdentity hashes what tells respondents and people apart.
func (w *worker) addIdentity(r *export.Row) {
	b, p := w.piece.Block, w.p
	var id []byte
	if p.id >= 0 {
		id = bytes.TrimSpace(r.Field(p.id))
	}
	if len(id) > 0 {
		b.Respondent = append(b.Respondent, w.hash(w.prefixes.respondent, id))
	} else {
		if p.id >= 0 {
			w.piece.tally.count(p.id, NoID, w.record(r))
		}
		b.Respondent = append(b.Respondent, w.hashPlace(w.record(r)))
	}
	w.noteRepeat(r, id)
	if p.person >= 0 {
		var person Hash
		if text := fold.String(string(r.Field(p.person))); text != "" && text != "anonymous" {
			person = w.hash(w.prefixes.person, []byte(text))
		}
		b.Person = append(b.Person, person)
	}
}

// hash hashes a text under a prefix that says what it is of.
func (w *worker) hash(prefix, text []byte) (h Hash) {
	w.mac.Reset()
	w.mac.Write(prefix)
	w.mac.Write(text)
	copy(h[:], w.mac.Sum(w.sum[:0]))
	return h
}

// hashPlace names a respondent without an id by place: file, chunk and record.
//
//gosec:disable G115 -- records of a file are counted in int32 and not negative
func (w *worker) hashPlace(record int) Hash {
	binary.LittleEndian.PutUint64(w.place[:], uint64(w.piece.Chunk))
	binary.LittleEndian.PutUint64(w.place[8:], uint64(record))
	return w.hash(w.prefixes.place, w.place[:])
}

// prefixes keep hashes of different things apart, whatever their texts.
type prefixes struct{ respondent, person, place []byte }

func newPrefixes(p *plan) prefixes {
	prefix := func(parts ...string) []byte { return []byte(strings.Join(parts, "\x00") + "\x00") }
	return prefixes{
		respondent: prefix("respondent", p.survey.ID),
		person:     prefix("person", ""),
		place:      prefix("row", p.survey.ID, p.file.Name),
	}
}
