package normalise

import (
	"encoding/binary"
	"math/bits"
)

// lookup finds a value by the raw bytes of a cell, without folding, copying or
// allocating. It is a small open-addressing table over the first 32 bytes of a
// cell as four words; only longer ones are compared in full. The words are read
// and masked without a branch on the cell's length, because labels come in random
// order and no processor could foresee it. Raw forms enter as they are first met,
// so a table belongs to one goroutine.
type lookup struct {
	entries []lookupEntry
	long    []string // per entry: the key in full, where it is longer than its words
	used    int
}

// words are the first bytes of a cell, zeros after its end.
type words [4]uint64

// wordBytes is how many bytes words hold.
const wordBytes = 32

type lookupEntry struct {
	words  words
	length int32 // of the key plus 1; 0 marks a free place
	value  int32
}

// maxRawForms bounds what one column's table may hold; cells beyond it take the
// slow way every time.
const maxRawForms = 1 << 14

func newLookup() *lookup { return newTable(16) }

func newTable(places int) *lookup {
	return &lookup{entries: make([]lookupEntry, places), long: make([]string, places)}
}

//gosec:disable G115 -- lengths of a cell, which the limit on cells holds under 2^31
func (l *lookup) find(cell []byte) (int32, bool) {
	w := wordsOf(cell)
	mask := uint64(len(l.entries) - 1)
	for i := w.hash(len(cell)) & mask; ; i = (i + 1) & mask {
		e := &l.entries[i]
		if e.length == 0 {
			return 0, false
		}
		if e.words.same(&w) && e.length == int32(len(cell)+1) && (len(cell) <= wordBytes || l.long[i] == string(cell)) {
			return e.value, true
		}
	}
}

// add puts a cell that find did not know into the table, and reports whether
// there was room for it.
//
//gosec:disable G115 -- lengths of a cell, which the limit on cells holds under 2^31
func (l *lookup) add(cell []byte, value int32) bool {
	if l.used >= maxRawForms {
		return false
	}
	if 2*l.used >= len(l.entries) {
		l.grow()
	}
	key := ""
	if len(cell) > wordBytes {
		key = string(cell)
	}
	l.place(lookupEntry{words: wordsOf(cell), length: int32(len(cell) + 1), value: value}, key)
	l.used++
	return true
}

//gosec:disable G115 -- lengths of a cell, which the limit on cells holds under 2^31
func (l *lookup) place(e lookupEntry, key string) {
	mask := uint64(len(l.entries) - 1)
	i := e.words.hash(int(e.length-1)) & mask
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

// keep masks the words of a cell by its length.
var keep = func() (out [wordBytes + 1]words) {
	for n := range out {
		for i := range n {
			out[n][i/8] |= 0xff << (8 * (i % 8))
		}
	}
	return out
}()

// wordsOf reads a cell's words. What lies behind the cell in its buffer is read
// too, and masked; only at the very end of a buffer are the bytes copied first.
func wordsOf(cell []byte) words {
	if cap(cell) < wordBytes {
		var padded [wordBytes]byte
		copy(padded[:], cell)
		return wordsOf(padded[:])
	}
	b, m := cell[:wordBytes], &keep[min(len(cell), wordBytes)]
	return words{
		binary.LittleEndian.Uint64(b) & m[0], binary.LittleEndian.Uint64(b[8:]) & m[1],
		binary.LittleEndian.Uint64(b[16:]) & m[2], binary.LittleEndian.Uint64(b[24:]) & m[3],
	}
}

func (w *words) same(o *words) bool {
	return (w[0]^o[0])|(w[1]^o[1])|(w[2]^o[2])|(w[3]^o[3]) == 0
}

// hash takes the high bits of one product: they depend on all bits of the words.
//
//gosec:disable G115 -- lengths of a cell, which the limit on cells holds under 2^31
func (w *words) hash(n int) uint64 {
	h := w[0] ^ bits.RotateLeft64(w[1], 17) ^ bits.RotateLeft64(w[2], 31) ^ bits.RotateLeft64(w[3], 47) ^ uint64(n)
	return h * 0x9E3779B97F4A7C15 >> 40
}
