package example

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// sheetOf reads a workbook back with encoding/xml, by names of elements without
// their prefix: a second opinion that shares nothing with the writer.
func sheetOf(data []byte) ([][]string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var shared struct {
		Items []struct {
			Text string `xml:"t"`
		} `xml:"si"`
	}
	if err := readPart(z, "xl/sharedStrings.xml", &shared); err != nil {
		return nil, err
	}
	var sheet struct {
		Rows []struct {
			Cells []struct {
				Ref   string `xml:"r,attr"`
				Kind  string `xml:"t,attr"`
				Value string `xml:"v"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := readPart(z, "xl/worksheets/sheet1.xml", &sheet); err != nil {
		return nil, err
	}
	var rows [][]string
	for _, r := range sheet.Rows {
		var row []string
		for _, c := range r.Cells {
			at := 0
			for _, letter := range strings.TrimRight(c.Ref, "0123456789") {
				at = at*26 + int(letter-'A') + 1
			}
			for len(row) < at {
				row = append(row, "")
			}
			row[at-1] = c.Value
			if c.Kind != "s" {
				continue
			}
			i, err := strconv.Atoi(c.Value)
			if err != nil {
				return nil, err
			}
			row[at-1] = shared.Items[i].Text
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func readPart(z *zip.Reader, name string, into any) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	if err := xml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func TestWorkbookKeepsEveryText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// The tilde stands for the prefix of elements; see prefixed.
		texts := rapid.StringMatching(`[a-zA-Z0-9 <>&"'\n\x{00a0}‘’;,=-]{0,12}`)
		width := rapid.IntRange(1, 30).Draw(t, "width")
		want := rapid.SliceOfN(rapid.SliceOfN(texts, width, width), 1, 6).Draw(t, "rows")
		rows := make([][]cell, len(want))
		for i := range want {
			for _, s := range want[i] {
				rows[i] = append(rows[i], text(s))
			}
		}
		wb := workbook{sheet: "Sheet1"}
		if rapid.Bool().Draw(t, "prefix") {
			wb.prefix, wb.extent, wb.table = "x:", "A1", "Table1"
		}
		data, err := wb.encode(rows)
		if err != nil {
			t.Fatal(err)
		}
		got, err := sheetOf(data)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			for j, s := range want[i] {
				found := ""
				if j < len(got[i]) {
					found = got[i][j]
				}
				if found != s {
					t.Fatalf("row %d, column %d: read %q, wrote %q", i+1, j+1, found, s)
				}
			}
		}
	})
}

func TestSerial(t *testing.T) {
	for _, c := range []struct {
		when time.Time
		want string
	}{
		// Known from every spreadsheet: 1 January 1970 is 25569, 2000 is 36526.
		{time.Date(1970, 1, 1, 6, 0, 0, 0, time.UTC), "25569.25"},
		{time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC), "36526.5"},
		{time.Date(2023, 3, 1, 7, 0, 1, 0, time.UTC), "44986.2916782407"},
	} {
		if got := serial(c.when); got != c.want {
			t.Errorf("%s: serial %s, want %s", c.when, got, c.want)
		}
	}
}

func TestColumnName(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := columnName(i); got != want {
			t.Errorf("column %d is %s, want %s", i, got, want)
		}
	}
}
