package example

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNormalIsNearlyStandardNormal(t *testing.T) {
	const draws = 200_000
	s := newSource(77)
	sum, squares, beyond := 0, int64(0), 0
	for range draws {
		x := s.normal()
		sum += x
		squares += int64(x) * int64(x)
		if x > 1960 || x < -1960 {
			beyond++
		}
	}
	if mean := sum / draws; mean < -10 || mean > 10 {
		t.Errorf("mean %d thousandths, want about 0", mean)
	}
	if variance := squares / draws; variance < 985_000 || variance > 1_015_000 {
		t.Errorf("variance %d millionths, want about 1,000,000", variance)
	}
	if share := beyond * 1000 / draws; share < 44 || share > 54 {
		t.Errorf("%d per mille lie beyond 1.96, want about 49", share)
	}
}

func TestSampleTakesEachOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 300).Draw(t, "size")
		n := rapid.IntRange(0, size).Draw(t, "n")
		got := newSource(rapid.Uint64().Draw(t, "stream")).sample(n, size)
		slices.Sort(got)
		if len(got) != n || len(slices.Compact(got)) != n {
			t.Fatalf("%d different numbers, want %d", len(slices.Compact(got)), n)
		}
		if n > 0 && (got[0] < 0 || got[n-1] >= size) {
			t.Fatalf("numbers from %d to %d, want them below %d", got[0], got[n-1], size)
		}
	})
}

func TestPickFollowsTheWeights(t *testing.T) {
	s := newSource(78)
	counts := make([]int, 3)
	for range 10_000 {
		counts[s.pick([]int{0, 1, 3})]++
	}
	if counts[0] != 0 || counts[1] < 2300 || counts[1] > 2700 {
		t.Errorf("picked %v of 10,000, want about 0, 2500 and 7500", counts)
	}
}
