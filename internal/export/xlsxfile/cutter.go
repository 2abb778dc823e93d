package xlsxfile

import (
	"bytes"
	"errors"
	"io"
	"regexp"
)

// cutter takes the elements out of a container that is too big to hold: the rows
// of sheetData, the items of sst. It hands out runs of whole elements, cut before
// the start of one. In such XML a "<" is always the start of a tag: comments and
// CDATA sections, which no writer of sheets uses, are refused, here or by tags.
type cutter struct {
	in      io.Reader
	element []byte // "<x:row"
	closing []byte // "</x:sheetData"
	carry   []byte
	chunk   int // usual size of a run
	limit   int // largest size of a run
	done    bool
}

var errMalformed = errors.New("malformed sheet")

// errElement is the error of one element beyond the limit.
var errElement = errors.New("element beyond the limit")

// newCutter reads up to the container's start tag, which also tells the prefix
// that element names have.
func newCutter(in io.Reader, container, element string, chunk, limit int) (*cutter, error) {
	c := &cutter{in: in, chunk: chunk, limit: limit}
	start := regexp.MustCompile(`<([A-Za-z_][\w.-]*:)?` + container + `([\s/][^>]*)?>`)
	buf := make([]byte, 0, min(limit, max(chunk, 16<<10)))
	for {
		n, err := io.ReadFull(in, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if at := start.FindSubmatchIndex(buf); at != nil {
			return c.begin(buf, at, container, element)
		}
		switch {
		case err != nil:
			return nil, errMalformed
		case len(buf) >= limit:
			return nil, errElement
		}
		buf = append(make([]byte, 0, 2*cap(buf)), buf...)
	}
}

func (c *cutter) begin(buf []byte, at []int, container, element string) (*cutter, error) {
	if !readable(buf[:at[0]]) {
		return nil, errMalformed
	}
	prefix := ""
	if at[2] >= 0 {
		prefix = string(buf[at[2]:at[3]])
	}
	c.element, c.closing = []byte("<"+prefix+element), []byte("</"+prefix+container)
	c.done = buf[at[1]-2] == '/'
	c.carry = append(c.carry, buf[at[1]:]...)
	return c, nil
}

var encoding = regexp.MustCompile(`^\x{FEFF}?<\?xml[^>]*encoding=["']([^"']*)["']`)

// readable refuses what comes before the container if it is no plain UTF-8 XML.
func readable(prologue []byte) bool {
	if bytes.Contains(prologue, []byte("<!")) {
		return false
	}
	m := encoding.FindSubmatch(prologue)
	return m == nil || bytes.EqualFold(m[1], []byte("utf-8")) || bytes.EqualFold(m[1], []byte("us-ascii"))
}

// next fills buf, which it may replace by a larger one, with whole elements. It
// returns io.EOF after the last.
func (c *cutter) next(buf []byte) ([]byte, error) {
	if c.done {
		return buf[:0], io.EOF
	}
	if want := max(c.chunk, 2*len(c.carry)); cap(buf) < want {
		buf = make([]byte, 0, want)
	}
	buf = append(buf[:0], c.carry...)
	for {
		n, err := io.ReadFull(c.in, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return buf[:0], errMalformed // the archive's checksum, or its data
		}
		cut := c.lastStart(buf)
		from := max(cut, 0) // the container ends after its last element
		if end := bytes.Index(buf[from:], c.closing); end >= 0 {
			c.done = true
			return buf[:from+end], nil
		}
		if err != nil {
			return buf[:0], errMalformed
		}
		if cut > 0 {
			c.carry = append(c.carry[:0], buf[cut:]...)
			return buf[:cut], nil
		}
		if len(buf) >= c.limit {
			return buf[:0], errElement
		}
		buf = append(make([]byte, 0, 2*cap(buf)), buf...)
	}
}

// lastStart is where the last element of buf begins, or -1.
func (c *cutter) lastStart(buf []byte) int {
	for end := len(buf); ; {
		at := bytes.LastIndex(buf[:end], c.element)
		if at < 0 {
			return -1
		}
		if after := at + len(c.element); after < len(buf) && endsName(buf[after]) {
			return at
		}
		end = at
	}
}

func endsName(c byte) bool {
	return c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\t' || c == '\r'
}
