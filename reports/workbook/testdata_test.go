package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
	"github.com/xuri/excelize/v2"
)

// The tables of this file are made up. They hold every kind of cell: figures with
// no, one and two decimals, a figure of low reliability, each code, years, labels
// that look like formulas or markup, control characters, and nothing at all.
func madeUpTables() []reports.Table {
	n := func(f float64) reports.Cell { return reports.Cell{Number: number.Of(f)} }
	text := func(s string) reports.Cell { return reports.Cell{Text: s} }
	code := func(s string) reports.Cell { return reports.Cell{Code: s} }
	low := func(f float64) reports.Cell { return reports.Cell{Number: number.Of(f), Flag: "u"} }
	open := "This survey was open to anyone who saw the link"
	return []reports.Table{
		{
			ID: "gap-by-staff-group", Title: "Will minus capacity by staff group",
			Summary: "Mean gap in points of respondents who have both scores",
			Notes:   []string{open, "Groups are as respondents named them."},
			Columns: []reports.Column{
				{ID: "survey", Title: "Survey"}, {ID: "wave", Title: "Wave"}, {ID: "group", Title: "Staff group"},
				{ID: "estimate", Title: "Gap (points)", Numeric: true, Places: 1}, {ID: "base", Title: "Base (respondents)", Numeric: true},
				{ID: "p", Title: "p-value", Numeric: true, Places: 3},
			},
			Rows: [][]reports.Cell{
				{text("NHS R&D Forum"), text("2019"), text("Medical and dental"), n(23.4), n(1310), n(0.001)},
				{text("NHS R&D Forum"), text("2019"), text("=cmd()|' /C calc'!A0"), n(-4), n(180), n(0.25)},
				{text("NHS R&D Forum"), text("2022"), text(" <b>Nursing</b> &\tmidwifery\x01 "), low(12.25), n(24), n(0.5)},
				{text("NHS R&D Forum"), text("2022"), text("+44"), code("c"), code("c"), code("c")},
				{text("NHS R&D Forum"), text("2022"), {Text: "@SUM(A1)", Flag: "u"}, low(0), n(29)},
			},
		},
		{
			ID: "2 waves: a title that is too long for a tab", Title: "Change in will",
			Notes: []string{open + "."},
			Columns: []reports.Column{
				{ID: "survey", Title: "Survey"}, {ID: "waves", Title: "Waves"}, {ID: "change", Title: "Change (points)", Numeric: true, Places: 2},
				{ID: "change2", Title: "change (points)", Numeric: true, Places: 2}, {ID: "none"},
			},
			Rows: [][]reports.Cell{
				{text("RCP"), text("2020+2023"), n(0.125), code("b"), text("_x0041_")},
				{text("CRN"), text("2023"), code("x"), code("w"), {}},
			},
		},
		{
			ID: "2 waves: a title that is too long for a tab too", Title: "Nothing to show",
			Columns: []reports.Column{{ID: "survey", Title: "Survey"}, {ID: "n", Title: "Number", Numeric: true}},
		},
	}
}

// written is the made-up workbook, as bytes, parts and read back.
type written struct {
	data  []byte
	ods   []byte
	parts map[string]string
	order []string
	file  *excelize.File

	// What has been read of the file so far, by worksheet and by number.
	rows   map[string][][]string
	tables map[string]excelize.Table
	styles map[int]*excelize.Style
}

func write(t testing.TB, r *disclose.Release, tables []reports.Table) written {
	t.Helper()
	files, err := Write(r, tables)
	if err != nil {
		t.Fatal(err)
	}
	return readBack(t, files)
}

func readBack(t testing.TB, files []reports.File) written {
	t.Helper()
	if len(files) != 2 || files[0].Name != "caregap.xlsx" || files[1].Name != "caregap.ods" {
		t.Fatalf("files = %d, want caregap.xlsx and caregap.ods", len(files))
	}
	w := written{
		data: files[0].Data, ods: files[1].Data, parts: map[string]string{},
		rows: map[string][][]string{}, tables: map[string]excelize.Table{}, styles: map[int]*excelize.Style{},
	}
	z, err := zip.NewReader(bytes.NewReader(w.data), int64(len(w.data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		w.parts[f.Name], w.order = unzip(t, f), append(w.order, f.Name)
	}
	w.file, err = excelize.OpenReader(bytes.NewReader(w.data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.file.Close() })
	return w
}

func unzip(t testing.TB, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func madeUp(t testing.TB) written {
	return write(t, disclosetest.Release(t), madeUpTables())
}
