package frame

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkCSV reads 8 of 40 columns: categories, numbers and ids.
func BenchmarkCSV(b *testing.B) {
	const rows = 100_000
	var text bytes.Buffer
	text.WriteString("id,region,weight,score")
	for i := range 36 {
		fmt.Fprintf(&text, ",q%d", i)
	}
	for row := range rows {
		fmt.Fprintf(&text, "\n%d,region %d,%.4f,%.2f", row, row%12, 0.5+float64(row%997)/400, float64(row*7919%10000)/100)
		for i := range 36 {
			fmt.Fprintf(&text, ",%d", (row+i)%5+1)
		}
	}
	path := filepath.Join(b.TempDir(), "survey.csv")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	f := open(b, path)
	var wants []Want
	for _, name := range []string{"id", "region", "weight", "score", "q0", "q1", "q2", "q3"} {
		wants = append(wants, Want{Name: name})
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		frame, err := f.Read(context.Background(), wants)
		if err != nil || frame.Rows != rows {
			b.Fatal(err)
		}
	}
}
