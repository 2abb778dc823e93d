package page

import (
	"slices"

	"github.com/caregap/caregap/reports"
)

// open are tables by their ids, open; nothing where the release has none or a
// figure shows it.
func (a *arranger) open(ids ...string) []table {
	return a.pick(false, func(t reports.Table) bool { return slices.Contains(ids, t.ID) })
}

// folded are the same, folded.
func (a *arranger) folded(ids ...string) []table {
	return a.pick(true, func(t reports.Table) bool { return slices.Contains(ids, t.ID) })
}

// rest are a section's tables that no figure shows, folded, without those that
// have places of their own.
func (a *arranger) rest(section string, placed ...string) []table {
	return a.pick(true, func(t reports.Table) bool { return t.Section == section && !slices.Contains(placed, t.ID) })
}

// mostRows is the longest table that the page prints. Longer ones have their
// file, and a line on the page that says so.
const mostRows = 400

func (a *arranger) pick(folded bool, wanted func(reports.Table) bool) []table {
	var out []table
	for _, t := range a.tables {
		if t.FilesOnly || a.shown[t.ID] > 0 || !wanted(t) {
			continue
		}
		view := a.table(t, nil)
		view.Folded, view.Bare = folded, bare(t)
		view.Survey, view.By = a.of(t)
		out = append(out, view)
	}
	return out
}

// bare reports whether a table of estimates shows none: codes stand for all.
func bare(t reports.Table) bool {
	lower := slices.IndexFunc(t.Columns, func(c reports.Column) bool { return c.ID == "lower" })
	return lower >= 0 && !slices.ContainsFunc(t.Rows, func(row []reports.Cell) bool { return row[lower].Number.Known() })
}

// foldLong folds tables of more lines than a reader passes by.
func foldLong(tables []table) []table {
	const lines = 12
	for i := range tables {
		tables[i].Folded = tables[i].Folded || len(tables[i].Rows) > lines
	}
	return tables
}
