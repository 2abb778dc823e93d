package xlsxfile

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// FuzzSheet holds the scanner against excelize's GetRows on sheets that a small
// program in the fuzzer's bytes writes: every kind of cell, with and without
// references, prefix and styles, and at every size of chunk.
func FuzzSheet(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "Agree", byte(1), 42.5)
	f.Add([]byte{9, 0, 9, 9, 1, 8, 8, 2, 7}, " a & <b>\n_x000D_", byte(3), -1e-7)
	f.Add([]byte{5, 5, 10, 5, 0, 0, 9}, "", byte(2), 12345678901.0)
	f.Fuzz(func(t *testing.T, program []byte, text string, form byte, number float64) {
		if len(program) > 200 || len(text) > 200 || !clean(text) || !plainFloat(number) {
			return
		}
		m := writeSheet(program, text, form, number)
		want, ok := byExcelize(t, m)
		if !ok {
			return
		}
		for _, chunk := range []int{1, 100, 1 << 16} {
			rows, problems := m.rows(t, usual(chunk), 0, asItComes)
			if problems != nil {
				t.Fatalf("%v, where excelize has none:\n%s", problems, m.sheet)
			}
			if d := cmp.Diff(want, trimmed(rows)); d != "" {
				t.Fatalf("chunks of %d (-excelize +scanner):\n%s\n%s", chunk, d, m.sheet)
			}
		}
	})
}

// clean is true of text that XML can hold; its escapes are tested elsewhere.
func clean(text string) bool {
	if !utf8.ValidString(text) || strings.Contains(text, "_x") || strings.Contains(text, "\r") {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF })
}

func plainFloat(x float64) bool {
	return x == 0 || x < 1e15 && x > -1e15 && (x > 1e-4 || x < -1e-4)
}

// writeSheet makes one cell or row end of each byte of the program.
func writeSheet(program []byte, text string, form byte, number float64) made {
	x := ""
	if form&1 != 0 {
		x = "x:"
	}
	var esc, b strings.Builder
	if xml.EscapeText(&esc, []byte(text)) != nil {
		return made{}
	}
	row, column, open := 0, 0, false
	end := func() {
		if open {
			fmt.Fprintf(&b, "</%srow>", x)
		}
		open = false
	}
	for _, op := range program {
		if !open {
			row, column, open = row+1+int(op>>6&1), 0, true
			fmt.Fprintf(&b, `<%srow r="%d">`, x, row)
		}
		column += 1 + int(op>>5&1)
		name, _ := excelize.CoordinatesToCellName(column, row)
		attrs := fmt.Sprintf(` r="%s" s="%d"`, name, op>>7)
		switch op % 11 {
		case 0:
			fmt.Fprintf(&b, `<%[1]sc%[2]s t="s"><%[1]sv>0</%[1]sv></%[1]sc>`, x, attrs)
		case 1:
			fmt.Fprintf(&b, `<%[1]sc%[2]s t="s"><%[1]sv>1</%[1]sv></%[1]sc>`, x, attrs)
		case 2:
			fmt.Fprintf(&b, `<%[1]sc%[2]s t="inlineStr"><%[1]sis><%[1]st xml:space="preserve">%[3]s</%[1]st></%[1]sis></%[1]sc>`, x, attrs, esc.String())
		case 3:
			fmt.Fprintf(&b, `<%[1]sc%[2]s t="str"><%[1]sf>A1</%[1]sf><%[1]sv>%[3]s</%[1]sv></%[1]sc>`, x, attrs, esc.String())
		case 4:
			fmt.Fprintf(&b, `<%[1]sc%[2]s><%[1]sv>%[3]s</%[1]sv></%[1]sc>`, x, attrs, strconv.FormatFloat(number+0, 'f', -1, 64))
		case 5:
			fmt.Fprintf(&b, `<%[1]sc%[2]s t="e"><%[1]sv>#N/A</%[1]sv></%[1]sc>`, x, attrs)
		case 6:
			fmt.Fprintf(&b, `<%sc%s/>`, x, attrs)
		case 7:
			fmt.Fprintf(&b, `<%[1]sc%[2]s t="s"><%[1]sv>2</%[1]sv></%[1]sc>`, x, attrs)
		case 8:
			fmt.Fprintf(&b, `<%[1]sc%[2]s t="n"><%[1]sv>%[3]d</%[1]sv></%[1]sc>`, x, attrs, op)
		default:
			end()
		}
	}
	end()
	ns := main
	if x != "" {
		ns = strings.Replace(main, "xmlns=", "xmlns:x=", 1)
	}
	return made{
		sheet:  fmt.Sprintf(`%[1]s<%[2]sworksheet %[3]s><%[2]ssheetData>%[4]s</%[2]ssheetData></%[2]sworksheet>`, head, x, ns, b.String()),
		shared: []string{"<t xml:space=\"preserve\">" + esc.String() + "</t>", "<t/>", "<r><t xml:space=\"preserve\">" + esc.String() + "</t></r><r><t>!</t></r>"},
		xfs:    []int{0, 0},
	}
}

// byExcelize reads the sheet with excelize; trailing blank cells and blank rows
// are left out.
func byExcelize(t *testing.T, m made) (map[int][]string, bool) {
	f, err := excelize.OpenReader(bytes.NewReader(m.bytes(t)))
	if err != nil {
		return nil, false
	}
	defer f.Close()
	all, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, false
	}
	rows := map[int][]string{}
	for i, row := range all {
		rows[i+1] = row
	}
	return trimmed(rows), true
}

func trimmed(rows map[int][]string) map[int][]string {
	out := map[int][]string{}
	for number, row := range rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if strings.Trim(strings.Join(row, ""), " \t\n\v\f\r\u00a0") != "" {
			out[number] = row
		}
	}
	return out
}

// FuzzSheetBytes reads anything as a sheet: without a panic, and the same however
// it is cut as long as nothing is wrong with it.
func FuzzSheetBytes(f *testing.F) {
	for _, sheet := range []string{
		`<row r="1"><c r="A1"><v>1</v></c></row>`,
		`<sheetData><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>x&#65;</t></is></c></row></sheetData>`,
		`<row r="1"/><row r="2"><c r="B2" t="str"><f>1</f><v>_x0041_</v></c></row>`,
		`<x:sheetData xml:space="preserve"><x:row r="7"><x:c r="XFD7" s="1"/></x:row></x:sheetData>`,
	} {
		f.Add(sheet)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		if len(sheet) > 10_000 {
			return
		}
		m := made{sheet: sheet, shared: []string{"<t>Agree</t>"}, xfs: []int{0, 14}}
		whole, problems := m.rows(t, usual(1<<16), 0, asItComes)
		cut, others := m.rows(t, usual(16), 0, asItComes)
		if problems != nil || others != nil {
			return
		}
		if d := cmp.Diff(whole, cut); d != "" {
			t.Errorf("(-whole +cut):\n%s", d)
		}
	})
}
