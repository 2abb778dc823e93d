// Package csvfile reads delimited text into records of cells, as fast as memory
// allows and as strictly as RFC 4180.
//
//  1. Open decides the encoding from all bytes, and the delimiter and the record
//     end from the head. Whatever the encoding, what follows sees UTF-8.
//  2. Head gives the first records, for whoever knows what they mean; Begin says
//     how many of them are headings.
//  3. Next, called by one goroutine at a time, fills a buffer and cuts it after
//     the last record end that stands outside quotation marks. Since a mark
//     inside a quoted field is doubled, a record end is outside exactly when the
//     number of marks before it is even: counting marks is enough.
//  4. Chunk.Scan, on any goroutine, splits records into cells. A record without
//     quotation marks is split 64 bytes at a time; one with them takes a
//     slower way that unescapes fields where they stand.
//
// Record ends are LF or CR LF, mixed at will, or lone CR, whichever ends the
// first record. Memory is bounded: a chunk grows beyond its usual size only for
// a record that does not fit, and no further than twice Options.CellBytes.
package csvfile

import (
	"bytes"
	"errors"
	"io"
)

// ChunkBytes is how much Next reads at once. Half a mebibyte keeps a chunk in a
// core's own cache from the copy out of the kernel to the split; chunks of 8 MiB
// took a fifth to a half more processor time, those of 64 KiB about as much.
const ChunkBytes = 512 << 10

// Options bound what is read. All are needed.
type Options struct {
	CellBytes  int // the longest field
	Columns    int // the most fields of a record
	ChunkBytes int // see ChunkBytes; tests make it small
}

// ErrEmpty is the error of a file without a record that says anything.
var ErrEmpty = errors.New("no records")

// shape is what all chunks of a file share.
type shape struct {
	delim, eol byte
	width      int  // fields of every record; 0 while the head is read
	least      int  // of these a record has at least so many; 0 is all
	loose      bool // spaces may stand around quoted fields
	opt        Options
}

// Reader hands out a file's chunks. Next must not be called by two goroutines at
// once; chunks may be scanned and released on any.
type Reader struct {
	Text      Text
	Delimiter byte
	Head      Head
	Ended     bool // once Next came to the end: whether the last record has one

	shape   shape
	head    []byte    // the text that Head was made of
	in      io.Reader // the text after it; after Begin, after the headings
	carry   []byte    // read, not yet handed out
	base    int       // blank records and headings that the first chunk counts
	done    bool
	release chan *Chunk
}

// Open decides how the size bytes of file are encoded and separated, and reads
// the head. An error is ErrEmpty, a *diag.Problems, or one of reading.
func Open(file io.ReaderAt, size int64, opt Options) (*Reader, error) {
	size, err := withoutMark(file, size)
	if err != nil {
		return nil, err
	}
	text, err := detect(file, size)
	if err != nil {
		return nil, err
	}
	r := &Reader{
		Text:    text,
		in:      text.reader(io.NewSectionReader(file, text.skip, size-text.skip)),
		shape:   shape{opt: opt},
		release: make(chan *Chunk, 8),
	}
	if err := r.readHead(); err != nil {
		return nil, err
	}
	r.Delimiter = r.shape.delim
	return r, nil
}

// withoutMark leaves out the mark that systems of old put at the end of a text. In
// UTF-16 the same byte is half of a letter.
func withoutMark(file io.ReaderAt, size int64) (int64, error) {
	var first [2]byte
	var last [1]byte
	if size == 0 {
		return 0, nil
	}
	if _, err := file.ReadAt(last[:], size-1); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	if last[0] != 0x1A {
		return size, nil
	}
	if _, err := file.ReadAt(first[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	if first == [2]byte{0xFF, 0xFE} || first == [2]byte{0xFE, 0xFF} || bytes.IndexByte(first[:], 0) >= 0 {
		return size, nil
	}
	return size - 1, nil
}

// Begin declares the blank records and that many headings as read, and the number
// of fields that every record after them must have. It comes before Next, once.
func (r *Reader) Begin(headings, width int) {
	n, at := min(r.Head.Lead+headings, len(r.Head.ends)), 0
	if n > 0 {
		at = r.Head.ends[n-1]
	}
	r.in = io.MultiReader(bytes.NewReader(r.head[at:]), r.in)
	r.head, r.base = nil, n
	r.shape.width = width
}

// Least lets records end after n fields; what they leave out is whoever's business
// who reads them. It comes before Next.
func (r *Reader) Least(n int) { r.shape.least = n }

// problem is what can be wrong with one record.
type problem int

const (
	fine problem = iota
	stray
	unterminated
	tooLarge
	tooMany
)

// slack is how far behind its end a buffer may be read by the splitter.
const slack = 64

// pad returns a buffer of n bytes with room behind it.
func pad(n int) []byte { return make([]byte, n, n+slack) }
