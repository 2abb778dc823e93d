package pipeline_test

import (
	"archive/zip"
	"encoding/xml"
	"html"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// formsOfTables compares every table with its CSV, cell by cell, in all the other
// forms that it has: to paste, on the page, in Markdown and in both workbooks.
func (b *back) formsOfTables(t *testing.T) {
	sheets, spreadsheet := xlsxSheets(t, filepath.Join(b.folder, "caregap.xlsx")), odsSheets(t, filepath.Join(b.folder, "caregap.ods"))
	if len(sheets) != len(b.tables)+3 || len(spreadsheet) != len(sheets) {
		t.Fatalf("%d worksheets in xlsx and %d in ods; expected a cover, contents, notes and %d tables", len(sheets), len(spreadsheet), len(b.tables))
	}
	page, markdown := pageTables(read(t, filepath.Join(b.folder, "index.html"))), markdownTables(read(t, filepath.Join(b.folder, "report.md")))
	met, hidden := map[string]int{}, 0
	for i, id := range b.tables {
		want := csvRows(t, filepath.Join(b.folder, "tables", id+".csv"))[1:]
		for form, got := range map[string][][]string{
			"xlsx": last(sheets[i+3], len(want)),
			"ods":  last(spreadsheet[i+3], len(want)),
			"html": last(cellsOf(read(t, filepath.Join(b.folder, "tables", id+".html"))), len(want)),
			"page": last(page[id], len(want)),
			"md":   last(markdown[id], len(want)),
		} {
			if got == nil && (form == "page" || form == "md") {
				continue // of many tables the page has the name alone
			}
			met[form]++
			sameCells(t, id+" in "+form, want, got)
		}
		for _, row := range want {
			hidden += strings.Count(strings.Join(row, "\n"), "[c]")
		}
	}
	if hidden == 0 || met["page"] < len(b.tables)/3 || met["md"] != met["page"] {
		t.Errorf("%d hidden cells; tables by form: %v", hidden, met)
	}
}

func last(rows [][]string, n int) [][]string { return rows[max(0, len(rows)-n):] }

func sameCells(t *testing.T, what string, want, got [][]string) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d rows, the CSV has %d", what, len(got), len(want))
		return
	}
	for i := range want {
		for j := range want[i] {
			if j >= len(got[i]) {
				t.Errorf("%s: row %d has %d cells, the CSV has %d", what, i, len(got[i]), len(want[i]))
				return
			}
			if w, g := plain(want[i][j]), plain(got[i][j]); w != g {
				t.Errorf("%s: row %d, column %d is %q, the CSV has %q", what, i, j, g, w)
				return
			}
		}
	}
}

var marks = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "\u200e", "", "\u200f", "", "\u00a0", " ")

// plain is a cell without what one form has for its readers' sake: marks of
// direction, guards against formulas, commas between thousands, zeros at the end.
func plain(s string) string {
	s = strings.TrimPrefix(strings.Join(strings.Fields(marks.Replace(s)), " "), "'")
	n := strings.TrimPrefix(strings.ReplaceAll(strings.ReplaceAll(s, ",", ""), "−", "-"), "+")
	if f, err := strconv.ParseFloat(n, 64); err == nil {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return s
}

var (
	tablePattern = regexp.MustCompile(`(?s)<table id="tab-([^"]*)".*?</table>`)
	cellPattern  = regexp.MustCompile(`(?s)<t[hd][ >].*?</t[hd]>`)
	tagPattern   = regexp.MustCompile(`<[^>]*>`)
	linePattern  = regexp.MustCompile(`\[This table as CSV\]\(tables/(.*)\.csv\)`)
	escaped      = regexp.MustCompile(`\\([[:punct:]])`)
)

// cellsOf are the cells of a table in HTML.
func cellsOf(table string) [][]string {
	var out [][]string
	for _, row := range strings.Split(table, "<tr")[1:] {
		var cells []string
		for _, c := range cellPattern.FindAllString(row, -1) {
			cells = append(cells, html.UnescapeString(tagPattern.ReplaceAllString(c, "")))
		}
		out = append(out, cells)
	}
	return out
}

func pageTables(page string) map[string][][]string {
	out := map[string][][]string{}
	for _, m := range tablePattern.FindAllStringSubmatch(page, -1) {
		out[m[1]] = cellsOf(m[0])
	}
	return out
}

// markdownTables are the tables of the report that have a file: the lines of
// cells before the link to it.
func markdownTables(report string) map[string][][]string {
	out, rows := map[string][][]string{}, [][]string(nil)
	for _, line := range strings.Split(report, "\n") {
		switch m := linePattern.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "| "):
			var cells []string
			for _, c := range strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")[1:] {
				cells = append(cells, html.UnescapeString(escaped.ReplaceAllString(strings.ReplaceAll(c, "\x00", `\|`), "$1")))
			}
			rows = append(rows, cells)
		case m != nil:
			out[m[1]], rows = rows, nil
		case line != "":
			rows = nil
		}
	}
	return out
}

// zipped are the parts of a workbook by name.
func zipped(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
	}
	return out
}

// sheetNames tell a reader what begins and ends a worksheet, a row and a cell.
type sheetNames struct{ row, cell, value string }

func xlsxSheets(t *testing.T, path string) [][][]string {
	t.Helper()
	parts := zipped(t, path)
	var out [][][]string
	for {
		part, ok := parts["xl/worksheets/sheet"+strconv.Itoa(len(out)+1)+".xml"]
		if !ok {
			return out
		}
		out = append(out, sheetRows(t, xml.NewDecoder(strings.NewReader(part)), sheetNames{"row", "c", "\x00"}))
	}
}

func odsSheets(t *testing.T, path string) [][][]string {
	t.Helper()
	var out [][][]string
	d := xml.NewDecoder(strings.NewReader(zipped(t, path)["content.xml"]))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "table" {
			out = append(out, sheetRows(t, d, sheetNames{"table-row", "table-cell", "value"}))
		}
	}
}

// sheetRows reads the rows of a worksheet up to its end. Where a cell has its
// number beside its text, both stand, unless they are the same number.
func sheetRows(t *testing.T, d *xml.Decoder, names sheetNames) [][]string {
	t.Helper()
	var rows [][]string
	in, text, value := false, "", ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case names.row:
				rows = append(rows, nil)
			case names.cell:
				in, text, value = true, "", attributeOf(e, names.value)
			}
		case xml.CharData:
			if in {
				text += string(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "table":
				return rows
			case names.cell:
				if value != "" && plain(value) != plain(text) {
					text += " for " + value
				}
				in = false
				rows[len(rows)-1] = append(rows[len(rows)-1], text)
			}
		}
	}
}

func attributeOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
