package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
)

// What of an .ods the tests read, by OpenDocument's own names. It is read apart
// from how it is written: by namespaces, not by prefixes.
type (
	odsDocument struct {
		Styles  []odsReadStyle  `xml:"automatic-styles>style"`
		Numbers []odsReadFormat `xml:"automatic-styles>number-style"`
		Sheets  []odsSheet      `xml:"body>spreadsheet>table"`
		Ranges  []odsRange      `xml:"body>spreadsheet>database-ranges>database-range"`
	}
	odsReadFormat struct {
		Name   string `xml:"name,attr"`
		Number struct {
			Places   string `xml:"decimal-places,attr"`
			Least    string `xml:"min-decimal-places,attr"`
			Grouping string `xml:"grouping,attr"`
		} `xml:"number"`
	}
	odsReadStyle struct {
		Name   string `xml:"name,attr"`
		Family string `xml:"family,attr"`
		Data   string `xml:"data-style-name,attr"`
		Column struct {
			Width string `xml:"column-width,attr"`
		} `xml:"table-column-properties"`
		Cell struct {
			Wrap string `xml:"wrap-option,attr"`
		} `xml:"table-cell-properties"`
	}
	odsSheet struct {
		Name    string      `xml:"name,attr"`
		Columns []odsColumn `xml:"table-column"`
		Above   []odsRow    `xml:"-"`
		Header  []odsRow    `xml:"-"`
		Body    []odsRow    `xml:"-"`
	}
	odsColumn struct {
		Style string `xml:"style-name,attr"`
	}
	odsRow struct {
		Cells []odsReadCell `xml:"table-cell"`
	}
	odsReadCell struct {
		Style    string       `xml:"style-name,attr"`
		Type     string       `xml:"value-type,attr"`
		Value    string       `xml:"value,attr"`
		Formula  string       `xml:"formula,attr"`
		Repeated string       `xml:"number-columns-repeated,attr"`
		Text     odsParagraph `xml:"p"`
	}
	odsRange struct {
		Name    string `xml:"name,attr"`
		Target  string `xml:"target-range-address,attr"`
		Header  string `xml:"contains-header,attr"`
		Buttons string `xml:"display-filter-buttons,attr"`
	}
)

// UnmarshalXML tells rows above the header from those below it.
func (s *odsSheet) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	s.Name = attribute(start, "name")
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := s.child(d, e); err != nil {
				return err
			}
		}
	}
}

func (s *odsSheet) child(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "table-column":
		s.Columns = append(s.Columns, odsColumn{attribute(e, "style-name")})
		return d.Skip()
	case "table-header-rows":
		var h struct {
			Rows []odsRow `xml:"table-row"`
		}
		err := d.DecodeElement(&h, &e)
		s.Header = append(s.Header, h.Rows...)
		return err
	}
	var r odsRow
	err := d.DecodeElement(&r, &e)
	if len(s.Header) > 0 {
		s.Body = append(s.Body, r)
		return err
	}
	s.Above = append(s.Above, r)
	return err
}

// odsParagraph is a text with its spaces as a reader shows them, and where it leads.
type odsParagraph struct{ text, link string }

// UnmarshalXML takes a run of spaces for one (part 3, 6.1.2).
func (p *odsParagraph) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.EndElement:
			depth--
		case xml.CharData:
			for strings.Contains(string(e), "  ") {
				e = bytes.ReplaceAll(e, []byte("  "), []byte(" "))
			}
			p.text += string(e)
		case xml.StartElement:
			depth++
			switch e.Name.Local {
			case "a":
				p.link = attribute(e, "href")
			case "s":
				n, err := strconv.Atoi(attribute(e, "c"))
				if err != nil {
					return err
				}
				p.text += strings.Repeat(" ", n)
			}
		}
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// odsZip opens an .ods.
func odsZip(t testing.TB, data []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// odsPartOf is one part of an .ods.
func odsPartOf(t testing.TB, data []byte, name string) string {
	t.Helper()
	f, err := odsZip(t, data).Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	part, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(part)
}

func readODS(t testing.TB, data []byte) odsDocument {
	t.Helper()
	var doc odsDocument
	if err := xml.Unmarshal([]byte(odsPartOf(t, data, "content.xml")), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// rows are all the rows of a worksheet in their order.
func (s odsSheet) rows() []odsRow {
	var out []odsRow
	out = append(out, s.Above...)
	out = append(out, s.Header...)
	return append(out, s.Body...)
}
