package draft

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/caregap/caregap/internal/fold"
)

// empty are words that questions are made of whatever they ask.
var empty = setOf(`a an the of to in on for with and or is are was were be been being do does did have has had i you your yours my me mine we us our it its
	this that these those at as by from any there here what which how when where who whom whose please will would could should can may might about than then so if
	just also into over more most much many very each every all one ones am i'm i've i'd i'll they them their he she his her up out now
	following statement statements extent far tick select choose mark rate rating scale question answer answers response indicate describe describes best apply applies
	open-ended etc e.g eg i.e ie per other specify get gets got go let make makes made`)

// same are words for one thing, by their stems.
var same = map[string]string{
	"lik": "want", "wish": "want", "keen": "want", "interest": "want", "abl": "skill", "abilit": "skill", "capabl": "skill", "gend": "sex",
	"back": "support", "encourag": "support", "fund": "money", "financ": "money", "financial": "money", "cours": "train",
	"job": "work", "rol": "work", "profession": "work", "occupation": "work", "trial": "stud", "obstacl": "barri", "hospital": "trust", "organis": "trust", "organiz": "trust",
}

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// tokens are the words of a text that say what it asks, as stems, each once.
func tokens(text string) []string {
	var out []string
	for _, w := range words(text) {
		if empty[w] {
			continue
		}
		s := stemOf(w)
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// stemOf is a word's stem, or that of the word which stands for the same thing.
func stemOf(word string) string {
	s := stem(word)
	if other, ok := same[s]; ok {
		return other
	}
	return s
}

// words are the words and numbers of a text, folded.
func words(text string) []string {
	return strings.FieldsFunc(fold.String(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
}

// endings are taken off words, the longest first; what is left has four letters or
// more, or three before those of one or two letters.
var endings = []string{"ations", "ation", "ences", "ances", "ings", "ence", "ance", "ents", "ants", "ing", "ent", "ant", "ers", "ies", "ied", "ed", "er", "es", "ly", "e", "s", "y"}

// stem takes the ending off a word, so that confident and confidence are one. It is
// coarse: both sides of a comparison go through it.
func stem(word string) string {
	word = strings.TrimSuffix(strings.Trim(word, "'"), "'s")
	for _, end := range endings {
		left := strings.TrimSuffix(word, end)
		if left == word || len(left) < 3 || len(end) > 2 && len(left) < 4 || strings.HasSuffix(word, "ss") {
			continue
		}
		if n := len(left); n > 3 && left[n-1] == left[n-2] && len(end) > 1 && left[n-1] != 'l' && left[n-1] != 's' {
			left = left[:n-1] // planning, plan
		}
		return left
	}
	return word
}

// weights say how much each word tells: ln(1 + N/n) of the N texts that n have it
// (inverse document frequency; Spärck Jones, 1972).
type weights struct {
	texts int
	with  map[string]int
	known map[string][]string // the tokens of texts met so far
}

func weigh(texts []string) weights {
	w := weights{texts: len(texts), with: map[string]int{}, known: map[string][]string{}}
	for _, t := range texts {
		for _, token := range w.tokens(t) {
			w.with[token]++
		}
	}
	return w
}

// tokens are those of a text, taken apart once: each text is compared with many.
func (w weights) tokens(text string) []string {
	out, ok := w.known[text]
	if !ok {
		out = tokens(text)
		w.known[text] = out
	}
	return out
}

func (w weights) of(token string) float64 {
	return math.Log(1 + float64(max(1, w.texts))/float64(max(1, w.with[token])))
}

// alike is how alike two texts are, from 0 to 1: twice the weight of the words that
// both have over the weight of all words of both (Dice, 1945).
func (w weights) alike(a, b string) float64 {
	x, y := w.tokens(a), w.tokens(b)
	if len(x) == 0 || len(y) == 0 {
		if fold.String(a) == fold.String(b) && a != "" {
			return 1
		}
		return 0
	}
	common, whole := 0.0, 0.0
	for _, t := range x {
		if whole += w.of(t); slices.Contains(y, t) {
			common += w.of(t)
		}
	}
	for _, t := range y {
		whole += w.of(t)
	}
	return 2 * common / whole
}
