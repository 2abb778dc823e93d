package inspect

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/personal"
)

// answers lists the answers to closed questions, and says which may be shown.
func (b *builder) answers() {
	for i := range b.report.Columns {
		c := &b.report.Columns[i]
		if !c.Kind.Closed() || c.Role == export.RolePersonal || c.Role == export.RoleID || c.Role == export.RoleTime {
			continue
		}
		if j := b.joins[i]; j != nil {
			j.mend()
			c.Answers = joinedAnswers(c, j)
			c.Distinct = len(c.Answers)
			continue
		}
		c.Answers = given(c, b.profiles[i].labels())
	}
}

// given lists the answers of a column with one to a cell.
func given(c *Column, labels []label) []Answer {
	codes := codesOf(c.Column)
	var out []Answer
	for _, l := range labels {
		out = append(out, answer(c, codes, l.key, l.text, l.count))
	}
	order(out, c.Values)
	return out
}

// joinedAnswers lists the options that cells join.
func joinedAnswers(c *Column, j *joined) []Answer {
	codes := codesOf(c.Column)
	var out []Answer
	for _, key := range sortedKeys(j.options) {
		out = append(out, answer(c, codes, key, j.options[key].label, j.options[key].count))
	}
	order(out, c.Values)
	return out
}

// answer is one with its words, where a key has them.
func answer(c *Column, codes map[string]string, key, text string, count int) Answer {
	text = strings.Join(strings.Fields(text), " ")
	if words, ok := codes[key]; ok {
		return Answer{Label: words, Code: text, Count: count, Shown: true}
	}
	return Answer{Label: text, Count: count, Shown: shown(c, text, count)}
}

// codesOf are the words of a column's codes, by folded code and words.
func codesOf(c export.Column) map[string]string {
	codes := map[string]string{}
	for _, v := range c.Values {
		codes[fold.String(v.Label)] = v.Label
	}
	for _, v := range c.Values {
		codes[fold.String(v.Code)] = v.Label
	}
	return codes
}

// statusWords are what platforms write in their status columns, folded.
var statusWords = map[string]bool{
	"ip address": true, "survey preview": true, "survey test": true, "spam": true, "possible spam": true, "imported": true, "offline response": true,
	"complete": true, "completed": true, "incomplete": true, "partial": true, "unverified": true, "disqualified": true,
}

// shown says whether an answer may be printed: enough respondents gave it and it
// looks like nobody's own, or it is no respondent's word at all but one of the
// platform's, of scales in general, or the code of an option.
func shown(c *Column, text string, count int) bool {
	if personal.Quotable(text, count) {
		return true
	}
	key := fold.String(text)
	switch {
	case scaleWord(key), plainWord(key), c.Role == export.RoleStatus && statusWords[key]:
		return len([]rune(text)) <= personal.QuotableLength && !personal.Looks(text)
	case key == fold.String(c.Option) && !c.Open:
		return personal.Of(text) == personal.None
	}
	return wholeNumber(key) && integer(key)&(isSmall|isCode) != 0
}

// order sorts answers: by the key's order where there is one; by number where all
// have one, those that are no answers last; else the most frequent first.
func order(answers []Answer, values []export.Value) {
	place := map[string]int{}
	for i, v := range values {
		place[fold.String(v.Label)] = i + 1
	}
	numbers := numbersOf(answers)
	slices.SortStableFunc(answers, func(a, b Answer) int {
		switch x, y := place[fold.String(a.Label)], place[fold.String(b.Label)]; {
		case x != y && x > 0 && y > 0:
			return cmp.Compare(x, y)
		case (x > 0) != (y > 0):
			return cmp.Compare(y, x)
		case numbers != nil:
			return cmp.Or(cmp.Compare(numbers[a.Label], numbers[b.Label]), cmp.Compare(a.Label, b.Label))
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label))
	})
}

// numbersOf are the numbers of answers, by their labels; nil where some have none.
func numbersOf(answers []Answer) map[string]int {
	out := map[string]int{}
	for _, a := range answers {
		key := fold.String(a.Label)
		digits, _ := point(key)
		switch n, err := strconv.Atoi(key); {
		case err == nil:
			out[a.Label] = n
		case digits != "":
			out[a.Label] = number(digits)
		case noAnswer(key):
			out[a.Label] = math.MaxInt
		default:
			return nil
		}
	}
	return out
}
