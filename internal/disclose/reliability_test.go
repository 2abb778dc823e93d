package disclose_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
)

func reliabilityOf(measure string, base int, items ...string) estimate.Reliability {
	return estimate.Reliability{Measure: measure, Survey: "rcp", Wave: "2020", Coefficient: estimate.Alpha, Items: items, Base: base, Value: number.Of(0.81234)}
}

func TestReliabilityIsHiddenWithWhatItRestsOn(t *testing.T) {
	will, capacity := []string{"want_more", "worth_it"}, []string{"time", "support"}
	both := []string{"want_more", "worth_it", "time", "support"}
	for _, c := range []struct {
		name      string
		sensitive []string
		all       bool
		mean      int // base of will's mean
		item      int // base of an item's mean
		of        []estimate.Reliability
		want      []string
	}{
		{"enough", nil, false, 50, 50, []estimate.Reliability{reliabilityOf("will", 10, will...)}, []string{""}},
		{"too few complete", nil, false, 50, 50, []estimate.Reliability{reliabilityOf("will", 9, will...)}, []string{"c"}},
		{"a sensitive item", []string{"worth_it"}, false, 50, 50, []estimate.Reliability{reliabilityOf("will", 50, will...)}, []string{"c"}},
		{"everything sensitive", nil, true, 50, 50, []estimate.Reliability{reliabilityOf("will", 50, will...)}, []string{"c"}},
		{"its mean hidden", nil, false, 9, 50, []estimate.Reliability{reliabilityOf("will", 50, will...)}, []string{"c"}},
		{"an item's mean hidden", nil, false, 50, 9, []estimate.Reliability{reliabilityOf("will", 50, will...), reliabilityOf("capacity", 50, capacity...)}, []string{"c", ""}},
		{"a side of a gap hidden", nil, false, 50, 50, []estimate.Reliability{
			reliabilityOf("will", 50, will...), reliabilityOf("capacity", 9, capacity...), reliabilityOf("capacity_gap", 50, both...),
		}, []string{"", "c", "c"}},
		{"a gap of few", nil, false, 50, 50, []estimate.Reliability{
			reliabilityOf("will", 50, will...), reliabilityOf("capacity", 50, capacity...), reliabilityOf("capacity_gap", 9, both...),
		}, []string{"", "", "c"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := disclosetest.Study()
			s.Disclosure.Sensitive, s.Disclosure.SensitiveAll = c.sensitive, c.all
			table := disclosetest.Table([]estimate.Row{row("will mean", "", c.mean, in("rcp", "2020")), row("worth_it mean", "", c.item, in("rcp", "2020")), row("support mean", "", 500, in("rdforum", "2019"))})
			table.Reliability = c.of
			release, _, err := disclose.Protect(disclose.Evidence{ID: "0123456789ab", Version: "test", Study: s, Table: table})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, r := range release.Reliabilities() {
				got = append(got, r.Status)
				shown := disclose.Reliability{Measure: r.Measure, Survey: "rcp", Wave: "2020", Coefficient: estimate.Alpha, Items: len(c.of[i].Items), Status: r.Status}
				if r.Status == disclose.Shown {
					shown.Base, shown.Value = number.Of(float64(c.of[i].Base)), number.Of(0.81)
				}
				if r != shown {
					t.Errorf("got %+v, expected %+v", r, shown)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeterogeneityIsThereForShownAverages(t *testing.T) {
	average := row("will mean", "", 0, in(estimate.Average, "2020+2022"))
	average.Parts = []string{"rcp", "rdforum"}
	h := estimate.Heterogeneity{Key: average.Key, Surveys: 2, Q: number.Of(3.14159), QPValue: number.Of(0.0763), I2: number.Of(68.2), Tau: number.Of(2.345)}
	for _, base := range []int{9, 10} { // of a part
		rows := []estimate.Row{row("will mean", "", base, in("rcp", "2023")), row("will mean", "", 80, in("rdforum", "2022")), average, row("support mean", "", 500, in("rdforum", "2019"))}
		table := disclosetest.Table(rows)
		table.Heterogeneity = []estimate.Heterogeneity{h}
		release, _, err := disclose.Protect(disclose.Evidence{ID: "0123456789ab", Version: "test", Study: disclosetest.Study(), Table: table})
		if err != nil {
			t.Fatal(err)
		}
		var want []disclose.Heterogeneity
		if base >= 10 {
			want = []disclose.Heterogeneity{{Key: average.Key, Surveys: 2, Q: number.Of(3.1), QPValue: number.Of(0.076), I2: number.Of(68), Tau: number.Of(2.3)}}
		}
		if diff := cmp.Diff(want, release.Heterogeneities(), cmp.Comparer(func(a, b number.Value) bool { return a == b })); diff != "" {
			t.Errorf("a part of %d: %s", base, diff)
		}
	}
}
