// Package reports is what people read. Its rooms turn a disclose.Release into
// files: figures, tables, a workbook, a page. What they share is here: the
// table model that every writer prints, and the words that go with a number.
//
//	Release -> []Table  -> table (CSV), workbook (xlsx, ods), page (HTML)
//	Release -> []Figure -> figures (SVG, PNG), page
//
// No room sees a respondent or an unprotected number: there is no way to import one.
package reports

import "github.com/caregap/caregap/internal/number"

// File is one file of a release's public folder.
type File struct {
	Name string // below public/, with slashes
	Data []byte
}

// Table is one table as every writer prints it.
type Table struct {
	ID      string // stable from run to run: tables/<id>.csv, #tab-<id>
	Section string // the section of the report it belongs to: SectionFinding ... SectionMethod
	Survey  string // id of the survey it is of, "" where it is of several
	By      string // the breakdown it is by, "" where it is of everyone
	Title   string // what it shows, in words
	Summary string // what is measured, its unit and base
	Notes   []string
	Columns []Column
	Rows    [][]Cell

	FilesOnly bool // as wide as a breakdown has groups: the page has no room for it
}

// Column is one column of a Table. Headers are unique within it.
type Column struct {
	ID          string // machine name, snake_case
	Title       string // header for people, with its unit in round brackets
	Numeric     bool
	Places      int  // decimals of a numeric column
	Signed      bool // a difference: the page prints + before numbers above 0
	Description string
}

// Cell is a text, a number, or a shorthand code that stands for a missing one.
type Cell struct {
	Text   string
	Number number.Value
	Code   string // c, x, w, z, b: printed as [c]
	Flag   string // u: printed in a notes column or after the label, never beside the number
	Whole  bool   // a count in a column of other numbers: no decimals, whatever the column has
}

// PlacesIn is the number of decimals that the cell has in a column.
func (c Cell) PlacesIn(column Column) int {
	if c.Whole {
		return 0
	}
	return column.Places
}

// String is the cell as people see it, with places decimals; a whole one has none.
func (c Cell) String(places int) string {
	switch {
	case c.Code != "":
		return "[" + c.Code + "]"
	case c.Number.Known():
		return c.Number.Fixed(c.PlacesIn(Column{Places: places}))
	}
	return c.Text
}

// Figure is one picture with all that must stand around it.
type Figure struct {
	ID      string // stable: figures/<id>.svg, #fig-<id>
	Title   string // the finding, at most ten words
	Drawn   string // what is drawn, unit, interval, survey and wave
	Alt     string // alternative text with all its numbers
	Notes   []string
	TableID string // the table that holds the same numbers
	SVG     []byte // wide, 159 mm with a blank margin, standing alone, with title and desc
	Narrow  []byte // the same drawn for a phone, 328 units wide; may be nil
	PNG     []byte // the wide one at 300 dots to an inch
}
