package xlsxfile

import (
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
)

// The parts of a workbook, as far as they matter. Field tags name no namespace,
// so any will do, Transitional or Strict.
type (
	workbookXML struct {
		Pr struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	relationsXML struct {
		Relations []relation `xml:"Relationship"`
	}
	relation struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	}
	stylesXML struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
)

// readWorkbook finds the sheets and what their cells mean.
//
//gosec:disable G115 -- limits are positive
func (b *Book) readWorkbook() error {
	main, err := b.mainPart()
	if err != nil {
		return err
	}
	var w workbookXML
	if err := b.decode(main, &w); err != nil {
		return err
	}
	if isTrue(w.Pr.Date1904) {
		b.epoch = epoch1904
	}
	relations, err := b.relations(main)
	if err != nil {
		return err
	}
	if len(w.Sheets) > maxSheets {
		return problem("too-large", fmt.Sprintf("the workbook has more than %d sheets", maxSheets), "")
	}
	parts := worksheets(relations)
	for _, s := range w.Sheets {
		if part, ok := parts[relationOf(s.Attrs)]; ok {
			b.Sheets = append(b.Sheets, Sheet{Name: s.Name, Hidden: s.State == "hidden" || s.State == "veryHidden", part: part})
		}
	}
	if b.sheetBytes() > uint64(b.opt.UnpackedBytes) {
		return b.unpacksTooMuch()
	}
	return b.readRelated(relations)
}

// maxSheets is the most sheets that a workbook may have: the beginnings of all are
// looked at.
const maxSheets = 1000

// worksheets are the parts of sheets by the relations that name them.
func worksheets(relations []relation) map[string]string {
	out := map[string]string{}
	for _, r := range relations {
		if r.ID != "" && strings.HasSuffix(r.Type, "/worksheet") {
			out[r.ID] = r.Target
		}
	}
	return out
}

// sheetBytes is what the sheets unpack to: of one part named by many sheets, as
// often as that.
func (b *Book) sheetBytes() uint64 {
	var total uint64
	for _, s := range b.Sheets {
		if f := b.parts[key(s.part)]; f != nil {
			total += f.UncompressedSize64 // no overflow: 1,000 parts of 4 GiB
		}
	}
	return total
}

// readRelated reads the styles and notes where the shared strings are.
func (b *Book) readRelated(relations []relation) error {
	for _, r := range relations {
		switch {
		case strings.HasSuffix(r.Type, "/styles"):
			var s stylesXML
			if err := b.decode(r.Target, &s); err != nil {
				return err
			}
			b.styles = dateStyles(s)
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			b.strings = r.Target
		}
	}
	return nil
}

// mainPart is the workbook part that the package names.
func (b *Book) mainPart() (string, error) {
	if b.parts["_rels/.rels"] == nil {
		return "", b.notWorkbook()
	}
	relations, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if strings.HasSuffix(r.Type, "/officeDocument") && b.parts[key(r.Target)] != nil && strings.HasSuffix(r.Target, ".xml") {
			return r.Target, nil
		}
	}
	return "", b.notWorkbook()
}

// notWorkbook says what else the archive is, where that can be told.
func (b *Book) notWorkbook() error {
	switch {
	case b.parts["xl/workbook.bin"] != nil:
		return problem("not-a-workbook", "this is a binary workbook (.xlsb), which cannot be read", again)
	case b.parts["content.xml"] != nil && b.parts["mimetype"] != nil:
		return problem("not-a-workbook", "this is an OpenDocument file, which cannot be read", "save it as .xlsx or .csv")
	case b.parts["word/document.xml"] != nil:
		return problem("not-a-workbook", "this is a Word document", "export the responses as .xlsx or .csv")
	}
	return problem("not-a-workbook", "this is a zip archive and no workbook", "unpack it and give the export inside")
}

// relations are those of a part, or of the package for "", their targets as part
// names.
func (b *Book) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	var x relationsXML
	if err := b.decode(path.Join(dir, "_rels", base+".rels"), &x); err != nil {
		return nil, err
	}
	for i := range x.Relations {
		r := &x.Relations[i]
		if !strings.HasPrefix(r.Target, "/") {
			r.Target = path.Join("/", dir, r.Target)
		}
		r.Target = strings.TrimPrefix(path.Clean(r.Target), "/")
	}
	return x.Relations, nil
}

// smallPart is the most that a part other than sheets and strings may unpack to.
const smallPart = 32 << 20

// decode reads a small part. encoding/xml knows no entities but XML's own, so
// there is nothing in it that could blow up.
func (b *Book) decode(part string, into any) error {
	in, err := b.open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := xml.NewDecoder(io.LimitReader(in, smallPart)).Decode(into); err != nil {
		return damaged(path.Base(part))
	}
	return nil
}

// relationOf is the value of r:id among a sheet's attributes.
func relationOf(attrs []xml.Attr) string {
	for _, a := range attrs {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }
