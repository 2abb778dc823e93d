package gen

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func export(t *testing.T, rows int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWrite(t *testing.T) {
	const rows = 2000
	data := export(t, rows)
	if !bytes.Equal(data, export(t, rows)) {
		t.Error("two runs differ")
	}
	// 575 MB a million rows, give or take what so few rows differ by.
	if perRow := len(data) / rows; perRow < 550 || perRow > 600 {
		t.Errorf("%d bytes a row", perRow)
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != rows+1 || len(records[0]) != 40 {
		t.Fatalf("%d records of %d columns", len(records), len(records[0]))
	}
	blank, comments := 0, 0
	for _, r := range records[1:] {
		if !slices.Contains(Regions, r[5]) || !slices.Contains(Groups, r[6]) || len(r[0]) != 14 || len(r[2]) != 19 {
			t.Fatalf("row %q", r[:9])
		}
		if r[9] != "" {
			comments++
		}
		for _, answer := range r[10:] {
			if answer == "" {
				blank++
			} else if !slices.Contains(Levels, answer) {
				t.Fatalf("answer %q", answer)
			}
		}
	}
	if share := float64(blank) / (rows * Items); share < 0.045 || share > 0.055 {
		t.Errorf("%.3f of the answers are blank, want about 0.05", share)
	}
	if comments < rows/12 || comments > rows/8 {
		t.Errorf("%d comments in %d rows, want about a tenth", comments, rows)
	}
}

// A workbook has the same cells as the CSV: here they are counted, and the shared
// strings with them; the program's own reader reads it in earnest.
func TestWriteWorkbook(t *testing.T) {
	const rows = 500
	var b bytes.Buffer
	if err := WriteWorkbook(&b, rows); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	count := func(part, what string) int {
		f, err := z.Open(part)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Count(text, []byte(what))
	}
	records, err := csv.NewReader(bytes.NewReader(export(t, rows))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	filled, texts := 0, map[string]bool{}
	for n, r := range records {
		for i, cell := range r {
			if cell == "" {
				continue
			}
			filled++
			if n == 0 || !numbers[records[0][i]] {
				texts[cell] = true
			}
		}
	}
	if got := count("xl/worksheets/sheet1.xml", "<c "); got != filled {
		t.Errorf("%d cells, want %d", got, filled)
	}
	if got := count("xl/sharedStrings.xml", "<si>"); got != len(texts) {
		t.Errorf("%d strings, want %d", got, len(texts))
	}
	if got := count("xl/worksheets/sheet1.xml", "<row "); got != rows+1 {
		t.Errorf("%d rows, want %d", got, rows+1)
	}
}

func TestWriteStudy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.csv")
	if err := os.WriteFile(path, export(t, 3), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "study")
	for range 2 { // a second time over the first
		if err := WriteStudy(dir, path); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"study.yaml", "framework.yaml", "codebooks/large.yaml", "exports/large.csv"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
