package csvfile

import (
	"bytes"
	"errors"
	"io"
)

// Next returns the next chunk, or io.EOF. It copies bytes, counts quotation marks
// and looks for a record end; all else is Scan's.
func (r *Reader) Next() (*Chunk, error) {
	if r.done {
		return nil, io.EOF
	}
	c := r.newChunk()
	n := copy(c.buf, r.carry)
	filled, ended, err := fill(r.in, c.buf[n:])
	if err != nil {
		return nil, err
	}
	n += filled
	for {
		marks := bytes.Count(c.buf[:n], []byte{'"'})
		c.quotes = marks > 0
		if ended {
			r.Ended = n == 0 || c.buf[n-1] == r.shape.eol
			return r.deal(c, n, n, true)
		}
		if cut := lastEnd(c.buf[:n], r.shape.eol, marks); cut > 0 {
			return r.deal(c, n, cut, false)
		}
		if n >= 2*r.shape.opt.CellBytes {
			c.open = true // Scan says what is wrong with a record of this length
			return r.deal(c, n, n, true)
		}
		grown := pad(2 * len(c.buf))
		copy(grown, c.buf[:n])
		c.buf = grown
		if filled, ended, err = fill(r.in, c.buf[n:]); err != nil {
			return nil, err
		}
		n += filled
	}
}

// newChunk returns a chunk with room for what is carried over and more.
func (r *Reader) newChunk() *Chunk {
	size := max(r.shape.opt.ChunkBytes, 2*len(r.carry))
	select {
	case c := <-r.release:
		if c.open = false; len(c.buf) >= size {
			return c
		}
	default:
	}
	return &Chunk{reader: r, buf: pad(size)}
}

// deal finishes a chunk of n bytes whose records end at cut; last is true where
// nothing is to follow.
func (r *Reader) deal(c *Chunk, n, cut int, last bool) (*Chunk, error) {
	r.done = last
	r.carry = append(r.carry[:0], c.buf[cut:n]...)
	c.data = c.buf[:cut]
	c.base, r.base = r.base, 0
	if cut == 0 && c.base == 0 {
		return nil, io.EOF
	}
	return c, nil
}

// fill reads until buf is full; ended is true at the end of the file.
func fill(in io.Reader, buf []byte) (n int, ended bool, err error) {
	n, err = io.ReadFull(in, buf)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return n, true, nil
	}
	return n, false, err
}

// lastEnd returns the place after the last record end that has an even number of
// quotation marks before it, or 0. marks is their number in all of data.
func lastEnd(data []byte, eol byte, marks int) int {
	for end := len(data); ; {
		at := bytes.LastIndexByte(data[:end], eol)
		if at < 0 {
			return 0
		}
		marks -= bytes.Count(data[at:end], []byte{'"'})
		if marks&1 == 0 {
			return at + 1
		}
		end = at
	}
}
