package csvfile

import (
	"bytes"
	"slices"
)

// delimiters are what fields may be separated by, the first wins a tie.
var delimiters = []byte{',', ';', '\t', '|'}

// sepLine recognises the line "sep=;" that Excel puts before the first record,
// and does not count as a row. It returns the delimiter, 0 without such a line,
// and the text after it.
func sepLine(text []byte) (byte, []byte) {
	line, rest, _ := bytes.Cut(text, []byte{'\n'})
	line = bytes.TrimRight(line, "\r")
	if n := len(line); n > 1 && line[0] == '"' && line[n-1] == '"' {
		line = line[1 : n-1]
	}
	if len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) || !slices.Contains(delimiters, line[4]) {
		return 0, text
	}
	return line[4], rest
}

// recordEnd is LF where one stands outside quotation marks, else CR where one
// does, else LF.
func recordEnd(text []byte) byte {
	inside, cr := false, false
	for _, c := range text {
		switch {
		case c == '"':
			inside = !inside
		case inside:
		case c == '\n':
			return '\n'
		case c == '\r':
			cr = true
		}
	}
	if cr {
		return '\r'
	}
	return '\n'
}

// sniff returns the delimiter that occurs most often outside quotation marks in
// the first record that is not blank; among those, one that occurs equally often
// in the records after it goes first, for headings are full of commas. Where none
// does, there may be a title above the headings: then the one goes first that
// splits most records alike.
func sniff(text []byte, sh shape) byte {
	best, bestCount, bestSteady := delimiters[0], 0, false
	for _, d := range delimiters {
		sh.delim = d
		n, steady := fieldsOf(text, sh)
		if n < 2 || bestSteady && !steady {
			continue
		}
		if steady && !bestSteady || n > bestCount {
			best, bestCount, bestSteady = d, n, steady
		}
	}
	if !bestSteady {
		return alike(text, sh, best)
	}
	return best
}

// alike returns the delimiter that splits most of the first records into equally
// many fields, more than one; other where none does so with half of them.
func alike(text []byte, sh shape, other byte) byte {
	best, most := other, 0
	for _, d := range delimiters {
		sh.delim = d
		records, same := agreeing(text, sh)
		if 2*same >= records && same > max(1, most) {
			best, most = d, same
		}
	}
	return best
}

// agreeing counts the first records that say something, and those of them that
// have the most common number of fields.
func agreeing(text []byte, sh shape) (records, same int) {
	data := append(append(pad(0), text...), make([]byte, slack)...)
	s := scanner{shape: sh, data: data, end: len(text), quotes: true}
	times := map[int]int{}
	for records < 20 && s.next() {
		if s.problem != fine || s.pos > s.end || isBlank(s.data, s.start, s.pos) {
			continue
		}
		records++
		if n := len(s.cells); n > 1 {
			times[n]++
			same = max(same, times[n])
		}
	}
	return records, same
}

// fieldsOf counts the fields of the first record, and says whether those after it
// have as many.
func fieldsOf(text []byte, sh shape) (fields int, steady bool) {
	data := append(append(pad(0), text...), make([]byte, slack)...)
	s := scanner{shape: sh, data: data, end: len(text), quotes: true}
	more := 0
	for more < 10 && s.next() {
		switch {
		case s.pos > s.end && fields > 0, s.problem != fine: // perhaps cut off
		case fields == 0 && isBlank(s.data, s.start, s.pos):
		case fields == 0:
			fields = len(s.cells)
		case len(s.cells) == 1: // a blank line
		case len(s.cells) != fields:
			return fields, false
		default:
			more++
		}
	}
	return fields, more > 0
}

func isBlank(data []byte, from, to int) bool {
	return len(bytes.Trim(data[from:min(to, len(data))], " \t\r\n\x00,;|")) == 0
}
