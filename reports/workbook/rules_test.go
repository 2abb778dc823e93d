package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
	"github.com/xuri/excelize/v2"
)

// The rules are those of the Analysis Function's checklist for spreadsheets, by
// its numbers. Not here, because only people can judge them: 15, 19 (labels are the
// study's own), 33 and 34; and 24, because there is no colour.
var rules = []struct {
	number int
	rule   string
	check  func(*testing.T, written)
}{
	{1, "tables are marked up as tables", everyTable(func(t *testing.T, w written, name string, rows [][]string, g excelize.Table) {
		want := fmt.Sprintf("A%d:%s", headerRow(t, w, name), lastCell(t, rows))
		if g.Range != want {
			t.Errorf("%s: table is %s, want %s", name, g.Range, want)
		}
	})},
	{2, "tables have meaningful names", everyTable(func(t *testing.T, _ written, name string, _ [][]string, g excelize.Table) {
		if regexp.MustCompile(`(?i)^table_?\d+$`).MatchString(g.Name) || len(g.Name) < 5 {
			t.Errorf("%s: table is called %q", name, g.Name)
		}
	})},
	{3, "no merged cells", forbidden("<mergeCell")},
	{4, "no blank rows or columns in tables", noEmptyCells},
	{5, "one header row, every header a text, all of them unique", everyTable(headersUnique)},
	{6, "text wraps", everyCell(func(t *testing.T, at string, st *excelize.Style) {
		if st.Alignment == nil || !st.Alignment.WrapText {
			t.Errorf("%s does not wrap", at)
		}
	})},
	{7, "no filters, no frozen panes", forbidden("<autoFilter", "<pane")},
	{8, "no empty cells, and shorthand that occurs is explained above the table", func(t *testing.T, w written) {
		noEmptyCells(t, w)
		everyTable(shorthandExplained)(t, w)
	}},
	{9, "no hidden rows, columns or sheets", forbidden("hidden=")},
	{10, "columns are as wide as their texts need, within limits", everyTable(func(t *testing.T, w written, name string, rows [][]string, _ excelize.Table) {
		for i := range rows[len(rows)-1] {
			col, _ := excelize.ColumnNumberToName(i + 1)
			if width, err := w.file.GetColWidth(name, col); err != nil || width < 16 || width > 90 {
				t.Errorf("%s: column %s is %g wide (%v)", name, col, width, err)
			}
		}
	})},
	{11, "no symbols or superscript signpost notes", forbidden("vertAlign", "<t>*", "†", "‡")},
	{12, "notes are marked with the word", notesMarked},
	{13, "no note markers in the cells of tables", everyTable(noMarkersInCells)},
	{14, "the text of notes stands in a table on the Notes worksheet", notesExplained},
	{16, "links say where they lead, one a cell, and none leads outside", linksLead},
	{17, "Arial 12, titles 16 bold, subtitles 14", everyCell(func(t *testing.T, at string, st *excelize.Style) {
		if st.Font.Family != "Arial" || !slices.Contains([]float64{12, 14, 16}, st.Font.Size) {
			t.Errorf("%s is in %s %g", at, st.Font.Family, st.Font.Size)
		}
		if title := strings.HasSuffix(at, "!A1"); title != (st.Font.Size == 16) || title && !st.Font.Bold {
			t.Errorf("%s is in %g, bold %t", at, st.Font.Size, st.Font.Bold)
		}
	})},
	{18, "worksheets have a title, tagged as a heading", titlesTagged},
	{20, "no headers, footers, text boxes or toolbars", forbidden("<headerFooter", "<drawing", "<legacyDrawing", "<controls")},
	{21, "no visual devices divide the data", everyCell(func(t *testing.T, at string, st *excelize.Style) {
		if len(st.Border) > 0 && !st.Font.Bold {
			t.Errorf("%s has a border and is no header", at)
		}
	})},
	{22, "no background fill", everyCell(func(t *testing.T, at string, st *excelize.Style) {
		if st.Fill.Pattern != 0 || len(st.Fill.Color) > 0 {
			t.Errorf("%s is filled", at)
		}
	})},
	{23, "colour says nothing: there is none", func(t *testing.T, w written) {
		fonts, _, _ := strings.Cut(w.parts["xl/styles.xml"], "</fonts>")
		if !strings.Contains(fonts, "<font>") || strings.Contains(fonts, "<color") {
			t.Errorf("fonts have colours: %s", fonts)
		}
	}},
	{25, "no images", noParts("xl/media", "xl/drawings")},
	{26, "no macros", noParts("xl/vbaProject", "xl/macrosheets", "xl/externalLinks", "xl/connections")},
	{27, "worksheet names are unique and plain", namesPlain},
	{28, "no blank worksheets", func(t *testing.T, w written) {
		for _, name := range w.file.GetSheetList() {
			if cells(t, w, name)[0][0] == "" {
				t.Errorf("%s is blank", name)
			}
		}
	}},
	{29, "what precedes a table stands in column A, without a gap, the title in A1", everyTable(func(t *testing.T, w written, name string, rows [][]string, _ excelize.Table) {
		for i, row := range rows[:headerRow(t, w, name)-1] {
			if len(row) != 1 || row[0] == "" {
				t.Errorf("%s: row %d has %d cells", name, i+1, len(row))
			}
		}
	})},
	{30, "tables stand against the left edge", everyTable(func(t *testing.T, _ written, name string, _ [][]string, g excelize.Table) {
		if !strings.HasPrefix(g.Range, "A") {
			t.Errorf("%s: table is %s", name, g.Range)
		}
	})},
	{31, "nothing stands below a table", everyTable(func(t *testing.T, _ written, name string, rows [][]string, g excelize.Table) {
		if !strings.HasSuffix(g.Range, fmt.Sprint(len(rows))) {
			t.Errorf("%s has %d rows, its table is %s", name, len(rows), g.Range)
		}
	})},
	{32, "one table a worksheet, and the second row says so", everyTable(func(t *testing.T, w written, name string, rows [][]string, _ excelize.Table) {
		if rows[1][0] != "This worksheet contains one table." {
			t.Errorf("%s: A2 is %q", name, rows[1][0])
		}
		if n := strings.Count(w.parts[partOf(t, w, name)], "<tablePart "); n != 1 {
			t.Errorf("%s has %d tables", name, n)
		}
	})},
	{35, "the document says its title and language", documentSaysWhatItIs},
	{36, "the cursor is in A1 of the first worksheet", cursorInA1},
}

func TestRules(t *testing.T) {
	release := disclosetest.Release(t)
	for name, w := range map[string]written{
		"made-up tables":  madeUp(t),
		"a release's own": write(t, release, reports.Tables(release)),
	} {
		for _, r := range rules {
			t.Run(fmt.Sprintf("%s/%02d %s", name, r.number, r.rule), func(t *testing.T) { r.check(t, w) })
		}
	}
}
