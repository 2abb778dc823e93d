package xlsxfile

import (
	"bytes"
	"math"
	"strconv"
	"unicode/utf8"
)

func appendTwo(dst []byte, n int64) []byte {
	if n < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, n, 10)
}

// appendNumber writes a number as the shortest text that reads back the same,
// without an exponent as long as it is of a size that people use. What is no
// number stays as it is.
func appendNumber(dst, raw []byte) []byte {
	if isPlainInteger(raw) {
		return append(dst, raw...)
	}
	x, ok := parseNumber(raw)
	if !ok {
		return append(dst, raw...)
	}
	return appendFloat(dst, x)
}

func appendFloat(dst []byte, x float64) []byte {
	format := byte('f')
	if a := math.Abs(x); a >= 1e21 || a < 1e-9 {
		format = 'g'
	}
	return strconv.AppendFloat(dst, x+0, format, -1, 64) // + 0: no negative zero
}

// isPlainInteger is true of what needs no reading: up to 15 digits, which every
// float64 has, and no leading zero.
func isPlainInteger(raw []byte) bool {
	if len(raw) > 1 && raw[0] == '-' && raw[1] != '0' {
		raw = raw[1:]
	}
	if len(raw) == 0 || len(raw) > 15 || raw[0] == '0' && len(raw) > 1 {
		return false
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// parseNumber reads an XML Schema double, but no infinities and no NaN.
func parseNumber(raw []byte) (float64, bool) {
	raw = bytes.TrimSpace(raw)
	for _, c := range raw {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(string(raw), 64)
	return x, err == nil
}

// appendText writes XML character data as text: entities and character references
// resolved, line ends as line feeds, and the escapes of ST_Xstring (_x000D_)
// undone. ok is false where it is not well formed.
func appendText(dst, raw []byte) (out []byte, ok bool) {
	for {
		i := bytes.IndexAny(raw, "&\r_")
		if i < 0 {
			return append(dst, raw...), true
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i:]
		switch raw[0] {
		case '\r':
			dst = append(dst, '\n')
			raw = bytes.TrimPrefix(raw[1:], []byte{'\n'})
		case '_':
			if c, found := xEscape(raw); found {
				dst, raw = utf8.AppendRune(dst, c), raw[7:]
				continue
			}
			dst, raw = append(dst, '_'), raw[1:]
		case '&':
			end := bytes.IndexByte(raw, ';')
			c := rune(-1)
			if end > 0 && end < 12 {
				c = entity(string(raw[1:end]))
			}
			if c < 0 {
				return dst, false
			}
			dst, raw = utf8.AppendRune(dst, c), raw[end+1:]
		}
	}
}

// xEscape reads _xHHHH_.
//
//gosec:disable G115 -- parsed with 32 bits or fewer, and checked to be a character
func xEscape(raw []byte) (rune, bool) {
	if len(raw) < 7 || raw[1] != 'x' || raw[6] != '_' {
		return 0, false
	}
	c, err := strconv.ParseUint(string(raw[2:6]), 16, 32)
	return rune(c), err == nil
}

// entity is the character that &name; stands for, or -1.
//
//gosec:disable G115 -- parsed with 32 bits or fewer, and checked to be a character
func entity(name string) rune {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	if len(name) < 2 || name[0] != '#' {
		return -1
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	c, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(c)) || c == 0 {
		return -1
	}
	return rune(c)
}
