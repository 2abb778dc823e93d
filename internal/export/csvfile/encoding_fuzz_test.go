package csvfile

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// FuzzEncodings writes text in encodings that a mark makes plain, and holds what is
// read of it against what is read of the same text as UTF-8.
func FuzzEncodings(f *testing.F) {
	f.Add("a,b\n1,don’t\n")
	f.Add("Frage;Antwort\n1;naïve £5 or €5…\n\n2;\"😀\n\"\n")
	f.Add("a,b\n1,К") // its second byte is an old end-of-file mark
	f.Add("a\tb\r\n\u00a0\t\ufffd\r\n")
	marked := map[string]encoding.Encoding{
		"\xFF\xFE": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"\xFE\xFF": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") || strings.HasPrefix(text, "\ufeff") || strings.HasSuffix(text, "\x1a") {
			return // the last is an old end-of-file mark, which UTF-16 never had
		}
		want, err := readText("\xEF\xBB\xBF" + text)
		for mark, e := range marked {
			got, otherErr := readText(mark + encoded(t, e, text))
			if (err == nil) != (otherErr == nil) {
				t.Fatalf("%x: %v, UTF-8: %v", mark, otherErr, err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%x (-UTF-8 +UTF-16):\n%s", mark, d)
			}
		}
	})
}

// readText is a file's text after the mark and its delimiter.
func readText(file string) ([2]string, error) {
	r, err := open(file, small(9))
	if err != nil {
		return [2]string{}, err
	}
	in := bytes.NewReader([]byte(file))
	if _, err := in.Seek(r.Text.skip, io.SeekStart); err != nil {
		return [2]string{}, err
	}
	text, err := io.ReadAll(r.Text.reader(in))
	return [2]string{string(text), string(r.Delimiter)}, err
}

// FuzzSingleBytes holds the table of single bytes against charmap's own decoder,
// and what is taken for UTF-8 with foreign bytes against utf8 byte by byte.
func FuzzSingleBytes(f *testing.F) {
	f.Add([]byte("don\x92t caf\xE9 \x80"), 3)
	f.Add([]byte("12345678\xCA12345678é\xE2\x82"), 1)
	f.Fuzz(func(t *testing.T, text []byte, at int) {
		for name, m := range map[string]*charmap.Charmap{"windows-1252": charmap.Windows1252, "macintosh": charmap.Macintosh} {
			want, err := m.NewDecoder().Bytes(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := pieces(t, Text{Encoding: Encoding(name)}, text, at); !bytes.Equal(got, want) {
				t.Fatalf("%s: %q, charmap has %q", name, got, want)
			}
		}
		var want []byte
		for rest := text; len(rest) > 0; {
			c, n := utf8.DecodeRune(rest)
			if c == utf8.RuneError && n == 1 {
				want = utf8.AppendRune(want, charmap.Windows1252.DecodeByte(rest[0]))
			} else {
				want = append(want, rest[:n]...)
			}
			rest = rest[n:]
		}
		if got := pieces(t, Text{Encoding: UTF8, Repaired: 1}, text, at); !bytes.Equal(got, want) {
			t.Fatalf("mixed: %q, want %q", got, want)
		}
	})
}

// pieces reads text that comes in two pieces, cut anywhere.
func pieces(t *testing.T, e Text, text []byte, at int) []byte {
	t.Helper()
	at = int(uint(at) % uint(len(text)+1))
	got, err := io.ReadAll(e.reader(io.MultiReader(bytes.NewReader(text[:at]), bytes.NewReader(text[at:]))))
	if err != nil {
		t.Fatal(err)
	}
	return got
}
