package csvfile

import (
	"bytes"

	"github.com/caregap/caregap/internal/export/record"
)

// scanner walks over whole records. After next, cells are the record's fields,
// start and pos its first byte and the first byte after its record end.
type scanner struct {
	shape
	data   []byte // the records, with slack bytes behind them
	end    int    // of the records in data
	open   bool   // the last record may lack its end: a limit cut it off
	quotes bool   // there are quotation marks at all

	start, pos int
	stop       int // the next line end, for quoted
	cells      []record.Cell
	problem    problem
	field      int  // that the problem is in, from 0
	spaced     bool // nothing but spaces stand between it and where a quotation mark may be
}

// next reads one record and reports false at the end.
func (s *scanner) next() bool {
	if s.pos >= s.end {
		return false
	}
	if s.eol == '\r' && s.data[s.pos] == '\n' {
		s.pos++ // CR LF in a file that began with lone CR
	}
	s.start, s.cells, s.problem = s.pos, s.cells[:0], fine
	stop := s.lineEnd(s.pos)
	s.stop = stop
	line := s.data[s.pos:stop]
	if s.quotes && bytes.IndexByte(line, '"') >= 0 {
		s.quoted()
	} else {
		s.pos = stop + 1
		s.plain(s.start, s.trim(s.start, stop))
	}
	if s.open && s.pos >= s.end {
		s.problem = tooLarge // also where its last mark closed a field: more of it was cut off
	}
	return true
}

// lineEnd is the place of the next record end byte, or the end.
func (s *scanner) lineEnd(from int) int {
	if i := bytes.IndexByte(s.data[from:s.end], s.eol); i >= 0 {
		return from + i
	}
	return s.end
}

// trim drops the carriage returns before a line feed; some writers put two.
func (s *scanner) trim(from, to int) int {
	if s.eol != '\n' {
		return to
	}
	for to > from && s.data[to-1] == '\r' {
		to--
	}
	return to
}

// plain appends the fields of data[start:end], which has no quotation mark.
func (s *scanner) plain(start, end int) {
	if end-start > s.opt.CellBytes && !s.within(start, end) {
		return
	}
	s.split(start, end)
}

// within checks the limits of a very long run of fields before it is split.
func (s *scanner) within(start, end int) bool {
	line := s.data[start:end]
	if bytes.Count(line, []byte{s.delim})+len(s.cells) >= s.opt.Columns {
		s.problem = tooMany
		return false
	}
	for len(line) > 0 {
		n := bytes.IndexByte(line, s.delim)
		if n < 0 {
			n = len(line)
		}
		if n > s.opt.CellBytes {
			s.problem = tooLarge
			return false
		}
		line = line[min(n+1, len(line)):]
	}
	return true
}
