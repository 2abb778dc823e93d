package export

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
)

// sheet is one made-up sheet: its state and rows of inline strings.
type sheet struct {
	name, state string
	rows        [][]string
}

// workbook makes an .xlsx file as text.
func workbook(t testing.TB, sheets ...sheet) string {
	t.Helper()
	const (
		ns   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
		rel  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
		rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	)
	var list, relations strings.Builder
	parts := []string{"_rels/.rels", rels + `<Relationship Id="r" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`}
	for i, s := range sheets {
		fmt.Fprintf(&list, `<sheet name=%q sheetId="%d" state=%q r:id="r%d"/>`, s.name, i+1, s.state, i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i, rel, i)
		var b strings.Builder
		for _, row := range s.rows {
			b.WriteString("<row>")
			for _, cell := range row {
				if cell == "" {
					b.WriteString("<c/>")
					continue
				}
				fmt.Fprintf(&b, `<c t="inlineStr"><is><t>%s</t></is></c>`, cell)
			}
			b.WriteString("</row>")
		}
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", i), `<worksheet `+ns+`><sheetData>`+b.String()+`</sheetData></worksheet>`)
	}
	parts = append(parts,
		"xl/workbook.xml", `<workbook `+ns+`><sheets>`+list.String()+`</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels+relations.String()+`</Relationships>`)
	return archive(t, parts...)
}

var (
	formRows = [][]string{
		{"ID", "Start time", "Completion time", "Email", "Name", "Barriers"},
		{"1", "2020-01-01", "2020-01-01", "anonymous", "", "Time;Money;"},
	}
	someRows  = [][]string{{"a", "b"}, {"1", "2"}}
	tableRows = [][]string{{"Role", "How?", "Why?"}, {"Doctor", "Well", "1"}, {"Nurse", "Badly", "2"}}
	pivotRows = [][]string{{"Row Labels", "Well", "Grand Total"}, {"Doctor", "1", "1"}, {"Grand Total", "1", "1"}}
)

func TestChooseSheet(t *testing.T) {
	tests := []struct {
		name   string
		sheets []sheet
		opt    Options
		want   string // sheet, or code
	}{
		{"only one", []sheet{{"S", "visible", someRows}}, Options{}, "S"},
		{"the platform's, not the first", []sheet{{"Notes", "visible", someRows}, {"Data", "visible", formRows}}, Options{}, "Data"},
		{"only one visible", []sheet{{"Old", "hidden", someRows}, {"S", "visible", someRows}}, Options{}, "S"},
		{"only one with text", []sheet{{"S", "visible", someRows}, {"Sheet2", "visible", nil}}, Options{}, "S"},
		{"the platform's, though hidden", []sheet{{"Data", "hidden", formRows}}, Options{}, "Data"},
		{"two that could be", []sheet{{"A", "visible", someRows}, {"B", "visible", someRows}}, Options{}, "ambiguous-sheet"},
		{"two of a platform", []sheet{{"A", "visible", formRows}, {"B", "visible", formRows}}, Options{}, "ambiguous-sheet"},
		{"the platform's, though hidden, beside notes", []sheet{{"Notes", "visible", someRows}, {"Data", "hidden", formRows}}, Options{}, "Data"},
		{"headings only beside the data", []sheet{{"A", "visible", formRows[:1]}, {"B", "visible", formRows}}, Options{}, "B"},
		{"a table beside notes", []sheet{{"Notes", "visible", someRows}, {"B", "visible", tableRows}}, Options{}, "B"},
		{"a table beside a pivot table", []sheet{{"P", "visible", pivotRows}, {"B", "visible", tableRows}, {"Old", "hidden", tableRows}}, Options{}, "B"},
		{"tables of results beside notes", []sheet{{"Notes", "visible", someRows}, {"About", "visible", tableRows}, {"P", "visible", pivotRows}}, Options{}, "not-an-export"},
		{"contents beside tables of results", []sheet{{"Contents", "visible", someRows}, {"P", "visible", pivotRows}, {"P2", "visible", pivotRows}}, Options{}, "not-an-export"},
		{"a hidden table beside notes", []sheet{{"Notes", "visible", someRows}, {"B", "hidden", tableRows}}, Options{}, "B"},
		{"two tables", []sheet{{"A", "visible", tableRows}, {"B", "visible", tableRows}}, Options{}, "ambiguous-sheet"},
		{"two hidden of a platform", []sheet{{"A", "hidden", formRows}, {"B", "hidden", formRows}}, Options{}, "ambiguous-sheet"},
		{"nothing but a pivot table", []sheet{{"P", "visible", pivotRows}, {"P2", "visible", pivotRows}}, Options{}, "not-an-export"},
		{"headings only", []sheet{{"A", "visible", formRows[:1]}, {"Notes", "visible", someRows}}, Options{}, "header-only"},
		{"named, though a pivot table", []sheet{{"P", "visible", pivotRows}, {"B", "visible", tableRows}}, Options{Sheet: "P", Platform: "generic"}, "P"},
		{"named", []sheet{{"A", "visible", formRows}, {"B b", "hidden", someRows}}, Options{Sheet: "b\u00a0B"}, "B b"},
		{"named, missing", []sheet{{"A", "visible", formRows}}, Options{Sheet: "B"}, "missing-sheet"},
		{"named, empty", []sheet{{"A", "visible", formRows}, {"B", "visible", nil}}, Options{Sheet: "B"}, "empty-file"},
		{"nothing", []sheet{{"A", "visible", nil}}, Options{}, "empty-file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, problems := Open(write(t, "a.xlsx", workbook(t, test.sheets...)), "a.xlsx", test.opt)
			if f == nil {
				if problems[0].Code != test.want {
					t.Errorf("%v, want %s", problems, test.want)
				}
				return
			}
			defer f.Close()
			if f.Sheet != test.want || f.Format != "xlsx" {
				t.Errorf("sheet %q of %s, want %q", f.Sheet, f.Format, test.want)
			}
		})
	}
}

func TestWorkbook(t *testing.T) {
	rows := [][]string{
		nil, {"Respondent ID", "Question"}, {"", "A", "B"}, {"1", "x"}, nil, {"2", "", "y"}, {"3", "", "", "note"}, {"", "", ""},
	}
	for _, chunk := range []int{1, 200, 1 << 20} {
		testChunkBytes = chunk
		f, problems := Open(write(t, "a.xlsx", workbook(t, sheet{"Sheet", "visible", rows})), "a.xlsx", Options{})
		testChunkBytes = 0
		if f == nil {
			t.Fatal(problems)
		}
		if f.Platform != "surveymonkey" || f.HeaderRows != 2 || len(f.Columns) != 3 {
			t.Errorf("%s with %d headings and %d columns", f.Platform, f.HeaderRows, len(f.Columns))
		}
		want := content{
			rows: [][]string{{"1", "x", ""}, {"2", "", "y"}, {"3", "", ""}}, numbers: []int{4, 6, 7}, records: 8, codes: []string{"stray-cells@7"},
		}
		if d := cmp.Diff(want, readAll(t, f), cmp.AllowUnexported(content{})); d != "" {
			t.Errorf("chunks of %d:\n%s", chunk, d)
		}
	}
}

// Columns that nobody gave a heading are columns where many rows have text in them.
func TestUnheadedColumns(t *testing.T) {
	rows := [][]string{{"Role", "How?", ""}, {"Doctor", "Well", "x"}, {"Nurse", "Well"}, {"Nurse", "Badly", "y"}, {"Nurse", "Badly", "", "a note"}}
	f, problems := Open(write(t, "a.xlsx", workbook(t, sheet{"Sheet", "visible", rows})), "a.xlsx", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	all := readAll(t, f)
	if len(f.Columns) != 3 || len(all.rows) != 4 || len(all.codes) != 1 {
		t.Errorf("%d columns, %d rows, %v", len(f.Columns), len(all.rows), all.codes)
	}
}

func TestDamagedWorkbook(t *testing.T) {
	_, problems := Open(write(t, "a.xlsx", archive(t, "_rels/.rels", "<x")), "a.xlsx", Options{})
	want := []diag.Diagnostic{{Code: "damaged-workbook", Pos: diag.Pos{File: "a.xlsx"}}}
	if len(problems) != 1 || problems[0].Code != want[0].Code || problems[0].Pos != want[0].Pos {
		t.Errorf("%v, want %v", problems, want)
	}
}

// A first row of that length is no row of headings, whatever the format.
func TestLongHeadings(t *testing.T) {
	long := strings.Repeat("word ", 80_000)
	rows := [][]string{{"a", long, "c"}, {"1", "2", "3"}}
	for name, path := range map[string]string{"a.csv": write(t, "a.csv", "a,"+long+",c\n1,2,3\n"), "a.xlsx": write(t, "a.xlsx", workbook(t, sheet{"S", "visible", rows}))} {
		_, problems := Open(path, name, Options{})
		if len(problems) != 1 || problems[0].Code != "too-large" || problems[0].Pos.Row != 1 || problems[0].Pos.File != name || !strings.Contains(problems[0].Message, "256 KiB") {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
