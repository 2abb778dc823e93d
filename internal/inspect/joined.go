package inspect

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// joined counts the options that cells join by a separator.
type joined struct {
	separator string
	cells     int // with an answer
	several   int // with more than one option
	trailing  int // that end with the separator
	pieces    int
	options   map[string]*option
	pairs     map[[2]string]int // options that stand one after the other, folded
	full      bool              // there are more options than a question has
	beyond    int               // pieces that are none of those kept
	dead      bool              // most are: these are no options

	tornOptions int // options that were joined again, see mend
}

type option struct {
	label string // as first met
	count int
	alone int // cells that hold nothing else
}

// Limits of what is taken for options.
const (
	maxOptions = 150
	maxPairs   = 2000
	maxPiece   = 160 // bytes
)

func newJoined(separator string) *joined {
	return &joined{separator: separator, options: map[string]*option{}, pairs: map[[2]string]int{}}
}

// add splits a cell that stands n times.
func (j *joined) add(text string, n int) {
	j.cells += n
	trimmed := strings.TrimSuffix(strings.TrimSpace(text), strings.TrimSpace(j.separator))
	if trimmed != strings.TrimSpace(text) {
		j.trailing += n
	}
	if j.dead {
		return
	}
	parts := strings.Split(trimmed, j.separator)
	if len(parts) > 1 {
		j.several += n
	}
	previous := ""
	for _, part := range parts {
		key := fold.String(part)
		if key == "" {
			continue
		}
		j.piece(key, strings.TrimSpace(part), n, len(parts) == 1)
		if previous != "" && len(j.pairs) < maxPairs {
			j.pairs[[2]string{previous, key}] += n
		}
		previous = key
	}
}

func (j *joined) piece(key, label string, n int, alone bool) {
	j.pieces += n
	o := j.options[key]
	if o == nil {
		if len(j.options) >= maxOptions || len(key) > maxPiece {
			j.tooMany(n)
			return
		}
		o = &option{label: label}
		j.options[key] = o
	}
	o.count += n
	if alone {
		o.alone += n
	}
}

// tooMany counts pieces for which there is no room. Respondents who type answers of
// their own beside the options fill it; but where most pieces are new, none is an
// option.
func (j *joined) tooMany(n int) {
	j.full = true
	j.beyond += n
	j.dead = j.dead || j.pieces > 4*maxOptions && 2*j.beyond > j.pieces
}

func (j *joined) merge(o *joined) {
	j.cells += o.cells
	j.several += o.several
	j.trailing += o.trailing
	j.pieces += o.pieces
	j.full, j.dead, j.beyond = j.full || o.full, j.dead || o.dead, j.beyond+o.beyond
	for _, key := range sortedKeys(o.options) {
		from := o.options[key]
		to := j.options[key]
		if to == nil {
			if len(j.options) >= maxOptions {
				j.tooMany(from.count)
				continue
			}
			to = &option{label: from.label}
			j.options[key] = to
		}
		to.count += from.count
		to.alone += from.alone
	}
	for pair, n := range o.pairs {
		j.pairs[pair] += n
	}
}

func sortedKeys(m map[string]*option) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// ticks reports whether the cells of a column join ticked options: options come
// back in other company, more of them than whole answers would be.
func (j *joined) ticks(whole int) bool {
	if !j.full && j.trailing > 0 && j.trailing*10 >= 9*j.cells {
		return true // every answer ends with the separator
	}
	if j.comeBack() {
		return true
	}
	if j.full || len(j.options) < 2 {
		return false
	}
	if j.several == 0 || j.pieces < 2*len(j.options) {
		return false
	}
	alone, others := 0, 0
	company := map[string]int{}
	for pair := range j.pairs {
		company[pair[0]]++
		company[pair[1]]++
	}
	for key, o := range j.options {
		if o.alone > 0 {
			alone++
		}
		if company[key] > 1 {
			others++
		}
	}
	return whole > len(j.options) && others > 1 || 2*alone >= len(j.options) && others > 0
}

// comeBack reports whether most of what is joined are a few options that come back,
// alone and in changing company. The rest may be answers that were typed in beside
// them, each of its own.
func (j *joined) comeBack() bool {
	least := min(max(3, j.cells/50), max(2, j.cells/4))
	often, mass, alone := map[string]bool{}, 0, 0
	for key, o := range j.options {
		if o.count < least {
			continue
		}
		often[key] = true
		mass += o.count
		if o.alone > 0 {
			alone++
		}
	}
	if j.dead || len(often) < 2 || 2*mass < j.pieces || 2*alone < len(often) {
		return false
	}
	together, company, mixed := 0, map[string]int{}, 0
	for pair, n := range j.pairs {
		if !often[pair[0]] || !often[pair[1]] {
			continue
		}
		together += n
		for _, key := range pair {
			if company[key]++; company[key] == 2 {
				mixed++
			}
		}
	}
	return 10*together >= j.cells && (mixed > 1 || len(often) == 2 && alone == 2)
}

// mend joins options again that only ever stand together, in one order: they are
// one option, whose own text holds the separator.
func (j *joined) mend() {
	for {
		pair, ok := j.inseparable()
		if !ok {
			return
		}
		a, b := j.options[pair[0]], j.options[pair[1]]
		delete(j.options, pair[0])
		delete(j.options, pair[1])
		label := a.label + j.separator + b.label
		key := fold.String(label)
		j.options[key] = &option{label: label, count: a.count}
		j.rename(pair, key)
		j.tornOptions++
	}
}

// inseparable is the first such pair.
func (j *joined) inseparable() (pair [2]string, ok bool) {
	var all [][2]string
	for p, n := range j.pairs {
		a, b := j.options[p[0]], j.options[p[1]]
		if a != nil && b != nil && n > 2 && n == a.count && n == b.count && lowerStart(b.label) {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return pair, false
	}
	slices.SortFunc(all, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return all[0], true
}

// lowerStart tells that a text goes on with a sentence.
func lowerStart(text string) bool { return text != "" && (text[0] >= 'a' && text[0] <= 'z') }

func (j *joined) rename(pair [2]string, key string) {
	delete(j.pairs, pair)
	renamed := map[[2]string]int{}
	for p, n := range j.pairs {
		if p[0] == pair[1] {
			p[0] = key
		}
		if p[1] == pair[0] {
			p[1] = key
		}
		renamed[p] += n
	}
	j.pairs = renamed
}

// ascending reports whether all options are codes, and no answer lists a greater
// one before a smaller, as no list of ticks does.
func (j *joined) ascending() bool {
	for key := range j.options {
		if !wholeNumber(key) {
			return false
		}
	}
	for pair := range j.pairs {
		if len(pair[0]) > len(pair[1]) || len(pair[0]) == len(pair[1]) && pair[0] >= pair[1] {
			return false
		}
	}
	return true
}
