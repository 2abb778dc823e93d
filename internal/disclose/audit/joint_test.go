package audit

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// drawJoint makes up joint states of two or three sides and what counts them.
func drawJoint(t *rapid.T) *linked.System {
	s := &linked.System{}
	quantity := func() int {
		s.Quantities = append(s.Quantities, linked.Quantity{Base: -1})
		return len(s.Quantities) - 1
	}
	quantity() // respondents
	for range rapid.IntRange(2, 20).Draw(t, "states") {
		s.Joint.States = append(s.Joint.States, nil)
		s.Joint.Quantities = append(s.Joint.Quantities, quantity())
	}
	for range rapid.IntRange(1, 8).Draw(t, "counted") {
		x := linked.Counted{Quantity: quantity()}
		for i := range s.Joint.States {
			if rapid.Bool().Draw(t, "in") {
				x.States = append(x.States, i)
			}
		}
		s.Joint.Counted = append(s.Joint.Counted, x)
	}
	return s
}

// change is what steps do to a counted quantity.
func changeOf(x linked.Counted, steps []step) (n int) {
	for _, s := range steps {
		for _, state := range x.States {
			if state == s.state {
				n += s.by
			}
		}
	}
	return n
}

// People are found who change just what is to change, whenever up to four would do.
func TestPeopleAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawJoint(t)
		j := newJointer(s)
		var people []step
		for range rapid.IntRange(1, 4).Draw(t, "people") {
			people = append(people, step{rapid.IntRange(0, len(s.Joint.States)-1).Draw(t, "state"), rapid.SampledFrom([]int{1, -1}).Draw(t, "by")})
		}
		by := make([]int, len(s.Quantities))
		for _, x := range s.Joint.Counted {
			by[x.Quantity] = changeOf(x, people)
		}
		missing := j.missing(by)
		if missing == 0 {
			return
		}
		ways := j.ways(missing)
		if len(ways) == 0 {
			t.Fatalf("nobody for what %v do", people)
		}
		for _, way := range ways {
			for _, x := range s.Joint.Counted {
				if got := changeOf(x, way); got != by[x.Quantity] {
					t.Fatalf("%v change a quantity by %d, want %d", way, got, by[x.Quantity])
				}
			}
		}
	})
}

// Whoever changes so that a quantity grows leaves what is published alone; and if
// two people can, some are found.
func TestChangesLeaveWhatIsPublished(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawJoint(t)
		j := newJointer(s)
		open := make([]bool, len(s.Quantities))
		for q := range open {
			open[q] = rapid.Bool().Draw(t, "open")
		}
		target := rapid.SampledFrom(s.Joint.Counted).Draw(t, "target")
		open[target.Quantity] = true
		does := func(way []step) bool {
			for _, x := range s.Joint.Counted {
				switch n := changeOf(x, way); {
				case x.Quantity == target.Quantity && n != 1, x.Quantity != target.Quantity && n != 0 && !open[x.Quantity]:
					return false
				}
			}
			return true
		}
		found := j.changing(open, target.Quantity)
		for _, way := range found {
			if !does(way) {
				t.Fatalf("%v do not", way)
			}
		}
		for _, a := range j.steps {
			for _, b := range j.steps {
				if len(found) == 0 && does([]step{a, b}) {
					t.Fatalf("%v and %v are not found", a, b)
				}
			}
		}
	})
}
