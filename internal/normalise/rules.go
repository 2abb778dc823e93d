package normalise

import (
	"bytes"
	"math"
	"strconv"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// ruleCaches are the raw forms met so far of the columns that decide whether a
// row counts. A rule on a column of personal data has none: its cells are
// folded each time, and nothing of them is kept.
type ruleCaches struct {
	status *lookup
	keep   []*lookup // nil: not cached
}

func newRuleCaches(p *plan) ruleCaches {
	out := ruleCaches{status: newLookup()}
	for _, k := range p.keep {
		if k.personal || k.any {
			out.keep = append(out.keep, nil)
			continue
		}
		out.keep = append(out.keep, newLookup())
	}
	return out
}

// marked is the reason for which the platform itself sets the row aside: preview,
// test or spam; "" for an answer.
func (w *worker) marked(r *export.Row) string {
	s := w.p.status
	if s == nil {
		return ""
	}
	cell := r.Field(s.Column)
	v, ok := w.rules.status.find(cell)
	if !ok {
		v = reasonNumber(s.Reasons[fold.String(string(cell))])
		w.rules.status.add(cell, v)
	}
	return reasons[v]
}

// kept applies the study's keep rules: what the platform's own completion column
// turns away is unfinished and comes before what is screened out.
func (w *worker) kept(r *export.Row) string {
	for _, reason := range [...]string{Unfinished, ScreenedOut} {
		for i := range w.p.keep {
			k := &w.p.keep[i]
			if k.reason == reason && !k.holds(r.Field(k.field), w.rules.keep[i]) {
				return reason
			}
		}
	}
	return ""
}

// holds reports whether a cell is one that the rule keeps.
func (k *keepRule) holds(cell []byte, met *lookup) bool {
	if k.any && !isBlank(cell) {
		return true
	}
	if len(k.values) == 0 {
		return false
	}
	if met == nil {
		return k.values[fold.String(string(cell))]
	}
	v, ok := met.find(cell)
	if !ok {
		if k.values[fold.String(string(cell))] {
			v = 1
		}
		met.add(cell, v)
	}
	return v == 1
}

// isBlank reports whether a cell folds to nothing, without allocating for those
// that plainly do not.
func isBlank(cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	return len(cell) == 0 || cell[0] >= 0x80 && fold.String(string(cell)) == ""
}

// tooFast reports whether the row was answered in less than min_seconds. A
// duration that cannot be read is counted and sets nobody aside.
func (w *worker) tooFast(r *export.Row) bool {
	s := w.p.speed
	if s.seconds == 0 {
		return false
	}
	if s.duration < 0 {
		from, ok1 := w.p.dates.seconds(r.Field(s.start))
		to, ok2 := w.p.dates.seconds(r.Field(s.end))
		return ok1 && ok2 && to-from < int64(s.seconds)
	}
	cell := bytes.TrimSpace(r.Field(s.duration))
	n, ok := number(cell)
	if !ok && len(cell) > 0 {
		w.piece.tally.count(s.duration, NotADuration, w.record(r))
	}
	return ok && n < float64(s.seconds)
}

// number reads a finite number. It does not allocate for cells that are one.
func number(cell []byte) (float64, bool) {
	f, err := strconv.ParseFloat(string(cell), 64)
	return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
}
