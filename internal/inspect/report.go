package inspect

import (
	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

// Report is what one export, or one sheet of a workbook, was found to be. It stays
// in memory: Record is the part of it that may be printed.
type Report struct {
	File      string // as in messages
	Sheet     string
	Format    string // csv, xlsx, or "" where the file could not be read
	Encoding  string
	BOM       bool
	Delimiter string
	Platform  string
	Variant   string
	Reasons   []string // why it was taken for that platform's

	HeaderRows  int
	Rows        int // data rows that are not wholly blank
	SetAside    SetAside
	Unfinished  int // respondents whose response is not finished
	Respondents int // Rows less those set aside

	Columns  []Column // in file order
	Groups   []Group  // questions spread over several columns
	Problems []diag.Diagnostic
}

// SetAside counts the rows that the platform's own status column marks as no
// responses.
type SetAside struct {
	Preview int `json:"preview"`
	Test    int `json:"test"`
	Spam    int `json:"spam"`
}

// Total is how many rows are set aside.
func (s SetAside) Total() int { return s.Preview + s.Test + s.Spam }

// Kind is what the cells of a column hold.
type Kind string

// The kinds of columns.
const (
	Single   Kind = "single"   // one of a few options
	Multiple Kind = "multiple" // ticks: an option's own column, or all that are ticked in one cell
	Scale    Kind = "scale"    // one of a few options that have an order
	Number   Kind = "number"
	Date     Kind = "date"
	Text     Kind = "text"
	Empty    Kind = "empty"
)

// Closed reports whether the kind is that of a question with options.
func (k Kind) Closed() bool { return k == Single || k == Multiple || k == Scale }

// Column is one column under all its names, with what its cells hold. Counts are
// of respondents; where every row is set aside, of those rows.
type Column struct {
	export.Column // its names as the file has them; Role is corrected by the cells

	Kind      Kind
	Answered  int      // cells that are not blank and no mark of a question left unanswered
	Distinct  int      // different answers, folded
	Answers   []Answer // of a closed question all, those included that are not to be shown
	Separator string   // joins the ticked options in a cell, "" where there is one to a cell
	Group     int      // index into Groups, or -1

	// hidden says that the heading itself must not be printed.
	hidden bool
	// kinds of personal data that most of the cells hold, for messages.
	personal string
}

// Answer is one answer to a closed question.
type Answer struct {
	Label string // as most of the cells write it, or the words that the platform's key has for it
	Code  string // what the cells hold, where Label comes from a key
	Count int
	Shown bool // whether it may be printed
}

// Group is one question that is spread over several columns.
type Group struct {
	Text    string // the question
	Columns []int  // indexes into Report.Columns
	// Kind is Multiple where any number of columns can be ticked, Single or Scale
	// where one answer was to be given, and each column stands for one; and "" where
	// each column is a question of its own, a row of a grid.
	Kind     Kind
	TwoTicks int // rows in which one answer was to be given and several are
	rows     []int
}
