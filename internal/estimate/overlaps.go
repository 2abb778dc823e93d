package estimate

import (
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/study"
)

// overlaps are the latest waves of surveys that same_people names together and
// that have somebody in common.
type overlaps struct {
	latest []*waveEstimator
	stacks map[string]*stack // by places in latest; nil for those with nobody in common
}

func newOverlaps(s *study.Study, latest []*waveEstimator) *overlaps {
	o := &overlaps{latest: latest, stacks: map[string]*stack{}}
	for i := range latest {
		for j := range latest[:i] {
			if sharePeople(s, []string{latest[j].Survey.ID, latest[i].Survey.ID}) {
				o.stacks[fmt.Sprint([]int{j, i})] = newStackOfPeople(latest[j], latest[i])
			}
		}
	}
	return o
}

// of is the stack of two surveys, nil where they are independent.
func (o *overlaps) of(i, j int) *stack { return o.stacks[fmt.Sprint([]int{i, j})] }

// together splits parts into those that hang together by people they share, each
// in the order of the parts.
func (o *overlaps) together(parts []part) [][]part {
	var out [][]part
	for len(parts) > 0 {
		joined, rest := parts[:1:1], parts[1:]
		for more := true; more; {
			more = false
			var left []part
			for _, p := range rest {
				if slices.ContainsFunc(joined, func(q part) bool { return o.of(min(p.at, q.at), max(p.at, q.at)) != nil }) {
					joined, more = append(joined, p), true
					continue
				}
				left = append(left, p)
			}
			rest = left
		}
		slices.SortFunc(joined, func(a, b part) int { return a.at - b.at })
		out, parts = append(out, joined), rest
	}
	return out
}

// variance is that of the sum of the parts' estimates over k.
func (o *overlaps) variance(sp *spec, parts []part, k, theta float64) float64 {
	v := 0.0
	for _, joined := range o.together(parts) {
		if len(joined) == 1 {
			v += joined[0].p.v / (k * k)
			continue
		}
		terms := make([]term, len(joined))
		for i, p := range joined {
			terms[i] = term{factor: 1 / k, p: p.p, g: p.g}
		}
		own, _ := o.stackOf(joined).combine(sp, theta, terms...)
		v += own
	}
	return v
}

func (o *overlaps) stackOf(parts []part) *stack {
	places, sides := make([]int, len(parts)), make([]*waveEstimator, len(parts))
	for i, p := range parts {
		places[i], sides[i] = p.at, p.e
	}
	key := fmt.Sprint(places)
	if o.stacks[key] == nil {
		o.stacks[key] = newStackOfPeople(sides...)
	}
	return o.stacks[key]
}
