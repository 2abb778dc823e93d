package xlsxfile

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/export/record"
)

// BenchmarkScanXLSX reads 20,000 rows of 40 cells, most of them shared strings;
// the rate is that of the sheet's unpacked bytes.
func BenchmarkScanXLSX(b *testing.B) {
	answers := []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"}
	m := made{xfs: []int{0, 22}}
	for _, a := range answers {
		m.shared = append(m.shared, "<t>"+a+"</t>")
	}
	const rows = 20_000
	var sheet strings.Builder
	for i := range rows {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:40"><c r="A%d"><v>%d</v></c><c r="B%d" s="1"><v>%v</v></c>`, i+1, i+1, 10_000_000_000+i, i+1, 43831+float64(i)/97)
		for j := range 38 {
			fmt.Fprintf(&sheet, `<c r="%s%d" t="s"><v>%d</v></c>`, name(j+2), i+1, (i*7+j*j*3+i*j)%len(answers))
		}
		sheet.WriteString("</row>")
	}
	m.sheet = sheet.String()
	file := m.bytes(b)
	b.SetBytes(int64(len(m.sheet)))
	b.ReportAllocs()
	for b.Loop() {
		if n := countCells(b, file); n != rows*40 {
			b.Fatalf("%d cells", n)
		}
	}
}

func name(column int) string {
	if column < 26 {
		return string(rune('A' + column))
	}
	return "A" + string(rune('A'+column-26))
}

func countCells(b *testing.B, file []byte) int {
	book, err := Open(bytes.NewReader(file), int64(len(file)), usual(ChunkBytes))
	if err != nil {
		b.Fatal(err)
	}
	r, err := book.Rows(book.Sheets[0])
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	r.Begin(0, 40)
	n := 0
	for {
		c, err := r.Next()
		if err != nil {
			return n
		}
		_, problems := c.Scan(func(_ int, _ []byte, cells []record.Cell) { n += len(cells) })
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		c.Release()
	}
}
