package inspect

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sheets makes a workbook of n sheets that all could be the export.
func sheets(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "many.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	add := func(name, text string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var list, relations strings.Builder
	for i := range n {
		fmt.Fprintf(&list, `<sheet name="S%d" sheetId="%d" r:id="r%d"/>`, i, i+1, i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i, kind, i)
		row := strings.Repeat(`<c t="inlineStr"><is><t>made up</t></is></c>`, 3)
		add(fmt.Sprintf("xl/worksheets/sheet%d.xml", i), `<worksheet><sheetData><row>`+row+`</row><row>`+row+`</row></sheetData></worksheet>`)
	}
	add("_rels/.rels", `<Relationships><Relationship Id="r" Type="`+kind+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	add("xl/workbook.xml", `<workbook xmlns:r="`+kind+`"><sheets>`+list.String()+`</sheets></workbook>`)
	add("xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+`</Relationships>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// For each sheet the workbook is read again: a workbook made of sheets must not keep
// the program busy for hours.
func TestManySheets(t *testing.T) {
	for n, want := range map[int]int{3: 3, mostSheets: mostSheets, mostSheets + 15: mostSheets} {
		reports, err := Inspect(t.Context(), sheets(t, n), "many.xlsx", Options{Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(reports) != want {
			t.Errorf("%d reports on %d sheets, want %d", len(reports), n, want)
		}
		for _, r := range reports {
			if got := coded(r.Problems, "sheets-left-out"); got != (n > want) {
				t.Errorf("%d sheets: that some are left out is said: %t", n, got)
			}
		}
	}
}
