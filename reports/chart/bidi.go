package chart

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// rightToLeft reports whether a character belongs to a script of that direction,
// whose letters join or are reordered.
func rightToLeft(r rune) bool { return r >= 0x0590 && r <= 0x08ff || r >= 0xfb1d && r <= 0xfefc }

// visual puts a line's characters into the order in which they stand from left to
// right. The line itself runs from left to right, as all of a drawing does.
func visual(s string) string {
	if !strings.ContainsFunc(s, rightToLeft) {
		return s
	}
	const mark = "\u200e" // the first character decides on the line's direction
	var p bidi.Paragraph
	if _, err := p.SetString(mark + s); err != nil {
		return s
	}
	order, err := p.Order()
	if err != nil {
		return s
	}
	var runs []run
	for i := range order.NumRuns() {
		r := order.Run(i)
		runs = append(runs, run{r.String(), r.Direction() == bidi.RightToLeft})
	}
	return strings.TrimPrefix(arranged(runs), mark)
}

// run is a stretch of characters of one direction.
type run struct {
	text      string
	backwards bool
}

// number reports whether a run holds nothing that has a direction of its own but
// digits, which then go with the script around them.
func (r run) number() bool {
	return !r.backwards && !strings.ContainsFunc(r.text, func(c rune) bool {
		p, _ := bidi.LookupRune(c)
		return p.Class() == bidi.L
	})
}

// arranged joins runs in visual order: stretches that run from right to left, with
// numbers that lie within, are turned round as a whole; a number keeps its digits.
func arranged(runs []run) string {
	var b strings.Builder
	for i := 0; i < len(runs); {
		if !runs[i].backwards {
			b.WriteString(runs[i].text)
			i++
			continue
		}
		end := i + 1
		for end+1 < len(runs) && runs[end].number() && runs[end+1].backwards {
			end += 2
		}
		for _, r := range slices.Backward(runs[i:end]) {
			if r.backwards {
				b.WriteString(bidi.ReverseString(r.text))
				continue
			}
			b.WriteString(r.text)
		}
		i = end
	}
	return b.String()
}
