package xlsxfile

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// All workbooks of this package's tests are made here; their texts are made up.

// made describes a workbook to make. Zero values are the usual.
type made struct {
	sheet  string            // the sheet's XML, or only what is inside sheetData
	shared []string          // si elements' content
	xfs    []int             // number formats of the cell styles
	custom map[int]string    // number format codes
	pr     string            // attributes of workbookPr
	extra  map[string]string // further parts, or other content for known ones
}

const (
	head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	rels = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

func (m made) parts() map[string]string {
	sheet := m.sheet
	if !strings.Contains(sheet, "sheetData") {
		sheet = head + `<worksheet ` + main + `><dimension ref="A1"/><sheetData>` + sheet + `</sheetData></worksheet>`
	}
	var sst, formats, xfs strings.Builder
	for _, s := range m.shared {
		fmt.Fprintf(&sst, "<si>%s</si>", s)
	}
	for id := range 400 { // in order of ids
		if code, ok := m.custom[id]; ok {
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, id, strings.ReplaceAll(code, `"`, "&quot;"))
		}
	}
	for _, id := range m.xfs {
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, id)
	}
	parts := map[string]string{
		"[Content_Types].xml": head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
			`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
		"_rels/.rels": head + `<Relationships ` + rels + `><Relationship Id="rId1" Type="` + kind + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": head + `<Relationships ` + rels + `>` +
			`<Relationship Id="rId1" Type="` + kind + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + kind + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + kind + `/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/workbook.xml":          head + `<workbook ` + main + `><workbookPr ` + m.pr + `/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml": sheet,
		"xl/sharedStrings.xml":     head + `<sst ` + main + `>` + sst.String() + `</sst>`,
		"xl/styles.xml": head + `<styleSheet ` + main + `><numFmts count="1">` + formats.String() + `</numFmts><fonts count="1"><font/></fonts>` +
			`<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
			`<cellXfs count="1">` + xfs.String() + `</cellXfs></styleSheet>`,
	}
	for name, content := range m.extra {
		if parts[name] = content; content == "" {
			delete(parts, name)
		}
	}
	return parts
}

func (m made) bytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range m.parts() {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func usual(chunk int) Options {
	return Options{UnpackedBytes: 1 << 30, TextBytes: 1 << 28, Ratio: 500, Columns: 16_384, CellBytes: 1 << 20, ChunkBytes: chunk}
}

func (m made) open(t testing.TB, opt Options) (*Book, error) {
	t.Helper()
	b := m.bytes(t)
	return Open(bytes.NewReader(b), int64(len(b)), opt)
}

// rows reads the first sheet: its rows that say something by number, and the
// codes of problems as code@row.
func (m made) rows(t testing.TB, opt Options, headings, width int) (map[int][]string, []string) {
	t.Helper()
	b, err := m.open(t, opt)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Rows(b.Sheets[0])
	if err != nil {
		return nil, codes(err, 0)
	}
	defer r.Close()
	r.Begin(headings, width)
	out, records := map[int][]string{}, 0
	var found []string
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, found
		}
		if err != nil {
			return out, append(found, codes(err, records)...)
		}
		n, problems := c.Scan(func(number int, data []byte, cells []record.Cell) {
			var row []string
			for _, c := range cells {
				row = append(row, string(data[c.Start:c.End]))
			}
			out[records+number+1] = row
		})
		if len(problems) > 0 {
			found = append(found, codes(&diag.Problems{Diagnostics: problems}, records)...)
		}
		records += n
		c.Release()
	}
}

func codes(err error, before int) []string {
	var p *diag.Problems
	if !errors.As(err, &p) {
		return []string{err.Error()}
	}
	var out []string
	for _, d := range p.Diagnostics {
		out = append(out, fmt.Sprintf("%s@%d", d.Code, before+d.Pos.Row))
	}
	return out
}
