package csvfile

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
)

// Encoding is how a file's bytes stand for characters.
type Encoding string

// The encodings that survey exports come in. ASCII is reported as UTF-8.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
	Macintosh   Encoding = "macintosh"
)

// Text is what the bytes of a file were found to be.
type Text struct {
	Encoding Encoding
	BOM      bool
	// Repaired counts the bytes of a UTF-8 file that are not UTF-8 and are read
	// as Windows-1252: a cell pasted in from elsewhere.
	Repaired int
	skip     int64 // bytes of the byte order mark
}

// detect looks at all bytes of a file, in blocks, and decides its encoding: byte
// order mark, else many NUL bytes at odd or even places, else valid UTF-8, else
// the likelier of Windows-1252 and Mac Roman.
func detect(r io.ReaderAt, size int64) (Text, error) {
	head := make([]byte, min(size, 64<<10))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return Text{}, err
	}
	if t, ok := wide(head); ok {
		return t, nil
	}
	t := Text{Encoding: UTF8}
	for bytes.HasPrefix(head[t.skip:], []byte("\xEF\xBB\xBF")) { // two, where a program put its own before another's
		t.BOM, t.skip = true, t.skip+3
	}
	ok, err := validUTF8(r, size, blockBytes)
	if err != nil || ok {
		return t, err
	}
	v, err := count(io.NewSectionReader(r, t.skip, size-t.skip))
	if err != nil {
		return Text{}, err
	}
	if t.BOM || v.mostlyUTF8() {
		t.Repaired = v.invalid
		return t, nil
	}
	t.Encoding = v.winner()
	return t, nil
}

// wide recognises UTF-16, by its mark or by its zero bytes.
func wide(head []byte) (Text, bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return Text{Encoding: UTF16LE, BOM: true, skip: 2}, true
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return Text{Encoding: UTF16BE, BOM: true, skip: 2}, true
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	// A fifth of all bytes: text of western languages has nearly half.
	switch limit := len(head) / 5; {
	case limit == 0:
	case zeros[1] > limit && zeros[0] < zeros[1]/4:
		return Text{Encoding: UTF16LE}, true
	case zeros[0] > limit && zeros[1] < zeros[0]/4:
		return Text{Encoding: UTF16BE}, true
	}
	return Text{}, false
}

// blockBytes is what a goroutine checks at once.
const blockBytes = 512 << 10

// validUTF8 reads the whole file, on all cores, and reports whether it is UTF-8.
func validUTF8(r io.ReaderAt, size, block int64) (bool, error) {
	var next atomic.Int64
	var bad atomic.Bool
	var g errgroup.Group
	for range min(runtime.GOMAXPROCS(0), int(size/block)+1, 4) {
		g.Go(func() error {
			buf := make([]byte, min(block, size)+2*overlap)
			for !bad.Load() {
				start := (next.Add(1) - 1) * block
				if start >= size {
					return nil
				}
				ok, err := validBlock(r, buf, start, block, size)
				if err != nil {
					return err
				}
				if !ok {
					bad.Store(true)
				}
			}
			return nil
		})
	}
	err := g.Wait()
	return !bad.Load(), err
}

// overlap is how far a character may reach over the end of a block.
const overlap = utf8.UTFMax - 1

// validBlock checks the characters that begin in the block at start. A character
// that began in the block before is that block's affair.
func validBlock(r io.ReaderAt, buf []byte, start, block, size int64) (bool, error) {
	from := max(0, start-overlap)
	buf = buf[:min(size, start+block+overlap)-from]
	if n, err := r.ReadAt(buf, from); n < len(buf) {
		return false, err
	}
	at := int(start - from)
	first := at
	for k := 1; k <= at; k++ {
		if _, n := utf8.DecodeRune(buf[at-k:]); n > k {
			first = at - k + n
			break
		}
	}
	end := min(len(buf), at+int(block))
	for k := 1; k <= overlap && end < len(buf) && end-k >= first; k++ {
		if _, n := utf8.DecodeRune(buf[end-k:]); n > k {
			end += n - k
			break
		}
	}
	return utf8.Valid(buf[first:end]), nil
}
