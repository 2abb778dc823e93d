//go:build office

package workbook

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

var released = flag.String("releases", "", "pattern of public folders of releases, whose workbooks are looked at too")

// TestOffice has LibreOffice read both files and write each as .xlsx anew. What it
// understood of them is the same sheet by sheet and cell by cell, and it is what
// caregap.xlsx says.
func TestOffice(t *testing.T) {
	release := disclosetest.Release(t)
	for _, tc := range []struct {
		name  string
		files []reports.File
	}{
		{"made-up tables", madeUp(t).both()},
		{"a release's own", write(t, release, reports.Tables(release)).both()},
	} {
		t.Run(tc.name, func(t *testing.T) { understoodAlike(t, tc.files[0].Data, tc.files[1].Data) })
	}
	for _, dir := range folders(t) {
		t.Run(dir, func(t *testing.T) {
			files := inFolder(t, dir)
			understoodAlike(t, files[0].Data, files[1].Data)
		})
	}
}

// TestOfficeRules holds the workbooks of releases to the same rules as the made-up ones.
func TestOfficeRules(t *testing.T) {
	for _, dir := range folders(t) {
		w := readBack(t, inFolder(t, dir))
		for _, r := range rules {
			t.Run(fmt.Sprintf("%s/%02d %s", dir, r.number, r.rule), func(t *testing.T) { r.check(t, w) })
		}
	}
}

// folders are those of the releases to look at.
func folders(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob(*released)
	if err != nil || *released != "" && len(dirs) == 0 {
		t.Fatalf("no release in %q (%v)", *released, err)
	}
	return dirs
}

func (w written) both() []reports.File {
	return []reports.File{{Name: Name, Data: w.data}, {Name: OpenDocument, Data: w.ods}}
}

func inFolder(t *testing.T, dir string) []reports.File {
	t.Helper()
	var out []reports.File
	for _, name := range []string{Name, OpenDocument} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, reports.File{Name: name, Data: data})
	}
	return out
}

func understoodAlike(t *testing.T, xlsx, ods []byte) {
	t.Helper()
	dir := t.TempDir()
	from := map[string][]byte{"excel.xlsx": xlsx, "open.ods": ods}
	for name, data := range from {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out")
	convert(t, out, filepath.Join(dir, "excel.xlsx"), filepath.Join(dir, "open.ods"))
	original := understood(t, filepath.Join(dir, "excel.xlsx"))
	excel, open := understood(t, filepath.Join(out, "excel.xlsx")), understood(t, filepath.Join(out, "open.xlsx"))
	if diff := cmp.Diff(original, excel); diff != "" {
		t.Errorf("caregap.xlsx (-written +understood):\n%s", diff)
	}
	if diff := cmp.Diff(excel, open); diff != "" {
		t.Errorf("understood (-xlsx +ods):\n%s", diff)
	}
	sameWidths(t, filepath.Join(out, "excel.xlsx"), filepath.Join(out, "open.xlsx"))
}

// convert runs LibreOffice once for all files, with a profile of its own. It ends
// well also when it could not read one, and then writes nothing.
func convert(t *testing.T, out string, files ...string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(t.TempDir(), "profile"))
	args := append([]string{"--headless", profile, "--convert-to", "xlsx", "--outdir", out}, files...)
	cmd := exec.CommandContext(ctx, "soffice", args...)
	cmd.WaitDelay = 5 * time.Second
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	made, err := os.ReadDir(out)
	if err != nil || len(made) != len(files) {
		t.Fatalf("LibreOffice wrote %d of %d files (%v); without its Calc it writes none: libreoffice-calc", len(made), len(files), err)
	}
}

// officeSheet is what a worksheet holds, as excelize reads it.
type officeSheet struct {
	Name, Table, Repeated string
	Cells                 [][]officeCell
}

type officeCell struct {
	Kept, Shown, Link, Formula string
	Number                     bool
	Size                       float64 // of its font
}

func understood(t *testing.T, path string) []officeSheet {
	t.Helper()
	f := openFile(t, path)
	repeated := map[string]string{}
	for _, d := range f.GetDefinedName() {
		if d.Name == "_xlnm.Print_Titles" {
			_, repeated[d.Scope], _ = strings.Cut(d.RefersTo, "!")
		}
	}
	var out []officeSheet
	for _, name := range f.GetSheetList() {
		s := officeSheet{Name: name, Repeated: repeated[name]}
		tables, err := f.GetTables(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			s.Table += table.Name + " " + table.Range
		}
		s.Cells = officeCells(t, f, name)
		out = append(out, s)
	}
	return out
}

func officeCells(t *testing.T, f *excelize.File, name string) [][]officeCell {
	t.Helper()
	shown, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]officeCell, len(shown))
	for i, row := range shown {
		for j := range row {
			c := officeCell{Kept: kept[i][j], Shown: shown[i][j]}
			c.details(t, f, name, cellName(j+1, i+1))
			out[i] = append(out[i], c)
		}
	}
	return out
}

func (c *officeCell) details(t *testing.T, f *excelize.File, sheet, at string) {
	t.Helper()
	kind, err := f.GetCellType(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	c.Number = kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
	if c.Formula, err = f.GetCellFormula(sheet, at); err != nil {
		t.Fatal(err)
	}
	if _, c.Link, err = f.GetCellHyperLink(sheet, at); err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	c.Size = style.Font.Size
}

// sameWidths holds that the columns of both are as wide, but for the font by which
// the program measures characters.
func sameWidths(t *testing.T, excel, open string) {
	t.Helper()
	a, b := openFile(t, excel), openFile(t, open)
	for _, s := range understood(t, excel) {
		for i := range s.Cells[len(s.Cells)-1] {
			column, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				t.Fatal(err)
			}
			first, err1 := a.GetColWidth(s.Name, column)
			second, err2 := b.GetColWidth(s.Name, column)
			if ratio := second / first; err1 != nil || err2 != nil || ratio < 0.8 || ratio > 1.25 {
				t.Errorf("%s: column %s is %g wide in the .xlsx, %g in the .ods (%v, %v)", s.Name, column, first, second, err1, err2)
			}
		}
	}
}

func openFile(t *testing.T, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
