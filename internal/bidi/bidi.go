// Package bidi keeps texts that run from right to left from moving what stands
// beside them.
//
//  1. A study may be in Arabic or Hebrew, and its titles and labels stand in English
//     sentences and beside numbers. A reader's program orders such a line by the
//     Unicode bidirectional algorithm (UAX #9), and a number after an Arabic name
//     would be drawn before it: "+2.1" becomes "2.1+".
//  2. Isolate puts such a text between a first strong isolate and a pop directional
//     isolate: it is ordered by itself, and the line as if a single letter stood in
//     its place. Texts without letters from right to left are left as they are.
//  3. Bare takes isolates away, for files that machines read and for terminals, and
//     Cell for a text that fills a cell of its own, where nothing stands beside it.
package bidi

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

const (
	begin = "\u2068" // first strong isolate
	end   = "\u2069" // pop directional isolate
)

// Isolate returns text so that it can stand within any other text.
func Isolate(text string) string {
	if !strings.ContainsFunc(text, turns) {
		return text
	}
	return begin + Bare(text) + end
}

// turns reports whether a character is, or begins, text from right to left.
func turns(r rune) bool {
	if r < 0x0590 {
		return false
	}
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.R, bidi.AL, bidi.AN:
		return true
	case bidi.LRE, bidi.LRO, bidi.LRI, bidi.RLE, bidi.RLO, bidi.RLI, bidi.FSI, bidi.PDF, bidi.PDI:
		return true
	}
	return false
}

// Bare returns text without isolates.
func Bare(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, text)
}

// Cell returns a text that is all of one isolate bare, and any other as it is.
func Cell(text string) string {
	inner, ok := strings.CutPrefix(text, begin)
	if !ok {
		return text
	}
	if inner, ok = strings.CutSuffix(inner, end); !ok || inner != Bare(inner) {
		return text
	}
	return inner
}
