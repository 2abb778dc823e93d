// Package workbook writes the tables of a release as an accessible workbook, in
// two formats: Office Open XML (.xlsx) and OpenDocument (.ods).
//
//  1. The release and its tables become a model of worksheets: lines of text in
//     column A, then at most one table (model.go). Cover, Contents and Notes come
//     first, then one worksheet a table.
//  2. Notes are numbered in the order of their first use over the whole workbook,
//     and shorthand is explained above the tables in which it occurs.
//  3. For the .xlsx the model is written through excelize's stream writer, which
//     keeps every text a text: a label that starts with = is never a formula
//     (render.go). The parts are put into the file sorted, with one fixed time and
//     without the filter buttons that excelize gives to tables (pack.go).
//  4. For the .ods the same model becomes the XML of OpenDocument (ods*.go), in
//     which the type of each cell is written down, and no cell has a formula.
//
// The same release gives the same bytes.
//
// The rules are those of the Government Analysis Function's "Releasing statistics
// in spreadsheets"; the tests of this package name them by their number in the
// Analysis Function's checklist.
package workbook

import (
	"fmt"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// The workbook's places below public/.
const (
	Name         = "caregap.xlsx"
	OpenDocument = "caregap.ods"
)

// Write returns caregap.xlsx and caregap.ods with all the tables, in their order.
// It fails on a table without columns or with a row longer than its header.
func Write(r *disclose.Release, tables []reports.Table) ([]reports.File, error) {
	sheets, err := layout(r, tables)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	props := properties(r)
	xlsx, err := render(props, sheets)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	ods, err := renderODS(props, sheets)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return []reports.File{{Name: Name, Data: xlsx}, {Name: OpenDocument, Data: ods}}, nil
}

// layout is the whole workbook as a model: Cover, Contents, Notes where there
// are any, and a worksheet for each table.
func layout(r *disclose.Release, tables []reports.Table) ([]sheet, error) {
	names, notes := newNames("Cover", "Contents", "Notes", "History"), &notebook{}
	figures := make([]sheet, 0, len(tables))
	for _, t := range tables {
		s, err := tableSheet(r, t, names, notes)
		if err != nil {
			return nil, fmt.Errorf("table %q: %w", t.ID, err)
		}
		figures = append(figures, s)
	}
	listed := figures
	if notes.any() {
		listed = append([]sheet{notes.sheet()}, figures...)
	}
	return append([]sheet{cover(r), contents(listed)}, listed...), nil
}
