package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// pageSetup hides gridlines and prepares printing: A4, as wide as the paper, the
// header row on every page.
func (w *writer) pageSetup(s sheet) error {
	f, no, yes := w.file, false, true
	if err := f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	a4, wide, tall := 9, 1, 0
	orientation := "landscape"
	if s.table == nil {
		orientation = "portrait"
	}
	layout := excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}
	if err := f.SetPageLayout(s.name, &layout); err != nil {
		return err
	}
	if s.table == nil {
		return f.SetSheetDimension(s.name, fmt.Sprintf("A1:A%d", len(s.lines)))
	}
	return w.tableSetup(s)
}

// tableSetup repeats the header row in print, says how large the sheet is, and
// tells spreadsheets that digits kept as text in a column of texts are meant so.
func (w *writer) tableSetup(s sheet) error {
	first, last := s.corners()
	if err := w.file.SetSheetDimension(s.name, "A1:"+last); err != nil {
		return err
	}
	if err := w.file.AddIgnoredErrors(s.name, first+":"+last, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	top := len(s.lines) + 1
	return w.file.SetDefinedName(&excelize.DefinedName{
		Name:     "_xlnm.Print_Titles",
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, top, top),
		Scope:    s.name,
	})
}
