package xlsxfile

import (
	"unicode/utf8"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// Chunk is a run of whole rows of a sheet.
type Chunk struct {
	reader *Reader
	data   []byte // XML
	first  int    // number of the row it begins with, present or not
	after  int    // number of the row after it
	row    []byte
	cells  []record.Cell
}

// First is the number, from 1, of the row that record 0 of the chunk is.
func (c *Chunk) First() int { return c.first }

// Scan calls fn for each row after the headings that is not blank, with as many
// cells as the sheet has columns. Rows that the sheet leaves out are blank
// records. It returns the number of records, and what was wrong, placed in rows
// counted from the chunk's first.
func (c *Chunk) Scan(fn record.Func) (int, []diag.Diagnostic) {
	records := c.after - c.first
	var problems record.Problems
	if !utf8.Valid(c.data) {
		problems.Add(record.Damaged(0))
		return records, problems.List()
	}
	s := scanner{tags: tags{data: c.data}, reader: c.reader, row: c.row, cells: c.cells}
	next := c.first
	for {
		_, g, ok := s.next()
		if s.refused {
			problems.Add(record.Damaged(next - c.first))
		}
		if !ok {
			break
		}
		if g.close || string(g.name) != "row" {
			continue
		}
		number := next
		if n := rowNumber(g.attrs); n != 0 {
			number = n
		}
		if number < next || !s.readRow(g) {
			problems.Add(record.Damaged(max(next-c.first, 0)))
			break
		}
		next = number + 1
		if number <= c.reader.headings || record.Blank(s.row, s.cells) {
			continue
		}
		if d := s.check(number - c.first); d != nil {
			problems.Add(*d)
			if d.Severity == diag.Error || record.Blank(s.row, s.cells) {
				continue
			}
		}
		fn(number-c.first, s.row, s.cells)
	}
	c.row, c.cells = s.row, s.cells
	return records, problems.List()
}

// check cuts the row to the width of the headings and says what is wrong with it. A
// note that somebody put right of the table does not make its row another: cells
// of a sheet have their places.
func (s *scanner) check(number int) *diag.Diagnostic {
	width, limit := s.reader.width, s.reader.book.opt.CellBytes
	var d diag.Diagnostic
	switch {
	case s.tooWide:
		d = record.TooMany(number, s.reader.book.opt.Columns)
	case len(s.row) > limit && s.longest() > limit:
		d = record.TooLarge(number, "a cell of this row", int64(limit))
	case width == asItComes:
		return nil
	case len(s.cells) > width && !record.Blank(s.row, s.cells[width:]):
		d = record.BeyondHeadings(number, len(s.cells), width)
		s.cells = s.cells[:width]
	default:
		s.cells = s.cells[:width]
		return nil
	}
	return &d
}

func (s *scanner) longest() int {
	n := 0
	for _, c := range s.cells {
		n = max(n, int(c.End-c.Start))
	}
	return n
}

// Release gives the chunk's memory back to its Reader.
func (c *Chunk) Release() {
	if cap(c.data) > 2*c.reader.book.opt.ChunkBytes {
		c.data = nil
	}
	select {
	case c.reader.release <- c:
	default:
	}
}
