package disclose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

func trusts() *study.Study {
	return &study.Study{
		Framework: &study.Framework{Variables: study.Map[study.Variable]{
			{ID: "region", Value: study.Variable{Categories: study.Map[string]{{ID: "north", Value: "North"}}}},
			{ID: "trust", Value: study.Variable{Organisation: true}},
		}},
		Disclosure: study.Disclosure{MinBase: 10, MinCount: 5, Decimals: 1},
	}
}

// No organisation's name gets into a release, whatever it is and whatever came of
// it: one row stands for all of them.
func TestOrganisationsHaveNoNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		breakdown := rapid.SampledFrom([]string{"trust", "region:trust", "trust:region"}).Draw(t, "breakdown")
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`zq[a-z:, ]{0,8}`), 1, 6, rapid.ID).Draw(t, "names")
		rows := []estimate.Row{{Key: estimate.Key{Measure: "will", Statistic: "mean"}, Organisations: -1, Base: 100}}
		statuses := map[string]bool{}
		for _, name := range names {
			category := strings.Replace(strings.Replace(breakdown, "region", "north", 1), "trust", name, 1)
			base := rapid.IntRange(1, 500).Draw(t, "base")
			status := rapid.SampledFrom([]string{"", "", "w", "x"}).Draw(t, "status")
			if status == "" {
				statuses[Confidential] = true
			}
			statuses[status] = status != ""
			rows = append(rows, estimate.Row{Key: estimate.Key{Measure: "will", Statistic: "mean", Breakdown: breakdown, Category: category}, Status: status, Base: base, Respondents: base, Organisations: 1})
		}
		r, _, err := Protect(Evidence{Study: trusts(), Table: &estimate.Table{Rows: rows}})
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Replace(strings.Replace(breakdown, "region", "north", 1), "trust", Single, 1)
		if r.Len() != 2 || r.Rows()[1].Category != want || r.Rows()[1].Shown() || r.Rows()[1].Base.Known() {
			t.Fatalf("rows %+v, want one for %q without figures", r.Rows(), want)
		}
		delete(statuses, "")
		hidden := Figures{Published: 1}
		if got := r.Rows()[1].Status; got == Confidential {
			hidden.Suppressed = 1
		} else if len(statuses) > 1 || !statuses[got] {
			t.Fatalf("status %q of %v", got, statuses)
		}
		if d := cmp.Diff(hidden, r.Figures()); d != "" {
			t.Fatal(d)
		}
	})
}

func TestWithoutName(t *testing.T) {
	for _, c := range []struct {
		category      string
		before, after int
		want          string
	}{
		{"A", 0, 0, "single"}, {"A: B", 0, 0, "single"}, {"north:A:B", 1, 0, "north:single"}, {":A:north", 0, 1, "single:north"}, {"x:A:y:z", 1, 2, "x:single:y:z"},
	} {
		if got := withoutName(c.category, c.before, c.after); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.category, got, c.want)
		}
	}
}
