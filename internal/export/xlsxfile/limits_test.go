package xlsxfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each limit has a problem of its own, which says where and how much is allowed;
// the rows around it are read.
func TestRowLimits(t *testing.T) {
	cell := func(text string) string { return `<c t="str"><v>` + text + `</v></c>` }
	row := func(cells ...string) string { return `<row>` + strings.Join(cells, "") + `</row>` }
	fine := row(cell("a"), cell("b"))
	for _, test := range []struct {
		name string
		m    made
		want []string
	}{
		{"a cell", made{sheet: fine + row(cell(strings.Repeat("x", 2100)), cell("b")) + fine}, []string{"too-large@2"}},
		{"columns", made{sheet: fine + row(cell("a"), `<c r="ZZ2" t="str"><v>b</v></c>`) + fine}, []string{"too-large@2"}},
		{"more cells than columns", made{sheet: fine + row(strings.Repeat(cell("a"), 60)) + fine}, []string{"too-large@2"}},
		{"a shared text", made{sheet: fine, shared: []string{"<t>" + strings.Repeat("x", 300_000) + "</t>"}}, []string{"too-large@0"}},
		{"within", made{sheet: fine + row(cell(strings.Repeat("x", 2000)), cell("b")) + fine}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			opt := usual(4096)
			opt.CellBytes, opt.Columns = 2000, 50
			rows, problems := test.m.rows(t, opt, 0, asItComes)
			if d := cmp.Diff(test.want, problems); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if test.want == nil && len(rows) != 3 || test.want != nil && test.want[0] == "too-large@2" && len(rows) != 2 {
				t.Errorf("%d rows are read", len(rows))
			}
		})
	}
}

// What a workbook may hold of everything else is limited too: sheets without end,
// one part named by many sheets, texts that fill the memory.
func TestWorkbookLimits(t *testing.T) {
	sheets := func(n int) map[string]string {
		var list strings.Builder
		for i := range n {
			fmt.Fprintf(&list, `<sheet name="s%d" sheetId="%d" r:id="rId1"/>`, i, i+1)
		}
		return map[string]string{"xl/workbook.xml": head + `<workbook ` + main + `><sheets>` + list.String() + `</sheets></workbook>`}
	}
	if b, err := (made{extra: sheets(maxSheets)}).open(t, usual(4096)); err != nil || len(b.Sheets) != maxSheets {
		t.Errorf("%d sheets are not read: %v", maxSheets, err)
	}
	for name, extra := range map[string]map[string]string{"sheets": sheets(maxSheets + 1), "one part for all": sheets(maxSheets)} {
		opt := usual(4096)
		if name != "sheets" {
			opt.UnpackedBytes = 200_000 // the part alone has a few hundred bytes, a thousand of it more
		}
		_, err := made{extra: extra}.open(t, opt)
		if err == nil {
			t.Fatalf("%s: no error", name)
		}
		if d := cmp.Diff([]string{"too-large@0"}, codes(err, 0)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	opt := usual(4096)
	opt.TextBytes = 10_000
	_, problems := made{sheet: `<row><c t="s"><v>0</v></c></row>`, shared: slices.Repeat([]string{"<t>word</t>"}, 2000)}.rows(t, opt, 0, 1)
	if d := cmp.Diff([]string{"too-large@0"}, problems); d != "" {
		t.Error(d)
	}
}
