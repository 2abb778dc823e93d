package chart

import "strings"

// Arabic letters take another form at the beginning, in the middle and at the end
// of a word. A browser knows; a picture is drawn here. Fonts have these forms at
// places of their own (The Unicode Standard 15, Arabic Presentation Forms-A and
// -B): alone, at an end, at a beginning, in the middle. Letters that have two only
// never join the letter after them.

// letterForms is where the forms of a letter begin, and how many there are.
type letterForms struct {
	first rune
	count int
}

// arabic is filled from runs of letters whose forms follow each other.
var arabic = func() map[rune]letterForms {
	out := map[rune]letterForms{}
	place := rune(0xfe80)
	for _, x := range []struct {
		letters string
		count   int
	}{
		{"\u0621", 1}, {"\u0622\u0623\u0624\u0625", 2}, {"\u0626", 4}, {"\u0627", 2}, {"\u0628", 4}, {"\u0629", 2},
		{"\u062a\u062b\u062c\u062d\u062e", 4}, {"\u062f\u0630\u0631\u0632", 2}, {"\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063a", 4},
		{"\u0641\u0642\u0643\u0644\u0645\u0646\u0647", 4}, {"\u0648\u0649", 2}, {"\u064a", 4},
	} {
		for _, r := range x.letters {
			out[r] = letterForms{place, x.count}
			place += rune(x.count)
		}
	}
	// Persian and Urdu
	for r, f := range map[rune]letterForms{
		0x067e: {0xfb56, 4}, 0x0679: {0xfb66, 4}, 0x0686: {0xfb7a, 4}, 0x0688: {0xfb88, 2}, 0x0698: {0xfb8a, 2}, 0x0691: {0xfb8c, 2}, 0x06a9: {0xfb8e, 4},
		0x06af: {0xfb92, 4}, 0x06ba: {0xfb9e, 2}, 0x06c1: {0xfba6, 4}, 0x06be: {0xfbaa, 4}, 0x06d2: {0xfbae, 2}, 0x06cc: {0xfbfc, 4},
	} {
		out[r] = f
	}
	return out
}()

// lamAlef are the forms, alone, of lam with each kind of alef; at an end the next.
var lamAlef = map[rune]rune{0x0622: 0xfef5, 0x0623: 0xfef7, 0x0625: 0xfef9, 0x0627: 0xfefb}

const (
	lam     = '\u0644'
	tatweel = '\u0640' // a line that joins on both sides
)

// shaped replaces letters by their forms. Marks above and below letters, which
// pictures leave out, do not part them.
func shaped(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x0600 && r <= 0x06ff }) {
		return s
	}
	var letters []rune
	for _, r := range s {
		if !vowelMark(r) {
			letters = append(letters, r)
		}
	}
	var b strings.Builder
	joined := false // to the letter before
	for i := 0; i < len(letters); i++ {
		r, next := letters[i], rune(0)
		if i+1 < len(letters) {
			next = letters[i+1]
		}
		if form, ok := lamAlef[next]; ok && r == lam {
			if joined {
				form++
			}
			b.WriteRune(form)
			joined = false
			i++
			continue
		}
		forms := arabic[r]
		after := forms.count == 4 && joins(next)
		b.WriteRune(forms.of(r, joined && forms.count > 1, after))
		joined = after || r == tatweel
	}
	return b.String()
}

// joins reports whether a letter takes a join from the one before it.
func joins(r rune) bool { return arabic[r].count > 1 || r == tatweel }

// of is the form of a letter that joins the one before, the one after, or both.
func (f letterForms) of(r rune, before, after bool) rune {
	switch {
	case f.count == 0:
		return r
	case before && after:
		return f.first + 3
	case after:
		return f.first + 2
	case before:
		return f.first + 1
	}
	return f.first
}

func vowelMark(r rune) bool { return r >= 0x064b && r <= 0x065f || r == 0x0670 }
