package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// The file is known for what it is by its 38th byte, says which parts it has, and
// has no time in it.
func TestODSPackage(t *testing.T) {
	data := madeUp(t).ods
	if head := "mimetype" + odsType; !strings.HasPrefix(string(data[30:]), head) {
		t.Errorf("the file starts %q, want %q at byte 30", data[:120], head)
	}
	if first := odsZip(t, data).File[0]; first.Method != zip.Store || first.Flags != 0 {
		t.Errorf("the media type is packed by method %d, flags %x", first.Method, first.Flags)
	}
	var names []string
	for _, f := range odsZip(t, data).File {
		names = append(names, f.Name)
		if f.ModifiedDate != 0 || f.ModifiedTime != 0 || len(f.Extra) > 0 {
			t.Errorf("%s has the time %v, extra %x", f.Name, f.Modified, f.Extra)
		}
	}
	want := []string{"mimetype", "content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	manifest := odsPartOf(t, data, "META-INF/manifest.xml")
	for _, name := range want[1:5] {
		if !strings.Contains(manifest, `full-path="`+name+`"`) {
			t.Errorf("the manifest does not know %s", name)
		}
	}
}

func TestODSWellFormed(t *testing.T) {
	release := disclosetest.Release(t)
	for name, data := range map[string][]byte{
		"made-up tables":  madeUp(t).ods,
		"a release's own": write(t, release, reports.Tables(release)).ods,
		"no tables":       write(t, release, nil).ods,
	} {
		for _, f := range odsZip(t, data).File[1:] {
			part := odsPartOf(t, data, f.Name)
			if err := wellFormed(part); err != nil {
				t.Errorf("%s: %s: %v", name, f.Name, err)
			}
			if strings.Contains(part, ":formula") || strings.Contains(part, "covered-table-cell") {
				t.Errorf("%s: %s has a formula or merged cells", name, f.Name)
			}
		}
	}
}

// wellFormed also holds that every prefix in a name is declared, as the decoder
// leaves those that are not as they are.
func wellFormed(part string) error {
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			for _, space := range append([]string{e.Name.Space}, spaces(e.Attr)...) {
				if !strings.Contains(space, ":") {
					return fmt.Errorf("<%s>: prefix %q is not declared", e.Name.Local, space)
				}
			}
		}
	}
}

func spaces(attributes []xml.Attr) []string {
	var out []string
	for _, a := range attributes {
		if a.Name.Space != "xmlns" {
			out = append(out, a.Name.Space)
		}
	}
	return out
}

func TestODSSameBytes(t *testing.T) {
	first := madeUp(t).ods
	for range 5 {
		if !bytes.Equal(first, madeUp(t).ods) {
			t.Fatal("two runs gave different bytes")
		}
	}
}

