package normalise

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

// Piece is one batch of chunks, normalised.
type Piece struct {
	Chunk    int
	Records  int // records of the chunk, blank and header ones included
	Rows     int // data rows that are not blank
	Block    *Block
	SetAside []SetAside
	Problems []diag.Diagnostic // rows are relative to the chunk, from 1
	// SeenMark tells that a cell of this chunk marks a question seen but not answered.
	SeenMark bool
	// SawChoice tells, per choice, that "seen and not ticked" can be told from a skip.
	SawChoice  []bool
	dates      datesSeen
	unfinished int
	lost       bool // where records begin is no longer sure
	tally      tally
	repeats    repeats
}

// worker normalises chunks of one file on one goroutine.
type worker struct {
	p         *plan
	key       []byte
	mac       hash.Hash
	items     []cached
	variables []cached
	choices   []choiceCache
	psus      cached
	strata    cached
	rules     ruleCaches

	slots      []uint8
	categories []int32
	ticks      []uint64 // per choice: options ticked
	saw        []bool   // per choice: whether it was seen
	why        []Kind   // per choice: why nothing is known, where it was not
	sum        [sha256.Size]byte
	place      [16]byte
	prefixes   prefixes
	piece      *Piece
	base       int // records of the batch's earlier chunks
	block      *Block
}

// cached is a field with its answers and the raw forms met so far.
type cached struct {
	field   int
	index   int
	answers *answers
	raw     *lookup
}

type choiceCache struct {
	*choiceField
	raw    *lookup // joined: raw cell to index of sets
	sets   []joinedCell
	column []*lookup // spread: raw cell to tick
}

func newWorker(p *plan, key []byte) *worker {
	w := &worker{p: p, key: key, mac: hmac.New(sha256.New, key),
		slots: make([]uint8, len(p.items)), categories: make([]int32, len(p.variables)),
		ticks: make([]uint64, len(p.choices)), saw: make([]bool, len(p.choices)), why: make([]Kind, len(p.choices))}
	for _, f := range p.items {
		w.items = append(w.items, cached{f.field, f.item, f.answers, newLookup()})
	}
	for _, f := range p.variables {
		w.variables = append(w.variables, cached{f.field, f.variable, f.answers, newLookup()})
	}
	for i := range p.choices {
		c := choiceCache{choiceField: &p.choices[i], raw: newLookup()}
		for range c.columns {
			c.column = append(c.column, newLookup())
		}
		w.choices = append(w.choices, c)
	}
	w.psus = cached{field: p.psu, answers: p.psuAnswers(), raw: newLookup()}
	w.strata = cached{field: p.stratum, answers: designAnswers(p.names.Strata, p.wave.Codebook.Missing), raw: newLookup()}
	w.rules = newRuleCaches(p)
	w.prefixes = newPrefixes(p)
	return w
}

// find reads a cell: by its bytes if they were met before, else the slow way.
func (c *cached) find(cell []byte) int32 {
	if v, ok := c.raw.find(cell); ok {
		return v
	}
	v := c.answers.value(cell)
	c.raw.add(cell, v)
	return v
}

// batch normalises consecutive chunks into block. Records in skip are duplicates.
func (w *worker) batch(chunks []*export.Chunk, block *Block, skip map[int]bool) *Piece {
	block.reset()
	w.base = 0
	w.piece = &Piece{Chunk: chunks[0].Index, Block: block, SawChoice: make([]bool, len(w.p.schema.Choices)), tally: newTally()}
	for _, c := range chunks {
		records, problems := c.Scan(func(r *export.Row) {
			w.piece.Rows++
			if reason := w.row(r, skip); reason != "" {
				w.piece.SetAside = append(w.piece.SetAside, SetAside{w.record(r), reason})
			}
		})
		w.addProblems(problems)
		w.base += records
		c.Release()
	}
	w.piece.Records = w.base
	return w.piece
}

// addProblems takes over what was wrong with a chunk's records. After a stray or
// unterminated quote nothing is sure about where records begin, so what the
// chunks after it say is left out.
func (w *worker) addProblems(found []diag.Diagnostic) {
	if w.piece.lost {
		return
	}
	for _, d := range found {
		w.piece.lost = w.piece.lost || d.Code == "stray-quote" || d.Code == "unterminated-quote"
		if d.Pos.Row > 0 {
			d.Pos.Row += w.base
		}
		w.piece.Problems = append(w.piece.Problems, d)
	}
}

// record is the row's number within the batch.
func (w *worker) record(r *export.Row) int { return w.base + r.Record }

// row reads one record and says why it is set aside, or "" after adding it.
func (w *worker) row(r *export.Row, skip map[int]bool) string {
	w.noteDates(r)
	if reason := w.marked(r); reason != "" {
		return reason
	}
	if !w.answersOf(r) {
		return Empty
	}
	if reason := w.kept(r); reason != "" {
		return reason
	}
	if w.tooFast(r) {
		return Speeder
	}
	if skip[w.record(r)] {
		return Duplicate
	}
	w.add(r)
	return ""
}

// answersOf reads the mapped items and choices into the scratch row and reports
// whether there is any answer at all.
//
//gosec:disable G115 -- codes of a declared scale are at most uint8
func (w *worker) answersOf(r *export.Row) bool {
	answered := false
	for i := range w.items {
		f := &w.items[i]
		v := f.find(r.Field(f.field))
		if v < 0 {
			if v == blank {
				w.slots[i] = uint8(w.p.blankKind)
				continue
			}
			v = slotOf(Invalid)
		} else if v == slotOf(SeenUnanswered) {
			w.piece.SeenMark = true
		}
		w.slots[i] = uint8(v)
		answered = answered || v >= int32(Unsure)
	}
	for i := range w.choices {
		answered = w.choice(i, r) || answered
	}
	return answered
}
