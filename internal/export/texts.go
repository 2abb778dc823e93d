package export

import (
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// shortName is a heading as programs want them.
var shortName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.#\[\]-]{0,40}$`)

// texts reports whether the row under the headings holds the questions' texts and
// no response: names stand over it; most of its cells are of several words, all
// different; and none of them comes again, while the answers under them do, or are
// numbers.
func (h Head) texts() bool {
	named, said, wordy, closed := 0, 0, 0, 0
	seen := map[string]bool{}
	for i := range h.Width() {
		name, text := label(h.At(0, i)), label(h.At(1, i))
		switch {
		case name == "" || text == "":
			continue
		case shortName.MatchString(name):
			named++
		}
		key := fold.String(text)
		said++
		if len(text) > 11 && strings.ContainsRune(text, ' ') && !seen[key] {
			wordy++
		}
		seen[key] = true
		again, answers := h.answers(i, key)
		if again {
			return false
		}
		if answers {
			closed++
		}
	}
	return said > 2 && 5*said >= 4*lastSaid(h.Rows[0]) && 10*named >= 8*said && 10*wordy >= 6*said && 3*closed >= said
}

// answers looks at the cells under the second row: whether that row's text stands
// among them, and whether they are numbers or come back.
func (h Head) answers(column int, text string) (again, closed bool) {
	times := map[string]int{}
	n, numbers := 0, 0
	for row := 2; row < len(h.Rows); row++ {
		cell := h.At(row, column)
		key := fold.String(cell)
		if key == "" {
			continue
		}
		n++
		times[key]++
		if isNumber(cell) || isTime(cell) {
			numbers++
		}
		again = again || key == text
	}
	return again, n > 2 && (numbers == n || 2*len(times) <= n)
}
