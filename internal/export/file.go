package export

import (
	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// File is an open export: what it is, and its records in chunks.
type File struct {
	Name      string // as in messages
	Format    string // csv or xlsx
	Encoding  string // of a CSV: utf-8, utf-16le, utf-16be, windows-1252, macintosh
	BOM       bool
	Delimiter string   // of a CSV
	Sheet     string   // of a workbook
	Sheets    int      // how many it has
	Reasons   []string // why it was taken for that platform's
	Layout

	Headings [][]string // the rows of headings as the file has them, titles left out

	begins int // record of the first that is no heading, from the first that says something
	source source
	chunks int
	short  *shortRows // nil for a workbook, whose rows have all their cells
}

// source is what the readers of both formats have in common.
type source interface {
	next() (body, error)
	close() error
}

// body is a chunk of either format.
type body interface {
	Scan(record.Func) (int, []diag.Diagnostic)
	Release()
}

// Chunk is a run of whole records.
type Chunk struct {
	Index int // from 0, in file order
	body  body
	row   Row
	short *shortRows
}

// Next returns the next chunk, or io.EOF. It is to be called by one goroutine at a
// time; chunks may be scanned on any. An error that is not io.EOF is a
// *diag.Problems where the content is to blame.
func (f *File) Next() (*Chunk, error) {
	b, err := f.source.next()
	if err != nil {
		return nil, err
	}
	c := &Chunk{Index: f.chunks, body: b, row: Row{layout: &f.Layout}, short: f.short}
	f.chunks++
	return c, nil
}

// Close closes the file.
func (f *File) Close() error { return f.source.close() }

// Scan calls fn for each record after the headings that is not wholly blank. The
// row is reused. It returns the number of records in the chunk, headings and
// blank ones included, so that the row a spreadsheet shows is the records of all
// chunks before + Row.Record + 1; and what was wrong with records that were not
// handed out, with rows counted from the chunk's first.
//
// Once a chunk has a stray or unterminated quote, where later records begin is no
// longer sure: report that chunk's problems, and not those of chunks after it.
// A chunk can be scanned once.
func (c *Chunk) Scan(fn func(*Row)) (records int, problems []diag.Diagnostic) {
	if c.short != nil {
		return c.scanShort(fn)
	}
	return c.body.Scan(func(number int, data []byte, cells []record.Cell) {
		c.row.Record, c.row.data, c.row.cells = number, data, cells
		fn(&c.row)
	})
}

// Release gives the chunk's memory back; the chunk is not to be used after it.
func (c *Chunk) Release() {
	c.row = Row{}
	c.body.Release()
	c.body = nil
}
