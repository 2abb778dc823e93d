package linked

import (
	"math"
	"slices"
	"testing"
)

// oneDomain is a system of everyone alone: a construct of two items, of which the
// first is shown, and a gap to a construct without items. Each is a cell of its own.
func oneDomain(bases [5]int, required int, sums map[int]float64) *System {
	s := &System{Lattice: newLattice(), Truth: [][]int{make([]int, 7)}, Known: [][]bool{make([]bool, 7)}, sums: []map[int]float64{sums}, same: map[int]bool{}}
	s.Quantities = []Quantity{{Cell: -1}, {Cell: 0}, {Cell: 1}, {Cell: 2}, {Cell: 3}, {Cell: 4}, {Cell: 1, What: "positive", Base: 2}}
	s.Truth[0][Respondents] = 30
	for i, n := range bases {
		s.Truth[0][i+1] = n
	}
	item := func(base, positive int) Item { return Item{Base: base, Nets: [3]int{positive, -1, -1}} }
	s.Items = []Item{item(1, -1), item(2, 6)}
	s.kinds, s.points = [][]answer{nil, {{6, 6}}}, [][]float64{{0, 75, 100}, {0, 75, 100}}
	s.given, s.above = []map[int][]int{nil}, [][]int{nil}
	s.Constructs = []Construct{{Base: 3, Items: []int{0, 1}, Required: required}, {Base: 4}}
	s.positive = []float64{75, 75}
	s.Gaps = []Gap{{Base: 5, Of: 0, Minus: 1}}
	return s
}

// Means that are shown bound those that are not.
func TestSumsAreBounded(t *testing.T) {
	const item0, item1, score, other, gap = 0, 1, 2, 3, 4
	sums := map[int]float64{item0: 800, item1: 200, score: 500, other: 900, gap: -400}
	for _, c := range []struct {
		name        string
		bases       [5]int
		required    int
		shown       []int
		cell        int
		least, most float64
	}{
		{"a score and one of two questions tell the other", [5]int{20, 20, 20, 20, 20}, 1, []int{item0, score}, item1, 200, 200},
		{"questions tell the score", [5]int{20, 20, 20, 20, 20}, 1, []int{item0, item1}, score, 500, 500},
		{"a gap and a side tell the other side", [5]int{20, 20, 20, 20, 20}, 1, []int{gap, other}, score, 500, 500},
		{"sides tell the gap", [5]int{20, 20, 20, 20, 20}, 1, []int{score, other}, gap, -400, -400},
		{"and so on", [5]int{20, 20, 20, 20, 20}, 1, []int{item0, gap, other}, item1, 200, 200},
		{"one without the gap leaves 100 points", [5]int{20, 20, 20, 21, 20}, 1, []int{gap, other}, score, 400, 500},
		{"who answered without a score leaves 100 points", [5]int{21, 20, 20, 20, 20}, 2, []int{item0, score}, item1, 200, 300},
		{"answers add no more to a score than they make", [5]int{22, 19, 24, 20, 20}, 1, []int{item1, score}, item0, 300, 800},
		{"nothing shown", [5]int{20, 20, 20, 20, 20}, 1, nil, score, 0, 2000},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := oneDomain(c.bases, c.required, sums)
			given := map[Site][]Site{}
			for _, cell := range c.shown {
				at := Site{Everyone, cell}
				given[at] = []Site{at}
			}
			b := s.start(Everyone, sums, given)
			for range 3 {
				s.boundGap(Everyone, s.Gaps[0], b)
				s.boundConstruct(Everyone, 0, b, false)
			}
			if got := b[c.cell]; math.Abs(got.least-c.least) > 1e-9 || math.Abs(got.most-c.most) > 1e-9 {
				t.Errorf("between %v and %v, want %v and %v", got.least, got.most, c.least, c.most)
			}
			if got := b[c.cell].by; (len(got) == 0) != (len(c.shown) == 0) {
				t.Errorf("told by %v", got)
			}
		})
	}
}

// A score near the end of its scale leaves few positive answers.
func TestSumsCapAnswers(t *testing.T) {
	s := oneDomain([5]int{20, 20, 20, 20, 20}, 1, map[int]float64{0: 800, 1: 200, 2: 115, 3: 900, 4: 0})
	s.Truth[0][6] = 2 // positive answers of at least 75 each
	s.deduce(map[Site]bool{{Everyone, 2}: true}, func(_, _ int) {})
	holds := func(positive int) bool {
		s.Truth[0][6] = positive
		return !slices.ContainsFunc(s.Caps[0], func(c Cap) bool { return !c.Holds(func(q int) int { return s.Truth[0][q] }) })
	}
	if !holds(3) || holds(4) || !slices.Equal(s.Caps[0][0].By, []Site{{Everyone, 2}}) {
		t.Errorf("caps %+v: two items that make 2 x 115 points leave three answers of 75", s.Caps[0])
	}
}
