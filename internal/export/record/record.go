// Package record holds what the scanners of both file formats hand on: a record
// as one run of bytes with the places of its cells, and a bounded list of what
// was wrong with records.
package record

import "github.com/caregap/caregap/internal/diag"

// Cell is the place of one field in the bytes of its record: data[Start:End].
type Cell struct{ Start, End uint32 }

// Func takes one record: its number among the chunk's records, from 0, blank and
// header records counted, and its cells as places in data. Neither may be kept.
type Func func(number int, data []byte, cells []Cell)

// Blank reports whether every cell is empty or white space, no-break spaces
// included.
func Blank(data []byte, cells []Cell) bool {
	for _, c := range cells {
		if !blank(data[c.Start:c.End]) {
			return false
		}
	}
	return true
}

func blank(text []byte) bool {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' || c >= '\t' && c <= '\r':
		case c == 0xC2 && i+1 < len(text) && text[i+1] == 0xA0: // U+00A0
			i++
		default:
			return false
		}
	}
	return true
}

// perCode is how many problems of one code a chunk reports in full. A file of a
// million ragged rows would otherwise be a million messages.
const perCode = 20

// Problems collects a chunk's problems, the first of each code in full.
type Problems struct {
	list  []diag.Diagnostic
	count map[string]int
}

// Add notes a problem unless there are many of its code already.
func (p *Problems) Add(d diag.Diagnostic) {
	if p.count == nil {
		p.count = make(map[string]int)
	}
	p.count[d.Code]++
	if p.count[d.Code] <= perCode {
		p.list = append(p.list, d)
	}
}

// List returns the problems in the order they were met. Where some were left
// out, the last of their code says how many.
func (p *Problems) List() []diag.Diagnostic {
	said := make(map[string]bool)
	for i := len(p.list) - 1; i >= 0; i-- {
		d := &p.list[i]
		if more := p.count[d.Code] - perCode; more > 0 && !said[d.Code] {
			d.Message += andMore(more)
		}
		said[d.Code] = true
	}
	return p.list
}
