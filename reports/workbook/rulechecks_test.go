package workbook

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// cells is what stands on a worksheet: numbers as they are kept, texts as they are.
func cells(t testing.TB, w written, name string) [][]string {
	t.Helper()
	if rows, ok := w.rows[name]; ok {
		return rows
	}
	rows, err := w.file.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	w.rows[name] = rows
	return rows
}

// tableOf is the table of a worksheet, which all but the cover have.
func tableOf(t testing.TB, w written, name string) excelize.Table {
	t.Helper()
	if table, ok := w.tables[name]; ok {
		return table
	}
	tables, err := w.file.GetTables(name)
	if err != nil || len(tables) != 1 {
		t.Fatalf("%s has %d tables (%v), want 1", name, len(tables), err)
	}
	w.tables[name] = tables[0]
	return tables[0]
}

func headerRow(t testing.TB, w written, name string) int {
	t.Helper()
	first, _, _ := strings.Cut(tableOf(t, w, name).Range, ":")
	_, row, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func lastCell(t testing.TB, rows [][]string) string {
	t.Helper()
	at, err := excelize.CoordinatesToCellName(len(rows[len(rows)-1]), len(rows))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// partOf is the part of the file that holds a worksheet; they are numbered in order.
func partOf(t testing.TB, w written, name string) string {
	t.Helper()
	i, err := w.file.GetSheetIndex(name)
	if err != nil || i < 0 {
		t.Fatalf("no worksheet %s: %v", name, err)
	}
	return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
}

func everyTable(check func(*testing.T, written, string, [][]string, excelize.Table)) func(*testing.T, written) {
	return func(t *testing.T, w written) {
		list := w.file.GetSheetList()
		if !slices.Equal(list[:3], []string{"Cover", "Contents", "Notes"}) || len(list) < 5 {
			t.Fatalf("worksheets are %q", list)
		}
		for _, name := range list[1:] {
			check(t, w, name, cells(t, w, name), tableOf(t, w, name))
		}
	}
}

func everyCell(check func(t *testing.T, at string, st *excelize.Style)) func(*testing.T, written) {
	return func(t *testing.T, w written) {
		for _, name := range w.file.GetSheetList() {
			for i, row := range cells(t, w, name) {
				for j := range row {
					at, err := excelize.CoordinatesToCellName(j+1, i+1)
					if err != nil {
						t.Fatal(err)
					}
					id, err := w.file.GetCellStyle(name, at)
					if err != nil {
						t.Fatal(err)
					}
					check(t, name+"!"+at, styleOf(t, w, id))
				}
			}
		}
	}
}

func styleOf(t testing.TB, w written, id int) *excelize.Style {
	t.Helper()
	if st, ok := w.styles[id]; ok {
		return st
	}
	st, err := w.file.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	w.styles[id] = st
	return st
}

func forbidden(words ...string) func(*testing.T, written) {
	return func(t *testing.T, w written) {
		for part, data := range w.parts {
			for _, word := range words {
				if strings.Contains(data, word) {
					t.Errorf("%s has %q", part, word)
				}
			}
		}
	}
}

func noParts(prefixes ...string) func(*testing.T, written) {
	return func(t *testing.T, w written) {
		for _, part := range w.order {
			for _, p := range prefixes {
				if strings.HasPrefix(part, p) {
					t.Errorf("the file has %s", part)
				}
			}
		}
	}
}

func noEmptyCells(t *testing.T, w written) {
	everyTable(func(t *testing.T, w written, name string, rows [][]string, _ excelize.Table) {
		top := headerRow(t, w, name)
		for i, row := range rows[top-1:] {
			if len(row) != len(rows[top-1]) || slices.Contains(row, "") {
				t.Errorf("%s: row %d is %q", name, top+i, row)
			}
		}
	})(t, w)
}

func headersUnique(t *testing.T, w written, name string, rows [][]string, _ excelize.Table) {
	seen := map[string]bool{}
	part := ""
	for p, data := range w.parts {
		if strings.HasPrefix(p, "xl/tables/") && strings.Contains(data, `name="`+tableOf(t, w, name).Name+`"`) {
			part = data
		}
	}
	for _, h := range rows[headerRow(t, w, name)-1] {
		if seen[strings.ToLower(h)] || h == "" {
			t.Errorf("%s: header %q is empty or not the first", name, h)
		}
		seen[strings.ToLower(h)] = true
		if !strings.Contains(part, `name="`+html.EscapeString(h)+`"`) {
			t.Errorf("%s: the table does not know its header %q", name, h)
		}
	}
}

var shorthandCode = regexp.MustCompile(`\[[a-z]\]`)

func shorthandExplained(t *testing.T, w written, name string, rows [][]string, _ excelize.Table) {
	if name == "Notes" { // its texts may speak of codes
		return
	}
	top := headerRow(t, w, name)
	above := fmt.Sprint(rows[:top-1])
	used := map[string]bool{}
	for _, row := range rows[top:] {
		for _, code := range shorthandCode.FindAllString(strings.Join(row, " "), -1) {
			used[code] = true
			if !strings.Contains(above, code+" = ") {
				t.Errorf("%s: %s is not explained", name, code)
			}
		}
	}
	for _, code := range shorthandCode.FindAllString(above, -1) {
		if !used[code] {
			t.Errorf("%s: %s is explained and does not occur", name, code)
		}
	}
}

var noteMarker = regexp.MustCompile(`\[note \d+\]`)

func notesMarked(t *testing.T, w written) {
	const statement = "This table contains notes, which can be found in the Notes worksheet."
	marked := 0
	for _, name := range w.file.GetSheetList()[3:] {
		rows := cells(t, w, name)
		if has := noteMarker.MatchString(rows[0][0]); has != (rows[2][0] == statement) {
			t.Errorf("%s: title %q, A3 %q", name, rows[0][0], rows[2][0])
		} else if has {
			marked++
		}
	}
	if marked == 0 {
		t.Error("no table has notes")
	}
}

func noMarkersInCells(t *testing.T, w written, name string, rows [][]string, _ excelize.Table) {
	if name == "Notes" {
		return
	}
	for _, row := range rows[headerRow(t, w, name):] {
		if m := noteMarker.FindString(strings.Join(row, " ")); m != "" {
			t.Errorf("%s has %s in a cell", name, m)
		}
	}
}

func notesExplained(t *testing.T, w written) {
	rows := cells(t, w, "Notes")[headerRow(t, w, "Notes"):]
	for i, row := range rows {
		if row[0] != fmt.Sprintf("[note %d]", i+1) || len(row[1]) < 10 {
			t.Errorf("row %d of the notes is %q", i+1, row)
		}
	}
	for _, name := range w.file.GetSheetList()[3:] {
		for _, m := range noteMarker.FindAllString(cells(t, w, name)[0][0], -1) {
			i := slices.IndexFunc(rows, func(row []string) bool { return row[0] == m })
			if i < 0 || !strings.Contains(rows[i][2], name) {
				t.Errorf("%s: %s is not among the notes", name, m)
			}
		}
	}
}

func linksLead(t *testing.T, w written) {
	rows, top := cells(t, w, "Contents"), headerRow(t, w, "Contents")
	if want := w.file.GetSheetList()[2:]; len(rows)-top != len(want) {
		t.Fatalf("contents lists %d worksheets, want %d", len(rows)-top, len(want))
	}
	for i, row := range rows[top:] {
		at := fmt.Sprintf("A%d", top+1+i)
		ok, target, err := w.file.GetCellHyperLink("Contents", at)
		if err != nil || !ok || target != "'"+row[0]+"'!A1" || row[0] != w.file.GetSheetList()[2+i] {
			t.Errorf("%s %q leads to %q (%v)", at, row[0], target, err)
		}
	}
	forbidden(`TargetMode="External"`)(t, w)
}

func titlesTagged(t *testing.T, w written) {
	if !strings.Contains(w.parts["xl/styles.xml"], `<cellStyle name="Heading 1" xfId="1" builtinId="16"`) {
		t.Error("there is no style Heading 1")
	}
	id, err := w.file.GetCellStyle("Cover", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if xf := w.file.Styles.CellXfs.Xf[id].XfID; xf == nil || *xf != 1 {
		t.Errorf("A1 of the cover is not a Heading 1: %v", xf)
	}
	for _, name := range w.file.GetSheetList() {
		if other, err := w.file.GetCellStyle(name, "A1"); err != nil || other != id {
			t.Errorf("A1 of %s has style %d, want %d (%v)", name, other, id, err)
		}
	}
}

func namesPlain(t *testing.T, w written) {
	seen := map[string]bool{}
	for _, name := range w.file.GetSheetList() {
		if !regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,30}$`).MatchString(name) || seen[strings.ToLower(name)] {
			t.Errorf("worksheet %q is not plain or not the first of that name", name)
		}
		seen[strings.ToLower(name)] = true
	}
}

func documentSaysWhatItIs(t *testing.T, w written) {
	p, err := w.file.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if p.Title == "" || p.Subject == "" || p.Language != "en-GB" || p.Creator != "caregap" || p.LastModifiedBy != "caregap" {
		t.Errorf("properties are %+v", p)
	}
	forbidden("xuri", "2006-09-16", "Excelize")(t, w)
}

func cursorInA1(t *testing.T, w written) {
	if i := w.file.GetActiveSheetIndex(); i != 0 {
		t.Errorf("worksheet %d is in front", i)
	}
	for i, name := range w.file.GetSheetList() {
		data := w.parts[partOf(t, w, name)]
		if strings.Contains(data, "<selection") || strings.Contains(data, "topLeftCell") || strings.Contains(data, "tabSelected") != (i == 0) {
			t.Errorf("%s has a selection of its own", name)
		}
	}
}
