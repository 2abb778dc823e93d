package attack

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/estimate"
)

// secrecy is why a number must not be shown, from the unprotected table.
type secrecy int

const (
	open      secrecy = iota
	fewPeople         // fewer than min_base respondents
	fewGave           // a sensitive share that fewer than min_count gave, or did not give
)

// secret says whether a row of the unprotected table must be kept from everybody
// for its own sake, in the words of product documentation: rules 1 and 2.
func (w *world) secret(r estimate.Row) secrecy {
	d := w.study.Disclosure
	switch {
	case r.Status != "" || r.Survey == estimate.Average || r.Contrast != "":
		return open
	case r.Base < d.MinBase:
		return fewPeople
	case r.Statistic == "share" && (d.SensitiveAll || slices.Contains(d.Sensitive, r.Measure) || sensitiveBreakdown(d.Sensitive, r.Breakdown)) && min(r.Count, r.Base-r.Count) < d.MinCount:
		return fewGave
	}
	return open
}

// sensitiveBreakdown reports whether any variable of a breakdown is sensitive.
func sensitiveBreakdown(ids []string, breakdown string) bool {
	return slices.ContainsFunc(strings.Split(breakdown, ":"), func(id string) bool { return slices.Contains(ids, id) })
}
