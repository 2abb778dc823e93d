package disclose_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
)

// margin is staff groups of so many respondents, and so many without one.
func margin(missing int, respondents ...int) []weight.MarginCategory {
	total := missing
	for _, n := range respondents {
		total += n
	}
	var out []weight.MarginCategory
	for i, n := range respondents {
		share := float64(n) / float64(total)
		out = append(out, weight.MarginCategory{Variable: "staff_group", Category: fmt.Sprint("group", i), Respondents: n, Before: share, Target: share, After: share})
	}
	if missing > 0 {
		share := float64(missing) / float64(total)
		out = append(out, weight.MarginCategory{Variable: "staff_group", Missing: true, Respondents: missing, Before: share, Target: share, After: share})
	}
	return out
}

// weighted protects a wave that is raked to margins.
func weighted(t interface{ Fatal(...any) }, s *study.Study, r disclose.Raking, rows ...estimate.Row) *disclose.Release {
	r.Survey, r.Wave = "rcp", "2023"
	rows = append(rows, row("support mean", "", 500, in("rdforum", "2019")))
	release, _, err := disclose.Protect(disclose.Evidence{Study: s, Table: disclosetest.Table(rows), Rakings: []disclose.Raking{r},
		Weights: []disclose.WeightSummary{{Survey: "rcp", Wave: "2023", Source: "raked", KishEffect: number.Of(1.3), EffectiveBase: number.Of(400), MinOverMean: number.Of(0.4), MaxOverMean: number.Of(2.5)}}})
	if err != nil {
		t.Fatal(err)
	}
	return release
}

// shares writes a margin's shares before weighting as people see them.
func shares(w disclose.Weighting) string {
	var out []string
	for _, m := range w.Margins {
		if m.Status != disclose.Shown {
			out = append(out, "["+m.Status+"]")
			continue
		}
		out = append(out, m.Before.Fixed(1))
	}
	return strings.Join(out, " ")
}

func TestSharesBeforeWeighting(t *testing.T) {
	for _, c := range []struct {
		name   string
		margin []weight.MarginCategory
		want   string
	}{
		{"large groups", margin(0, 200, 300, 500), "20.0 30.0 50.0"},
		{"of those who gave one; the others of all", margin(100, 200, 300, 400), "22.2 33.3 44.4 10.0"},
		{"ten is enough", margin(0, 10, 490, 500), "1.0 49.0 50.0"},
		{"a small one, and the next smallest", margin(0, 9, 300, 491, 200), "[c] 30.0 49.1 [c]"},
		{"two small ones that hold ten", margin(0, 5, 6, 489, 500), "[c] [c] 48.9 50.0"},
		{"two small ones that hold nine, and the next smallest", margin(0, 5, 4, 491, 500), "[c] [c] [c] 50.0"},
		{"one large one beside a small one", margin(0, 9, 991), "[c] [c]"},
		{"few without a group", margin(9, 400, 591), "40.4 59.6 [c]"},
	} {
		w := weighted(t, disclosetest.Study(), disclose.Raking{Margins: c.margin}).Weightings()[0]
		if got := shares(w); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		for _, m := range w.Margins {
			if m.Category != "" && !(m.Population.Known() && m.After.Known()) {
				t.Errorf("%s: %+v: the population is no secret", c.name, m)
			}
		}
	}
}

func TestSensitiveSharesBeforeWeighting(t *testing.T) {
	s := disclosetest.Study()
	s.Disclosure.MinBase, s.Disclosure.MinCount, s.Disclosure.Sensitive = 3, 5, study.Names{"staff_group"}
	if got := shares(weighted(t, s, disclose.Raking{Margins: margin(0, 4, 60, 40)}).Weightings()[0]); got != "[c] 57.7 [c]" {
		t.Error(got)
	}
}

// How many are in a category would bound a base there that is hidden.
func TestSharesOfCategoriesWithHiddenBases(t *testing.T) {
	var rows []estimate.Row
	for i, base := range []int{9, 40, 60} {
		rows = append(rows, row("will mean", fmt.Sprint("staff_group=group", i), base, in("rcp", "2023"), respondents(base+3)))
	}
	rows = append(rows, row("will mean", "", 109, in("rcp", "2023"), respondents(118)))
	if got := shares(weighted(t, disclosetest.Study(), disclose.Raking{Margins: margin(0, 12, 43, 63)}, rows...).Weightings()[0]); got != "[c] [c] 53.4" {
		t.Error(got)
	}
}

// What a hidden share would follow from is hidden with it.
func TestRangeOfWeightsIsHiddenWithShares(t *testing.T) {
	for _, c := range []struct {
		margin []weight.MarginCategory
		want   string
	}{{margin(0, 200, 800), ""}, {margin(0, 9, 300, 691), "c"}, {margin(3, 300, 697), "c"}} {
		got := weighted(t, disclosetest.Study(), disclose.Raking{Margins: c.margin}).Weights()[0]
		known := got.KishEffect.Known() || got.EffectiveBase.Known() || got.MinOverMean.Known() || got.MaxOverMean.Known()
		if got.Status != c.want || known != (c.want == "") {
			t.Errorf("%v: %+v", c.margin, got)
		}
	}
}

func TestRespondentsAtBounds(t *testing.T) {
	w := weighted(t, disclosetest.Study(), disclose.Raking{Margins: margin(0, 200, 800), AtLower: 9, AtUpper: 1204}).Weightings()[0]
	none := weighted(t, disclosetest.Study(), disclose.Raking{Margins: margin(0, 200, 800)}).Weightings()[0]
	got := []string{w.AtLower.Words, w.AtUpper.Words, none.AtLower.Words}
	if d := cmp.Diff([]string{"fewer than 10", "1,204", "0"}, got); d != "" {
		t.Error(d)
	}
}

// The headline without weights is shown where the headline is.
func TestHeadlineWithoutWeights(t *testing.T) {
	lead := func(measure string, base int) estimate.Row {
		r := row(measure, "", base, in("rcp", "2023"))
		r.Unraked = number.Of(51.26)
		return r
	}
	rows := []estimate.Row{lead("want_more share positive", 400), lead("want_more share negative", 400), lead("capacity_gap mean", 400), lead("time share positive", 9)}
	w := weighted(t, disclosetest.Study(), disclose.Raking{Margins: margin(0, 200, 800)}, rows...).Weightings()[0]
	var got []string
	for _, u := range w.Headline {
		got = append(got, u.Measure+" "+u.Level+" "+u.Status+" "+u.Without.Fixed(1))
	}
	if d := cmp.Diff([]string{"want_more positive  51.3", "capacity_gap   51.3", "time positive c "}, got); d != "" {
		t.Error(d)
	}
}

// No hidden share follows from those shown: two at least are hidden, and hold
// min_base together, or all are.
func TestHiddenSharesCannotBeSolved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(1, 40), 2, 8).Draw(t, "respondents")
		s := disclosetest.Study()
		w := weighted(t, s, disclose.Raking{Margins: margin(rapid.IntRange(0, 20).Draw(t, "missing"), counts...)}).Weightings()[0]
		hidden, held, named := 0, 0, 0
		for i, m := range w.Margins {
			if m.Category == "" {
				continue
			}
			named++
			if m.Status != disclose.Shown {
				hidden++
				held += counts[i]
			} else if counts[i] < s.Disclosure.MinBase {
				t.Fatalf("%d respondents are shown", counts[i])
			}
		}
		if hidden > 0 && hidden < named && (hidden < 2 || held < s.Disclosure.MinBase) {
			t.Fatalf("%v: %s", counts, shares(w))
		}
	})
}
