package normalise

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// oneConstruct is a schema of one construct with items of the given scales.
func oneConstruct(t testing.TB, minAnswered string, items ...testItem) *Schema {
	t.Helper()
	var scales, ids, list, book []string
	for i, it := range items {
		scales = append(scales, fmt.Sprintf("s%d: {min: 1, max: %d, positive: [%d]}", i, it.codes, it.codes))
		ids = append(ids, fmt.Sprintf("i%d", i))
		list = append(list, fmt.Sprintf("i%d: {title: Item, scale: s%d, reversed: %t}", i, i, it.reversed))
		book = append(book, fmt.Sprintf("i%d: {column: Q%d}", i, i))
	}
	s, _ := studyOf(t, lines("version: 1", "scales: {"+strings.Join(scales, ", ")+"}",
		"constructs: {c: {title: C, items: ["+strings.Join(ids, ", ")+"], min_answered: "+minAnswered+"}}", "items: {"+strings.Join(list, ", ")+"}"),
		lines("version: 1", "items: {"+strings.Join(book, ", ")+"}"), "Q0\n1\n")
	return NewSchema(s)
}

type testItem struct {
	codes    int
	reversed bool
}

// score runs one respondent's slots through the scorer.
func score(s *Schema, asked []bool, slots []uint8) Score {
	b := &Block{Rows: 1, Items: make([][]uint8, len(slots)), Scores: make([][]Score, 1)}
	for i, slot := range slots {
		if asked[i] {
			b.Items[i] = []uint8{slot}
		}
	}
	newScorer(s, func(i int) bool { return asked[i] }).score(b)
	if b.Scores[0] == nil {
		return Score{}
	}
	return b.Scores[0][0]
}

// A score is the mean of percents of the maximum possible, in exact fractions,
// of the items answered, where they are at least min_answered of those asked.
func TestScoreIsTheExactMean(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.SampledFrom([]string{"0.1", "0.34", "0.5", "0.6667", "0.75", "1"}).Draw(t, "min_answered")
		n := rapid.IntRange(1, 6).Draw(t, "items")
		items, asked, slots := make([]testItem, n), make([]bool, n), make([]uint8, n)
		sum, answered, ask := new(big.Rat), int64(0), int64(0)
		for i := range items {
			items[i] = testItem{rapid.SampledFrom([]int{2, 3, 4, 5, 7, 10, 11}).Draw(t, "codes"), rapid.Bool().Draw(t, "reversed")}
			asked[i] = rapid.IntRange(0, 3).Draw(t, "asked") > 0
			o := rapid.IntRange(-1, items[i].codes-1).Draw(t, "answer")
			slots[i] = uint8(Unsure)
			if !asked[i] {
				continue
			}
			ask++
			if o < 0 {
				continue
			}
			slots[i] = uint8(FirstOption + o)
			if items[i].reversed {
				o = items[i].codes - 1 - o
			}
			answered++
			sum.Add(sum, big.NewRat(int64(100*o), int64(items[i].codes-1)))
		}
		s := oneConstruct(outer, share, items...)
		c := &s.Constructs[0]
		got := score(s, asked, slots)
		need, _ := new(big.Rat).SetString(share)
		if answered == 0 || big.NewRat(answered, ask).Cmp(need) < 0 {
			if got.Count != 0 || !math.IsNaN(c.Value(got)) {
				t.Fatalf("%d of %d answered, %s needed: score %v", answered, ask, share, got)
			}
			return
		}
		want := sum.Quo(sum, big.NewRat(answered, 1))
		float, _ := want.Float64()
		if int64(got.Count) != answered || math.Abs(c.Value(got)-float) > 1e-12*float {
			t.Fatalf("score %v, want %v of %d answers", c.Value(got), want, answered)
		}
		at := rapid.SampledFrom([]*big.Rat{want, big.NewRat(75, 1), big.NewRat(200, 3)}).Draw(t, "threshold")
		if high := c.AtLeast(got, NewThreshold(at)); high != (want.Cmp(at) >= 0) {
			t.Fatalf("%v is at least %v: %t", want, at, high)
		}
	})
}

// Half of the items is enough where min_answered is a half; of three, two are.
func TestMinAnsweredEqualityCounts(t *testing.T) {
	yes := func(n int) []bool {
		out := make([]bool, n)
		for i := range out {
			out[i] = true
		}
		return out
	}
	top, none := uint8(FirstOption+2), uint8(SeenUnanswered)
	for _, tc := range []struct {
		share string
		slots []uint8
		want  uint8
	}{
		{"0.5", []uint8{top, none}, 1},
		{"0.5", []uint8{top, none, none}, 0},
		{"0.5", []uint8{top, top, none}, 2},
		{"0.5", []uint8{top, top, none, none}, 2},
		{"0.5", []uint8{none, none}, 0},
		{"0.01", []uint8{none, none}, 0},
		{"1", []uint8{top, top}, 2},
		{"1", []uint8{top, none}, 0},
	} {
		items := make([]testItem, len(tc.slots))
		for i := range items {
			items[i] = testItem{codes: 3}
		}
		if got := score(oneConstruct(t, tc.share, items...), yes(len(items)), tc.slots); got.Count != tc.want {
			t.Errorf("min_answered %s, slots %v: count %d, want %d", tc.share, tc.slots, got.Count, tc.want)
		}
	}
}

// A gap is the exact difference, of the same respondent, or none.
func TestGapValue(t *testing.T) {
	s, _ := studyOf(t, testFramework, testBook, lines("ID,Q1,Q2,Q3,Q4,Role", "1,Agree,Agree,1,,Doctor"))
	schema := NewSchema(s)
	g := schema.Gaps[0]
	of, minus := &schema.Constructs[g.Of], &schema.Constructs[g.Minus]
	rapid.Check(t, func(t *rapid.T) {
		draw := func(c *ConstructColumn, name string) Score {
			n := rapid.IntRange(0, len(c.Items)).Draw(t, name)
			return Score{Sum: uint16(rapid.IntRange(0, n*c.Scale).Draw(t, name+" sum")), Count: uint8(n)}
		}
		a, b := draw(of, "of"), draw(minus, "minus")
		got := schema.GapValue(g, a, b)
		if a.Count == 0 || b.Count == 0 {
			if !math.IsNaN(got) {
				t.Fatalf("a gap with one side: %v", got)
			}
			return
		}
		if want := of.Value(a) - minus.Value(b); math.Abs(got-want) > 1e-10 {
			t.Fatalf("gap %v, want %v", got, want)
		}
	})
}
