package reports_test

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// figure is what a test sets of a row: made-up numbers.
type figure struct {
	estimate, lower, upper float64
	base                   int
	status                 string
	p                      float64 // 0: what its interval says
	flags                  string
}

// edit sets figures by key; the zero figure takes the row away.
type edit map[disclose.Key]figure

// shown is a number that no sentence uses: a release must show something.
var shown = disclose.Key{Measure: "worth_it", Statistic: "share", Level: "3", Survey: "crn", Wave: "2020"}

// cell is what is hidden together: numbers of one measure about one group.
type cell struct{ measure, part, survey, wave, breakdown, category, contrast string }

func cellOf(k disclose.Key) cell {
	part := ""
	if k.Level == "of_high" {
		part = k.Level
	}
	return cell{k.Measure, part, k.Survey, k.Wave, k.Breakdown, k.Category, k.Contrast}
}

// release makes a release of s in which only the edited rows have figures, and
// shown. All others of its made-up rows are confidential, or without answers
// where an edited row is of the same cell.
func release(t testing.TB, s *study.Study, set edit) *disclose.Release {
	t.Helper()
	cells := map[cell]bool{cellOf(shown): true}
	for k := range set {
		cells[cellOf(k)] = true
	}
	rows := disclosetest.Rows(s)
	found := 0
	for i := range rows {
		f, ok := set[rows[i].Key]
		switch {
		case ok:
			found++
			rows[i].Estimate, rows[i].Lower, rows[i].Upper = number.Of(f.estimate), number.Of(f.lower), number.Of(f.upper)
			rows[i].Base, rows[i].EffectiveBase, rows[i].Status, rows[i].Flags = f.base, number.Of(float64(f.base)), f.status, f.flags
			if rows[i].PValue = number.Of(0.5); f.lower > 0 || f.upper < 0 {
				rows[i].PValue = number.Of(0.001)
			}
			if f.p > 0 {
				rows[i].PValue = number.Of(f.p)
			}
		case rows[i].Key == shown:
		case cells[cellOf(rows[i].Key)] || rows[i].Contrast != "":
			rows[i].Status, rows[i].Base = disclose.Nobody, 0
		default:
			rows[i].Base = 0
		}
	}
	if found != len(set) {
		t.Fatalf("%d of %d rows to edit exist", found, len(set))
	}
	return protect(t, disclose.Evidence{ID: "000000000000", Version: "0.0.0", Study: s, Table: disclosetest.Table(rows), Ledgers: disclosetest.Ledgers(s, 1204, 22)})
}

func protect(t testing.TB, e disclose.Evidence) *disclose.Release {
	t.Helper()
	r, _, err := disclose.Protect(e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func share(measure, level string) disclose.Key {
	return disclose.Key{Measure: measure, Statistic: "share", Level: level, Survey: "rcp", Wave: "2023"}
}

func mean(measure string) disclose.Key {
	return disclose.Key{Measure: measure, Statistic: "mean", Survey: "rcp", Wave: "2023"}
}

func change(measure string) disclose.Key {
	return disclose.Key{Measure: measure, Statistic: "difference", Survey: "rcp", Wave: "2023", Contrast: "wave", Versus: "2020"}
}

// at is a figure on a base that is large enough for any sentence.
func at(estimate, lower, upper float64) figure { return on(600, estimate, lower, upper) }

// on is a figure on a base.
func on(base int, estimate, lower, upper float64) figure {
	return figure{estimate: estimate, lower: lower, upper: upper, base: base}
}
