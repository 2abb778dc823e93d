package normalise

import (
	"encoding/binary"
	"math/bits"
)

// lookup finds a value by the raw bytes of a cell, without folding, copying or
// allocating. It is a small open-addressing table: the length and the first and
// last eight bytes tell most labels apart, longer ones are compared in full. Raw
// forms enter it as they are first met, so it belongs to one goroutine.
type lookup struct {
	entries []lookupEntry
	used    int
}

type lookupEntry struct {
	head, tail uint64
	key        string // in full only where it is longer than 16 bytes
	length     int32  // of the key plus 1; 0 marks a free place
	value      int32
}

// maxRawForms bounds what one column's table may hold; cells beyond it take the
// slow way every time.
const maxRawForms = 1 << 14

func newLookup() *lookup { return &lookup{entries: make([]lookupEntry, 64)} }

func (l *lookup) find(cell []byte) (int32, bool) {
	head, tail := ends(cell)
	mask := uint64(len(l.entries) - 1)
	for i := mix(head, tail, len(cell)) & mask; ; i = (i + 1) & mask {
		e := &l.entries[i]
		if e.length == 0 {
			return 0, false
		}
		if e.head == head && e.tail == tail && e.length == int32(len(cell)+1) && (len(cell) <= 16 || e.key == string(cell)) {
			return e.value, true
		}
	}
}

// add puts a cell that find did not know into the table, and reports whether
// there was room for it.
func (l *lookup) add(cell []byte, value int32) bool {
	if l.used >= maxRawForms {
		return false
	}
	if 2*l.used >= len(l.entries) {
		l.grow()
	}
	head, tail := ends(cell)
	e := lookupEntry{head: head, tail: tail, length: int32(len(cell) + 1), value: value}
	if len(cell) > 16 {
		e.key = string(cell)
	}
	l.place(e)
	l.used++
	return true
}

func (l *lookup) place(e lookupEntry) {
	mask := uint64(len(l.entries) - 1)
	i := mix(e.head, e.tail, int(e.length-1)) & mask
	for l.entries[i].length != 0 {
		i = (i + 1) & mask
	}
	l.entries[i] = e
}

func (l *lookup) grow() {
	old := l.entries
	l.entries = make([]lookupEntry, 2*len(old))
	for _, e := range old {
		if e.length != 0 {
			l.place(e)
		}
	}
}

// ends returns the first and the last eight bytes of a cell, which overlap in
// cells under sixteen bytes; shorter cells are padded with zeros.
func ends(c []byte) (head, tail uint64) {
	switch n := len(c); {
	case n >= 8:
		return binary.LittleEndian.Uint64(c), binary.LittleEndian.Uint64(c[n-8:])
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(c)), uint64(binary.LittleEndian.Uint32(c[n-4:]))
	case n > 0:
		return uint64(c[0]) | uint64(c[n/2])<<8 | uint64(c[n-1])<<16, 0
	}
	return 0, 0
}

func mix(head, tail uint64, n int) uint64 {
	h := head*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(tail*0xC2B2AE3D27D4EB4F, 31) ^ uint64(n)*0x165667B19E3779F9
	return h ^ h>>29 ^ h>>47
}
