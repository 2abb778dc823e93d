package inspect

import (
	"bytes"
	"hash/maphash"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// piece is what a run of rows holds. Rows count from its first record, from 1,
// until it is merged.
type piece struct {
	look    *look
	records int // blank ones and headings included
	rows    int
	aside   SetAside
	kept    []*profile // of respondents, by column
	others  []*profile // of rows that are set aside; none where no platform says so
	ticks   []ticks    // by group

	unfinished int
	headings   places // rows that repeat the headings
	heading    int    // the last of them
	totals     []int  // the last rows that begin with Total or the like
	last       int    // the last row
	rowHashes  []mark
	idHashes   []mark

	problems []diag.Diagnostic
	lost     bool     // where records begin is no longer sure
	scratch  [][]byte // the cells of one row
}

// mark is the hash of a row, or of its id, and where it stands.
type mark struct {
	hash uint64
	row  int32
}

// ticks counts, in one group of columns, the rows with a tick and those with more.
type ticks struct {
	one, two int
	rows     []int // of the first with more
}

func newPiece(l *look) *piece {
	p := &piece{look: l, ticks: make([]ticks, len(l.groups)), scratch: make([][]byte, len(l.file.Columns))}
	for range l.file.Columns {
		p.kept = append(p.kept, newProfile(l.separators))
		if l.status >= 0 {
			p.others = append(p.others, newProfile(l.separators))
		}
	}
	return p
}

// scan reads one chunk. After a stray or unterminated quotation mark nothing is
// sure about where records begin, so what later chunks say is left out.
func (p *piece) scan(c *export.Chunk) {
	records, problems := c.Scan(p.row)
	if !p.lost {
		for _, d := range problems {
			p.lost = p.lost || d.Code == "stray-quote" || d.Code == "unterminated-quote"
			if d.Pos.Row > 0 {
				d.Pos.Row += p.records
			}
			p.problems = append(p.problems, d)
		}
	}
	p.records += records
	c.Release()
}

func (p *piece) row(r *export.Row) {
	p.rows++
	row := p.records + r.Record + 1
	p.last = row
	profiles := p.kept
	switch p.reason(r) {
	case "preview":
		p.aside.Preview++
		profiles = p.others
	case "test":
		p.aside.Test++
		profiles = p.others
	case "spam":
		p.aside.Spam++
		profiles = p.others
	default:
		if c := p.look.completion; c != nil && !c.Done(r.Field(c.Column)) {
			p.unfinished++
		}
	}
	p.cells(r, row, profiles)
	p.groups(row)
}

// reason says why the platform's own status sets a row aside, or "".
func (p *piece) reason(r *export.Row) string {
	if p.look.status < 0 {
		return ""
	}
	cell := bytes.TrimSpace(r.Field(p.look.status))
	if len(cell) == 0 {
		return ""
	}
	return p.look.reasons[fold.String(string(cell))]
}

// cells profiles the cells of a row and notes what the row is as a whole. Rows that
// repeat headings count as rows; what stands in them is nobody's answer.
//
//gosec:disable G104 G115 -- hash/maphash never returns an error; positions of columns and counts of rows, which are counted in int32
func (p *piece) cells(r *export.Row, row int, profiles []*profile) {
	var h maphash.Hash
	h.SetSeed(p.look.seed)
	filled, repeated, outside, first := 0, 0, 0, -1
	for i := range p.look.file.Columns {
		cell := trim(r.Field(i))
		p.scratch[i] = cell
		h.Write(cell)
		h.WriteByte(0)
		if len(cell) == 0 {
			continue
		}
		if filled++; first < 0 {
			first = i
		}
		if p.look.repeats(i, cell) {
			if repeated++; !p.look.grouped[i] {
				outside++
			}
		}
	}
	again := p.heading > 0 && p.heading == row-1 && len(p.look.file.Headings) > 1
	if filled > 1 && 2*repeated > filled && (outside > 1 || again || !p.allTicks(repeated)) {
		p.headings.add(row)
		p.heading = row
		return
	}
	if first >= 0 && isTotal(p.scratch[first]) {
		p.addTotal(row)
	}
	if filled > 2 || filled == len(p.look.file.Columns) {
		p.rowHashes = append(p.rowHashes, mark{h.Sum64(), int32(row)})
	}
	p.answers(row, profiles)
}

// answers profiles the cells of a row that is no heading.
//
//gosec:disable G115 -- positions of columns and counts of rows, which are counted in int32
func (p *piece) answers(row int, profiles []*profile) {
	seen := p.look.file.SeenUnanswered
	for i, cell := range p.scratch {
		switch {
		case len(cell) == 0:
		case seen != "" && string(cell) == seen:
			profiles[i].marks++
		default:
			profiles[i].add(cell, row)
		}
	}
	if id := p.look.id; id >= 0 && len(p.scratch[id]) > 0 {
		p.idHashes = append(p.idHashes, mark{maphash.Bytes(p.look.seed, p.scratch[id]), int32(row)})
	}
}

// allTicks reports whether so many cells could repeat their headings because they
// are ticked options.
func (p *piece) allTicks(repeated int) bool {
	options := 0
	for _, g := range p.look.groups {
		options += len(g.columns)
	}
	return repeated <= options
}

// trim takes white space off a cell, the kinds that bytes.TrimSpace leaves too.
func trim(cell []byte) []byte {
	cell = bytes.TrimSpace(cell)
	if len(cell) > 0 && cell[0] >= 0x80 && fold.String(string(cell)) == "" {
		return nil
	}
	return cell
}

// groups counts the ticks in each group of columns.
func (p *piece) groups(row int) {
	for i, g := range p.look.groups {
		n := 0
		for _, c := range g.columns {
			if ticked(p.scratch[c]) {
				n++
			}
		}
		t := &p.ticks[i]
		if n > 0 {
			t.one++
		}
		if n > 1 {
			if t.two++; len(t.rows) < maxPlaces {
				t.rows = append(t.rows, row)
			}
		}
	}
}

// ticked is export.Ticked, quick where a cell cannot be one of the words that say no.
func ticked(cell []byte) bool {
	if len(cell) == 0 {
		return false
	}
	switch cell[0] | 0x20 {
	case 'n', 'f', 'u', '0':
		return export.Ticked(cell)
	}
	return true
}

// totalWords begin the rows that a spreadsheet adds below a table.
var totalWords = map[string]bool{
	"total": true, "totals": true, "grand total": true, "sum": true, "mean": true, "average": true, "median": true, "count": true,
	"std dev": true, "standard deviation": true, "subtotal": true, "n": true, "total:": true, "mean:": true, "average:": true,
}

func isTotal(cell []byte) bool {
	switch cell[0] | 0x20 {
	case 't', 'g', 's', 'm', 'a', 'c', 'n':
		return len(cell) < 20 && totalWords[fold.String(string(cell))]
	}
	return false
}

func (p *piece) addTotal(row int) {
	if p.totals = append(p.totals, row); len(p.totals) > maxPlaces {
		p.totals = p.totals[1:]
	}
}

// merge adds a piece of later rows.
func (p *piece) merge(o *piece) {
	base := p.records
	p.rows += o.rows
	p.aside.Preview += o.aside.Preview
	p.aside.Test += o.aside.Test
	p.aside.Spam += o.aside.Spam
	p.unfinished += o.unfinished
	for i := range p.kept {
		p.kept[i].merge(o.kept[i], base)
	}
	for i := range p.others {
		p.others[i].merge(o.others[i], base)
	}
	for i := range p.ticks {
		p.ticks[i].merge(&o.ticks[i], base)
	}
	p.headings.merge(&o.headings, base)
	for _, row := range o.totals {
		p.addTotal(base + row)
	}
	if o.last > 0 {
		p.last = base + o.last
	}
	p.rowHashes = appendMarks(p.rowHashes, o.rowHashes, base)
	p.idHashes = appendMarks(p.idHashes, o.idHashes, base)
	p.mergeProblems(o, base)
	p.records += o.records
}

func (p *piece) mergeProblems(o *piece, base int) {
	if p.lost {
		return
	}
	for _, d := range o.problems {
		if d.Pos.Row > 0 {
			d.Pos.Row += base
		}
		p.problems = append(p.problems, d)
	}
	p.lost = o.lost
}

func (t *ticks) merge(o *ticks, base int) {
	t.one += o.one
	t.two += o.two
	for _, row := range o.rows {
		if len(t.rows) < maxPlaces {
			t.rows = append(t.rows, base+row)
		}
	}
}

//gosec:disable G115 -- positions of columns and counts of rows, which are counted in int32
func appendMarks(to, from []mark, base int) []mark {
	for _, m := range from {
		to = append(to, mark{m.hash, m.row + int32(base)})
	}
	return to
}
