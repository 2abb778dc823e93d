package csvfile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/caregap/caregap/internal/export/record"
)

// madeUp is text in the shape of an agreement survey: 40 columns, no marks or,
// with quoted set, marks around every field.
func madeUp(rows int, quoted bool) []byte {
	answers := []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree", ""}
	mark := ""
	if quoted {
		mark = `"`
	}
	var b bytes.Buffer
	for i := range rows + 1 {
		for j := range 40 {
			switch {
			case i == 0:
				fmt.Fprintf(&b, "%sQ%d%s", mark, j+1, mark)
			case j == 0:
				fmt.Fprintf(&b, "%sR_%012d%s", mark, i, mark)
			default:
				b.WriteString(mark + answers[(i*7+j*j*3+i*j)%len(answers)] + mark)
			}
			if j < 39 {
				b.WriteByte(',')
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func BenchmarkScanCSV(b *testing.B) {
	for _, quoted := range []bool{false, true} {
		b.Run(fmt.Sprintf("quoted=%t", quoted), func(b *testing.B) {
			text := madeUp(100_000, quoted)
			path := filepath.Join(b.TempDir(), "made-up.csv")
			if err := os.WriteFile(path, text, 0o600); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				scanAll(b, path)
			}
		})
	}
}

func scanAll(b *testing.B, path string) {
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		b.Fatal(err)
	}
	r, err := Open(file, info.Size(), Options{CellBytes: 16 << 20, Columns: 16384, ChunkBytes: ChunkBytes})
	if err != nil {
		b.Fatal(err)
	}
	r.Begin(1, len(r.Head.Rows[0]))
	cells := 0
	for {
		c, err := r.Next()
		if err != nil {
			break
		}
		_, problems := c.Scan(func(_ int, _ []byte, f []record.Cell) { cells += len(f) })
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		c.Release()
	}
	if cells != 100_000*40 {
		b.Fatalf("%d cells", cells)
	}
}
