package workbook

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestSameBytes(t *testing.T) {
	first := madeUp(t).data
	for range 5 {
		if !bytes.Equal(first, madeUp(t).data) {
			t.Fatal("two runs gave different bytes")
		}
	}
}

func TestSourceDateEpoch(t *testing.T) {
	for _, tc := range []struct{ epoch, want string }{
		{"", "2023-02-14T00:00:00Z"}, // the last day of fieldwork
		{"1700000000", "2023-11-14T22:13:20Z"},
		{"0", "1980-01-01T00:00:00Z"},
	} {
		t.Setenv("SOURCE_DATE_EPOCH", tc.epoch)
		p, err := madeUp(t).file.GetDocProps()
		if err != nil {
			t.Fatal(err)
		}
		if p.Created != tc.want || p.Modified != tc.want {
			t.Errorf("epoch %q: created %s, modified %s, want %s", tc.epoch, p.Created, p.Modified, tc.want)
		}
	}
}

func TestTableSheet(t *testing.T) {
	got := cells(t, madeUp(t), "gap_by_staff_group")
	want := [][]string{
		{"Will minus capacity by staff group [note 1] [note 2]"},
		{"This worksheet contains one table."},
		{"This table contains notes, which can be found in the Notes worksheet."},
		{"Some shorthand is used in this table, [c] = " + reports.Code("c") + "; [u] = " + reports.Code("u") + "; [z] = not applicable."},
		{"Mean gap in points of respondents who have both scores."},
		{"Made-up data."},
		{"Source: NHS R&D Forum, Royal College of Physicians and NIHR Clinical Research Network; caregap release 3f9a1c07be42."},
		{"Survey", "Wave", "Staff group", "Gap (points)", "Base (respondents)", "p-value", "Notes"},
		{"NHS R&D Forum", "2019", "Medical and dental", "23.4", "1310", "0.001", "None"},
		{"NHS R&D Forum", "2019", "=cmd()|' /C calc'!A0", "-4", "180", "0.25", "None"},
		{"NHS R&D Forum", "2022", "<b>Nursing</b> & midwifery", "12.2", "24", "0.5", "[u]"},
		{"NHS R&D Forum", "2022", "+44", "[c]", "[c]", "[c]", "None"},
		{"NHS R&D Forum", "2022", "@SUM(A1) [u]", "0", "29", "[z]", "[u]"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("worksheet (-want +got):\n%s", diff)
	}
}

// Numbers are shown with the decimals of their column, years without a comma.
func TestShownAs(t *testing.T) {
	w := madeUp(t)
	for at, want := range map[string]string{"B9": "2019", "D10": "-4.0", "E9": "1,310", "F10": "0.250", "D13": "0.0"} {
		if got, err := w.file.GetCellValue("gap_by_staff_group", at); err != nil || got != want {
			t.Errorf("%s shows %q (%v), want %q", at, got, err, want)
		}
		if kind, err := w.file.GetCellType("gap_by_staff_group", at); err != nil || kind != excelize.CellTypeUnset {
			t.Errorf("%s is no number: %v (%v)", at, kind, err)
		}
	}
}

// No cell holds a formula, and what looks like one is a text.
func TestNoFormulas(t *testing.T) {
	w := madeUp(t)
	for part, data := range w.parts {
		if strings.Contains(data, "<f>") || strings.Contains(data, "<f ") {
			t.Errorf("%s has a formula", part)
		}
	}
	if kind, err := w.file.GetCellType("gap_by_staff_group", "C10"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("=cmd() is of type %v (%v)", kind, err)
	}
}

func TestErrors(t *testing.T) {
	cell := reports.Cell{Text: "x"}
	for _, tc := range []struct {
		table reports.Table
		want  string
	}{
		{reports.Table{ID: "bare"}, `workbook: table "bare": no columns`},
		{reports.Table{ID: "wide", Columns: make([]reports.Column, 1), Rows: [][]reports.Cell{{cell}, {cell, cell}}}, `workbook: table "wide": row 2 has 2 cells for 1 columns`},
		{reports.Table{ID: "odd", Columns: make([]reports.Column, 1), Rows: [][]reports.Cell{{{Code: "q"}}}}, `workbook: table "odd": code "q" has no meaning`},
	} {
		if _, err := Write(disclosetest.Release(t), []reports.Table{tc.table}); err == nil || err.Error() != tc.want {
			t.Errorf("error is %v, want %s", err, tc.want)
		}
	}
}

// A study may hold as good as nothing; its workbook is one still.
func TestNoTables(t *testing.T) {
	w := write(t, disclosetest.Release(t), nil)
	if got, want := w.file.GetSheetList(), []string{"Cover", "Contents"}; !slices.Equal(got, want) {
		t.Errorf("worksheets are %q, want %q", got, want)
	}
}

// What is read back is what was written: every figure with the decimals of its
// column, every code, every text.
func TestRoundTrip(t *testing.T) {
	release := disclosetest.Release(t)
	rapid.Check(t, func(rt *rapid.T) {
		tables := rapid.SliceOfN(anyTable(), 1, 3).Draw(rt, "tables")
		w := write(t, release, tables)
		names := w.file.GetSheetList()
		names = names[len(names)-len(tables):]
		for i, table := range tables {
			rows := cells(t, w, names[i])[headerRow(t, w, names[i]):]
			for j, row := range table.Rows {
				for k, want := range row {
					if got := rows[j][k]; got != plain(want, table.Columns[k]) {
						rt.Fatalf("%s, row %d, column %d: read %q, wrote %+v", names[i], j, k, got, want)
					}
				}
			}
		}
	})
}

// plain is what a cell should read back as.
func plain(c reports.Cell, col reports.Column) string {
	switch {
	case c.Code != "":
		return "[" + c.Code + "]"
	case c.Number.Known():
		return strconv.FormatFloat(c.Number.Round(col.Places).Or(0), 'f', -1, 64)
	case clean(c.Text) == "":
		return "[z]"
	case c.Flag != "":
		return clean(c.Text) + " [" + c.Flag + "]"
	}
	return clean(c.Text)
}

func anyTable() *rapid.Generator[reports.Table] {
	return rapid.Custom(func(t *rapid.T) reports.Table {
		table := reports.Table{ID: rapid.String().Draw(t, "id"), Title: rapid.String().Draw(t, "title"), Notes: rapid.SliceOf(rapid.String()).Draw(t, "notes")}
		for i := range rapid.IntRange(1, 6).Draw(t, "columns") {
			title := rapid.StringMatching(`[A-Za-z0-9 _()'"<&-]{0,20}`).Draw(t, "header")
			table.Columns = append(table.Columns, reports.Column{ID: fmt.Sprint(i), Title: title, Numeric: rapid.Bool().Draw(t, "numeric"), Places: rapid.IntRange(0, 3).Draw(t, "places")})
		}
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			var row []reports.Cell
			for _, c := range table.Columns {
				row = append(row, anyCell(c.Numeric).Draw(t, "cell"))
			}
			table.Rows = append(table.Rows, row)
		}
		return table
	})
}

