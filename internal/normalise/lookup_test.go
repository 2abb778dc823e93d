package normalise

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// A lookup answers as a map does, for cells that share beginnings, ends and lengths.
func TestLookupIsAMap(t *testing.T) {
	cell := rapid.Custom(func(t *rapid.T) []byte {
		n := rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 40}).Draw(t, "length")
		return rapid.SliceOfN(rapid.SampledFrom([]byte{0, 'a', 'b'}), n, n).Draw(t, "cell")
	})
	rapid.Check(t, func(t *rapid.T) {
		l, want := newLookup(), map[string]int32{}
		for i, c := range rapid.SliceOfN(cell, 0, 300).Draw(t, "cells") {
			got, ok := l.find(c)
			v, known := want[string(c)]
			if ok != known || got != v {
				t.Fatalf("find %q: %d, %t; want %d, %t", c, got, ok, v, known)
			}
			if !known {
				want[string(c)] = int32(i)
				l.add(c, int32(i))
			}
		}
	})
}

// One letter changed anywhere makes other words.
func TestLookupTellsLettersApart(t *testing.T) {
	letter := rapid.ByteRange('a', 'z')
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(letter, 1, wordBytes).Draw(t, "label")
		b := append([]byte{}, a...)
		b[rapid.IntRange(0, len(b)-1).Draw(t, "place")] = letter.Draw(t, "letter")
		x, y := wordsOf(a), wordsOf(b)
		if same := x.same(&y); same != (string(a) == string(b)) {
			t.Fatalf("%q and %q are the same: %t", a, b, same)
		}
	})
}

func FuzzLookup(f *testing.F) {
	f.Add([]byte("Agree"), []byte("Agree "))
	f.Add([]byte("12345678abcdefgh12345678"), []byte("12345678ABCDEFGH12345678"))
	f.Add([]byte("12045&00abcdABgx12345678"), []byte("1204\x00000ABADABcx12345678"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		l := newLookup()
		l.add(a, 1)
		if _, ok := l.find(b); ok != (string(a) == string(b)) {
			t.Errorf("%q is found as %q: %t", b, a, ok)
		}
	})
}

// A column of ever new texts does not fill the memory.
func TestLookupIsBounded(t *testing.T) {
	l := newLookup()
	for i := range 3 * maxRawForms {
		if added := l.add(fmt.Appendf(nil, "a text of its own %d", i), 1); added != (i < maxRawForms) {
			t.Fatalf("text %d is added: %t", i, added)
		}
	}
	if _, ok := l.find([]byte("a text of its own 3")); !ok {
		t.Error("an early text is lost")
	}
	if len(l.entries) > 4*maxRawForms {
		t.Errorf("%d places for %d texts", len(l.entries), maxRawForms)
	}
}
