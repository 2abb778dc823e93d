package export

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// shortRows are the records of a text file that end before its last heading.
// Spreadsheets and scripts leave out the blanks at the end of rows; a line break
// or a separator without quotation marks, and a file that was cut off, shorten
// rows too, and there answers are lost. Two things tell them apart:
//
//  1. A witness: a column that every row has, such as the id or the time. A short
//     row that has it in its place begins where a row begins.
//  2. The file as a whole: who leaves out blanks does so everywhere, so that no
//     row of full width ends in a blank, or as Excel does for 16 rows at a time.
//
// A short row without the one is a problem at once, without the other at the end.
type shortRows struct {
	width, least int // columns, and those up to the last that has a name
	witness      int // index of a column, or -1
	holds        func(cell string) bool

	mu     sync.Mutex
	chunks []shortChunk // by the chunks' numbers
}

// shortChunk is what one chunk had of them, in rows counted from its first.
type shortChunk struct {
	records, count int
	blank          bool // a row of full width ends in a blank
	first          []shortRow
	runs           []shortRun // nil where there are more than Excel leaves
}

type shortRow struct{ number, fields int }

// shortRun are short rows of one length that stand one under the other.
type shortRun struct {
	shortRow // the first
	rows     int
}

// Limits of what is remembered of short rows, and how many rows Excel looks at to
// find out how wide they are.
const (
	maxShort     = 20
	maxShortSaid = 5
	excelBlock   = 16
)

// newShortRows looks for the first column that can bear witness.
func newShortRows(h Head, headings int, columns []Column) *shortRows {
	s := &shortRows{width: len(columns), least: lastNamed(columns), witness: -1}
	rows := h.Rows[min(headings, len(h.Rows)):]
	if whole := slices.DeleteFunc(slices.Clone(rows), func(row []string) bool { return len(row) < s.least }); len(whole) > 1 {
		rows = whole // a short one may be what is to be told
	}
	for i := range s.least {
		if s.holds = alwaysThere(rows, i); s.holds != nil {
			s.witness = i
			return s
		}
	}
	return s
}

// forms of what platforms write into every row.
var everyRow = []func(string) bool{isNumber, isTime, responseID.MatchString, jiscURN.MatchString, hexID.MatchString}

var hexID = regexp.MustCompile(`^[0-9a-f]{16,40}$`)

// alwaysThere says by what the cells of a column can be known, nil where the first
// responses do not all have one, or have nothing in common.
func alwaysThere(rows [][]string, column int) func(string) bool {
	seen := map[string]int{}
	for _, row := range rows {
		if column >= len(row) {
			return nil
		}
		seen[strings.TrimSpace(row[column])]++
	}
	if seen[""] > 0 || len(seen) == 0 {
		return nil
	}
	for _, form := range everyRow {
		all := true
		for cell := range seen {
			all = all && form(cell)
		}
		if all {
			return form
		}
	}
	if len(rows) < 8 || 4*len(seen) > len(rows) {
		return nil
	}
	return func(cell string) bool { return seen[cell] > 0 }
}

// takes reports whether a short record is a whole row.
func (s *shortRows) takes(r *Row) bool {
	return s.witness >= 0 && r.Len() > s.witness && s.holds(strings.TrimSpace(string(r.Field(s.witness))))
}

// add notes what a chunk had.
func (s *shortRows) add(index int, c shortChunk) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.chunks) <= index {
		s.chunks = append(s.chunks, shortChunk{})
	}
	s.chunks[index] = c
}

// scanShort is Scan of a text file.
func (c *Chunk) scanShort(fn func(*Row)) (records int, problems []diag.Diagnostic) {
	var torn record.Problems
	var found shortChunk
	s := c.short
	records, problems = c.body.Scan(func(number int, data []byte, cells []record.Cell) {
		c.row.Record, c.row.data, c.row.cells = number, data, cells
		switch {
		case len(cells) >= s.least:
			if last := max(1, s.least) - 1; last < len(cells) {
				found.blank = found.blank || cells[last].Start == cells[last].End
			}
		case !s.takes(&c.row):
			torn.Add(record.Ragged(number, len(cells), s.width))
			return
		default:
			found.note(shortRow{number, len(cells)})
		}
		fn(&c.row)
	})
	found.records = records
	s.add(c.Index, found)
	if more := torn.List(); len(more) > 0 {
		problems = append(problems, more...)
		slices.SortStableFunc(problems, func(a, b diag.Diagnostic) int { return a.Pos.Row - b.Pos.Row })
	}
	return records, problems
}

func (c *shortChunk) note(r shortRow) {
	if c.count++; c.count <= maxShort {
		c.first = append(c.first, r)
	}
	if n := len(c.runs); n > 0 {
		if last := &c.runs[n-1]; last.fields == r.fields && last.number+last.rows == r.number {
			last.rows++
			return
		}
	}
	if len(c.runs) <= c.count/excelBlock+1 { // more are no blocks of Excel's, and tell so
		c.runs = append(c.runs, shortRun{r, 1})
	}
}

// whole is what all chunks together had, as one.
func (s *shortRows) whole() shortChunk {
	var all shortChunk
	for _, c := range s.chunks {
		for _, r := range c.first {
			if r.number += all.records; len(all.first) < maxShort {
				all.first = append(all.first, r)
			}
		}
		for _, r := range c.runs {
			r.number += all.records
			if n := len(all.runs); n > 0 && all.runs[n-1].fields == r.fields && all.runs[n-1].number+all.runs[n-1].rows == r.number {
				all.runs[n-1].rows += r.rows
				continue
			}
			all.runs = append(all.runs, r)
		}
		all.count += c.count
		all.records += c.records
		all.blank = all.blank || c.blank
	}
	return all
}

// blocks reports whether all short rows stand together as Excel leaves them: but for
// the last ones of the file.
func (c *shortChunk) blocks() bool {
	rows := 0
	for _, r := range c.runs {
		if rows += r.rows; r.rows < excelBlock && r.number+r.rows != c.records {
			return false
		}
	}
	return rows == c.count
}

// Uneven is what only the whole file tells of its records: how many end early, and
// whether that can be. It comes after the last chunk was scanned.
func (f *File) Uneven() []diag.Diagnostic {
	if f.short == nil {
		return nil
	}
	all := f.short.whole()
	switch {
	case all.count == 0:
		return nil
	case all.count == 1, all.blank && !all.blocks():
		return f.lostCells(all)
	}
	var rows []string
	for _, r := range all.first[:min(maxShortSaid, len(all.first))] {
		rows = append(rows, strconv.Itoa(r.number+1))
	}
	if all.count > len(rows) {
		rows = append(rows, "...")
	}
	return []diag.Diagnostic{{
		Code: "short-rows", Severity: diag.Warning, Pos: diag.Pos{File: f.Name},
		Message: fmt.Sprintf("%d rows end before the last column (rows %s): what is not there is read as blank", all.count, strings.Join(rows, ", ")),
		Hint:    "spreadsheets leave out blanks at the end of rows; where somebody has cut rows by hand, export the file again",
	}}
}

// lostCells are the problems of rows that are shorter than the others of their file.
func (f *File) lostCells(all shortChunk) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, r := range all.first {
		d := record.Ragged(r.number, r.fields, f.short.width)
		d.Pos.File = f.Name
		if s, ok := f.source.(csvSource); ok && !s.Ended && r.number == all.records-1 {
			d.Hint = "the file may have been cut short; export it again"
		}
		out = append(out, d)
	}
	if more := all.count - len(out); more > 0 {
		out[len(out)-1].Message += fmt.Sprintf(" (and %d more like this)", more)
	}
	return out
}
