package workbook

import (
	"github.com/xuri/excelize/v2"
)

const (
	font     = "Arial"
	fontSize = 12.0
)

// look is what tells one cell style from another.
type look struct {
	kind   kind
	format string
	right  bool
	indent bool
}

// styles makes each style once.
type styles struct {
	file *excelize.File
	ids  map[look]int
}

// newStyles sets the default font and makes the two headings named styles, by
// which readers of the file know a title.
func newStyles(f *excelize.File) (*styles, error) {
	if err := f.SetDefaultFont(font); err != nil {
		return nil, err
	}
	size := fontSize
	f.Styles.Fonts.Font[0].Sz.Val = &size
	s := &styles{file: f, ids: map[look]int{}}
	if err := s.heading(title, "Heading 1", 16); err != nil {
		return nil, err
	}
	return s, s.heading(subtitle, "Heading 2", 17)
}

// heading makes the style of a kind one of the spreadsheet's own named styles;
// builtin is its number in ECMA-376 part 1, 18.8.7. excelize has no call for it.
func (s *styles) heading(k kind, name string, builtin int) error {
	id, err := s.id(look{kind: k})
	if err != nil {
		return err
	}
	sheet := s.file.Styles
	master := len(sheet.CellStyleXfs.Xf)
	format := sheet.CellXfs.Xf[id]
	format.XfID = nil
	sheet.CellStyleXfs.Xf = append(sheet.CellStyleXfs.Xf, format)
	sheet.CellStyleXfs.Count++
	sheet.CellXfs.Xf[id].XfID = &master
	named, custom := *sheet.CellStyles.CellStyle[0], true
	named.Name, named.XfID, named.BuiltInID, named.CustomBuiltIn = name, master, &builtin, &custom
	sheet.CellStyles.CellStyle = append(sheet.CellStyles.CellStyle, &named)
	sheet.CellStyles.Count++
	return nil
}

// id returns the number of the style that looks so.
func (s *styles) id(l look) (int, error) {
	if id, ok := s.ids[l]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(l.style())
	if err != nil {
		return 0, err
	}
	s.ids[l] = id
	return id, nil
}

// plain takes the colours from all fonts, so that each reader sees their own.
// It is for the end: excelize finds its fonts again by their colours.
func (s *styles) plain() {
	for _, f := range s.file.Styles.Fonts.Font {
		f.Color = nil
	}
}

// style has no fill and no colour: nothing is said by colour alone.
func (l look) style() *excelize.Style {
	st := &excelize.Style{
		Font:      &excelize.Font{Family: font},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}
	st.Font.Size, st.Font.Bold = l.kind.size(), l.kind.bold()
	switch l.kind {
	case subtitle:
		st.Alignment.Vertical = "bottom"
	case header:
		st.Border = []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}}
	case link:
		st.Font.Underline = "single"
	}
	if l.format != "" {
		st.CustomNumFmt = &l.format
	}
	st.Alignment.Horizontal = "left"
	if l.right {
		st.Alignment.Horizontal = "right"
	}
	if l.indent {
		st.Alignment.Indent = 1
	}
	return st
}
