package linked

import "testing"

// So many answers make no less than the lowest of those they are drawn from, and no
// more than the highest.
func TestAnswersAreDrawnFromWiderOnes(t *testing.T) {
	points, given := []float64{100, 0, 50}, []int{3, 2, 4}
	for _, c := range []struct {
		n           int
		least, most float64
	}{{0, 0, 0}, {1, 0, 100}, {3, 50, 300}, {5, 150, 400}, {9, 500, 500}} {
		if least, most := extremes(points, given, c.n); least != c.least || most != c.most {
			t.Errorf("%d of them make %v to %v, want %v to %v", c.n, least, most, c.least, c.most)
		}
	}
}

// What is fixed of a margin bounds what is not: no part makes more than is left for all,
// nor lacks more.
func TestMarginsShareOutWhatIsLeft(t *testing.T) {
	const a, b, c = 1, 2, 3
	s := &System{Lattice: newLattice(), Quantities: []Quantity{{Cell: -1}, {Cell: 0}}, Constructs: []Construct{{Base: 1, Items: []int{0}}}}
	sums := []float64{2000, 1700, 100, 200}
	bases := []int{40, 30, 5, 5}
	var bounds []map[int]bound
	for d, sum := range sums {
		if d > 0 {
			s.Domains = append(s.Domains, Domain{RestOf: -1})
		}
		s.sums, s.Truth = append(s.sums, map[int]float64{0: sum}), append(s.Truth, []int{bases[d], bases[d]})
		x := bound{least: 0, most: 100 * float64(bases[d])}
		if d == Everyone || d == a {
			x = bound{least: sum, most: sum, fixed: true, by: []Site{{d, 0}}}
		}
		bounds = append(bounds, map[int]bound{0: x})
	}
	s.Margins = []Margin{{Parts: []int{a, b, c}, Total: Everyone, Rest: -1}}
	if !s.share(bounds) {
		t.Fatal("nothing is told")
	}
	for _, d := range []int{b, c} {
		if x := bounds[d][0]; x.most != 300 || !x.capped || x.least != 0 || x.floored || len(x.by) != 2 {
			t.Errorf("%+v, want 300 at the most, for all that is shown", x)
		}
	}
}
