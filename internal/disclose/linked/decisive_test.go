package linked

import (
	"testing"

	"github.com/caregap/caregap/internal/study"
)

// What relates scores to answers holds of any people there can be, and says something.
func TestScoredSidesHoldForEverybody(t *testing.T) {
	for _, c := range []struct {
		people, items, required int
		positive                study.Decimal
	}{{4, 2, 1, "75"}, {4, 2, 2, "50"}, {3, 3, 2, "66"}, {3, 3, 1, "100"}, {3, 3, 3, "60"}} {
		positive, _ := c.positive.Rat().Float64()
		met, tight := 0, 0
		crowds(c.people, c.items, func(people crowd) {
			s := people.system(c.required, positive)
			b := &builder{System: s}
			s.Study = &study.Study{Framework: &study.Framework{Constructs: study.Map[study.Construct]{{ID: "will", Value: study.Construct{Positive: c.positive}}}}}
			s.Constructs[0].ID = "will"
			for i := range c.items {
				s.kinds[i] = nil
				for o, n := range s.given[0][i] {
					s.kinds[i] = append(s.kinds[i], answer{len(s.Quantities), 1 << o})
					s.Quantities, s.Truth[0] = append(s.Quantities, Quantity{Cell: i}), append(s.Truth[0], n)
				}
			}
			b.scoredSides()
			for _, r := range s.Relations {
				met++
				if !r.Holds(s.Truth[0]) {
					t.Fatalf("%+v: %v do not keep %+v: %v", c, people, r, s.Truth[0])
				}
				sum := 0
				for _, x := range r.Terms {
					sum += x.Times * s.Truth[0][x.Quantity]
				}
				if sum == 0 && s.Truth[0][len(s.Items)+1] > 0 {
					tight++
				}
			}
		})
		if met == 0 || tight == 0 {
			t.Errorf("%+v: of %d relations %d are tight", c, met, tight)
		}
	}
}
