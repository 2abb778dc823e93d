package inspect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/personal"
)

// pointLabel is a numbered point of a scale, as one label has it.
type pointLabel struct {
	digits, words string
	sign          int
	answer        Answer
}

// contradictions finds labels that number the points of a scale in both directions,
// as happens when a form is edited while people fill it in. Which way the numbers
// go must not be guessed then. Words that are none of a scale's are no point of one,
// whatever number they end with.
func (b *builder) contradictions(i int) {
	c := &b.report.Columns[i]
	if c.Kind != Single && c.Kind != Scale {
		return
	}
	var points []pointLabel
	for _, a := range c.Answers {
		if digits, words := point(fold.String(a.Label)); digits != "" && scaleWord(words) {
			points = append(points, pointLabel{digits, words, polarity(words), a})
		}
	}
	for at, p := range points {
		for _, q := range points[:at] {
			if !contradict(p, q, points) {
				continue
			}
			b.of(i, diag.Diagnostic{Code: "contradictory-labels",
				Message: fmt.Sprintf("numbered labels contradict each other: %s and %s", p.said(), q.said()),
				Hint:    "the form was edited while it was open, or two were put together; declare every label in the codebook by its words, never by its number"})
			return
		}
	}
}

// contradict reports whether two labels cannot be of one scale: one number for
// opposite ends, or one wording with two numbers, or numbers that rise with
// agreement here and fall there.
func contradict(p, q pointLabel, all []pointLabel) bool {
	switch {
	case p.digits == q.digits:
		return p.sign*q.sign < 0
	case p.sign*q.sign <= 0:
		return false
	case p.words == q.words:
		return true
	}
	for _, r := range all {
		if r.sign*p.sign < 0 && between(r.digits, p.digits, q.digits) {
			return true
		}
	}
	return false
}

// between reports whether a number lies between two others.
func between(n, a, b string) bool {
	x, y, z := number(a), number(n), number(b)
	return x < y && y < z || z < y && y < x
}

// said is the label where it may be shown, else its number and which end it is.
func (p pointLabel) said() string {
	if p.answer.Shown {
		return strconv.Quote(p.answer.Label)
	}
	switch p.sign {
	case 1:
		return p.digits + " for agreement"
	case -1:
		return p.digits + " for disagreement"
	}
	return p.digits + " with other words"
}

// answerAt is an answer as one of a column, for comparison with others.
type answerAt struct {
	column int
	Answer
	key string
}

// wordings finds one option in two wordings: the same words in another order, the
// same letters with other spacing or punctuation, or one letter apart.
func (b *builder) wordings() {
	same := map[string][]answerAt{}
	var keys []string
	for i := range b.report.Columns {
		c := &b.report.Columns[i]
		if !c.Kind.Closed() {
			continue
		}
		for at, a := range c.Answers {
			text := answerAt{i, a, fold.String(a.Label)}
			b.misspelt(i, text, c.Answers[:at])
			for _, key := range wordingKeys(text.key) {
				if !slices.ContainsFunc(same[key], func(o answerAt) bool { return o.key == text.key }) {
					if len(same[key]) == 1 {
						keys = append(keys, key)
					}
					same[key] = append(same[key], text)
				}
			}
		}
	}
	told := map[string]bool{}
	for _, key := range keys {
		b.twoWordings(same[key][0], same[key][1], told)
	}
}

// wordingKeys are equal for two wordings of one option. Labels with numbers have
// none: 1-5 is not 5-1.
func wordingKeys(label string) []string {
	if strings.ContainsAny(label, "0123456789") || len(label) < 8 {
		return nil
	}
	words := tokens(label)
	keys := []string{"letters " + strings.Join(words, "")}
	if len(words) > 2 {
		slices.Sort(words)
		keys = append(keys, "words "+strings.Join(words, " "))
	}
	return keys
}

func (b *builder) twoWordings(a, o answerAt, told map[string]bool) {
	pair := a.key + "\x00" + o.key
	if told[pair] || !a.Shown && !o.Shown {
		return
	}
	told[pair] = true
	rare, usual := a, o
	if o.Count < a.Count {
		rare, usual = o, a
	}
	where := ""
	if usual.column != rare.column {
		where = fmt.Sprintf(" in column %d", b.report.Columns[usual.column].Position)
	}
	b.of(rare.column, diag.Diagnostic{Code: "two-wordings", Severity: diag.Warning,
		Message: fmt.Sprintf("%s may be the same answer as %s%s, in other words", rare.said(), usual.said(), where),
		Hint:    "declare both labels for one option in the codebook"})
}

// said quotes an answer where it may be shown.
func (a Answer) said() string {
	if a.Shown && !personal.Looks(a.Label) {
		return strconv.Quote(a.Label)
	}
	return "an answer that is not shown"
}

// misspelt finds an earlier answer of the column that is one letter away.
func (b *builder) misspelt(i int, a answerAt, earlier []Answer) {
	if len(a.key) < 8 || strings.ContainsAny(a.key, "0123456789") {
		return
	}
	for _, o := range earlier {
		other := fold.String(o.Label)
		if !a.Shown && !o.Shown || letters(other) == letters(a.key) || !oneApart([]rune(a.key), []rune(other)) || polarity(a.key) != polarity(other) {
			continue
		}
		b.of(i, diag.Diagnostic{Code: "two-wordings", Severity: diag.Warning,
			Message: fmt.Sprintf("%s is one letter away from %s", a.said(), o.said()),
			Hint:    "if they are one option, declare both labels for it in the codebook"})
	}
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// oneApart reports whether one letter was left out, put in or replaced.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	if len(a) == len(b) {
		return at < len(a) && slices.Equal(a[at+1:], b[at+1:])
	}
	return slices.Equal(a[at:], b[at+1:])
}
