package xlsxfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCells(t *testing.T) {
	m := made{
		shared: []string{
			`<t>Agree</t>`, `<t/>`, `<t xml:space="preserve"> a &amp; b&#10;c </t>`,
			`<r><rPr><b/></rPr><t>Strongly </t></r><r><t>agree</t></r><rPh sb="0" eb="1"><t>not me</t></rPh>`,
			`<t>line_x000D_end _x0041 _x005F_x0041_</t>`,
		},
		xfs:    []int{0, 14, 22, 170, 171, 46},
		custom: map[int]string{170: `yyyy\-mm\-dd\ hh:mm:ss`, 171: `0.00"d"`},
	}
	tests := []struct{ name, cell, want string }{
		{"shared", `<c r="A1" t="s"><v>0</v></c>`, "Agree"},
		{"shared, empty", `<c r="A1" t="s"><v>1</v></c>`, ""},
		{"shared, entities and spaces", `<c r="A1" t="s"><v>2</v></c>`, " a & b\nc "},
		{"shared, rich text", `<c r="A1" t="s"><v>3</v></c>`, "Strongly agree"},
		{"shared, escapes", `<c r="A1" t="s"><v>4</v></c>`, "line\rend _x0041 _x0041_"},
		{"shared under a date style", `<c r="A1" s="1" t="s"><v>0</v></c>`, "Agree"},
		{"inline", `<c r="A1" t="inlineStr"><is><t>Agree</t></is></c>`, "Agree"},
		{"inline, rich text", `<c r="A1" t="inlineStr"><is><r><t>Ag</t></r><r><t>ree</t></r></is></c>`, "Agree"},
		{"formula's text", `<c r="A1" t="str"><f>A2&amp;"x"</f><v>x &lt; y</v></c>`, "x < y"},
		{"formula's number", `<c r="A1"><f>1+1</f><v>2</v></c>`, "2"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "TRUE"},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, "FALSE"},
		{"error", `<c r="A1" t="e"><v>#NAME?</v></c>`, "#NAME?"},
		{"integer", `<c r="A1" t="n"><v>42</v></c>`, "42"},
		{"id without exponent", `<c r="A1"><v>1.2345678901E10</v></c>`, "12345678901"},
		{"id of 17 digits", `<c r="A1"><v>1.2345678901234567E16</v></c>`, "12345678901234568"},
		{"fraction", `<c r="A1"><v>0.10000000000000001</v></c>`, "0.1"},
		{"trailing zero", `<c r="A1"><v>1.50</v></c>`, "1.5"},
		{"negative zero", `<c r="A1"><v>-0.0</v></c>`, "0"},
		{"date", `<c r="A1" s="1"><v>43831</v></c>`, "2020-01-01"},
		{"date with a time in it", `<c r="A1" s="1"><v>43831.5</v></c>`, "2020-01-01 12:00:00"},
		{"date and time", `<c r="A1" s="2"><v>43831</v></c>`, "2020-01-01 00:00:00"},
		{"custom date and time", `<c r="A1" s="3"><v>42205.775023148148</v></c>`, "2015-07-20 18:36:02"},
		{"quoted d is no date", `<c r="A1" s="4"><v>43831</v></c>`, "43831"},
		{"elapsed", `<c r="A1" s="5"><v>1.25</v></c>`, "30:00:00"},
		{"ISO date", `<c r="A1" t="d"><v>2020-01-01T10:11:12Z</v></c>`, "2020-01-01 10:11:12"},
		{"style without content", `<c r="A1" s="2" />`, ""},
		{"empty value", `<c r="A1" t="s"><v></v></c>`, ""},
		{"single quotes", `<c t='s' r='A1'><v>0</v></c>`, "Agree"},
		{"unknown elements", `<c r="A1"><extLst><ext uri="x"/></extLst><v>7</v></c>`, "7"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m.sheet = `<row r="1">` + test.cell + `<c r="B1"><v>1</v></c></row>`
			got, problems := m.rows(t, usual(4096), 0, 2)
			if d := cmp.Diff(map[int][]string{1: {test.want, "1"}}, got); d != "" || problems != nil {
				t.Error(d, problems)
			}
		})
	}
}

