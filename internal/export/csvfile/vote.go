package csvfile

import (
	"bufio"
	"io"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// votes weigh the bytes of a file that is not UTF-8. Each byte over 0x7F is read
// in both single-byte encodings; a reading that makes sense between its
// neighbours scores, one that does not costs.
type votes struct {
	valid, invalid int // multi-byte UTF-8 characters; bytes that are part of none
	windows, mac   int
}

// mostlyUTF8 is true where a few foreign bytes stand in a UTF-8 file.
func (v votes) mostlyUTF8() bool { return v.valid > 4*v.invalid }

// winner prefers Windows-1252 on equal votes: it is by far the commoner.
func (v votes) winner() Encoding {
	if v.mac > v.windows {
		return Macintosh
	}
	return Windows1252
}

//gosec:disable G115 -- compared with ASCII only
func count(r io.Reader) (votes, error) {
	var v votes
	in := bufio.NewReaderSize(r, 256<<10)
	before := byte('\n')
	for {
		c, n, err := in.ReadRune()
		if err == io.EOF {
			return v, nil
		}
		if err != nil {
			return v, err
		}
		switch {
		case n > 1:
			v.valid++
			before = 'x'
			continue
		case c != utf8.RuneError:
			before = byte(c)
			continue
		}
		if err := in.UnreadRune(); err != nil {
			return v, err
		}
		b, err := in.ReadByte()
		if err != nil {
			return v, err
		}
		v.invalid++
		v.windows += sense(charmap.Windows1252, before, b)
		v.mac += sense(charmap.Macintosh, before, b)
		before = b
	}
}

// sense scores one byte in one encoding by the byte before it. Punctuation that
// word processors put into text and no-break spaces count most; a capital inside
// a word counts against.
func sense(m *charmap.Charmap, before, b byte) int {
	c := m.DecodeByte(b)
	inWord := unicode.IsLower(m.DecodeByte(before))
	switch {
	case c == utf8.RuneError || unicode.IsControl(c):
		return -3
	case isTypographic(c):
		return 3
	case unicode.IsLower(c) && unicode.IsLetter(m.DecodeByte(before)):
		return 2
	case unicode.IsUpper(c) && inWord:
		return -3
	case unicode.IsLetter(c):
		return 0
	}
	return -1
}

func isTypographic(c rune) bool {
	switch c {
	case '\u00a0', '‘', '’', '“', '”', '–', '—', '…', '•', '£', '€', '½', '°', '·':
		return true
	}
	return false
}
