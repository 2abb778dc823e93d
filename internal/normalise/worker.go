package normalise

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math"
	"strconv"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// Reasons a value cannot be used, as the ledger names them.
const (
	UnknownLabel   = "unknown label"
	NotInRange     = "out of range"
	NotADate       = "not a date"
	NoPSU          = "no PSU"
	NoStratum      = "no stratum"
	NoWeight       = "no weight"
	BadWeight      = "not a weight"
	NegativeWeight = "negative weight"
	BadFPC         = "not a population size"
	NoID           = "no id"
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
	unfinished int
	tally      tally
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

	slots      []uint8
	categories []int32
	ticks      []uint64 // per choice: options ticked
	saw        []uint64 // per choice: options seen
	sum        [sha256.Size]byte
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
	sets   []uint64
	column []*lookup // spread: raw cell to tick
}

func newWorker(p *plan, key []byte) *worker {
	w := &worker{p: p, key: key, mac: hmac.New(sha256.New, key),
		slots: make([]uint8, len(p.items)), categories: make([]int32, len(p.variables)),
		ticks: make([]uint64, len(p.choices)), saw: make([]uint64, len(p.choices))}
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
	w.psus = cached{field: p.psu, answers: &answers{values: map[string]int32{}, any: p.names.PSUs}, raw: newLookup()}
	w.strata = cached{field: p.stratum, answers: &answers{values: map[string]int32{}, any: p.names.Strata}, raw: newLookup()}
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
		for _, d := range problems {
			if d.Pos.Row > 0 {
				d.Pos.Row += w.base
			}
			w.piece.Problems = append(w.piece.Problems, d)
		}
		w.base += records
		c.Release()
	}
	w.piece.Records = w.base
	return w.piece
}

// record is the row's number within the batch.
func (w *worker) record(r *export.Row) int { return w.base + r.Record }

// row reads one record and says why it is set aside, or "" after adding it.
func (w *worker) row(r *export.Row, skip map[int]bool) string {
	if s := w.p.status; s != nil {
		if reason := s.Reasons[fold.String(string(r.Field(s.Column)))]; reason != "" {
			return reason
		}
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

// kept applies the study's keep rules: what the platform's own completion column
// turns away is unfinished and comes before what is screened out.
func (w *worker) kept(r *export.Row) string {
	for _, reason := range [...]string{Unfinished, ScreenedOut} {
		for i := range w.p.keep {
			k := &w.p.keep[i]
			if k.reason != reason {
				continue
			}
			text := fold.String(string(r.Field(k.field)))
			if k.any && text != "" || k.values[text] {
				continue
			}
			return reason
		}
	}
	return ""
}

func (w *worker) tooFast(r *export.Row) bool {
	s := w.p.speed
	if s.seconds == 0 {
		return false
	}
	if s.duration >= 0 {
		n, err := strconv.ParseFloat(fold.String(string(r.Field(s.duration))), 64)
		return err == nil && n < float64(s.seconds)
	}
	from, ok1 := w.p.dates.seconds(r.Field(s.start))
	to, ok2 := w.p.dates.seconds(r.Field(s.end))
	return ok1 && ok2 && to-from < int64(s.seconds)
}

// add appends the scratch row to the block's columns.
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
		case unknownAnswer:
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
	if len(cell) > 0 {
		w.piece.tally.count(w.p.completed, NotADate, w.record(r))
	}
	return NoTime
}

// addIdentity hashes what tells respondents and people apart.
func (w *worker) addIdentity(r *export.Row) {
	b, p := w.piece.Block, w.p
	var id []byte
	if p.id >= 0 {
		id = r.Field(p.id)
	}
	if len(id) > 0 {
		b.Respondent = append(b.Respondent, w.hash("respondent\x00", p.survey.ID, id))
	} else {
		if p.id >= 0 {
			w.piece.tally.count(p.id, NoID, w.record(r))
		}
		b.Respondent = append(b.Respondent, w.hashPlace(w.record(r)))
	}
	if p.person >= 0 {
		var person Hash
		if text := fold.String(string(r.Field(p.person))); text != "" && text != "anonymous" {
			person = w.hash("person\x00", "", []byte(text))
		}
		b.Person = append(b.Person, person)
	}
}

func (w *worker) hash(kind, scope string, text []byte) (h Hash) {
	w.mac.Reset()
	w.mac.Write([]byte(kind))
	w.mac.Write([]byte(scope))
	w.mac.Write([]byte{0})
	w.mac.Write(text)
	w.mac.Sum(w.sum[:0])
	copy(h[:], w.sum[:])
	return h
}

// hashPlace names a respondent without an id by place: file, chunk and record.
func (w *worker) hashPlace(record int) Hash {
	var place [16]byte
	binary.LittleEndian.PutUint64(place[:], uint64(w.piece.Chunk))
	binary.LittleEndian.PutUint64(place[8:], uint64(record))
	return w.hash("row\x00", w.p.survey.ID+"\x00"+w.p.file.Name, place[:])
}

func (w *worker) addDesign(r *export.Row) {
	b, p := w.piece.Block, w.p
	if p.weight >= 0 {
		b.Weight = append(b.Weight, w.weight(r))
	}
	if p.stratum >= 0 {
		b.Stratum = append(b.Stratum, w.name(&w.strata, r, NoStratum))
	}
	if p.psu >= 0 {
		b.PSU = append(b.PSU, w.name(&w.psus, r, NoPSU))
	}
	if p.fpc >= 0 {
		n, err := strconv.ParseFloat(string(r.Field(p.fpc)), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || n <= 0 {
			w.piece.tally.count(p.fpc, BadFPC, w.record(r))
			n = math.Inf(1)
		}
		b.FPC = append(b.FPC, n)
	}
}

func (w *worker) name(c *cached, r *export.Row, problem string) int32 {
	v := c.find(r.Field(c.field))
	if v < 0 {
		w.piece.tally.count(c.field, problem, w.record(r))
		return 0
	}
	return v
}

func (w *worker) weight(r *export.Row) float64 {
	cell := r.Field(w.p.weight)
	problem := ""
	f, err := strconv.ParseFloat(string(cell), 64)
	switch {
	case len(cell) == 0:
		problem = NoWeight
	case err != nil || math.IsNaN(f) || math.IsInf(f, 0):
		problem = BadWeight
	case f < 0:
		problem = NegativeWeight
	default:
		return f
	}
	w.piece.tally.count(w.p.weight, problem, w.record(r))
	return 0
}
