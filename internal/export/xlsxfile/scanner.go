package xlsxfile

import (
	"bytes"

	"github.com/caregap/caregap/internal/export/record"
)

// scanner reads rows. After readRow, cells are places in row: at least as many as
// the sheet has columns, those that the row leaves out empty.
type scanner struct {
	tags
	reader  *Reader
	row     []byte
	cells   []record.Cell
	tooWide bool
}

// readRow reads the row whose start tag is g; false where it is malformed.
func (s *scanner) readRow(g tag) bool {
	s.row, s.cells, s.tooWide = s.row[:0], s.cells[:0], false
	if g.empty {
		s.pad(s.reader.width)
		return true
	}
	column := 0
	for {
		_, g, ok := s.next()
		if !ok {
			return false
		}
		if g.close && string(g.name) == "row" {
			s.pad(s.reader.width)
			return true
		}
		if g.close || string(g.name) != "c" {
			continue
		}
		c, ok := s.cellOf(g.attrs, column)
		if !ok {
			return false
		}
		column = c.column + 1
		from := len(s.row)
		if !g.empty && !s.readCell(c) {
			return false
		}
		if len(s.row) > from {
			s.put(c.column, from)
		}
	}
}

// pad makes cells up to width.
func (s *scanner) pad(width int) {
	for len(s.cells) < width {
		s.cells = append(s.cells, record.Cell{})
	}
}

// put makes what was appended to row since from the cell of a column.
//
//gosec:disable G115 -- positions in a row, which the limit on cells holds under 2^32 bytes
func (s *scanner) put(column, from int) {
	if column >= s.reader.book.opt.Columns {
		s.tooWide = true
		return
	}
	s.pad(column + 1)
	s.cells[column] = record.Cell{Start: uint32(from), End: uint32(len(s.row))}
}

// cell is what the attributes of a c element say.
type cell struct {
	column int // from 0
	kind   string
	date   dateKind
}

// cellOf reads them; without a reference the cell follows the one before.
func (s *scanner) cellOf(attrs []byte, column int) (cell, bool) {
	c := cell{column: column, kind: "n"}
	for {
		name, value, rest, ok := attribute(attrs)
		if !ok {
			return c, true
		}
		attrs = rest
		switch string(name) {
		case "r":
			if c.column = columnOf(value); c.column < 0 {
				return c, false
			}
		case "s":
			if i := digits(value); i >= 0 && i < len(s.reader.book.styles) {
				c.date = s.reader.book.styles[i]
			}
		case "t":
			c.kind = kindOf(value)
		}
	}
}

// kindOf returns the cell type without making a string.
func kindOf(value []byte) string {
	for _, k := range []string{"s", "n", "str", "inlineStr", "b", "e", "d"} {
		if string(value) == k {
			return k
		}
	}
	return "n"
}

// columnOf is the column, from 0, of a reference such as AB12, or -1.
func columnOf(ref []byte) int {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	if n == 0 || digits(ref[i:]) < 1 {
		return -1
	}
	return n - 1
}

// readCell appends the text of a cell to row, up to its end tag. Nearly all cells
// are a value and nothing else, written in one way.
func (s *scanner) readCell(c cell) bool {
	if rest := s.data[s.pos:]; bytes.HasPrefix(rest, valueOpen) {
		end := len(valueOpen) + max(bytes.IndexByte(rest[len(valueOpen):], '<'), 0)
		if bytes.HasPrefix(rest[end:], valueClose) {
			s.pos += end + len(valueClose)
			return s.value(c, rest[len(valueOpen):end])
		}
	}
	for {
		_, g, ok := s.next()
		switch {
		case !ok:
			return false
		case g.close:
			if string(g.name) == "c" {
				return true
			}
		case g.empty:
		case string(g.name) == "v":
			text, end, ok := s.next()
			if !ok || !end.close || !s.value(c, text) {
				return false
			}
		case string(g.name) == "is":
			if s.row, ok = appendRich(s.row, &s.tags, "is"); !ok {
				return false
			}
		}
	}
}

var valueOpen, valueClose = []byte("<v>"), []byte("</v></c>")

// value appends a v element's text by the cell's type.
func (s *scanner) value(c cell, raw []byte) bool {
	ok := true
	if len(raw) == 0 {
		return true
	}
	switch c.kind {
	case "s":
		var text []byte
		if text, ok = s.reader.book.shared.at(digits(bytes.TrimSpace(raw))); ok {
			s.row = append(s.row, text...)
		}
	case "b":
		word := "FALSE"
		if string(raw) == "1" || string(raw) == "true" {
			word = "TRUE"
		}
		s.row = append(s.row, word...)
	case "n":
		s.number(c, raw)
	case "d":
		s.row = append(s.row, bytes.Replace(bytes.TrimSuffix(raw, []byte("Z")), []byte("T"), []byte(" "), 1)...)
	default: // str, e, inlineStr
		s.row, ok = appendText(s.row, raw)
	}
	return ok
}

// number appends a number, or the date that its format shows it as.
func (s *scanner) number(c cell, raw []byte) {
	if c.date != 0 {
		if x, ok := parseNumber(raw); ok {
			if row, ok := appendDate(s.row, x, c.date, s.reader.book.epoch); ok {
				s.row = row
				return
			}
		}
	}
	s.row = appendNumber(s.row, raw)
}
