package csvfile

import (
	"bytes"

	"github.com/caregap/caregap/internal/export/record"
)

// quoted reads a record that has quotation marks, by RFC 4180 and nothing looser:
// a field is quoted as a whole or not at all; in a file whose head shows that they
// do, spaces may stand around one. Doubled marks are made single where
// they stand, so cells remain places in data. On a problem the scan goes on after
// the record end that follows it.
func (s *scanner) quoted() {
	at := s.pos
	for {
		if at < s.end && s.data[at] == '"' {
			next, more := s.quotedField(at)
			if !more {
				return
			}
			at = next
			continue
		}
		next, more := s.plainFields(at)
		if !more {
			return
		}
		at = next
	}
}

// plainFields reads unquoted fields from at up to a quoted one, which begins at
// next, or to the end of the record.
func (s *scanner) plainFields(at int) (next int, more bool) {
	if at > s.stop {
		s.stop = s.lineEnd(at) // once a line: a line may be long, and have many marks
	}
	stop := s.stop
	mark := bytes.IndexByte(s.data[at:stop], '"')
	if mark < 0 {
		s.pos = stop + 1
		s.plain(at, s.trim(at, stop))
		if s.open && stop == s.end {
			s.problem = tooLarge
		}
		return 0, false
	}
	mark += at
	end := mark
	for end > at && s.data[end-1] == ' ' {
		end--
	}
	s.spaced = end < mark && (end == at || s.data[end-1] == s.delim)
	switch {
	case s.spaced && s.loose && end == at:
		return mark, true
	case s.spaced && s.loose:
	case s.data[mark-1] != s.delim:
		s.field = len(s.cells) + bytes.Count(s.data[at:mark], []byte{s.delim})
		return s.fail(stray, mark)
	}
	if s.plain(at, end-1); s.problem != fine {
		return s.fail(s.problem, mark)
	}
	return mark, true
}

// quotedField reads the field whose opening mark is at.
//
//gosec:disable G115 -- positions in a chunk, which is held under 2^32 bytes by the limit on cells
func (s *scanner) quotedField(at int) (next int, more bool) {
	begin, to, from := at+1, at+1, at+1
	for {
		n := bytes.IndexByte(s.data[from:s.end], '"')
		if n < 0 {
			s.field = len(s.cells)
			s.problem, s.pos = unterminated, s.end
			if s.open {
				s.problem = tooLarge
			}
			return 0, false
		}
		if to != from {
			copy(s.data[to:], s.data[from:from+n])
		}
		to, from = to+n, from+n+1
		if from >= s.end || s.data[from] != '"' {
			break
		}
		s.data[to] = '"'
		to, from = to+1, from+1
	}
	if to-begin > s.opt.CellBytes {
		return s.fail(tooLarge, from)
	}
	if len(s.cells) >= s.opt.Columns {
		return s.fail(tooMany, from)
	}
	s.cells = append(s.cells, record.Cell{Start: uint32(begin), End: uint32(to)})
	return s.after(from)
}

// after looks at what follows a closing mark: a delimiter or the record's end.
func (s *scanner) after(at int) (next int, more bool) {
	from := at
	for at < s.end && s.data[at] == ' ' && s.delim != ' ' {
		at++
	}
	s.spaced = at > from && (at >= s.end || s.data[at] == s.delim || s.data[at] == '\r' || s.data[at] == s.eol)
	if !s.loose {
		at = from
	}
	if at < s.end && s.data[at] == s.delim {
		return at + 1, true
	}
	for s.eol == '\n' && at < s.end && s.data[at] == '\r' {
		at++
	}
	if at >= s.end || s.data[at] == s.eol {
		s.pos = at + 1
		return 0, false
	}
	s.field = len(s.cells) - 1
	return s.fail(stray, at)
}

// fail gives the record up and goes on behind the record end that follows at.
func (s *scanner) fail(p problem, at int) (int, bool) {
	s.problem, s.pos = p, s.lineEnd(at)+1
	return 0, false
}
