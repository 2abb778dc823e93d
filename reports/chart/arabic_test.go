package chart

import "testing"

func TestShaped(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no such letters", "Lack of time", "Lack of time"},
		{"alone", "\u0628", "\ufe8f"},
		{"beginning, middle, end", "\u0628\u0628\u0628", "\ufe91\ufe92\ufe90"},
		{"a letter that does not join the next", "\u0628\u062f\u0628", "\ufe91\ufeaa\ufe8f"},
		{"the last of the table", "\u064a\u064a", "\ufef3\ufef2"},
		{"lam and alef are one", "\u0633\u0644\u0627\u0645", "\ufeb3\ufefc\ufee1"},
		{"words are apart", "\u0628 \u0628", "\ufe8f \ufe8f"},
		{"a mark above does not part", "\u0628\u064e\u0628", "\ufe91\ufe90"},
		{"a letter of one form", "\u0628\u0621\u0628", "\ufe8f\ufe80\ufe8f"},
		{"Persian", "\u06af\u06cc", "\ufb94\ufbfd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shaped(c.text); got != c.want {
				t.Errorf("%+q, want %+q", got, c.want)
			}
		})
	}
}

// Every form that letters are replaced by has a glyph.
func TestFormsAreDrawn(t *testing.T) {
	for r, f := range arabic {
		for i := range f.count {
			if g := face(true).glyph(f.first + rune(i)); len(g.segments) == 0 || g.advance == 0 {
				t.Errorf("%U has no glyph for its form %U", r, f.first+rune(i))
			}
		}
	}
}

// A small picture that no font has leaves its room; a letter leaves a box.
func TestCharactersWithoutAGlyph(t *testing.T) {
	for _, c := range []struct {
		r            rune
		drawn, moves bool
	}{{'a', true, true}, {'\u2764', true, true}, {0x1fa7a, false, true}, {0x1f3fd, false, false}, {'\u7814', true, true}, {'\u0301', false, false}, {'\u2068', false, false}} {
		g := face(false).glyph(c.r)
		if drawn, moves := len(g.segments) > 0, g.advance > 0; drawn != c.drawn || moves != c.moves {
			t.Errorf("%U: drawn %v, moves the pen %v", c.r, drawn, moves)
		}
	}
}
