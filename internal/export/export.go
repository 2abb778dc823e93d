// Package export turns one export file into a stream of rows of text with
// positions, whatever platform wrote it.
//
//  1. Open looks at the bytes: CSV or workbook, encoding, delimiter, sheet.
//  2. The head - the first records - is shown to each Platform; the one with the
//     highest score, or the one the codebook names, lays the columns out.
//  3. Next hands out chunks of whole records in file order. It is cheap, and is
//     called under a lock; Chunk.Scan, which does the work of splitting records
//     into fields, may run on any goroutine.
//
// Nothing here knows what an answer means, and no cell's text is ever put into a
// message except the cells of header rows.
package export

import (
	"strings"

	"github.com/caregap/caregap/internal/export/record"
	"github.com/caregap/caregap/internal/fold"
)

// Options say what the codebook declares of a file. Zero values are detected.
type Options struct {
	Platform string
	Sheet    string
	Limits   Limits
	// Anyway opens a file also where a problem that is an error says not to use it,
	// as long as it can be read: to tell what it is.
	Anyway bool
}

// Role is what a column is for, as far as the platform's own layout tells.
type Role string

// The roles of columns.
const (
	RoleID       Role = "id"
	RoleTime     Role = "time"
	RoleStatus   Role = "status"
	RolePersonal Role = "personal"
	RoleDesign   Role = "design"
	RoleQuestion Role = "question"
	RoleOther    Role = "other"
)

// Column is one column of an export under all its names.
type Column struct {
	Position int    // from 1
	Code     string // short code (Q4_1), or the heading where there is only one
	Text     string // full text: the question, and its row or option joined by " - "
	ID       string // the platform's own id (Qualtrics' ImportId), if any
	Option   string // the last part of the text: the option or row, if the platform sets it apart
	Role     Role
	Open     bool // an open "Other, please specify" text beside options
	Words    bool // the platform says that answers are typed in, not chosen
	// Values are the words of the codes that the column holds, where the platform
	// keeps them in a file beside the export.
	Values []Value
}

// Value is a code of a column and what it stands for.
type Value struct{ Code, Label string }

// Is reports whether name, folded, is one of the column's names.
func (c Column) Is(name string) bool {
	n := fold.String(name)
	return n != "" && (n == fold.String(c.Code) || n == fold.String(c.Text) || n == fold.String(c.ID))
}

// Status says which rows the platform itself marks as no real answers: Reasons
// maps a folded cell of Column (an index into Columns) to preview, test or spam.
type Status struct {
	Column  int
	Reasons map[string]string
}

// Completion says how the platform marks finished responses. Column is an index
// into Columns, Done tells of a cell whether its row is finished.
type Completion struct {
	Column int
	Done   func(cell []byte) bool
}

// Layout is what a platform makes of the head of a file.
type Layout struct {
	Platform   string
	Variant    string
	HeaderRows int // rows before the responses that say something, titles included
	Titles     int // of these, rows above the headings
	Columns    []Column
	Status     *Status      // nil: the platform has no such column here
	Completion []Completion // columns that tell unfinished responses, the best first
	// SeenUnanswered is the value by which the platform can mark a question seen
	// but not answered (-99), "" where only blanks do. Whether this very file does
	// only all of its answers tell: if the value occurs at all, a blank means that
	// the question was not shown.
	SeenUnanswered string
	// Separator joins ticked options in one cell on this platform, "" if unknown.
	Separator string
	// Folds are questions of one answer that are spread over several columns. Their
	// fields come after those of Columns.
	Folds []Fold
	// Guarded says that a cell which begins with = has an apostrophe put before it.
	Guarded bool
	// Numbered says that an option's own column holds the option's number where it
	// is ticked: 2 for the second.
	Numbered bool
	// Beside names the files that were read with the export, as in messages.
	Beside []string
}

// Row is one record. It is reused: keep nothing of it past the callback.
type Row struct {
	// Record counts the records of the chunk's file from the chunk's first, from 0,
	// blank ones included; File's caller adds the records of the chunks before.
	Record int
	data   []byte
	cells  []record.Cell
	layout *Layout
}

// Len returns the number of fields.
func (r *Row) Len() int { return len(r.cells) }

// Field returns the text of field i, UTF-8, unquoted, or nil past the end. The
// fields after the columns are the folds.
func (r *Row) Field(i int) []byte {
	if i >= len(r.cells) {
		if n := len(r.layout.Columns); i >= n && i < n+len(r.layout.Folds) {
			return r.folded(&r.layout.Folds[i-n])
		}
		return nil
	}
	c := r.cells[i]
	cell := r.data[c.Start:c.End]
	if r.layout.Guarded && len(cell) > 1 && cell[0] == '\'' && cell[1] == '=' {
		return cell[1:]
	}
	return cell
}

// Title is a column's name in messages: its code, else its text, cut short.
func (c Column) Title() string {
	name := strings.Join(strings.Fields(c.Code), " ")
	if name == "" {
		name = strings.Join(strings.Fields(c.Text), " ")
	}
	if r := []rune(name); len(r) > 60 {
		name = string(r[:57]) + "..."
	}
	return name
}