func TestRows(t *testing.T) {
	row := func(r, a, b string) string {
		return fmt.Sprintf(`<row r="%s"><c r="A%s"><v>%s</v></c><c r="B%s"><v>%s</v></c></row>`, r, r, a, r, b)
	}
	tests := []struct {
		name, sheet string
		want        map[int][]string
		problems    []string
	}{
		{"plain", row("1", "1", "2") + row("2", "3", "4"), map[int][]string{1: {"1", "2"}, 2: {"3", "4"}}, nil},
		{"rows left out", row("2", "1", "2") + row("5", "3", "4"), map[int][]string{2: {"1", "2"}, 5: {"3", "4"}}, nil},
		{"without references", `<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>4</v></c></row>`,
			map[int][]string{1: {"1", "2"}, 2: {"", "4"}}, nil},
		{"short rows are padded", `<row r="1"><c r="A1"><v>1</v></c></row>`, map[int][]string{1: {"1", ""}}, nil},
		{"cells left out", `<row r="1"><c r="B1"><v>2</v></c></row>`, map[int][]string{1: {"", "2"}}, nil},
		{"cells out of order", `<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>`, map[int][]string{1: {"1", "2"}}, nil},
		{"declared but empty", row("1", "1", "2") + strings.Repeat(`<row spans="1:2"><c s="1"/></row>`, 50) + `<row r="16385"/>`,
			map[int][]string{1: {"1", "2"}}, nil},
		{"style to the right", `<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1" s="1"/></row>`, map[int][]string{1: {"1", ""}}, nil},
		{"text to the right", row("1", "1", "2") + `<row r="2"><c r="D2"><v>9</v></c></row>`, map[int][]string{1: {"1", "2"}}, []string{"stray-cells@2"}},
		{"a note beside a row", row("1", "1", "2") + `<row r="2"><c r="B2"><v>3</v></c><c r="D2"><v>9</v></c></row>`, map[int][]string{1: {"1", "2"}, 2: {"", "3"}}, []string{"stray-cells@2"}},
		{"no rows", ``, map[int][]string{}, nil},
		{"self-closed data", head + `<worksheet ` + main + `><sheetData/></worksheet>`, map[int][]string{}, nil},
		{"prefixed", head + `<x:worksheet xmlns:x="m"><x:dimension ref="A1"/><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c>` +
			`<x:c r="B1" s="2" /></x:row></x:sheetData></x:worksheet>`, map[int][]string{1: {"Agree", ""}}, nil},
		{"data with attributes, other elements after it", head + `<worksheet><sheetData
			xml:space="preserve">` + row("1", "1", "2") + `</sheetData><rowBreaks/><mergeCells/></worksheet>`, map[int][]string{1: {"1", "2"}}, nil},
		{"rows backwards", row("3", "1", "2") + row("2", "1", "2"), map[int][]string{3: {"1", "2"}}, []string{"damaged-workbook@4"}},
		{"no such string", `<row r="1"><c t="s"><v>7</v></c></row>`, map[int][]string{}, []string{"damaged-workbook@1"}},
		{"bad reference", `<row r="1"><c r="1A"><v>7</v></c></row>`, map[int][]string{}, []string{"damaged-workbook@1"}},
		{"cut short", head + `<worksheet><sheetData>` + row("1", "1", "2"), map[int][]string{}, []string{"damaged-workbook@0"}},
		{"comment", `<!-- </row> -->` + row("1", "1", "2"), map[int][]string{}, []string{"damaged-workbook@1"}},
		{"document type", `<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData>` + row("1", "1", "2") + `</sheetData></worksheet>`,
			map[int][]string(nil), []string{"damaged-workbook@0"}},
		{"other encoding", `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData></sheetData></worksheet>`,
			map[int][]string(nil), []string{"damaged-workbook@0"}},
	}
	for _, test := range tests {
		for _, chunk := range []int{1, 60, 4096} {
			if chunk < 4096 && test.problems != nil {
				continue // how far a damaged sheet is read depends on the chunks
			}
			t.Run(test.name, func(t *testing.T) {
				got, problems := made{sheet: test.sheet, shared: []string{"<t>Agree</t>"}}.rows(t, usual(chunk), 0, 2)
				if d := cmp.Diff(test.want, got); d != "" {
					t.Errorf("chunks of %d (-want +got):\n%s", chunk, d)
				}
				if d := cmp.Diff(test.problems, problems); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

func TestHead(t *testing.T) {
	m := made{sheet: `<row r="3"><c r="B3"><v>1</v></c></row><row r="5"><c r="A5"><v>2</v></c></row>`}
	b, err := m.open(t, usual(4096))
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Head(b.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	want := Head{Lead: 2, Rows: [][]string{{"", "1"}, nil, {"2"}}, Whole: true}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestHeadings(t *testing.T) {
	var sheet strings.Builder
	for i := range 9 {
		fmt.Fprintf(&sheet, `<row r="%d"><c><v>%d</v></c></row>`, 2*i+2, i)
	}
	got, problems := made{sheet: sheet.String()}.rows(t, usual(1), 14, 1)
	want := map[int][]string{16: {"7"}, 18: {"8"}}
	if d := cmp.Diff(want, got); d != "" || problems != nil {
		t.Error(d, problems)
	}
}
