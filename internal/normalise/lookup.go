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
	long    []string // per entry: the key in full, where it is longer than 16 bytes
	used    int
}

// lookupEntry is small, so that the tables of a questionnaire stay in the
// processor's nearest cache.
type lookupEntry struct {
	head, tail uint64
	length     int32 // of the key plus 1; 0 marks a free place
	value      int32
}

// maxRawForms bounds what one column's table may hold; cells beyond it take the
// slow way every time.
const maxRawForms = 1 << 14

func newLookup() *lookup { return newTable(16) }

func newTable(places int) *lookup {
	return &lookup{entries: make([]lookupEntry, places), long: make([]string, places)}
}

func (l *lookup) find(cell []byte) (int32, bool) {
	head, tail := ends(cell)
	mask := uint64(len(l.entries) - 1)
	for i := mix(head, tail, len(cell)) & mask; ; i = (i + 1) & mask {
		e := &l.entries[i]
		if e.length == 0 {
			return 0, false
		}
		if e.head == head && e.tail == tail && e.length == int32(len(cell)+1) && (len(cell) <= 16 || l.long[i] == string(cell)) {
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
	key := ""
	if len(cell) > 16 {
		key = string(cell)
	}
	l.place(lookupEntry{head: head, tail: tail, length: int32(len(cell) + 1), value: value}, key)
	l.used++
	return true
}

func (l *lookup) place(e lookupEntry, key string) {
	mask := uint64(len(l.entries) - 1)
	i := mix(e.head, e.tail, int(e.length-1)) & mask
	for l.entries[i].length != 0 {
		i = (i + 1) & mask
	}
	l.entries[i], l.long[i] = e, key
}

func (l *lookup) grow() {
	old := *l
	bigger := newTable(2 * len(old.entries))
	l.entries, l.long = bigger.entries, bigger.long
	for i, e := range old.entries {
		if e.length != 0 {
			l.place(e, old.long[i])
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

// mix takes the high bits of one product: they depend on all bits of the ends.
func mix(head, tail uint64, n int) uint64 {
	h := (head ^ bits.RotateLeft64(tail, 29) ^ uint64(n)) * 0x9E3779B97F4A7C15
	return h >> 40
}
