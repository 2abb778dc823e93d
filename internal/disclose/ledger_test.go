package disclose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/normalise"
)

// ledger is a file's account: its respondents and, in order, the rows set aside
// as preview, test, empty, unfinished.
func ledger(respondents int, aside ...int) normalise.Ledger {
	l := normalise.Ledger{Survey: "rcp", Wave: "2023", File: "exports/rcp.csv", Rows: respondents, Respondents: respondents}
	for i, n := range aside {
		l.SetAside = append(l.SetAside, normalise.ReasonCount{Reason: []string{"preview", "test", "empty", "unfinished"}[i], Count: n})
		l.Rows += n
	}
	return l
}

func public(t interface{ Fatal(...any) }, l normalise.Ledger, people int) *disclose.Release {
	release, _, err := disclose.Protect(disclose.Evidence{Study: disclosetest.Study(), Table: disclosetest.Table([]estimate.Row{row("will mean", "", 500)}),
		Ledgers: []normalise.Ledger{l}, Overlaps: []disclose.SharedPeople{{Surveys: [2]string{"rcp", "crn"}, People: people}}})
	if err != nil {
		t.Fatal(err)
	}
	return release
}

func TestRule5PublicLedger(t *testing.T) {
	for _, c := range []struct {
		name   string
		ledger normalise.Ledger
		want   string // rows = respondents + set aside
	}{
		{"nothing set aside", ledger(600), "600 = 600"},
		{"large counts", ledger(1200, 5, 30), "1,235 = 1,200 + 5 + 30"},
		{"one small count, and the next smallest with it", ledger(600, 3, 25, 12), "640 = 600 + fewer than 5 + 25 + not shown"},
		{"one small count and nothing beside it: the rows", ledger(600, 3), "not shown = 600 + fewer than 5"},
		{"two small ones of 2 to 7 rows hide each other", ledger(600, 3, 2, 12), "617 = 600 + fewer than 5 + fewer than 5 + 12"},
		{"two of one row each", ledger(600, 1, 1, 12), "614 = 600 + fewer than 5 + fewer than 5 + not shown"},
		{"two of four rows each", ledger(600, 4, 4, 12), "620 = 600 + fewer than 5 + fewer than 5 + not shown"},
		{"1 and 5 follow from 6", ledger(600, 1, 5, 12), "618 = 600 + fewer than 5 + not shown + not shown"},
		{"1 and 5 follow from 6, and there is no other", ledger(600, 1, 5), "not shown = 600 + fewer than 5 + not shown"},
		{"few respondents", ledger(3, 20, 12), "35 = fewer than 5 + 20 + not shown"},
		{"few respondents, nothing set aside", ledger(3), "not shown = fewer than 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := public(t, c.ledger, 7).Ledger()[0]
			words := []string{f.Respondents.Words}
			for _, s := range f.SetAside {
				words = append(words, s.Count.Words)
			}
			if diff := cmp.Diff(c.want, f.Rows.Words+" = "+strings.Join(words, " + ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRule5RejectedAndOverlap(t *testing.T) {
	l := ledger(600)
	l.Rejected = []normalise.RejectedCount{{Column: "Q1", Reason: "unknown label", Count: 4}, {Column: "Q2", Reason: "unknown label", Count: 5}}
	for people, want := range map[int]string{0: "fewer than 5", 4: "fewer than 5", 5: "5", 1234: "1,234"} {
		release := public(t, l, people)
		got := []string{release.Overlaps()[0].People.Words}
		for _, r := range release.Ledger()[0].Rejected {
			got = append(got, r.Count.Words)
		}
		if diff := cmp.Diff([]string{want, "fewer than 5", "5"}, got); diff != "" {
			t.Error(diff)
		}
	}
}

// No small count follows from the sum, by somebody who knows the rules: there
// are always two ways at least to fill in what is hidden.
func TestNoSmallCountFollows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledger(rapid.IntRange(0, 12).Draw(t, "respondents"), rapid.SliceOfN(rapid.IntRange(1, 12), 0, 4).Draw(t, "aside")...)
		f := public(t, l, 0).Ledger()[0]
		rows, known := f.Rows.N.Get()
		if !known {
			return
		}
		counts := []disclose.Count{f.Respondents}
		for _, s := range f.SetAside {
			counts = append(counts, s.Count)
		}
		ways := [][]int{nil}
		for i, c := range counts {
			from, to := 1, 4
			if i == 0 {
				from = 0
			}
			if n, ok := c.N.Get(); ok {
				from, to = int(n), int(n)
			} else if c.Words == "not shown" {
				from, to = 5, int(rows)
			}
			var next [][]int
			for _, w := range ways {
				for n := from; n <= to; n++ {
					next = append(next, append(append([]int(nil), w...), n))
				}
			}
			ways = next
		}
		for i, c := range counts {
			values := map[int]bool{}
			for _, w := range ways {
				sum := 0
				for _, n := range w {
					sum += n
				}
				if sum == int(rows) {
					values[w[i]] = true
				}
			}
			if c.Words == "fewer than 5" && len(values) < 2 {
				t.Fatalf("%+v: count %d of %+v can only be %v", l, i, counts, values)
			}
		}
	})
}
