package workbook

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/bidi"
)

// clean drops what XML 1.0 does not allow, makes line breaks and tabs spaces,
// and trims: a cell never begins or ends with a space. A text that is all that its
// cell holds needs no isolate.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(allowed, strings.ToValidUTF8(bidi.Cell(s), "")))
}

func allowed(r rune) rune {
	switch {
	case unicode.IsControl(r) && unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r == '\ufffe', r == '\uffff':
		return -1
	}
	return r
}

// sentence ends s with a full stop unless it ends one already.
func sentence(s string) string {
	s = clean(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// cut shortens s to at most n characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}
