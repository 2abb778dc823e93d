package disclose

import (
	"fmt"

	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/personal"
	"github.com/caregap/caregap/internal/study"
)

// publicLedgers hides small counts. Rows = respondents + set aside, so that a
// hidden count could follow from the others: then the next smallest reasons are
// left out too, or else the number of rows.
func publicLedgers(ledgers []normalise.Ledger, least int) []FileLedger {
	out := make([]FileLedger, len(ledgers))
	for i, l := range ledgers {
		out[i] = FileLedger{Survey: l.Survey, Wave: l.Wave, File: study.PublicName(l.File), Platform: l.Platform, Rows: count(l.Rows), Respondents: smallCount(l.Respondents, least)}
		for _, s := range l.SetAside {
			out[i].SetAside = append(out[i].SetAside, Reason{s.Reason, smallCount(s.Count, least)})
		}
		for _, r := range l.Rejected {
			out[i].Rejected = append(out[i].Rejected, Rejected{personal.Mask(r.Column), r.Reason, smallCount(r.Count, least)})
		}
		out[i].closeSum(l, least)
	}
	return out
}

// closeSum leaves more counts out where the small ones follow from their sum.
func (f *FileLedger) closeSum(l normalise.Ledger, least int) {
	small, large, sum := 0, 0, 0
	if l.Respondents < least {
		small, sum = 1, l.Respondents
	}
	for _, s := range l.SetAside {
		if s.Count < least {
			small++
			sum += s.Count
		}
	}
	for small > 0 && fixed(small, large, sum, least) {
		next := -1
		for i, s := range l.SetAside {
			if f.SetAside[i].Count.N.Known() && (next < 0 || s.Count < l.SetAside[next].Count) {
				next = i
			}
		}
		if next < 0 {
			f.Rows = notShown
			return
		}
		f.SetAside[next].Count = notShown
		large++
		sum += l.SetAside[next].Count
	}
}

// fixed reports whether the sum of so many small counts, each from 1 to least-1,
// and large ones, each of least or more, leaves only one way to have it.
func fixed(small, large, sum, least int) bool {
	if large > 0 {
		return sum <= small+large*least
	}
	return small == 1 || sum <= small || sum >= small*(least-1)
}

var notShown = Count{Words: "not shown"}

func count(n int) Count { return Count{N: number.Of(float64(n)), Words: number.Count(n)} }

// smallCount is a count that is put into words when it is under least, nought
// included.
func smallCount(n, least int) Count {
	if n < least {
		return Count{Words: fmt.Sprintf("fewer than %d", least)}
	}
	return count(n)
}
