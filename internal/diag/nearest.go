package diag

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate with the smallest edit distance to word, case
// aside, or "" when none is within half the word's length. Ties go to the
// earlier candidate.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", max(2, len([]rune(word))/2)+1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// NearestHint is the hint that names the nearest candidate, or "" without one.
func NearestHint(word string, candidates []string) string {
	if n := Nearest(word, candidates); n != "" {
		return fmt.Sprintf("nearest: %q", n)
	}
	return ""
}
