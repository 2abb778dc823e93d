package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/study"
)

// scale is a scale that was found in the answers to one or more questions.
type scale struct {
	id        string
	numeric   bool
	low, high int
	ordered
	questions int
}

// asked is a question that is read as a scale.
type asked struct {
	q       *question
	reading reading
	export  int // index of its export
	scale   *scale
}

// shareScales gives every question its scale, the same one where the answers allow
// it: those with most answers make the scales, and those in which an answer was not
// given by anybody join them. Scales come in the order of the questions.
func shareScales(all []*asked) []*scale {
	widen(all)
	byAnswers := slices.Clone(all)
	slices.SortStableFunc(byAnswers, func(a, b *asked) int { return cmp.Compare(b.answers(), a.answers()) })
	var made []*scale
	for _, a := range byAnswers {
		i := slices.IndexFunc(made, func(s *scale) bool { return s.holds(a) })
		if i < 0 {
			i = len(made)
			made = append(made, &scale{numeric: a.reading.numeric, low: a.reading.low, high: a.reading.high, ordered: a.reading.ordered})
		}
		a.scale = made[i]
		made[i].questions++
	}
	return withIDs(all)
}

func (a *asked) answers() int {
	if a.reading.numeric {
		return a.reading.high - a.reading.low + 1
	}
	return len(a.reading.ordered.labels)
}

// widen gives the questions of a grid one range of numbers, and one that ends at 8
// or 9 an end at 10 where another question of its export goes to 10: not every
// number is given by somebody, and few scales end there.
func widen(all []*asked) {
	high := make([]int, len(all))
	for i, a := range all {
		high[i] = a.reading.high
	}
	for i, a := range all {
		for j, b := range all {
			if !a.reading.numeric || !b.reading.numeric || a.export != b.export || b.reading.low != a.reading.low {
				continue
			}
			if a.q.grid >= 0 && a.q.grid == b.q.grid || high[j] == 10 && high[i] >= 8 {
				a.reading.high = max(a.reading.high, high[j])
			}
		}
	}
}

// holds reports whether a question's answers are some of the scale's. A scale with
// a neutral answer and one without are two.
func (s *scale) holds(a *asked) bool {
	r := a.reading
	if s.numeric || r.numeric {
		return s.numeric == r.numeric && s.low == r.low && s.high == r.high
	}
	if s.middle != r.middle || s.family != r.family {
		return false
	}
	for _, l := range r.ordered.labels {
		if s.label(l) == "" {
			return false
		}
	}
	return true
}

// label is the scale's own wording of a label, "" where it has none.
func (s *scale) label(text string) string {
	for _, l := range s.labels {
		if sameLabel(l, text) || anagram(l, text) {
			return l
		}
	}
	return ""
}

// withIDs hands out ids in the order of the questions.
func withIDs(all []*asked) []*scale {
	names := newIDs()
	var out []*scale
	for _, a := range all {
		s := a.scale
		if slices.Contains(out, s) {
			continue
		}
		switch family := strings.Fields(s.family); {
		case s.numeric:
			s.id = names.of(strings.ReplaceAll(fmt.Sprintf("range%dto%d", s.low, s.high), "-", "minus"), "range")
		case len(family) > 0:
			s.id = names.of(fmt.Sprintf("%s%d", strings.Join(family[:min(2, len(family))], " "), len(s.labels)), "scale")
		default:
			s.id = names.of(fmt.Sprintf("degree%d", len(s.labels)), "scale")
		}
		out = append(out, s)
	}
	return out
}

// study is the scale as a framework has it.
func (s *scale) study() study.Scale {
	if !s.numeric {
		return study.Scale{Options: s.labels, Positive: s.positive}
	}
	out := study.Scale{Min: &s.low, Max: &s.high}
	for n := s.low + topThird(s.high-s.low+1); n <= s.high; n++ {
		out.Positive = append(out.Positive, strconv.Itoa(n))
	}
	return out
}
