package csvfile

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzScan holds the scanner against encoding/csv on text that both accept,
// written with each record end, and cut into chunks of every size.
func FuzzScan(f *testing.F) {
	f.Add("a,b\n1,2\n", byte(0), byte(3))
	f.Add("a,b\n\"1\n,\",\"\"\"\"\n", byte(1), byte(1))
	f.Add("a;b;c\n\"x\";;\n;\"\"\"y\";z", byte(2), byte(7))
	f.Add("\"q\"\n-,-\n", byte(0), byte(20))
	f.Add("a,b\n"+strings.Repeat("Agree,", 40)+"\n", byte(0), byte(60))
	f.Fuzz(func(t *testing.T, text string, ends, chunk byte) {
		if strings.ContainsAny(text, "\r\x00") || !utf8.ValidString(text) || strings.HasPrefix(strings.ToLower(strings.TrimPrefix(text, `"`)), "sep=") ||
			strings.HasPrefix(text, "\ufeff") || strings.HasSuffix(text, "\x1a") {
			return // written in below, or tested elsewhere: the last is an old end-of-file mark
		}
		end := []string{"\n", "\r\n", "\r"}[ends%3]
		// The scanner decides the record end from the first; let there be one.
		text = "first\n" + text
		r, err := open(strings.ReplaceAll(text, "\n", end), Options{CellBytes: 1 << 16, Columns: 1 << 16, ChunkBytes: int(chunk)%64 + 1})
		if err != nil {
			return
		}
		want, ok := oracle(text, r.Delimiter)
		if !ok {
			return
		}
		got := readAny(t, r)
		for i := range want {
			for j := range want[i] {
				want[i][j] = strings.ReplaceAll(want[i][j], "\n", end)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("delimiter %q (-encoding/csv +scanner):\n%s", r.Delimiter, d)
		}
	})
}

// oracle reads text with encoding/csv and leaves blank records out.
func oracle(text string, delim byte) ([][]string, bool) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = rune(delim)
	in.FieldsPerRecord = -1
	all, err := in.ReadAll()
	if err != nil {
		return nil, false
	}
	return sayingSomething(all), true
}

func sayingSomething(all [][]string) [][]string {
	var out [][]string
	for _, row := range all {
		if strings.Trim(strings.Join(row, ""), " \t\n\v\f\r\u00a0") != "" {
			out = append(out, row)
		}
	}
	return out
}

// readAny reads a file whose records may have any number of fields.
func readAny(t *testing.T, r *Reader) [][]string {
	var out [][]string
	r.Begin(0, 0)
	for {
		c, err := r.Next()
		if err != nil {
			return sayingSomething(out)
		}
		s := scanner{shape: r.shape, data: c.data[:len(c.data)+slack], end: len(c.data), open: c.open, quotes: c.quotes}
		for s.next() {
			if s.problem != fine {
				t.Errorf("problem %d, where encoding/csv has none", s.problem)
			}
			out = append(out, texts(s.data, s.cells))
		}
		c.Release()
	}
}
