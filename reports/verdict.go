package reports

import (
	"math"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// Verdict is what may be said of a difference.
type Verdict string

// The four verdicts. None stands where a difference has no figures.
const (
	ClearMeaningful Verdict = "Clear and meaningful"
	ClearSmall      Verdict = "Clear but small"
	NoMeaningful    Verdict = "No meaningful difference"
	CannotTell      Verdict = "Cannot tell"
	None            Verdict = ""
)

// Clear reports whether the difference has a sign that can be told.
func (v Verdict) Clear() bool { return v == ClearMeaningful || v == ClearSmall }

// Judge gives the verdict on a difference, with meaningful in points. It is
// clear where the interval leaves out 0 and, where many were looked at, the
// adjusted p-value agrees.
func Judge(row disclose.Row, meaningful, confidence float64) Verdict {
	d, ok := row.Estimate.Get()
	if !ok || !row.Shown() || !row.Lower.Known() || !row.Upper.Known() {
		return None
	}
	lower, upper := row.Lower.Or(0), row.Upper.Or(0)
	clear := lower > 0 || upper < 0
	if p, adjusted := row.PAdjusted.Get(); adjusted && p > 1-confidence {
		clear = false
	}
	switch {
	case clear && math.Abs(d) >= meaningful:
		return ClearMeaningful
	case clear:
		return ClearSmall
	case lower >= -meaningful && upper <= meaningful:
		return NoMeaningful
	}
	return CannotTell
}

// StandsOut reports whether a category differs from the rest after the
// correction for looking at many groups.
func StandsOut(row disclose.Row, s *study.Study) bool {
	p, ok := row.PAdjusted.Get()
	return ok && row.Shown() && p <= 1-s.Confidence && (row.Lower.Or(0) > 0 || row.Upper.Or(0) < 0)
}

// mayTell reports whether a difference may enter a sentence: it is shown, it is
// not flagged, and the ends that the release holds are themselves reliable.
func mayTell(r *disclose.Release, row disclose.Row, statistic string) bool {
	if !row.Shown() || row.Low() {
		return false
	}
	for _, end := range ends(row.Key, statistic) {
		if e, ok := r.Find(end); ok && !e.Reliable() {
			return false
		}
	}
	return true
}

// ends are the keys of the two numbers a difference is between. Against the
// rest there is only one.
func ends(k disclose.Key, statistic string) []disclose.Key {
	own := k
	own.Statistic, own.Contrast, own.Versus = statistic, "", ""
	other := own
	switch k.Contrast {
	case "wave":
		other.Wave = k.Versus
	default:
		return []disclose.Key{own}
	}
	return []disclose.Key{own, other}
}
