package disclose_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// protect returns, per row, the rule that hides it.
func protect(t *testing.T, s *study.Study, rows []estimate.Row) (*disclose.Release, []string) {
	t.Helper()
	// A number that nothing hides keeps the release from being stopped.
	rows = append(rows, row("support mean", "", 500, in("rdforum", "2019")))
	release, audit, err := disclose.Protect(disclose.Evidence{ID: "0123456789ab", Version: "test", Study: s, Table: disclosetest.Table(rows)})
	if err != nil {
		t.Fatal(err)
	}
	rules := make([]string, len(rows)-1)
	for i := range rules {
		rules[i] = audit.Rules[i].String()
		if hidden := release.Rows()[i].Status == disclose.Confidential; hidden != (rules[i] != "") {
			t.Errorf("row %d: status %q under rule %q", i, release.Rows()[i].Status, rules[i])
		}
	}
	return release, rules
}

// a case is rows with the rule that hides each.
type ruled struct {
	row  estimate.Row
	rule string
}

func check(t *testing.T, s *study.Study, cases []ruled) {
	t.Helper()
	var rows []estimate.Row
	var want []string
	for _, c := range cases {
		rows, want = append(rows, c.row), append(want, c.rule)
	}
	_, got := protect(t, s, rows)
	if diff := cmp.Diff(want, got); diff != "" {
		for i, c := range cases {
			t.Logf("%d %s %s base %d: %q", i, c.row.Measure, c.row.Category, c.row.Base, got[i])
		}
		t.Error(diff)
	}
}

func TestRule1SmallBases(t *testing.T) {
	for _, c := range []struct {
		name  string
		cases []ruled
	}{
		{"9 and 10", []ruled{
			{row("will mean", "", 9, in("rcp", "2020")), "base"},
			{row("will mean", "", 10), ""},
		}},
		{"all numbers about the same answers", []ruled{
			{row("want_more mean", "", 9), "base"},
			{row("want_more share positive", "", 9), "base"},
			{row("want_more share unsure", "", 14), "base"}, // its base holds those without a score too
			{row("worth_it mean", "", 14), ""},
		}},
		// Who is in the quadrant is among those who are high; of how many does not follow.
		{"of those high on a side, and of everyone", []ruled{
			{row("held_back share", "", 40, count(4)), ""},
			{row("held_back share at_60", "", 40), ""},
			{row("held_back share of_high", "", 9, count(4)), "base"},
			{row("unskilled share", "", 40, count(12)), ""},
			{row("unskilled share of_high", "", 24, count(12)), ""},
		}},
		{"organisations", []ruled{
			{row("will mean", "trust=a", 400, organisations(1)), "base"},
			{row("will mean", "trust=b", 400, organisations(2)), "base"},
			{row("will mean", "trust=c", 400, organisations(3)), ""},
		}},
		{"what has no figures keeps its status", []ruled{
			{row("want_more mean", "", 9), "base"},
			{row("worth_it mean", "", 0, status("x")), ""},
		}},
		// That nobody of a hidden category answered would tell of those who are in it.
		{"nobody, of somebody", []ruled{
			{row("want_more mean", "staff_group=medical", 9), "base"},
			{row("want_more mean", "staff_group=nursing", 40), "complement"},
			{row("want_more mean", "staff_group=ahp", 60), ""},
			{row("worth_it mean", "staff_group=medical", 0, status("w"), respondents(9)), "complement"},
			{row("worth_it mean", "staff_group=ahp", 60), ""},
			{row("worth_it mean", "staff_group=pharmacy", 0, status("w"), respondents(0)), ""},
		}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, disclosetest.Study(), c.cases) })
	}
}

