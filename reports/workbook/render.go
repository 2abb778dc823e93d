package workbook

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// writer writes the model into an excelize file.
type writer struct {
	file   *excelize.File
	styles *styles
	tables int            // how many are made
	aside  map[string]any // table parts by name, see setAside
}

// render writes the worksheets in order and returns the file's bytes.
func render(props excelize.DocProperties, sheets []sheet) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // the file is memory only
	st, err := newStyles(f)
	if err != nil {
		return nil, err
	}
	w := &writer{file: f, styles: st, aside: map[string]any{}}
	if err := w.prepare(props, sheets); err != nil {
		return nil, err
	}
	for _, s := range sheets {
		if err := w.sheet(s); err != nil {
			return nil, fmt.Errorf("worksheet %s: %w", s.name, err)
		}
	}
	w.putBack()
	st.plain()
	f.SetZipWriter(newPacker)
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// prepare makes the empty worksheets and sets what belongs to the whole file.
func (w *writer) prepare(props excelize.DocProperties, sheets []sheet) error {
	if err := w.file.SetSheetName("Sheet1", sheets[0].name); err != nil {
		return err
	}
	for _, s := range sheets[1:] {
		if _, err := w.file.NewSheet(s.name); err != nil {
			return err
		}
	}
	w.file.SetActiveSheet(0)
	w.file.WorkBook.FileVersion = nil // it claims to be Excel, so that others trust row heights that are not there
	if err := w.file.SetAppProps(&excelize.AppProperties{Application: "caregap"}); err != nil {
		return err
	}
	return w.file.SetDocProps(&props)
}

// sheet writes one worksheet. What the stream writer puts before the rows has to
// be set before the first of them.
func (w *writer) sheet(s sheet) error {
	if err := w.pageSetup(s); err != nil {
		return err
	}
	stream, err := w.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	// excelize puts each width before those it has; the file wants them in order.
	for i, width := range slices.Backward(s.widths) {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for i, l := range s.lines {
		cells := []cell{{text: l.text}}
		if err := w.row(stream, i+1, height(cells, s.widths, l.kind), cells, func(int, cell) look { return look{kind: l.kind} }); err != nil {
			return err
		}
	}
	if s.table != nil {
		if err := w.table(stream, s); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// table writes the header and rows below the lines and marks them as a table.
func (w *writer) table(stream *excelize.StreamWriter, s sheet) error {
	g, top := s.table, len(s.lines)+1
	head := g.header()
	if err := w.row(stream, top, height(head, s.widths, header), head, g.headerLook); err != nil {
		return err
	}
	for i, row := range g.rows {
		if err := w.row(stream, top+1+i, height(row, s.widths, body), row, g.look); err != nil {
			return err
		}
		if err := w.links(s.name, top+1+i, row); err != nil {
			return err
		}
	}
	first, last := s.corners()
	if err := stream.AddTable(&excelize.Table{Range: first + ":" + last, Name: g.name, ShowRowStripes: new(bool)}); err != nil {
		return err
	}
	w.setAside()
	return nil
}

// setAside takes the part of the table before the last out of excelize's sight,
// which for each new table reads all that it sees, to find the highest number.
func (w *writer) setAside() {
	before := fmt.Sprintf("xl/tables/table%d.xml", w.tables)
	if part, ok := w.file.Pkg.LoadAndDelete(before); ok {
		w.aside[before] = part
	}
	w.tables++
}

// putBack undoes setAside once all tables are made.
func (w *writer) putBack() {
	for name, part := range w.aside {
		w.file.Pkg.Store(name, part)
	}
}

func (w *writer) row(stream *excelize.StreamWriter, n int, tall float64, cells []cell, looks func(int, cell) look) error {
	values := make([]any, len(cells))
	for i, c := range cells {
		id, err := w.styles.id(looks(i, c))
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: id, Value: c.value()}
	}
	at, err := excelize.CoordinatesToCellName(1, n)
	if err != nil {
		return err
	}
	return stream.SetRow(at, values, excelize.RowOpts{Height: tall})
}

// value is what excelize writes: a float64, or a string, which it never takes for
// a formula.
func (c cell) value() any {
	if f, ok := c.number.Get(); ok {
		return f
	}
	return c.text
}

// links makes the cells that name a worksheet lead there.
func (w *writer) links(sheetName string, n int, row []cell) error {
	for i, c := range row {
		if c.link == "" {
			continue
		}
		at, err := excelize.CoordinatesToCellName(i+1, n)
		if err != nil {
			return err
		}
		tip := "Go to the worksheet " + c.link
		opts := excelize.HyperlinkOpts{Display: &c.text, Tooltip: &tip}
		if err := w.file.SetCellHyperLink(sheetName, at, "'"+c.link+"'!A1", "Location", opts); err != nil {
			return err
		}
	}
	return nil
}
