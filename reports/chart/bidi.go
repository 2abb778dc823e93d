package chart

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// rightToLeft reports whether a character belongs to a script of that direction,
// whose letters join or are reordered.
func rightToLeft(r rune) bool {
	return r >= 0x0590 && r <= 0x08ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc
}

// Names that run from right to left come in isolates; see package bidi.
const (
	isolateOpen  = '\u2068'
	isolateClose = '\u2069'
	leftToRight  = "\u200e" // a mark that begins a line of that direction
)

// visual puts a line's characters into the order in which they stand from left to
// right. The line itself runs from left to right, as all of a drawing does; an
// isolate within it runs as its first letter does.
func visual(s string) string {
	if !strings.ContainsFunc(s, rightToLeft) {
		return s
	}
	var b strings.Builder
	for s != "" {
		before, rest, found := strings.Cut(s, string(isolateOpen))
		b.WriteString(strings.TrimPrefix(arranged(runsOf(leftToRight+before)), leftToRight))
		if !found {
			break
		}
		var inner string
		inner, s, _ = strings.Cut(rest, string(isolateClose))
		b.WriteString(isolated(inner))
	}
	return b.String()
}

// isolated puts the characters of an isolate into order.
func isolated(s string) string {
	first := strings.IndexFunc(s, func(r rune) bool {
		p, _ := bidi.LookupRune(r)
		return p.Class() == bidi.L || p.Class() == bidi.R || p.Class() == bidi.AL
	})
	if first < 0 || !rightToLeft([]rune(s[first:])[0]) {
		return strings.TrimPrefix(arranged(runsOf(leftToRight+s)), leftToRight)
	}
	var b strings.Builder
	for _, r := range slices.Backward(runsOf(s)) {
		b.WriteString(r.ordered())
	}
	return b.String()
}

// runsOf parts a text into runs, in the order they are read.
func runsOf(s string) []run {
	var p bidi.Paragraph
	if _, err := p.SetString(shaped(s)); err != nil {
		return []run{{text: s}}
	}
	order, err := p.Order()
	if err != nil {
		return []run{{text: s}}
	}
	var out []run
	for i := range order.NumRuns() {
		r := order.Run(i)
		out = append(out, run{r.String(), r.Direction() == bidi.RightToLeft})
	}
	return out
}

// balanced closes an isolate that goes on in the next line, and opens it there.
func balanced(lines []string) []string {
	within := false
	for i, s := range lines {
		if within {
			s = string(isolateOpen) + s
		}
		within = strings.LastIndex(s, string(isolateOpen)) > strings.LastIndex(s, string(isolateClose))
		if within {
			s += string(isolateClose)
		}
		lines[i] = s
	}
	return lines
}

// run is a stretch of characters of one direction.
type run struct {
	text      string
	backwards bool
}

// ordered is the run from left to right.
func (r run) ordered() string {
	if r.backwards {
		return bidi.ReverseString(r.text)
	}
	return r.text
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
			b.WriteString(r.ordered())
		}
		i = end
	}
	return b.String()
}
