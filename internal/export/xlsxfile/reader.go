package xlsxfile

import (
	"errors"
	"fmt"
	"io"
	"path"
)

// Reader hands out a sheet's rows in chunks. Next must not be called by two
// goroutines at once; chunks may be scanned and released on any.
type Reader struct {
	book  *Book
	part  string
	in    io.Closer
	cut   *cutter
	first int // row that the next chunk begins with, from 1

	headings int // rows up to this one are headings or blank
	width    int // of every row handed out, or asItComes
	release  chan *Chunk
}

// asItComes stands for a width before the headings are known.
const asItComes = -1

// lastRow is the most rows a sheet may have; Excel's own is 1,048,576.
const lastRow = 1 << 24

// Rows opens a sheet from its first row. Begin may follow.
//
//gosec:disable G104 -- the file was only read, and the error that led here is reported
func (b *Book) Rows(s Sheet) (*Reader, error) {
	if err := b.loadStrings(); err != nil {
		return nil, err
	}
	in, err := b.open(s.part)
	if err != nil {
		return nil, err
	}
	c, err := newCutter(in, "sheetData", "row", b.opt.ChunkBytes, 2*b.opt.CellBytes)
	if err != nil {
		in.Close()
		return nil, damaged(path.Base(s.part))
	}
	return &Reader{book: b, part: s.part, in: in, cut: c, first: 1, width: asItComes, release: make(chan *Chunk, 8)}, nil
}

// Begin declares all rows up to the given one, from 1, as read, and the number of
// columns.
func (r *Reader) Begin(headings, width int) { r.headings, r.width = headings, width }

// Close ends the reading.
func (r *Reader) Close() error { return r.in.Close() }

// Next returns the next chunk, or io.EOF.
func (r *Reader) Next() (*Chunk, error) {
	c := r.newChunk()
	var err error
	c.data, err = r.cut.next(c.data)
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.Is(err, errElement):
		r.cut.done = true
		return nil, problem("too-large", fmt.Sprintf("a row of the sheet has more than %d bytes of XML", r.cut.limit), "")
	case err != nil:
		r.cut.done = true
		return nil, damaged(path.Base(r.part))
	}
	c.first = r.first
	r.first = max(r.first, r.rowAfter(c.data))
	c.after = r.first
	return c, nil
}

func (r *Reader) newChunk() *Chunk {
	select {
	case c := <-r.release:
		return c
	default:
		return &Chunk{reader: r}
	}
}

// rowAfter is the number of the row that follows a chunk. The last row usually
// says its own; else all are counted.
func (r *Reader) rowAfter(data []byte) int {
	if at := r.cut.lastStart(data); at >= 0 {
		t := tags{data: data, pos: at}
		if _, g, ok := t.next(); ok {
			if n := rowNumber(g.attrs); n > 0 {
				return n + 1
			}
		}
	}
	next := r.first
	for t := (tags{data: data}); ; {
		_, g, ok := t.next()
		if !ok {
			return next
		}
		if g.close || string(g.name) != "row" {
			continue
		}
		next = max(next, rowNumber(g.attrs)) + 1
	}
}

// rowNumber is the r attribute of a row, 0 without one, -1 if it is no number.
func rowNumber(attrs []byte) int {
	for {
		name, value, rest, ok := attribute(attrs)
		switch {
		case !ok:
			return 0
		case string(name) == "r":
			if n := digits(value); n > 0 && n <= lastRow {
				return n
			}
			return -1
		}
		attrs = rest
	}
}
