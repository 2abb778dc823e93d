// Package table writes the files of a release's tables folder: CSV, the data
// package that describes it, and tables to paste into documents.
//
//  1. estimates.csv has one row per number, tidy, in the release's order; a
//     hidden row keeps its keys and has no figures.
//  2. labels.csv has the words for every id and code in it.
//  3. Each table of the report is a file of its own, as people see it: where a
//     number is missing, its code stands in its place.
//  4. Beside it stands the same as HTML, to be copied into a document, a slide or
//     a wiki: the table, its notes and its source, with looks that survive that.
//  5. datapackage.json says what every column of every CSV means, in the form
//     of a Frictionless Data Package (v1) with Table Schemas.
//
// All files are UTF-8 without a byte order mark, with LF at line ends. A text
// that a spreadsheet would take for a formula gets an apostrophe before it;
// numbers never do.
package table

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// Files makes every file of the release's tables folder: estimates.csv,
// labels.csv, a CSV and a page a table, and datapackage.json.
func Files(r *disclose.Release, tables []reports.Table) ([]reports.File, error) {
	estimates, err := EstimatesCSV(Rows(r))
	if err != nil {
		return nil, err
	}
	words := Labels(r)
	labels, err := labelsCSV(words)
	if err != nil {
		return nil, err
	}
	resources := []resource{estimatesResource(r, estimates), labelsResource(words, labels)}
	files := []reports.File{{Name: "tables/estimates.csv", Data: estimates}, {Name: "tables/labels.csv", Data: labels}}
	for _, t := range tables {
		data, err := tableCSV(t)
		if err != nil {
			return nil, err
		}
		page, err := tableHTML(r, t)
		if err != nil {
			return nil, err
		}
		files = append(files, reports.File{Name: "tables/" + t.ID + ".csv", Data: data}, reports.File{Name: "tables/" + t.ID + ".html", Data: page})
		resources = append(resources, tableResource(t, data))
	}
	description, err := datapackage(r, resources)
	if err != nil {
		return nil, err
	}
	return append(files, reports.File{Name: "tables/datapackage.json", Data: description}), nil
}
