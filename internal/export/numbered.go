package export

import (
	"regexp"
	"strconv"

	"github.com/caregap/caregap/internal/fold"
)

// madeName is what a program calls columns of which it does not know the headings.
var madeName = regexp.MustCompile(`^(?:column|col|field|var|variable|unnamed:|v|x|f|c|_c|\.{3})? ?_?(\d+)$`)

// numbered reports whether the first row numbers the columns and the headings stand
// under it: programs that were not told of the headings put such a row above them,
// and so do people who saved the letters of a sheet's columns.
func (h Head) numbered() bool {
	if len(h.Rows) < 3 || !counting(h.Rows[0]) || (qualtrics{}).legacy(h) {
		return false
	}
	under, seen, repeated, all := h.from(1), map[string]bool{}, 0, 0
	for i := range h.Rows[1] {
		cell := under.At(0, i)
		key := fold.String(cell)
		if key == "" || i == 0 && h.At(0, 0) == "" {
			continue // the rows may have numbers too
		}
		all++
		if isNumber(cell) || isTime(cell) {
			return false
		}
		if again, _ := h.answers(i, key); again { // as names do in a row of texts
			repeated++
		}
		seen[key] = true
	}
	if len(seen) < 3 || 5*len(seen) < 4*all || 2*repeated >= all {
		return false
	}
	return len(h.Rows) > 4 || best(under) >= likely
}

// counting reports whether a row's cells are 0, 1, 2 ..., A, B, C ..., or names with
// such numbers.
func counting(row []string) bool {
	last := -1
	for i, cell := range row {
		key := fold.String(cell)
		if key == "" && i == 0 {
			continue // over the numbers of rows
		}
		n := ordinal(key)
		if n < 0 || last >= 0 && n != last+1 || last < 0 && n > 1 {
			return false
		}
		last = n
	}
	return last > 1
}

// ordinal is the number that a made-up name counts, letters from 1, or -1.
func ordinal(key string) int {
	if m := madeName.FindStringSubmatch(key); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return -1
		}
		return n
	}
	n := 0
	for _, c := range key {
		if c < 'a' || c > 'z' || len(key) > 3 {
			return -1
		}
		n = 26*n + int(c-'a') + 1
	}
	if n == 0 {
		return -1
	}
	return n
}

// best is the highest score that a platform gives a head.
func best(h Head) int {
	n := 0
	for _, p := range platforms {
		score, _ := p.Score(h)
		n = max(n, score)
	}
	return n
}
