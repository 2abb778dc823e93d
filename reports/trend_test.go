package reports_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

func TestPersistence(t *testing.T) {
	everywhere := func(s *study.Study, f func(w reports.Wave) figure) edit {
		set := edit{}
		for _, w := range reports.Waves(s) {
			set[disclose.Key{Measure: "capacity_gap", Statistic: "mean", Survey: w.Survey, Wave: w.Wave}] = f(w)
		}
		return set
	}
	s := disclosetest.Study()
	above := func(reports.Wave) figure { return at(20, 16, 24) }
	const same = " Each gap is from the same people’s answers."
	for _, c := range []struct {
		name, want string
		set        edit
	}{
		{"above 0 everywhere", "The capacity gap is persistent: in all five waves of the three surveys the whole interval lies above 0." + same, everywhere(s, above)},
		{"once not", "The capacity gap is not clearly above 0 in every wave." + same, everywhere(s, func(w reports.Wave) figure {
			if w.Survey == "crn" {
				return at(3, -1, 7)
			}
			return at(20, 16, 24)
		})},
		{"once hidden", "The capacity gap lies above 0 in each wave with enough answers, with the whole interval." + same, func() edit {
			set := everywhere(s, above)
			delete(set, mean("capacity_gap"))
			return set
		}()},
		{"nowhere", "No gap in this release rests on enough answers to be told.", edit{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, reports.Persistence(release(t, s, c.set))); diff != "" {
				t.Error(diff)
			}
		})
	}
	alone := disclosetest.Study()
	alone.Surveys = alone.Surveys[2:]
	if got := reports.Persistence(release(t, alone, everywhere(alone, above))); strings.Contains(got, "persistent") {
		t.Errorf("one survey is called persistent: %s", got)
	}
}

func TestNamedMost(t *testing.T) {
	rcp := reports.Wave{Survey: "rcp", Wave: "2023"}
	for _, c := range []struct {
		want string
		set  edit
	}{
		{"“Lack of time” is named most: by 55% (52% to 58%) of respondents.", edit{share("barriers", "time"): at(54.8, 51.7, 57.9), share("barriers", "funding"): at(37.8, 34.8, 40.9)}},
		{"Named most are “Lack of time” by 55% (52% to 58%) and “Lack of funding” by 50% (46% to 54%) of respondents; which of them comes first we cannot tell.",
			edit{share("barriers", "time"): at(54.8, 51.7, 57.9), share("barriers", "funding"): at(50, 46, 54), share("barriers", "skills"): at(20, 16, 24)}},
		{"No single answer can be said to be named most.", edit{share("barriers", "time"): at(54.8, 51.7, 57.9), share("barriers", "funding"): at(50, 46, 54)}},
		{"“Lack of time” was ticked by 55% (52% to 58%) of respondents.", edit{share("barriers", "time"): at(54.8, 51.7, 57.9), share("barriers", "funding"): on(20, 90, 80, 99)}},
		{"", edit{}},
	} {
		if got := reports.NamedMost(release(t, disclosetest.Study(), c.set), "barriers", rcp); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// Where an export cannot tell who saw a question, the sentence says whom it counts.
func TestNamedMostSaysWhomItCounts(t *testing.T) {
	rows := disclosetest.Rows(disclosetest.Study())
	for i := range rows {
		if rows[i].Measure == "barriers" && rows[i].Contrast == "" {
			rows[i].BaseRule = "ticked_any"
			rows[i].Estimate, rows[i].Lower, rows[i].Upper = number.Of(20), number.Of(17), number.Of(23)
			if rows[i].Level == "time" {
				rows[i].Estimate, rows[i].Lower, rows[i].Upper = number.Of(60), number.Of(56), number.Of(64)
			}
		}
	}
	r := protect(t, disclose.Evidence{ID: "000000000000", Version: "0.0.0", Study: disclosetest.Study(), Table: disclosetest.Table(rows), Ledgers: disclosetest.Ledgers(disclosetest.Study(), 640, 40)})
	want := "“Lack of time” is named most: by 60% (56% to 64%) of respondents who ticked at least one."
	if got := reports.NamedMost(r, "barriers", reports.Wave{Survey: "rcp", Wave: "2023"}); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