func TestRule2SensitiveShares(t *testing.T) {
	sensitive := func(ids ...string) *study.Study {
		s := disclosetest.Study()
		s.Disclosure.Sensitive = ids
		return s
	}
	all := disclosetest.Study()
	all.Disclosure.SensitiveAll = true
	positive := "want_more share positive"
	for _, c := range []struct {
		name  string
		study *study.Study
		cases []ruled
	}{
		{"not sensitive", sensitive("worth_it"), []ruled{{row(positive, "", 40, count(0)), ""}}},
		{"nobody", sensitive("want_more"), []ruled{{row(positive, "", 40, count(0)), "sensitive"}}},
		{"4 of 40", sensitive("want_more"), []ruled{{row(positive, "", 40, count(4)), "sensitive"}}},
		{"5 of 40", sensitive("want_more"), []ruled{{row(positive, "", 40, count(5)), ""}}},
		{"35 of 40", sensitive("want_more"), []ruled{{row(positive, "", 40, count(35)), ""}}},
		{"36 of 40", sensitive("want_more"), []ruled{{row(positive, "", 40, count(36)), "sensitive"}}},
		{"everybody", sensitive("want_more"), []ruled{{row(positive, "", 40, count(40)), "sensitive"}}},
		{"all that would fix the count", sensitive("want_more"), []ruled{
			{row(positive, "", 40, count(20)), "sensitive"},
			{row("want_more share negative", "", 40, count(4)), "sensitive"},
			{row("want_more share 3", "", 40, count(16)), "sensitive"},
			{row("want_more share unsure", "", 60, count(20)), "sensitive"},
			{row("want_more mean", "", 40), "sensitive"},
			{row("want_more median", "", 40), "sensitive"},
			{row("want_more lower_quartile", "", 40), "sensitive"},
			{row("worth_it mean", "", 40), ""},
			{row(positive, "", 40, count(20), in("rcp", "2020")), ""},
		}},
		{"a mean alone has no count", sensitive("will"), []ruled{{row("will mean", "", 40, count(0)), ""}}},
		{"the rule of bases comes first", sensitive("want_more"), []ruled{{row(positive, "", 9, count(0)), "base"}}},
		{"a sensitive quadrant", sensitive("held_back"), []ruled{
			{row("held_back share", "", 40, count(3)), "sensitive"},
			{row("held_back share at_50", "", 40, count(10)), "sensitive"},
			{row("held_back share of_high", "", 30, count(3)), "sensitive"},
			{row("ready share", "", 40, count(3)), ""},
		}},
		{"a sensitive choice", sensitive("barriers"), []ruled{
			{row("barriers share time", "", 40, count(20)), "sensitive"},
			{row("barriers share funding", "", 40, count(2)), "sensitive"},
		}},
		{"a sensitive variable", sensitive("setting"), []ruled{
			{row(positive, "", 80, count(4)), ""},
			{row(positive, "setting=rural", 40, count(4)), "sensitive"},
			{row(positive, "setting=city", 40, count(20)), "complement"},
			{row(positive, "staff_group=medical", 40, count(4)), ""},
		}},
		{"everything is sensitive", all, []ruled{{row("held_back share", "", 40, count(1)), "sensitive"}, {row(positive, "", 40, count(20)), ""}}},
		{"a difference of a hidden share", sensitive("want_more"), []ruled{
			{row(positive, "", 40, count(20)), ""},
			{row(positive, "", 40, count(2), in("rcp", "2020")), "sensitive"},
			{row(positive, "", 80, versus("wave", "2020", 0)), "consequence"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.study, c.cases) })
	}
}

func TestRule3Complements(t *testing.T) {
	group := func(category string, base int, change ...func(*estimate.Row)) estimate.Row {
		return row("will mean", "staff_group="+category, base, change...)
	}
	cross := func(category string, base int) estimate.Row {
		return row("will mean", "staff_group:setting="+category, base)
	}
	for _, c := range []struct {
		name  string
		cases []ruled
	}{
		{"nothing is small", []ruled{{group("medical", 10), ""}, {group("nursing", 12), ""}}},
		{"the next smallest, whatever their order", []ruled{{group("medical", 80), ""}, {group("nursing", 8), "base"}, {group("ahp", 90), ""}, {group("pharmacy", 40), "complement"}}},
		{"until they hold min_base", []ruled{{group("medical", 2), "base"}, {group("nursing", 3), "base"}, {group("ahp", 90), ""}, {group("pharmacy", 40), "complement"}}},
		{"two that hold it already", []ruled{{group("medical", 4), "base"}, {group("nursing", 6), "base"}, {group("ahp", 90), ""}}},
		{"the whole margin", []ruled{{group("medical", 2), "base"}, {group("nursing", 3), "base"}, {group("ahp", 4), "base"}}},
		{"the only other", []ruled{{group("medical", 2), "base"}, {group("nursing", 300), "complement"}}},
		{"nobody is no secret", []ruled{{group("medical", 2), "base"}, {group("nursing", 0, status("w")), ""}, {group("ahp", 20), "complement"}, {group("pharmacy", 30), ""}}},
		{"each survey and wave by itself", []ruled{
			{group("medical", 8), "base"}, {group("nursing", 20), "complement"}, {group("ahp", 21), ""},
			{group("medical", 18, in("rcp", "2020")), ""}, {group("nursing", 20, in("rcp", "2020")), ""},
		}},
		{"each breakdown by itself", []ruled{
			{group("medical", 8), "base"}, {group("nursing", 20), "complement"},
			{row("will mean", "setting=rural", 12), ""}, {row("will mean", "setting=city", 16), ""},
		}},
		{"the same categories for all measures", []ruled{
			{row("will mean", "staff_group=medical", 8), "base"},
			{row("will mean", "staff_group=nursing", 29, respondents(30)), "complement"},
			{row("will mean", "staff_group=ahp", 28, respondents(31)), ""},
			{row("ability mean", "staff_group=medical", 7, respondents(8)), "base"},
			{row("ability mean", "staff_group=nursing", 30), "complement"},
			{row("ability mean", "staff_group=ahp", 25, respondents(31)), ""},
		}},
		{"what is hidden must hold min_base answers, not only respondents", []ruled{
			{row("will mean", "staff_group=medical", 3, respondents(30)), "base"},
			{row("will mean", "staff_group=nursing", 4, respondents(40)), "base"},
			{row("will mean", "staff_group=ahp", 45, respondents(50)), "complement"},
			{row("will mean", "staff_group=pharmacy", 55, respondents(60)), ""},
		}},
		// Hiding in a row opens a column, and that another row.
		{"rows and columns", []ruled{
			{cross("medical:rural", 4), "base"}, {cross("medical:city", 60), "complement"},
			{cross("nursing:rural", 30), "complement"}, {cross("nursing:city", 50), "complement"},
			{cross("ahp:rural", 70), ""}, {cross("ahp:city", 80), ""},
		}},
		{"a crossed table without small cells", []ruled{
			{cross("medical:rural", 14), ""}, {cross("medical:city", 60), ""}, {cross("nursing:rural", 30), ""}, {cross("nursing:city", 50), ""},
		}},
		// Nursing is hidden so that pharmacy does not follow; its parts would add up to it.
		// They are hidden beside those of pharmacy, so that medical keeps its own.
		{"the parts of a hidden category", []ruled{
			{group("pharmacy", 4), "base"}, {group("nursing", 50), "complement"}, {group("medical", 90), ""}, {group("ahp", 105), ""},
			{cross("pharmacy:rural", 2), "base"}, {cross("pharmacy:city", 2), "base"},
			{cross("nursing:rural", 20), "complement"}, {cross("nursing:city", 30), "complement"},
			{cross("medical:rural", 40), ""}, {cross("medical:city", 50), ""},
			{cross("ahp:rural", 60), ""}, {cross("ahp:city", 45), ""},
		}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, disclosetest.Study(), c.cases) })
	}
}

