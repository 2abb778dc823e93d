package csvfile

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

const typical = "Frage,Antwort\n1,I don’t know – it’s a “café” question\n2,naïve £5 or €5…\n3,no\u00a0break\n"

func encoded(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEncodings(t *testing.T) {
	little := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	tests := []struct {
		name, text string
		want       Encoding
		bom        bool
	}{
		{"ASCII", "a,b\n1,2\n", UTF8, false},
		{"UTF-8", typical, UTF8, false},
		{"UTF-8 with mark", "\xEF\xBB\xBF" + typical, UTF8, true},
		{"UTF-16LE with mark", "\xFF\xFE" + encoded(t, little, typical), UTF16LE, true},
		{"UTF-16BE with mark", "\xFE\xFF" + encoded(t, big, typical), UTF16BE, true},
		{"UTF-16LE", encoded(t, little, typical), UTF16LE, false},
		{"UTF-16BE", encoded(t, big, typical), UTF16BE, false},
		{"Windows-1252", encoded(t, charmap.Windows1252, typical), Windows1252, false},
		{"Mac Roman", encoded(t, charmap.Macintosh, typical), Macintosh, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := open(test.text, small(7))
			if err != nil {
				t.Fatal(err)
			}
			if r.Text.Encoding != test.want || r.Text.BOM != test.bom {
				t.Errorf("%s, mark %t; want %s, %t", r.Text.Encoding, r.Text.BOM, test.want, test.bom)
			}
			if test.name == "ASCII" {
				return
			}
			want := [][]string{{"1", "I don’t know – it’s a “café” question"}, {"2", "naïve £5 or €5…"}, {"3", "no\u00a0break"}}
			if d := cmp.Diff(want, readAll(t, r, 1).Rows); d != "" {
				t.Error(d)
			}
		})
	}
}

// Single bytes that only one of the two encodings makes sense of.
func TestVote(t *testing.T) {
	tests := []struct {
		name, text string
		want       Encoding
	}{
		{"no-break spaces of a Mac", "a\nknowledge\xCAof cuisines\n", Macintosh},
		{"a Mac's apostrophe", "a\ndon\xD5t\n", Macintosh},
		{"a Mac's e acute", "a\ncaf\x8E\n", Macintosh},
		{"Windows' apostrophe", "a\ndon\x92t\n", Windows1252},
		{"Windows' e acute", "a\ncaf\xE9\n", Windows1252},
		{"Windows' dash", "a\n1 \x96 2\n", Windows1252},
		{"pound sign, the same in both", "a\n\xA35\n", Windows1252},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := open(test.text, small(64))
			if err != nil {
				t.Fatal(err)
			}
			if r.Text.Encoding != test.want {
				t.Errorf("%s, want %s", r.Text.Encoding, test.want)
			}
		})
	}
}

func TestForeignByteInUTF8(t *testing.T) {
	text := "a,b\n" + strings.Repeat("é,“ü”\n", 10) + "don\x92t,2\n"
	r, err := open(text, small(9))
	if err != nil {
		t.Fatal(err)
	}
	if r.Text.Encoding != UTF8 || r.Text.Repaired != 1 {
		t.Fatalf("%s with %d bytes repaired, want utf-8 with 1", r.Text.Encoding, r.Text.Repaired)
	}
	rows := readAll(t, r, 1).Rows
	if d := cmp.Diff([]string{"don’t", "2"}, rows[len(rows)-1]); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"é", "“ü”"}, rows[0]); d != "" {
		t.Error(d)
	}
}

// Checking in blocks, side by side, agrees with checking all at once.
func TestValidUTF8(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.StringOfN(rapid.RuneFrom([]rune("aé€😀\ufffd")), 0, 60, -1).Draw(t, "text"))
		if len(text) > 0 && rapid.Bool().Draw(t, "damage") {
			at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			text[at] = rapid.Byte().Draw(t, "byte")
		}
		block := rapid.Int64Range(4, 20).Draw(t, "block")
		got, err := validUTF8(bytes.NewReader(text), int64(len(text)), block)
		if err != nil {
			t.Fatal(err)
		}
		if want := utf8.Valid(text); got != want {
			t.Errorf("%q in blocks of %d: %t, want %t", text, block, got, want)
		}
	})
}
