package csvfile

import (
	"bytes"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// Chunk is a run of whole records.
type Chunk struct {
	reader *Reader
	buf    []byte // with slack
	data   []byte // the records, a part of buf
	base   int    // records before data that belong to this chunk: the headings
	quotes bool
	open   bool
	cells  []record.Cell
}

// Scan calls fn for each record that is not blank and has as many fields as the
// header; one with more is cut to it if the surplus is empty, since some
// platforms write a trailing delimiter. It returns the number of records in the
// chunk, headings and blank ones included, and what was wrong, placed in rows
// counted from the chunk's first. It may be called once.
func (c *Chunk) Scan(fn record.Func) (int, []diag.Diagnostic) {
	s := scanner{
		shape: c.reader.shape, data: c.data[:len(c.data)+slack], end: len(c.data),
		open: c.open, quotes: c.quotes, cells: c.cells,
	}
	var problems record.Problems
	number := c.base
	nul := bytes.IndexByte(c.data, 0)
	for ; s.next(); number++ {
		if nul >= 0 && nul < s.pos {
			problems.Add(record.NUL(number))
			nul = s.nextNUL()
			continue
		}
		if s.problem != fine {
			problems.Add(s.diagnostic(number))
			continue
		}
		if record.Blank(s.data, s.cells) {
			continue
		}
		if len(s.cells) != s.width && !s.fit() {
			problems.Add(record.Ragged(number, len(s.cells), s.width))
			continue
		}
		fn(number, s.data, s.cells)
	}
	c.cells = s.cells
	return number, problems.List()
}

// fit cuts empty surplus fields off, and lets those be missing that may be.
func (s *scanner) fit() bool {
	if s.least > 0 && len(s.cells) >= s.least && len(s.cells) < s.width {
		return true
	}
	if len(s.cells) < s.width || !record.Blank(s.data, s.cells[s.width:]) {
		return false
	}
	s.cells = s.cells[:s.width]
	return true
}

func (s *scanner) nextNUL() int {
	if s.pos >= s.end {
		return -1
	}
	if i := bytes.IndexByte(s.data[s.pos:s.end], 0); i >= 0 {
		return s.pos + i
	}
	return -1
}

func (s *scanner) diagnostic(number int) diag.Diagnostic {
	switch s.problem {
	case stray:
		return record.StrayQuote(number, s.field)
	case unterminated:
		return record.UnterminatedQuote(number)
	case tooMany:
		return record.TooMany(number, s.opt.Columns)
	}
	return record.TooLarge(number, "a field of this row", int64(s.opt.CellBytes))
}

// Release gives the chunk's memory back to its Reader.
func (c *Chunk) Release() {
	if cap(c.buf) > c.reader.shape.opt.ChunkBytes+slack {
		return // it had grown for one long record
	}
	select {
	case c.reader.release <- c:
	default:
	}
}
