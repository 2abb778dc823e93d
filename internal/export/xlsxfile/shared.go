package xlsxfile

import (
	"errors"
	"fmt"
	"io"
	"math"
)

// sharedStrings are the texts that cells refer to by number, one after the other.
type sharedStrings struct {
	arena []byte
	ends  []uint32
}

// at returns text i; ok is false where there is none.
func (s *sharedStrings) at(i int) (text []byte, ok bool) {
	if i < 0 || i >= len(s.ends) {
		return nil, false
	}
	from := uint32(0)
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.arena[from:s.ends[i]], true
}

// size is the memory that the texts take.
func (s *sharedStrings) size() int64 { return int64(len(s.arena)) + 4*int64(len(s.ends)) }

// loadStrings reads the shared strings, once.
func (b *Book) loadStrings() error {
	if b.loaded || b.strings == "" {
		return nil
	}
	in, err := b.open(b.strings)
	if err != nil {
		return err
	}
	defer in.Close()
	c, err := newCutter(in, "sst", "si", b.opt.ChunkBytes, 2*b.opt.CellBytes)
	if err != nil {
		return damaged("sharedStrings.xml")
	}
	b.loaded = true
	var buf []byte
	for {
		buf, err = c.next(buf)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errElement):
			return problem("too-large", fmt.Sprintf("a text in the workbook has more than %d bytes of XML", c.limit), "")
		case err != nil || !b.shared.add(buf):
			return damaged("sharedStrings.xml")
		case b.shared.size() > b.opt.TextBytes:
			return problem("too-large", fmt.Sprintf("the workbook's texts take more than %d MiB", b.opt.TextBytes>>20), "export it as CSV")
		}
	}
}

// add appends the texts of whole si elements; false where they are malformed.
//
//gosec:disable G115 -- the limit on unpacked bytes, 4 GiB, comes first
func (s *sharedStrings) add(data []byte) bool {
	t := tags{data: data}
	for {
		_, g, ok := t.next()
		if !ok {
			return !t.refused && len(s.arena) <= math.MaxUint32
		}
		if g.close || string(g.name) != "si" {
			continue
		}
		if !g.empty {
			if s.arena, ok = appendRich(s.arena, &t, "si"); !ok {
				return false
			}
		}
		s.ends = append(s.ends, uint32(len(s.arena)))
	}
}

// appendRich appends the text of a string item, which ends with the closing tag
// of the element named until: all t elements in it, those of rich text runs too,
// but not the phonetic ones.
func appendRich(dst []byte, t *tags, until string) ([]byte, bool) {
	phonetic := false
	for {
		_, g, ok := t.next()
		if !ok {
			return dst, false
		}
		switch string(g.name) {
		case until:
			if g.close {
				return dst, true
			}
		case "rPh":
			phonetic = !g.close && !g.empty
		case "t":
			if g.close || g.empty {
				continue
			}
			text, end, ok := t.next()
			if !ok || !end.close || string(end.name) != "t" {
				return dst, false
			}
			if phonetic {
				continue
			}
			if dst, ok = appendText(dst, text); !ok {
				return dst, false
			}
		}
	}
}
