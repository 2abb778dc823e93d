package draft

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// reserved are words that ids may not be; see study-files.md. The first few are
// levels of results and hold for all ids, the others for measures and variables.
var reserved = []string{
	"average", "all", "rest", "positive", "neutral", "negative", "unsure", "of_high", "strict",
	"survey", "wave", "respondent", "completed", "weight", "design_weight", "stratum", "psu",
}

// levels is how many of the reserved words hold for all ids.
const levels = 9

// ids hands out ids, each once.
type ids struct {
	used   map[string]bool
	others func(id string) bool // what it may not be either; nil: nothing
}

// lengths of ids made from words.
const (
	idWords  = 4
	idLength = 28
)

func newIDs(used ...string) *ids {
	out := &ids{used: map[string]bool{}}
	for _, id := range slices.Concat(reserved, used) {
		out.used[id] = true
	}
	return out
}

// of makes an id of the first words of a text that mean something, of more words
// where that id is taken, and of a number where all are. otherwise stands where the
// text has no words, and before one that begins with a number.
func (s *ids) of(text, otherwise string) string {
	all := idParts(text)
	if len(all) == 0 || all[0][0] < 'a' || all[0][0] > 'z' {
		all = append([]string{otherwise}, all...)
	}
	n := min(idWords, len(all))
	for n > 1 && len(strings.Join(all[:n], "_")) > idLength {
		n--
	}
	for ; n <= min(len(all), idWords+3); n++ {
		if id := strings.Join(all[:n], "_"); s.take(id) {
			return id
		}
	}
	id := strings.Join(all[:min(idWords, len(all))], "_")
	for i := 2; ; i++ {
		if numbered := fmt.Sprintf("%s_%d", id, i); s.take(numbered) {
			return numbered
		}
	}
}

func (s *ids) take(id string) bool {
	if s.used[id] || s.others != nil && s.others(id) {
		return false
	}
	s.used[id] = true
	return true
}

// idParts are the words of a text that an id may have: those that say something,
// or all words where none does.
func idParts(text string) []string {
	var meant, any []string
	for _, w := range words(text) {
		part := latin(w)
		if part == "" {
			continue
		}
		if any = append(any, part); !empty[w] {
			meant = append(meant, part)
		}
	}
	if len(meant) == 0 {
		meant = any
	}
	return meant
}

// latin leaves the letters a-z and digits of a folded word: accents come off.
func latin(word string) string {
	out := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, norm.NFKD.String(word))
	if len(out) > idLength {
		out = out[:idLength]
	}
	return out
}