// Both files have the same worksheets, and on them the same cells.
func TestODSEqualsXLSX(t *testing.T) {
	release := disclosetest.Release(t)
	for name, w := range map[string]written{"made-up tables": madeUp(t), "a release's own": write(t, release, reports.Tables(release))} {
		if diff := differences(t, w); diff != "" {
			t.Fatalf("%s: %s", name, diff)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		if diff := differences(t, write(t, release, rapid.SliceOfN(anyTable(), 1, 3).Draw(rt, "tables"))); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// differences are those between both files: in worksheets, in what their cells
// keep, and in what they show.
func differences(t testing.TB, w written) string {
	t.Helper()
	var names []string
	for _, s := range readODS(t, w.ods).Sheets {
		names = append(names, s.Name)
		shown, err := w.file.GetRows(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cells(t, w, s.Name), s.texts(odsReadCell.kept)); diff != "" {
			return s.Name + ": values (-xlsx +ods):\n" + diff
		}
		if diff := cmp.Diff(shown, s.texts(func(c odsReadCell) string { return c.Text.text })); diff != "" {
			return s.Name + ": shown (-xlsx +ods):\n" + diff
		}
	}
	return cmp.Diff(w.file.GetSheetList(), names)
}

// texts are what stands on a worksheet, as excelize has it: no row ends empty.
func (s odsSheet) texts(of func(odsReadCell) string) [][]string {
	var out [][]string
	for _, r := range s.rows() {
		var row []string
		for _, c := range r.Cells {
			if c.Repeated == "" {
				row = append(row, of(c))
			}
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		out = append(out, row)
	}
	return out
}

// kept is the value of a cell, marked by its type where that is not known.
func (c odsReadCell) kept() string {
	switch c.Type {
	case "float":
		return c.Value
	case "string":
		return c.Text.text
	}
	return "type " + strconv.Quote(c.Type)
}

// Numbers are numbers in both, and texts are texts, whatever they look like.
func TestODSTypes(t *testing.T) {
	w := madeUp(t)
	for _, s := range readODS(t, w.ods).Sheets {
		for i, r := range s.rows() {
			for j, c := range r.Cells {
				if c.Repeated != "" {
					continue
				}
				kind, err := w.file.GetCellType(s.Name, cellName(j+1, i+1))
				if err != nil {
					t.Fatal(err)
				}
				if number := kind == excelize.CellTypeUnset; number != (c.Type == "float") || !number && c.Type != "string" || c.Formula != "" {
					t.Errorf("%s!%s is %q, formula %q; in the .xlsx of type %v", s.Name, cellName(j+1, i+1), c.Type, c.Formula, kind)
				}
			}
		}
	}
}

// Tables are marked as such, with their names and without filter buttons; their
// header is repeated in print; columns have the widths of the .xlsx.
func TestODSTables(t *testing.T) {
	w := madeUp(t)
	doc := readODS(t, w.ods)
	for _, s := range doc.Sheets[1:] {
		table := tableOf(t, w, s.Name)
		first, last, _ := strings.Cut(table.Range, ":")
		want := odsRange{table.Name, fmt.Sprintf("'%[1]s'.%[2]s:'%[1]s'.%[3]s", s.Name, first, last), "true", "false"}
		if !slices.Contains(doc.Ranges, want) {
			t.Errorf("%s: no range is %+v", s.Name, want)
		}
		if len(s.Header) != 1 || len(s.Above) != headerRow(t, w, s.Name)-1 {
			t.Errorf("%s: %d rows are repeated, below %d others", s.Name, len(s.Header), len(s.Above))
		}
		for _, r := range s.rows() {
			if n := r.width(t); n != len(s.Columns) {
				t.Errorf("%s: a row has %d cells for %d columns", s.Name, n, len(s.Columns))
			}
		}
		for i, c := range s.Columns {
			width, err := w.file.GetColWidth(s.Name, strings.TrimRight(cellName(i+1, 1), "1"))
			if got := doc.style(c.Style).Column.Width; err != nil || got != points(width*character) {
				t.Errorf("%s: column %d is %s wide, in the .xlsx %g characters (%v)", s.Name, i+1, got, width, err)
			}
		}
	}
}

func (r odsRow) width(t testing.TB) int {
	n := len(r.Cells)
	for _, c := range r.Cells {
		if c.Repeated == "" {
			continue
		}
		repeated, err := strconv.Atoi(c.Repeated)
		if err != nil {
			t.Fatal(err)
		}
		n += repeated - 1
	}
	return n
}

func (d odsDocument) style(name string) odsReadStyle {
	i := slices.IndexFunc(d.Styles, func(s odsReadStyle) bool { return s.Name == name })
	if i < 0 {
		return odsReadStyle{}
	}
	return d.Styles[i]
}

// Contents leads to every worksheet after it, and nothing leads outside.
func TestODSLinks(t *testing.T) {
	w := madeUp(t)
	doc := readODS(t, w.ods)
	var got, want []string
	for _, r := range doc.Sheets[1].Body {
		got = append(got, r.Cells[0].Text.link)
	}
	for _, s := range doc.Sheets[2:] {
		want = append(want, "#'"+s.Name+"'.A1")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if all := strings.Count(odsPartOf(t, w.ods, "content.xml"), "href="); all != len(want) {
		t.Errorf("the file has %d links, want %d", all, len(want))
	}
}
