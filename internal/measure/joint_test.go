package measure_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/measure"
)

// Every quadrant follows from the joint states.
func TestJointStatesMakeTheQuadrants(t *testing.T) {
	k := newKit()
	f := k.plan.Schema.Study.Framework
	sides := measure.Sides(f)
	if len(sides) == 0 {
		t.Fatal("the made-up study has no sides")
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, p := range k.moments(draw(t, k))[0].Partitions {
			for j, c := range k.plan.Categoricals {
				if c.Kind != measure.Quadrant {
					continue
				}
				q := f.Quadrants[c.Index].Value
				for category := range p.Respondents {
					var want [5]int
					for s := range c.Slots {
						if at := category*c.Slots + s; at < len(p.Count[j]) {
							want[s] = int(p.Count[j][at])
						}
					}
					if got := slotsOf(p, category, k.plan.JointStates(), sides, q.High, q.Low); got != want {
						t.Fatalf("%v, category %d: %v by joint states, %v by itself", f.Quadrants[c.Index].ID, category, got, want)
					}
				}
			}
		}
	})
}

// slotsOf sorts a category's joint states into the slots of a quadrant.
func slotsOf(p *measure.Partition, category, states int, sides, high, low []string) (out [5]int) {
	for s := range states {
		digit := func(id string) int {
			at := slices.Index(sides, id)
			v := s
			for range len(sides) - 1 - at {
				v /= measure.SideStates
			}
			return v % measure.SideStates
		}
		known, in, strict, first := true, true, true, len(high) > 0 && digit(high[0]) == 3
		for _, id := range high {
			known, in = known && digit(id) != 0, in && digit(id) == 3
		}
		for _, id := range low {
			known, in, strict = known && digit(id) != 0, in && digit(id) != 3, strict && digit(id) == 2
		}
		slot := measure.QuadrantOut
		switch {
		case !known:
			slot = measure.QuadrantUnknown
		case in && strict:
			slot = measure.QuadrantStrict
		case in:
			slot = measure.QuadrantIn
		case first:
			slot = measure.QuadrantHigh
		}
		out[slot] += int(p.Joint[category*states+s])
	}
	return out
}
