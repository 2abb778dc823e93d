package chart

import (
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/dejavu/dejavusans"
	"codeberg.org/go-fonts/dejavu/dejavusansbold"
	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface measures text and hands out outlines, both in font units. Liberation
// Sans has the widths of Arial, so what is measured here holds for readers who
// have either. Letters that it lacks - Arabic, many signs - are DejaVu's, whose em
// has as many units; how wide a reader's own font makes those nobody knows.
type typeface struct {
	mu     sync.Mutex // guards all below: figures are drawn side by side
	font   *sfnt.Font
	other  *sfnt.Font // for what font lacks
	buf    sfnt.Buffer
	glyphs map[rune]*glyph
	kerns  map[[2]sfnt.GlyphIndex]float64
	upem   fixed.Int26_6
}

// glyph is one character: how far it moves the pen, and its outline with y
// growing downwards.
type glyph struct {
	index    sfnt.GlyphIndex
	advance  float64
	segments sfnt.Segments
}

var faces = sync.OnceValue(func() [2]*typeface {
	return [2]*typeface{parseFace(liberationsansregular.TTF, dejavusans.TTF), parseFace(liberationsansbold.TTF, dejavusansbold.TTF)}
})

func face(bold bool) *typeface {
	if bold {
		return faces()[1]
	}
	return faces()[0]
}

func parseFace(ttf, fallback []byte) *typeface {
	f, other := parseFont(ttf), parseFont(fallback)
	return &typeface{font: f, other: other, glyphs: map[rune]*glyph{}, kerns: map[[2]sfnt.GlyphIndex]float64{}, upem: fixed.Int26_6(f.UnitsPerEm())}
}

func parseFont(ttf []byte) *sfnt.Font {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("chart: built-in font: " + err.Error())
	}
	return f
}

// glyph returns the glyph of a character. With as many pixels in an em as it
// has units, 26.6 numbers are plain font units.
func (t *typeface) glyph(r rune) *glyph {
	if g, ok := t.glyphs[r]; ok {
		return g
	}
	g := &glyph{}
	t.glyphs[r] = g
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || unicode.Is(unicode.Sk, r) && r > 0xffff { // such as a skin's colour
		return g
	}
	index, err := t.font.GlyphIndex(&t.buf, r)
	if err != nil {
		return g
	}
	g.index = index
	from := t.font
	if index == 0 {
		if i, err := t.other.GlyphIndex(&t.buf, r); err == nil && i != 0 {
			index, from = i, t.other
		}
	}
	if g.index == 0 && r >= 0x2e80 && !rightToLeft(r) {
		g.advance = 1.3 * float64(t.upem) // emoji and ideographs: the reader's own font is as wide as this
	} else if adv, err := from.GlyphAdvance(&t.buf, index, t.upem, font.HintingNone); err == nil {
		g.advance = float64(adv)
	}
	if index == 0 && unicode.Is(unicode.So, r) {
		return g // a small picture: left out, not an empty box
	}
	if segments, err := from.LoadGlyph(&t.buf, index, t.upem, nil); err == nil {
		g.segments = append(sfnt.Segments(nil), segments...) // the buffer is used again
	}
	return g
}

// has reports whether all characters of s are letters of the face that stand
// side by side from left to right.
func (t *typeface) has(s string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range s {
		if t.glyph(r).index == 0 || rightToLeft(r) {
			return false
		}
	}
	return true
}

func (t *typeface) kern(a, b sfnt.GlyphIndex) float64 {
	pair := [2]sfnt.GlyphIndex{a, b}
	if k, ok := t.kerns[pair]; ok {
		return k
	}
	k, err := t.font.Kern(&t.buf, a, b, t.upem, font.HintingNone)
	if err != nil {
		k = 0 // no such pair
	}
	t.kerns[pair] = float64(k)
	return float64(k)
}

// each calls visit with every glyph of s and the pen before it, and returns
// where the pen ends.
func (t *typeface) each(s string, visit func(g *glyph, pen float64)) float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	pen := 0.0
	var last *glyph
	for _, r := range visual(s) {
		g := t.glyph(r)
		if last != nil {
			pen += t.kern(last.index, g.index)
		}
		if visit != nil {
			visit(g, pen)
		}
		pen += g.advance
		last = g
	}
	return pen
}

// width is how wide s is at that size.
func width(s string, size float64, bold bool) float64 {
	t := face(bold)
	return t.each(s, nil) * size / float64(t.upem)
}

// wrap breaks s into lines no wider than limit, between words where that can
// be. What does not fit on the last line ends in an ellipsis.
func wrap(s string, limit, size float64, bold bool, lines int) []string {
	var out []string
	rest := strings.Fields(s)
	for len(rest) > 0 && len(out) < lines {
		n := fitting(rest, limit, size, bold)
		if n == 0 {
			head, tail := split(rest[0], limit, size, bold)
			out, rest[0] = append(out, head), tail
			continue
		}
		out, rest = append(out, strings.Join(rest[:n], " ")), rest[n:]
	}
	if len(rest) > 0 {
		last := len(out) - 1
		out[last] = ellipsis(out[last], limit, size, bold)
	}
	if len(out) == 0 {
		return []string{""}
	}
	return balanced(out)
}

// fitting is how many of the words fit on one line.
func fitting(words []string, limit, size float64, bold bool) int {
	text := ""
	for i, w := range words {
		if text != "" {
			text += " "
		}
		if text += w; width(text, size, bold) > limit {
			return i
		}
	}
	return len(words)
}

// split breaks a word that is wider than a line; the head holds at least one character.
func split(word string, limit, size float64, bold bool) (head, tail string) {
	runes := []rune(word)
	n := 1
	for n < len(runes) && width(string(runes[:n+1]), size, bold) <= limit {
		n++
	}
	return string(runes[:n]), string(runes[n:])
}

func ellipsis(s string, limit, size float64, bold bool) string {
	runes := []rune(s)
	for len(runes) > 0 && width(string(runes)+"…", size, bold) > limit {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}
