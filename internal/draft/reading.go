package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/inspect"
)

// reading is what the answers to a closed question say as a scale.
type reading struct {
	numeric   bool // numbers from low to high, of which some may have words
	low, high int
	ordered   // else labels in order
}

// minLabels is how many labels make a scale; fewer are two answers to a question.
const minLabels = 3

// read reads the answers that may be shown as a scale; false where they are none.
func read(q *question) (reading, bool) {
	var r reading
	scored := slices.DeleteFunc(slices.Clone(q.answers), func(a inspect.Answer) bool { return missingKind(a.Label) != "" })
	if len(scored) < minLabels || conflict(q.answers) != "" {
		return r, false
	}
	numbered, worded := 0, 0
	for _, a := range scored {
		p := pointOf(a.Label)
		if p.numbered {
			numbered++
		}
		if p.words != "" {
			worded++
		}
	}
	switch {
	case numbered == len(scored) && 2*worded < numbered:
		return r.numbers(q, scored)
	case worded == len(scored):
		return r.words(scored)
	}
	return r, false
}

// numbers reads a range of whole numbers: the one that the question's words name, else
// from 1, or from 0 where anybody gave that, to the highest that anybody gave.
func (r reading) numbers(q *question, answers []inspect.Answer) (reading, bool) {
	r.numeric, r.low, r.high = true, 1, 1
	for _, a := range answers {
		n := pointOf(a.Label).number
		r.low, r.high = min(r.low, n), max(r.high, n)
	}
	if low, high, ok := rangeIn(q.text); ok && low <= r.low && high >= r.high {
		r.low, r.high = low, high
	}
	return r, r.high-r.low >= 2 && r.high-r.low <= 100
}

// fromTo finds the ends of a scale in a question: 1 to 10, 1 (none) to 10 (very high).
var fromTo = regexp.MustCompile(`(?i)\b([01])(?: ?(?:\([^)]*\)|=[^,;]*?))?,? ?(?:to|-|–) ?(\d{1,2})\b`)

func rangeIn(text string) (low, high int, ok bool) {
	m := fromTo.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, false
	}
	low, _ = strconv.Atoi(m[1])
	high, _ = strconv.Atoi(m[2])
	return low, high, high > low+1
}

// words puts labels in the order of what their words say.
func (r reading) words(answers []inspect.Answer) (reading, bool) {
	var labels []string
	for _, a := range answers {
		labels = append(labels, pointOf(a.Label).words)
	}
	var ok bool
	r.ordered, ok = order(distinct(labels))
	return r, ok && len(r.ordered.labels) >= minLabels
}

// conflict says in words that a number stands for two labels, or a label for two
// numbers, so that nobody can tell what the number alone means.
func conflict(answers []inspect.Answer) string {
	var points []point
	for _, a := range answers {
		p := pointOf(a.Label)
		if !p.numbered || p.words == "" || missingKind(a.Label) != "" {
			continue
		}
		for _, o := range points {
			switch same := sameMeaning(o.words, p.words); {
			case o.number == p.number && !same:
				return fmt.Sprintf("%d stands for %q and for %q", p.number, o.words, p.words)
			case o.number != p.number && same:
				return fmt.Sprintf("%q stands at %d and at %d", p.words, o.number, p.number)
			}
		}
		points = append(points, p)
	}
	return ""
}

// sameMeaning reports whether two labels are one but for their wording.
func sameMeaning(a, b string) bool {
	if sameLabel(a, b) {
		return true
	}
	x, y := senseOf(a), senseOf(b)
	return x.family != "" && x.family == y.family && x.place(true) == y.place(true)
}
