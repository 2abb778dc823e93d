package inspect

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/fold"
)

// label is one answer of a column: all forms that fold to the same text.
type label struct {
	key    string // folded
	text   string // as most cells write it; the first in byte order of those
	count  int
	shape  shape // of that form
	most   int
	length int // characters
}

// labels are the answers of a column whose forms are all known, the most frequent
// first.
func (p *profile) labels() []label {
	at := map[string]int{}
	var out []label
	for _, f := range p.order {
		key := fold.String(f.text)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, label{key: key})
		}
		l := &out[i]
		l.count += f.count
		if f.count > l.most || f.count == l.most && f.text < l.text {
			l.text, l.most, l.shape, l.length = f.text, f.count, f.shape, len([]rune(f.text))
		}
	}
	slices.SortFunc(out, func(a, b label) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.key, b.key)) })
	return out
}

// closed reports whether answers to a question in words are those of a closed one:
// few that come back. A few of the rest may be respondents' own words.
func closed(labels []label) bool {
	n, known := 0, true
	for _, l := range labels {
		n += l.count
		known = known && (plainWord(l.key) || scaleWord(l.key))
	}
	switch {
	case n == 0 || known:
		return n > 0
	case len(labels) == n: // every answer another
		return false
	}
	return repeated(labels, n)
}

// repeated reports whether most answers are frequent ones, and those are few.
func repeated(labels []label, n int) bool {
	least := max(2, n/100)
	frequent, mass, rest, runes, plain := 0, 0, 0, 0, 0
	for _, l := range labels {
		if l.count < least {
			if l.count == 1 {
				rest++
				runes += l.length
			}
			continue
		}
		frequent++
		mass += l.count
		if noAnswer(l.key) || l.key == "no" || l.key == "none" || l.key == "nothing" {
			plain += l.count
		}
	}
	switch {
	case n < 10:
		return 2*mass >= n && frequent <= 4
	case 10*mass < 7*n || frequent > 500:
		return false
	case rest > 0 && (runes > 40*rest || plain == mass): // comments, beside "none"
		return false
	case frequent > 60:
		return mass >= 8*frequent
	case n < 40:
		return frequent <= 8 && mass >= 2*frequent || mass >= 3*frequent
	}
	return mass >= 3*frequent
}