func TestRule4Consequences(t *testing.T) {
	group := func(category string, base int, change ...func(*estimate.Row)) estimate.Row {
		return row("will mean", "staff_group="+category, base, change...)
	}
	for _, c := range []struct {
		name  string
		cases []ruled
	}{
		{"waves", []ruled{
			{row("will mean", "", 400), ""}, {row("will mean", "", 400, in("rcp", "2020")), ""}, {row("will mean", "", 800, versus("wave", "2020", 0)), ""},
			{row("ability mean", "", 400), ""}, {row("ability mean", "", 9, in("rcp", "2020")), "base"}, {row("ability mean", "", 409, versus("wave", "2020", 0)), "consequence"},
		}},
		{"waves of which one has no such row", []ruled{{row("will mean", "", 400), ""}, {row("will mean", "", 800, versus("wave", "2020", 0)), "consequence"}}},
		{"surveys, by their latest waves", []ruled{
			{row("will mean", "", 400), ""}, {row("will mean", "", 9, in("rdforum", "2019")), "base"}, {row("will mean", "", 400, in("rdforum", "2022")), ""},
			{row("will mean", "", 800, versus("survey", "rdforum", 0)), ""},
			{row("ability mean", "", 400), ""}, {row("ability mean", "", 9, in("rdforum", "2022")), "base"},
			{row("ability mean", "", 409, versus("survey", "rdforum", 0)), "consequence"},
		}},
		{"a category and the rest", []ruled{
			{group("medical", 8), "base"}, {group("medical", 88, versus("category", "rest", 80)), "consequence"},
			{group("nursing", 30), "complement"}, {group("nursing", 88, versus("category", "rest", 58)), "consequence"},
			{group("ahp", 50), ""}, {group("ahp", 88, versus("category", "rest", 38)), ""},
		}},
		{"a rest under min_base", []ruled{{group("medical", 80), ""}, {group("medical", 89, versus("category", "rest", 9)), "consequence"}}},
		{"averages", []ruled{
			{row("will mean", "", 400), ""}, {row("will mean", "", 9, in("crn", "2020")), "base"}, {row("will mean", "", 400, in("rdforum", "2022")), ""},
			{row("will mean", "", 0, average("rdforum", "rcp")), ""},
			{row("will median", "", 0, average("rdforum", "rcp", "crn")), "consequence"},
		}},
		{"a break keeps its status", []ruled{{row("will mean", "", 9), "base"}, {row("will mean", "", 0, versus("wave", "2020", 0), status("b")), ""}}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, disclosetest.Study(), c.cases) })
	}
}
