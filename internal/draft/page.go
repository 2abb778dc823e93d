package draft

import (
	"strings"
)

// page is a study file in the making, line by line.
type page struct{ lines []line }

// line is one line. A line that is off has a # before its text, and counts once that
// is taken away.
type line struct {
	indent int
	text   string
	note   string // a comment behind the text
	off    bool
}

// block is an entry: its first line, and what stands under it.
type block struct {
	lines []line
	off   bool
}

// say adds a comment of its own, broken into lines.
func (p *page) say(indent int, text string) {
	for _, l := range wrap(remark(text), 96-indent) {
		p.lines = append(p.lines, line{indent: indent, text: "# " + l})
	}
}

func (p *page) gap() { p.lines = append(p.lines, line{}) }

func (p *page) put(indent int, text, note string) {
	p.lines = append(p.lines, line{indent: indent, text: text, note: note})
}

// section adds a heading with blocks under it, two columns further in. Without a
// block that counts the heading does not count either: a key needs a value.
func (p *page) section(heading string, blocks []block, remarks ...string) {
	if len(blocks) == 0 && len(remarks) == 0 {
		return
	}
	p.gap()
	for _, r := range remarks {
		p.say(0, r)
	}
	if len(blocks) == 0 {
		return
	}
	live := anyOn(blocks)
	p.lines = append(p.lines, line{text: heading, off: !live})
	for _, b := range blocks {
		p.block(b)
	}
}

func anyOn(blocks []block) bool {
	for _, b := range blocks {
		if !b.off {
			return true
		}
	}
	return false
}

func (p *page) block(b block) {
	for _, l := range b.lines {
		l.off = l.off || b.off && !strings.HasPrefix(l.text, "#")
		p.lines = append(p.lines, l)
	}
}

// String writes the page. Comments behind a text stand two spaces after it.
func (p *page) String() string {
	var b strings.Builder
	for _, l := range p.lines {
		b.WriteString(strings.TrimRight(l.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

func (l line) String() string {
	text := l.text
	if l.off {
		text = "#" + text
	}
	text = strings.Repeat(" ", l.indent) + text
	if note := remark(l.note); note != "" {
		text += "  # " + note
	}
	return text
}

// wrap breaks a text into lines of at most width characters where it has spaces.
func wrap(text string, width int) []string {
	var out []string
	rest := ""
	for _, word := range strings.Fields(text) {
		if rest != "" && len([]rune(rest))+1+len([]rune(word)) > width {
			out, rest = append(out, rest), ""
		}
		rest = strings.TrimSpace(rest + " " + word)
	}
	return append(out, rest)
}
