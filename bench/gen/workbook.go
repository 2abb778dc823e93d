package gen

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"strconv"
)

// numbers are the columns that a workbook holds as numbers; all others are
// shared strings, as survey platforms and spreadsheets write them.
var numbers = map[string]bool{"Duration": true, "Age": true, "Weight": true}

// WriteWorkbook writes the same rows as Write as a workbook.
func WriteWorkbook(w io.Writer, rows int) error {
	z := zip.NewWriter(w)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
			`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`},
		{"_rels/.rels", relations(`<Relationship Id="rId1" Type="` + relation + `/officeDocument" Target="xl/workbook.xml"/>`)},
		{"xl/_rels/workbook.xml.rels", relations(`<Relationship Id="rId1" Type="` + relation + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + relation + `/sharedStrings" Target="sharedStrings.xml"/>`)},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + relation + `"><sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	} {
		if err := writePart(z, part[0], func(w *bufio.Writer) error { _, err := w.WriteString(part[1]); return err }); err != nil {
			return err
		}
	}
	s := &sheet{index: map[string]int{}}
	if err := writePart(z, "xl/worksheets/sheet1.xml", func(w *bufio.Writer) error { return s.write(w, rows) }); err != nil {
		return err
	}
	if err := writePart(z, "xl/sharedStrings.xml", s.writeStrings); err != nil {
		return err
	}
	return z.Close()
}

const (
	main     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

func relations(list string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`
}

func writePart(z *zip.Writer, name string, write func(*bufio.Writer) error) error {
	part, err := z.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(part, blockBytes)
	if err := write(w); err != nil {
		return err
	}
	return w.Flush()
}

// sheet numbers the strings of a sheet as it is written.
type sheet struct {
	index map[string]int
	texts []string
}

func (s *sheet) write(w *bufio.Writer, rows int) error {
	lines, in := io.Pipe()
	go func() { in.CloseWithError(Write(in, rows)) }()
	defer lines.Close()
	records := csv.NewReader(lines)
	records.ReuseRecord = true
	fmt.Fprintf(w, `<worksheet xmlns="%s"><sheetData>`, main)
	for number := 1; ; number++ {
		record, err := records.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		s.row(w, number, record)
	}
	_, err := w.WriteString(`</sheetData></worksheet>`)
	return err
}

func (s *sheet) row(w *bufio.Writer, number int, record []string) {
	fmt.Fprintf(w, `<row r="%d">`, number)
	for i, text := range record {
		switch {
		case text == "":
		case number > 1 && numbers[header[i]]:
			fmt.Fprintf(w, `<c r="%s%d"><v>%s</v></c>`, letters(i), number, text)
		default:
			fmt.Fprintf(w, `<c r="%s%d" t="s"><v>%d</v></c>`, letters(i), number, s.number(text))
		}
	}
	w.WriteString(`</row>`)
}

var header = Header()

func (s *sheet) number(text string) int {
	n, known := s.index[text]
	if !known {
		n = len(s.texts)
		s.texts = append(s.texts, string([]byte(text)))
		s.index[s.texts[n]] = n
	}
	return n
}

func (s *sheet) writeStrings(w *bufio.Writer) error {
	fmt.Fprintf(w, `<sst xmlns="%s" uniqueCount="%s">`, main, strconv.Itoa(len(s.texts)))
	for _, text := range s.texts {
		w.WriteString("<si><t>" + html.EscapeString(text) + "</t></si>")
	}
	_, err := w.WriteString("</sst>")
	return err
}

// letters are a column's, which is under 26 times 27.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return string(rune('A'+i/26-1)) + string(rune('A'+i%26))
}
