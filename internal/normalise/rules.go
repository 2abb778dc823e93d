package normalise

import (
	"strconv"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// kept applies the study's keep rules: what the platform's own completion column
// turns away is unfinished and comes before what is screened out.
func (w *worker) kept(r *export.Row) string {
	for _, reason := range [...]string{Unfinished, ScreenedOut} {
		for i := range w.p.keep {
			k := &w.p.keep[i]
			if k.reason != reason {
				continue
			}
			text := fold.String(string(r.Field(k.field)))
			if k.any && text != "" || k.values[text] {
				continue
			}
			return reason
		}
	}
	return ""
}

func (w *worker) tooFast(r *export.Row) bool {
	s := w.p.speed
	if s.seconds == 0 {
		return false
	}
	if s.duration >= 0 {
		n, err := strconv.ParseFloat(fold.String(string(r.Field(s.duration))), 64)
		return err == nil && n < float64(s.seconds)
	}
	from, ok1 := w.p.dates.seconds(r.Field(s.start))
	to, ok2 := w.p.dates.seconds(r.Field(s.end))
	return ok1 && ok2 && to-from < int64(s.seconds)
}
