package linked

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A sum is told by what its margin leaves over, and that by further ones; where
// nothing of a margin is shown, nobody knows what those add who are in none of its parts.
func TestSumsFollowOverMargins(t *testing.T) {
	const a, b, ax, ay, rest = 1, 2, 3, 4, 5
	s := &System{Lattice: newLattice(), Cells: []Cell{{Measure: "will"}}}
	for range rest {
		s.Domains = append(s.Domains, Domain{RestOf: -1})
		s.sums = append(s.sums, map[int]float64{0: 1})
	}
	s.sums = append(s.sums, nil) // of the rest
	s.Margins = []Margin{{Parts: []int{ax, ay}, Total: a, Rest: -1}, {Parts: []int{a, b}, Total: Everyone, Rest: rest}}
	at := func(d int) Site { return Site{d, 0} }
	for _, c := range []struct {
		name  string
		shown []int
		want  map[Site][]Site
	}{
		{"a part from the other and all", []int{Everyone, b}, map[Site][]Site{at(a): {at(Everyone), at(b)}}},
		{"and on", []int{Everyone, b, ax}, map[Site][]Site{at(a): {at(Everyone), at(b)}, at(ay): {at(Everyone), at(b), at(ax)}}},
		{"all from its parts", []int{a, b}, map[Site][]Site{at(Everyone): {at(a), at(b)}}},
		{"two that are missing", []int{Everyone, ax}, map[Site][]Site{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			shown := map[Site]bool{}
			for _, d := range c.shown {
				shown[at(d)], c.want[at(d)] = true, []Site{at(d)}
			}
			if diff := cmp.Diff(c.want, s.overMargins(shown)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