func anyCell(numeric bool) *rapid.Generator[reports.Cell] {
	return rapid.Custom(func(t *rapid.T) reports.Cell {
		c := reports.Cell{Flag: rapid.SampledFrom([]string{"", "", "u"}).Draw(t, "flag")}
		switch {
		case rapid.IntRange(0, 4).Draw(t, "kind") == 0:
			c.Code = rapid.SampledFrom([]string{"c", "x", "w", "z", "b"}).Draw(t, "code")
		case numeric:
			c.Number = number.Of(rapid.Float64Range(-1e6, 1e6).Draw(t, "number"))
		default:
			c.Text = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"2020", "007", "=1+1", "_x0041_", "a\x00b\tc", "\xff", "  ", "é\u200f🙂"})).Draw(t, "text")
		}
		return c
	})
}

// The tables of a release like the example study's, and 20 longer ones.
func BenchmarkWrite(b *testing.B) {
	release := disclosetest.Release(b)
	for _, bm := range []struct {
		name   string
		tables []reports.Table
	}{{"release", reports.Tables(release)}, {"2000-rows", bigTables(20, 100)}} {
		b.Run(bm.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Write(release, bm.tables); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func bigTables(n, rows int) []reports.Table {
	var out []reports.Table
	for i := range n {
		t := madeUpTables()[0]
		t.ID, t.Rows = fmt.Sprintf("%s-%d", t.ID, i), nil
		for j := range rows {
			t.Rows = append(t.Rows, madeUpTables()[0].Rows[j%4])
		}
		out = append(out, t)
	}
	return out
}
