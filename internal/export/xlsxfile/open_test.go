package xlsxfile

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSheets(t *testing.T) {
	m := made{extra: map[string]string{
		"xl/workbook.xml": head + `<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + kind + `"><x:sheets>` +
			`<x:sheet name="Notes" sheetId="1" state="hidden" r:id="rId1"/><x:sheet name="Data &amp; more" sheetId="2" r:id="rId1"/>` +
			`<x:sheet name="Chart" sheetId="3" r:id="rId2"/></x:sheets></x:workbook>`,
	}}
	b, err := m.open(t, usual(4096))
	if err != nil {
		t.Fatal(err)
	}
	want := []Sheet{{"Notes", true, "xl/worksheets/sheet1.xml"}, {"Data & more", false, "xl/worksheets/sheet1.xml"}}
	if d := cmp.Diff(want, b.Sheets, cmp.AllowUnexported(Sheet{})); d != "" {
		t.Error(d)
	}
}

func TestEpoch1904(t *testing.T) {
	for _, pr := range []string{`date1904="1"`, `date1904="true"`} {
		m := made{sheet: `<row r="1"><c s="0"><v>42369</v></c></row>`, xfs: []int{14}, pr: pr}
		got, _ := m.rows(t, usual(4096), 0, 1)
		if d := cmp.Diff(map[int][]string{1: {"2020-01-01"}}, got); d != "" {
			t.Error(d)
		}
	}
}

func TestRefused(t *testing.T) {
	zeros := strings.Repeat(" ", bombSize+1)
	tests := []struct {
		name string
		m    made
		opt  Options
		want string
	}{
		{"other zip", made{extra: map[string]string{"_rels/.rels": ""}}, usual(4096), "not-a-workbook@0"},
		{"binary workbook", made{extra: map[string]string{"_rels/.rels": "", "xl/workbook.bin": "x"}}, usual(4096), "not-a-workbook@0"},
		{"workbook missing", made{extra: map[string]string{"xl/workbook.xml": ""}}, usual(4096), "not-a-workbook@0"},
		{"workbook damaged", made{extra: map[string]string{"xl/workbook.xml": "<workbook><sheets"}}, usual(4096), "damaged-workbook@0"},
		{"unpacks to too much", made{sheet: zeros}, Options{UnpackedBytes: 10 << 20, Ratio: 500}, "too-large@0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.m.open(t, test.opt)
			if err == nil {
				t.Fatal("no error")
			}
			if d := cmp.Diff([]string{test.want}, codes(err, 0)); d != "" {
				t.Error(d)
			}
		})
	}
	t.Run("bomb", func(t *testing.T) {
		_, problems := made{sheet: zeros}.rows(t, usual(4096), 0, 1)
		if d := cmp.Diff([]string{"too-large@0"}, problems); d != "" {
			t.Error(d)
		}
	})
	t.Run("long row", func(t *testing.T) {
		opt := usual(4096)
		opt.CellBytes = 10_000
		sheet := `<row r="1"><c t="str"><v>` + strings.Repeat("xy", 20_000) + `</v></c></row>`
		_, problems := made{sheet: sheet}.rows(t, opt, 0, 1)
		if d := cmp.Diff([]string{"too-large@0"}, problems); d != "" {
			t.Error(d)
		}
	})
	t.Run("no zip", func(t *testing.T) {
		if _, err := Open(bytes.NewReader([]byte("PK\x03\x04 and no more")), 15, usual(1)); err == nil || codes(err, 0)[0] != "not-a-workbook@0" {
			t.Error(err)
		}
	})
}

func TestFormatKind(t *testing.T) {
	tests := map[string]dateKind{
		"General": 0, "0.00": 0, "#,##0;[Red]-#,##0": 0, `"days" 0`: 0, `0\d`: 0, "0.00E+00": 0, "@": 0, `[$-409]#,##0`: 0, "_(* #,##0_)": 0,
		"m/d/yyyy": showsDate, "mmm-yy": showsDate, "mmmm": showsDate, `[$-409]d\-mmm\-yyyy;@`: showsDate, "dd.mm.yyyy": showsDate,
		"hh:mm": showsTime, "mm:ss.0": showsTime, "h:mm AM/PM": showsTime, "[h]:mm:ss": showsTime | elapsed,
		`m/d/yy\ h:mm:ss`: showsDate | showsTime, `yyyy\-mm\-dd\ hh:mm:ss`: showsDate | showsTime,
	}
	for code, want := range tests {
		if got := formatKind(code); got != want {
			t.Errorf("%s: %b, want %b", code, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct {
		serial float64
		kind   dateKind
		epoch  epoch
		want   string
	}{
		{1, showsDate, epoch1900, "1900-01-01"},
		{59, showsDate, epoch1900, "1900-02-28"},
		{60, showsDate, epoch1900, "1900-02-29"},
		{61, showsDate, epoch1900, "1900-03-01"},
		{0, showsDate, epoch1904, "1904-01-01"},
		{2958465, showsDate, epoch1900, "9999-12-31"},
		{2958466, showsDate, epoch1900, ""},
		{-1, showsDate, epoch1900, ""},
		{0.5, showsTime, epoch1900, "12:00:00"},
		{0.999999, showsDate | showsTime, epoch1900, "24:00:00"},
		{43831.999999, showsDate | showsTime, epoch1900, "2020-01-02 00:00:00"},
		{43831.25, showsTime, epoch1900, "2020-01-01 06:00:00"},
	}
	for _, test := range tests {
		out, ok := appendDate(nil, test.serial, test.kind, test.epoch)
		if string(out) != test.want || ok != (test.want != "") {
			t.Errorf("%v as %b: %q, want %q", test.serial, test.kind, out, test.want)
		}
	}
}
