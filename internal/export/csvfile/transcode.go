package csvfile

import (
	"encoding/binary"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// reader returns the text of r, which stands after the byte order mark, as UTF-8.
func (t Text) reader(r io.Reader) io.Reader {
	switch {
	case t.Encoding == UTF16LE:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case t.Encoding == UTF16BE:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case t.Encoding == Windows1252:
		return transform.NewReader(r, newTable(charmap.Windows1252, false))
	case t.Encoding == Macintosh:
		return transform.NewReader(r, newTable(charmap.Macintosh, false))
	case t.Repaired > 0:
		return transform.NewReader(r, newTable(charmap.Windows1252, true))
	}
	return r
}

// table turns single bytes into UTF-8. It passes runs of ASCII on eight bytes at a
// time, which charmap's own decoder does not. With mixed set, what is UTF-8
// already stays.
type table struct {
	transform.NopResetter
	chars [256]string
	mixed bool
}

func newTable(m *charmap.Charmap, mixed bool) *table {
	t := &table{mixed: mixed}
	for i := range t.chars {
		t.chars[i] = string(m.DecodeByte(byte(i)))
	}
	return t
}

// Transform implements transform.Transformer.
func (t *table) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		n := copy(dst[nDst:], src[nSrc:nSrc+asciiRun(src[nSrc:])])
		nDst, nSrc = nDst+n, nSrc+n
		if nSrc == len(src) {
			break
		}
		char, size := t.chars[src[nSrc]], 1
		if t.mixed {
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			if c, n := utf8.DecodeRune(src[nSrc:]); c != utf8.RuneError || n > 1 {
				char, size = string(src[nSrc:nSrc+n]), n
			}
		}
		if len(dst)-nDst < len(char) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], char)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// asciiRun is the length of the ASCII text that src begins with.
func asciiRun(src []byte) int {
	i := 0
	for i+8 <= len(src) && binary.LittleEndian.Uint64(src[i:])&0x8080808080808080 == 0 {
		i += 8
	}
	for i < len(src) && src[i] < utf8.RuneSelf {
		i++
	}
	return i
}
