package example

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// workbook is one sheet as a platform writes it.
type workbook struct {
	prefix  string // of every element, as in x:
	sheet   string // its name
	extent  string // what <dimension> claims; empty leaves it out
	table   string // name of the table around the data, if any
	creator string
}

type part struct{ name, text string }

// stamped is when the parts say they were made: the earliest day that a zip
// file can hold. No clock may get into the files.
var stamped = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// encode returns the packed workbook. The first rows are headings.
func (wb workbook) encode(rows [][]cell) ([]byte, error) {
	shared := &sharedStrings{index: map[string]int{}}
	sheet := wb.worksheet(rows, shared)
	parts := []part{
		{"[Content_Types].xml", wb.contentTypes()},
		{"_rels/.rels", relations(
			relation{"officeDocument", "xl/workbook.xml"})},
		{"xl/workbook.xml", wb.book()},
		{"xl/_rels/workbook.xml.rels", relations(
			relation{"worksheet", "worksheets/sheet1.xml"}, relation{"styles", "styles.xml"}, relation{"sharedStrings", "sharedStrings.xml"})},
		{"xl/worksheets/sheet1.xml", sheet},
		{"xl/styles.xml", wb.styles()},
		{"xl/sharedStrings.xml", wb.strings(shared)},
		{"docProps/core.xml", wb.properties()},
	}
	if wb.table != "" {
		parts = append(parts,
			part{"xl/worksheets/_rels/sheet1.xml.rels", relations(relation{"table", "../tables/table1.xml"})},
			part{"xl/tables/table1.xml", wb.tablePart(rows)})
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: stamped})
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", p.name, err)
		}
		if _, err := w.Write([]byte(xml.Header + wb.prefixed(p.name, p.text))); err != nil {
			return nil, fmt.Errorf("part %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return b.Bytes(), nil
}

// prefixed fills in the prefix of the spreadsheet's own parts, where the
// templates leave ~ for it. No text of ours holds that mark.
func (wb workbook) prefixed(part, text string) string {
	if !strings.HasPrefix(part, "xl/") || strings.HasSuffix(part, ".rels") {
		return text
	}
	space := "xmlns"
	if wb.prefix != "" {
		space += ":" + strings.TrimSuffix(wb.prefix, ":")
	}
	text = strings.ReplaceAll(text, "~xmlns", space+`="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`)
	return strings.ReplaceAll(text, "~", wb.prefix)
}

// sharedStrings holds each text once, in the order of first use.
type sharedStrings struct {
	texts []string
	index map[string]int
	uses  int
}

func (s *sharedStrings) add(text string) int {
	s.uses++
	if i, ok := s.index[text]; ok {
		return i
	}
	s.index[text] = len(s.texts)
	s.texts = append(s.texts, text)
	return len(s.texts) - 1
}

const dateStyle = 1 // index into cellXfs

func (wb workbook) worksheet(rows [][]cell, shared *sharedStrings) string {
	var b strings.Builder
	b.WriteString(`<~worksheet ~xmlns xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	if wb.extent != "" {
		fmt.Fprintf(&b, `<~dimension ref="%s"/>`, wb.extent)
	}
	b.WriteString(`<~sheetData>`)
	for i, row := range rows {
		fmt.Fprintf(&b, `<~row r="%d">`, i+1)
		for j, c := range row {
			ref := columnName(j) + fmt.Sprint(i+1)
			switch {
			case c.isEmpty() && wb.prefix != "" && j == 5:
				fmt.Fprintf(&b, `<~c r="%s" s="%d" />`, ref, dateStyle) // a styled cell without a value
			case c.isEmpty():
			case !c.when.IsZero():
				fmt.Fprintf(&b, `<~c r="%s" s="%d"><~v>%s</~v></~c>`, ref, dateStyle, serial(c.when))
			case c.number:
				fmt.Fprintf(&b, `<~c r="%s"><~v>%s</~v></~c>`, ref, c.text)
			default:
				fmt.Fprintf(&b, `<~c r="%s" t="s"><~v>%d</~v></~c>`, ref, shared.add(c.text))
			}
		}
		b.WriteString(`</~row>`)
	}
	b.WriteString(`</~sheetData>`)
	if wb.table != "" {
		b.WriteString(`<~tableParts count="1"><~tablePart r:id="rId1"/></~tableParts>`)
	}
	b.WriteString(`</~worksheet>`)
	return b.String()
}

// serial is the time as days since the end of 1899, to ten decimal places.
func serial(t time.Time) string {
	const day, places = 24 * 60 * 60, 10_000_000_000
	seconds := t.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()
	fraction := (seconds%day*places + day/2) / day
	return strings.TrimRight(fmt.Sprintf("%d.%010d", seconds/day, fraction), "0")
}

// columnName is the letters of column i, from 0.
//
//gosec:disable G115 -- columns of made-up workbooks, fewer than 26
func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + string(rune('A'+i%26))
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
