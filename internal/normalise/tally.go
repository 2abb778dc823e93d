package normalise

import "github.com/caregap/caregap/internal/fold"

// tally counts what one chunk could not use. Counts of one chunk are added to
// those of the wave in file order.
type tally struct {
	unknown map[tallyKey]*unknownCount
	counts  map[tallyKey]int
	rows    map[tallyKey][]int // first few records, chunk-relative
}

// tallyKey names a column of the file and what was wrong.
type tallyKey struct {
	field  int
	reason string
}

// unknownCount counts the texts of a column that nothing declares.
type unknownCount struct {
	labels map[string]*labelCount
	other  int // answers beyond the number of texts that are told apart
}

type labelCount struct {
	text    string // as first met; stays in memory and, unless it looks personal, in private/
	texts   int    // answers that share a line
	count   int
	records []int
}

const (
	maxUnknownLabels = 200 // texts told apart in one column
	maxUnknownLength = 200 // bytes of a text that is kept
	maxRecords       = 5   // rows named in a message
)

func newTally() tally {
	return tally{unknown: map[tallyKey]*unknownCount{}, counts: map[tallyKey]int{}, rows: map[tallyKey][]int{}}
}

// count notes a value of a field that cannot be used.
func (t *tally) count(field int, reason string, record int) {
	k := tallyKey{field, reason}
	t.counts[k]++
	if len(t.rows[k]) < maxRecords {
		t.rows[k] = append(t.rows[k], record)
	}
}

// label notes an answer that nothing declares.
func (t *tally) label(field int, reason string, cell []byte, record int) {
	t.count(field, reason, record)
	k := tallyKey{field, reason}
	u := t.unknown[k]
	if u == nil {
		u = &unknownCount{labels: map[string]*labelCount{}}
		t.unknown[k] = u
	}
	key := fold.String(string(cell[:min(len(cell), maxUnknownLength)]))
	l := u.labels[key]
	if l == nil {
		if len(u.labels) >= maxUnknownLabels {
			u.other++
			return
		}
		l = &labelCount{text: string(cell[:min(len(cell), maxUnknownLength)])}
		u.labels[key] = l
	}
	l.count++
	if len(l.records) < maxRecords {
		l.records = append(l.records, record)
	}
}

// add puts another tally, whose records start at base, behind this one.
func (t *tally) add(o tally, base int) {
	for k, n := range o.counts {
		t.counts[k] += n
		t.rows[k] = appendRecords(t.rows[k], o.rows[k], base)
	}
	for k, u := range o.unknown {
		mine := t.unknown[k]
		if mine == nil {
			mine = &unknownCount{labels: map[string]*labelCount{}}
			t.unknown[k] = mine
		}
		mine.other += u.other
		for key, l := range u.labels {
			m := mine.labels[key]
			if m == nil {
				m = &labelCount{text: l.text}
				mine.labels[key] = m
			}
			m.count += l.count
			m.records = appendRecords(m.records, l.records, base)
		}
	}
}

func appendRecords(to, from []int, base int) []int {
	for _, r := range from {
		if len(to) >= maxRecords {
			break
		}
		to = append(to, base+r)
	}
	return to
}
