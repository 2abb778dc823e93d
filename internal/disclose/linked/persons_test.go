package linked

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// scale are the points of the options of a made-up item, and none the place of
// somebody's answer who gave none.
var scale = []float64{0, 50, 100}

const none = 3

// crowd is the answers of people to the items of one construct.
type crowd [][]int

// crowds lists all there can be of so many people, whoever they are.
func crowds(people, items int, visit func(crowd)) {
	var persons [][]int
	var answer func(some []int)
	answer = func(some []int) {
		if len(some) == items {
			persons = append(persons, slices.Clone(some))
			return
		}
		for a := range none + 1 {
			answer(append(some, a))
		}
	}
	answer(nil)
	var join func(c crowd, from int)
	join = func(c crowd, from int) {
		if len(c) == people {
			visit(c)
			return
		}
		for i := from; i < len(persons); i++ {
			join(append(c, persons[i]), i)
		}
	}
	join(nil, 0)
}

// system is a crowd as one domain: cells 0 and up are the items', the last is the
// construct's, with the quantity of those who are high after it.
func (c crowd) system(required int, positive float64) *System {
	items := len(c[0])
	base, high := items+1, items+2
	s := &System{Lattice: newLattice(), Truth: [][]int{make([]int, items+3)}, Known: [][]bool{make([]bool, items+3)}, same: map[int]bool{}, Caps: make([][]Cap, 1), By: map[[2]int][]Site{}}
	s.sums, s.given, s.above, s.positive = []map[int]float64{{}}, []map[int][]int{{}}, [][]int{nil}, []float64{positive}
	s.Quantities = []Quantity{{Cell: -1}}
	own := Construct{Base: base, Headline: -1, Required: required}
	for i := range items {
		s.Quantities = append(s.Quantities, Quantity{Cell: i})
		s.Items, s.points, s.kinds = append(s.Items, Item{Base: i + 1, Nets: [3]int{-1, -1, -1}}), append(s.points, scale), append(s.kinds, nil)
		own.Items = append(own.Items, i)
		s.given[0][i] = make([]int, len(scale))
	}
	s.Quantities = append(s.Quantities, Quantity{Cell: items}, Quantity{Cell: items})
	s.Constructs, s.Joint.Sides = []Construct{own}, []Side{{Construct: 0, Scored: true, High: high}}
	x := s.Truth[0]
	for _, person := range c {
		x[Respondents]++
		sum, n := 0.0, 0
		for i, a := range person {
			if a < none {
				x[i+1]++
				s.given[0][i][a]++
				s.sums[0][i] += scale[a]
				sum, n = sum+scale[a], n+1
			}
		}
		if n >= required {
			x[base]++
			s.sums[0][items] += sum / float64(n)
			if sum/float64(n) >= positive-1e-9 {
				x[high]++
			}
		}
	}
	return s
}

// Whatever people there may be who make what is shown, no bound excludes them.
func TestBoundsHoldForEverybody(t *testing.T) {
	for _, c := range []struct {
		people, items, required int
		shown                   []int // cells; the construct's is the number of items
	}{
		{4, 2, 1, []int{0, 2}}, {4, 2, 2, []int{0, 2}}, {4, 2, 1, []int{0, 1}}, {4, 2, 2, []int{0, 1}}, {4, 2, 1, []int{2}}, {3, 3, 2, []int{0, 1, 3}}, {3, 3, 1, []int{0, 3}}, {3, 3, 2, []int{0, 1}},
	} {
		bounds := map[string]map[int]bound{}
		met, narrow := 0, 0
		crowds(c.people, c.items, func(people crowd) {
			s := people.system(c.required, 60)
			given, seen := map[Site][]Site{}, fmt.Sprint(s.Truth[0][:c.items+2])
			for _, cell := range c.shown {
				at := Site{Everyone, cell}
				given[at], seen = []Site{at}, fmt.Sprintf("%s %.6f", seen, s.sums[0][cell])
			}
			if bounds[seen] == nil {
				bounds[seen] = s.bounds(given, false)[Everyone]
			}
			for cell, b := range bounds[seen] {
				met++
				if sum := s.sums[0][cell]; sum < b.least-1e-9 || sum > b.most+1e-9 {
					t.Fatalf("%+v: %v make %v of %d, not between %v and %v", c, people, sum, cell, b.least, b.most)
				}
				if b.by != nil && !b.shown && b.most-b.least < 100 {
					narrow++
				}
			}
		})
		if met == 0 || narrow == 0 {
			t.Errorf("%+v: %d bounds, %d narrow", c, met, narrow)
		}
	}
}

// Who is high or low by score is bounded by the answers that are shown, and never
// wrongly.
func TestPersonsBoundWhoIsHigh(t *testing.T) {
	for _, c := range []struct {
		people, items, required int
		positive                float64
		shown                   []int // items
	}{
		{4, 2, 1, 75, []int{0}}, {4, 2, 2, 50, []int{0}}, {4, 2, 1, 60, []int{0, 1}}, {3, 3, 2, 50, []int{0, 1}}, {3, 3, 1, 75, []int{1}}, {3, 3, 3, 60, []int{0, 2}},
	} {
		caps := map[string][]Cap{}
		told := 0
		crowds(c.people, c.items, func(people crowd) {
			s := people.system(c.required, c.positive)
			x := s.Truth[0]
			seen := fmt.Sprint(x[Respondents], x[c.items+1])
			for _, i := range c.shown {
				s.Known[0][i+1], seen = true, fmt.Sprint(seen, s.given[0][i])
			}
			if caps[seen] == nil {
				s.people(Everyone, s.Joint.Sides[0])
				caps[seen] = append(s.Caps[0], Cap{Most: math.Inf(1)})
			}
			for _, cap := range caps[seen] {
				if !cap.Holds(func(q int) int { return x[q] }) {
					t.Fatalf("%+v: %v are not allowed by %+v", c, people, cap)
				}
				if len(cap.Terms) > 0 && (cap.Least > 0.5 || cap.Most < float64(x[c.items+1])-0.5) {
					told++
				}
			}
		})
		if told == 0 {
			t.Errorf("%+v: nothing is told of anybody", c)
		}
	}
}
