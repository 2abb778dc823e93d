package disclose_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
)

// since is a number, how many respondents more it has than the earlier release
// shows, and the rule that hides it. The earlier release shows all of them.
type since struct {
	row  estimate.Row
	more int
	rule string
}

func earlierOf(rows []estimate.Row, before func(i int) (base int, shown bool)) disclose.Earlier {
	e := disclose.Earlier{ID: "0123456789ab", Shown: map[disclose.Key]disclose.EarlierRow{}}
	for i, r := range rows {
		if base, shown := before(i); shown {
			e.Shown[r.Key] = disclose.EarlierRow{Base: base, Definition: r.Definition}
		}
	}
	return e
}

func TestNewcomersAreNotSubtracted(t *testing.T) {
	group := func(category string, base int) estimate.Row { return row("will mean", "staff_group="+category, base) }
	for _, c := range []struct {
		name  string
		cases []since
	}{
		{"nobody came", []since{{row("will mean", "", 400), 0, ""}, {group("medical", 100), 0, ""}}},
		{"three came", []since{{row("will mean", "", 403), 3, "earlier"}, {row("ability mean", "", 400), 0, ""}}},
		{"three left", []since{{row("will mean", "", 397), -3, "earlier"}}},
		{"ten came", []since{{row("will mean", "", 410), 10, ""}}},
		{"three to a group, and many", []since{
			{row("will mean", "", 400), 45, ""}, {group("medical", 100), 3, "earlier"},
			{group("nursing", 120), 12, "earlier"}, {group("ahp", 180), 30, ""},
		}},
		{"three to a group and nobody to others", []since{
			{row("will mean", "", 310), 3, "earlier"}, {group("medical", 100), 3, "earlier"},
			{group("nursing", 110), 0, ""}, {group("ahp", 100), 0, ""},
		}},
		{"few to two groups, that are enough together", []since{
			{row("will mean", "", 300), 12, ""}, {group("medical", 100), 5, "earlier"},
			{group("nursing", 100), 7, "earlier"}, {group("ahp", 100), 0, ""},
		}},
		{"a rest with few newcomers", []since{
			{row("will mean", "", 200), 15, ""}, {group("medical", 100), 12, "earlier"}, {group("nursing", 100), 3, "earlier"},
			{row("will mean", "staff_group=medical", 200, versus("category", "rest", 100)), 15, "consequence"},
		}},
		{"a rest with few newcomers, of whom some are in no group", []since{
			{row("ability mean", "", 300), 115, ""}, {row("ability mean", "staff_group=medical", 100), 12, ""},
			{row("ability mean", "staff_group=medical", 200, versus("category", "rest", 100)), 15, "earlier"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows []estimate.Row
			var want []string
			for _, x := range c.cases {
				rows, want = append(rows, x.row), append(want, x.rule)
			}
			e := earlierOf(rows, func(i int) (int, bool) { return rows[i].Base - c.cases[i].more, true })
			_, audit, err := disclose.Protect(evidenceAgainst(rows, e))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range rows {
				got = append(got, audit.Rules[i].String())
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// evidenceAgainst has one number more, which nothing hides.
func evidenceAgainst(rows []estimate.Row, earlier ...disclose.Earlier) disclose.Evidence {
	rows = append(rows[:len(rows):len(rows)], row("support mean", "", 500, in("rdforum", "2019")))
	return disclose.Evidence{ID: "ba9876543210", Version: "test", Study: disclosetest.Study(), Table: disclosetest.Table(rows), Earlier: earlier}
}

func TestAnotherDefinitionIsNotCompared(t *testing.T) {
	rows := []estimate.Row{row("will mean", "", 403)}
	e := earlierOf(rows, func(int) (int, bool) { return 400, true })
	rows[0].Definition = "another"
	if _, audit, err := disclose.Protect(evidenceAgainst(rows, e)); err != nil || audit.Rules[0] != disclose.RuleNone {
		t.Errorf("hidden under %q, error %v", audit.Rules[0], err)
	}
}

func TestStrictStopsForAnEarlierRelease(t *testing.T) {
	rows := []estimate.Row{row("will mean", "", 403)}
	e := evidenceAgainst(rows, earlierOf(rows, func(int) (int, bool) { return 400, true }))
	if _, audit, err := disclose.Protect(e); err != nil || audit.Earlier != 1 {
		t.Errorf("%d hidden for an earlier release, error %v", audit.Earlier, err)
	}
	e.Strict = true
	if _, _, err := disclose.Protect(e); !errors.Is(err, disclose.ErrEarlier) || !errors.Is(err, disclose.ErrStopped) {
		t.Errorf("error %v", err)
	}
}

// What an earlier release shows of as many respondents is known still: a category
// that it shows hides nobody else's number.
func TestWhatIsKnownHidesNothing(t *testing.T) {
	group := func(category string, base int) estimate.Row { return row("will mean", "staff_group="+category, base) }
	rows := []estimate.Row{row("will mean", "", 237), group("medical", 7), group("nursing", 20), group("ahp", 40), group("pharmacy", 170)}
	_, before, err := disclose.Protect(evidenceAgainst(rows))
	if err != nil {
		t.Fatal(err)
	}
	if before.Rules[2] == disclose.RuleNone || before.Rules[3] != disclose.RuleNone {
		t.Fatalf("without an earlier release: %v", before.Rules)
	}
	e := earlierOf(rows, func(i int) (int, bool) { return rows[i].Base, i != 1 && i != 3 }) // that hid the third
	_, audit, err := disclose.Protect(evidenceAgainst(rows, e))
	if err != nil {
		t.Fatal(err)
	}
	if audit.Rules[1] == disclose.RuleNone || audit.Rules[3] == disclose.RuleNone {
		t.Errorf("the group that was hidden before is not hidden now: %v", audit.Rules)
	}
}

// Two releases of a table that grew: no number of few newcomers follows from what
// both show, solved for exactly.
func TestNewcomersCannotBeSolvedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := drawTable(t, rapid.IntRange(1, 3).Draw(t, "columns"))
		came := &table{}
		for _, line := range now.counts {
			var more []int
			for _, n := range line {
				more = append(more, min(n, rapid.SampledFrom([]int{0, 0, 0, 1, 3, 9, 10, 12, 40}).Draw(t, "more")))
			}
			came.counts = append(came.counts, more)
		}
		came.parts = now.parts
		for i, parts := range now.parts {
			r := now.rows[i]
			r.Base = 0
			for _, p := range parts {
				r.Base += came.counts[p[0]][p[1]]
			}
			came.rows = append(came.rows, r)
		}
		before := &table{counts: now.counts, parts: now.parts}
		for i, r := range now.rows {
			r.Base -= came.rows[i].Base
			if r.Respondents = r.Base; r.Base == 0 {
				r.Status = "w"
			}
			before.rows = append(before.rows, r)
		}
		shownBefore := protectTable(t, before)
		e := earlierOf(now.rows, func(i int) (int, bool) { return before.rows[i].Base, shownBefore(i) && before.rows[i].Status == "" })
		release, _, err := disclose.Protect(evidenceAgainst(now.rows, e))
		if err != nil {
			t.Fatal(err)
		}
		both := func(i int) bool { _, ok := e.Shown[now.rows[i].Key]; return ok && release.Rows()[i].Shown() }
		for i, r := range came.rows {
			if both(i) && r.Base > 0 && r.Base < 10 {
				t.Errorf("%s: both releases show it, and %d came", r.Category, r.Base)
			}
		}
		for _, r := range came.attack(both) {
			if r.Base > 0 {
				t.Errorf("%s: %d newcomers follow by subtraction", r.Category, r.Base)
			}
		}
	})
}
