package reports

import (
	"fmt"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

// NotScored is how many respondents saw an item and gave no answer that counts
// towards a score: they were unsure, found that it does not apply, would not say
// or left it blank. It is what the bases of the item's two kinds of shares, which
// are published, differ by; where one is not, its code stands for it.
func NotScored(r *disclose.Release, item string, w Wave) disclose.Count {
	find := func(level string) disclose.Row {
		row, ok := r.Find(disclose.Key{Measure: item, Statistic: "share", Level: level, Survey: w.Survey, Wave: w.Wave})
		if !ok {
			return disclose.Row{Status: disclose.NotApplicable}
		}
		return row
	}
	saw, scored := find("unsure"), find("positive")
	for _, row := range []disclose.Row{scored, saw} {
		if !row.Shown() {
			return disclose.Count{Words: "[" + row.Status + "]"}
		}
	}
	n := saw.Base.Or(0) - scored.Base.Or(0)
	least := r.Study().Disclosure.MinCount
	switch {
	case n < 0:
		return disclose.Count{Words: "[" + disclose.NotApplicable + "]"}
	case n > 0 && n < float64(least):
		return disclose.Count{Words: fmt.Sprintf("fewer than %d", least)}
	}
	return disclose.Count{N: number.Of(n), Words: number.Count(int(n))}
}
