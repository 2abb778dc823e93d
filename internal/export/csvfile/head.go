package csvfile

import (
	"bytes"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// HeadRecords is how many records a Head holds at most.
const HeadRecords = 40

// Head is the beginning of a file: the blank records before the first one that
// says something, and the records from there on, blank ones among them included.
type Head struct {
	Lead  int
	Rows  [][]string
	Whole bool // there is nothing after Rows

	ends []int // offset after each record, blank leading ones included
}

// readHead reads as much as shows the dialect and the first records.
func (r *Reader) readHead() error {
	buf := pad(64 << 10)
	n, ended := 0, false
	for {
		filled, end, err := fill(r.in, buf[n:])
		if err != nil {
			return err
		}
		n, ended = n+filled, end
		if ended || n >= 2*r.shape.opt.CellBytes || enough(buf[:n]) {
			break
		}
		grown := pad(2 * len(buf))
		copy(grown, buf[:n])
		buf = grown
	}
	text := buf[:n]
	delim, rest := sepLine(text)
	text = rest
	r.shape.eol = recordEnd(text)
	if r.shape.delim = delim; delim == 0 {
		r.shape.delim = sniff(text, r.shape)
	}
	if err := r.parseHead(text, ended); err != nil {
		return err
	}
	r.head = text
	return nil
}

// loosen begins the head again where its first quotation mark in the wrong place
// stands beside spaces: people put them after commas.
func (r *Reader) loosen(s *scanner, text []byte, ended bool) (bool, error) {
	if s.problem != stray || !s.spaced || r.shape.loose {
		return false, nil
	}
	r.shape.loose, r.Head = true, Head{}
	return true, r.parseHead(text, ended)
}

// enough reports whether text surely holds all of a head's records.
func enough(text []byte) bool {
	eol := recordEnd(text)
	ends, inside := 0, false
	for _, c := range text {
		switch {
		case c == '"':
			inside = !inside
		case c == eol && !inside:
			ends++
		}
	}
	return ends > 2*HeadRecords
}

// parseHead takes the records up to the first that something is wrong with. It
// splits a copy of the head, for splitting changes what it reads.
func (r *Reader) parseHead(text []byte, ended bool) error {
	size := len(text)
	if !ended {
		if cut := lastEnd(text, r.shape.eol, bytes.Count(text, []byte{'"'})); cut > 0 {
			size = cut
		}
	}
	data := append(pad(0), text[:size]...)
	data = append(data, make([]byte, slack)...)
	s := scanner{shape: r.shape, data: data, end: size, quotes: true, open: !ended && size == len(text)}
	h := &r.Head
	for len(h.Rows) < HeadRecords && s.next() {
		if again, err := r.loosen(&s, text, ended); again {
			return err
		}
		if d := s.headProblem(len(h.ends)); d != nil && len(h.Rows) == 0 {
			return &diag.Problems{Diagnostics: []diag.Diagnostic{*d}}
		} else if d != nil {
			return nil // Scan comes to it, and to what else is wrong
		}
		h.ends = append(h.ends, min(s.pos, size))
		if len(h.Rows) == 0 && record.Blank(s.data, s.cells) {
			h.Lead++
			continue
		}
		h.Rows = append(h.Rows, texts(s.data, s.cells))
	}
	h.Whole = ended && s.pos >= s.end
	if len(h.Rows) == 0 {
		return ErrEmpty
	}
	return nil
}

func (s *scanner) headProblem(number int) *diag.Diagnostic {
	if bytes.IndexByte(s.data[s.start:min(s.pos, s.end)], 0) >= 0 {
		d := record.NUL(number)
		return &d
	}
	if s.problem == fine {
		return nil
	}
	d := s.diagnostic(number)
	return &d
}

func texts(data []byte, cells []record.Cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = string(data[c.Start:c.End])
	}
	return out
}
