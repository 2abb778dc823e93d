package csvfile

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/caregap/caregap/internal/export/record"
)

const (
	every = 0x0101010101010101 // times a byte: that byte eight times
	low   = 0x7f7f7f7f7f7f7f7f
	pack  = 0x0102040810204080 // gathers the lowest bit of each byte in the top one
	batch = 8
)

// split appends the fields of data[start:end]. It takes 64 bytes at a time as a
// mask of where delimiters are, and writes cells in batches, some of them for
// nothing: where fields end cannot be foretold, and a mispredicted branch costs
// more than a cell.
//
//gosec:disable G115 -- positions in a chunk, which is held under 2^32 bytes by the limit on cells
func (s *scanner) split(start, end int) {
	data, cells, n := s.data, s.cells[:cap(s.cells)], len(s.cells)
	pattern := every * uint64(s.delim)
	field := uint32(start)
	for i := start; i < end; i += 64 {
		mask := zeros((*[64]byte)(data[i:]), pattern)
		if left := end - i; left < 64 {
			mask &= 1<<left - 1
		}
		for mask != 0 {
			if len(cells) < n+batch+1 {
				cells = slices.Grow(cells, len(cells)+1024)
				cells = cells[:cap(cells)]
			}
			found := bits.OnesCount64(mask)
			for k := range (*[batch]record.Cell)(cells[n:]) {
				at := uint32(i + bits.TrailingZeros64(mask))
				cells[n+k] = record.Cell{Start: field, End: at}
				field, mask = at+1, mask&(mask-1)
			}
			n += min(found, batch)
			field = cells[n-1].End + 1
		}
	}
	s.cells = append(cells[:n], record.Cell{Start: field, End: uint32(end)})
}

// zeros returns a bit for each byte of b that equals the pattern's. A byte of w is
// zero there; adding 0x7f to its low bits carries into the top bit unless they
// are zero, so hits has the top bit set in exactly the zero bytes (Warren,
// Hacker's Delight, 2nd ed., 6-1).
func zeros(b *[64]byte, pattern uint64) uint64 {
	return lane(b[0:8], pattern) |
		lane(b[8:16], pattern)<<8 |
		lane(b[16:24], pattern)<<16 |
		lane(b[24:32], pattern)<<24 |
		lane(b[32:40], pattern)<<32 |
		lane(b[40:48], pattern)<<40 |
		lane(b[48:56], pattern)<<48 |
		lane(b[56:64], pattern)<<56
}

func lane(b []byte, pattern uint64) uint64 {
	w := binary.LittleEndian.Uint64(b) ^ pattern
	hits := ^((w&low + low) | w | low)
	return hits >> 7 * pack >> 56
}
