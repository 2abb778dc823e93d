package reports_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// ends adds reliable ends for differences between the two waves of rcp.
func ends(set edit, measures ...string) edit {
	for _, m := range measures {
		later, earlier := mean(m), mean(m)
		earlier.Wave = "2020"
		set[later], set[earlier] = at(50, 48, 52), at(50, 48, 52)
	}
	return set
}

func TestChanges(t *testing.T) {
	all := []string{"will", "ability", "capacity", "ability_gap", "capacity_gap"}
	broken := at(0, 0, 0)
	broken.status = disclose.Break
	few := at(6.8, 3.9, 9.7)
	for _, c := range []struct {
		name string
		set  edit
		want string
	}{
		{"widened", ends(edit{change("capacity_gap"): at(6.8, 3.9, 9.7), change("will"): at(-0.5, -2.5, 1.6), change("capacity"): at(-7.2, -9.4, -5)}, all...),
			"The capacity gap widened by 6.8 points (3.9 to 9.7). Will shows no meaningful difference. Capacity fell by 7.2 points (5.0 to 9.4)."},
		{"narrowed because will fell", ends(edit{change("capacity_gap"): at(-4.3, -8, -0.6), change("will"): at(-5.4, -7.9, -2.9), change("capacity"): at(-0.1, -3, 2.8)}, all...),
			"The capacity gap narrowed by 4.3 points (0.6 to 8.0), which is clear but small. It narrowed as will fell. That is no gain. Will fell by 5.4 points (2.9 to 7.9). Capacity shows no meaningful difference."},
		{"narrowed as both moved", ends(edit{change("capacity_gap"): at(-9, -12, -6), change("will"): at(-5, -7, -3), change("capacity"): at(4, 2, 6)}, all...),
			"The capacity gap narrowed by 9.0 points (6.0 to 12.0). Will fell by 5.0 points (3.0 to 7.0). Capacity rose by 4.0 points (2.0 to 6.0), which is clear but small."},
		{"cannot tell", ends(edit{change("capacity_gap"): at(4.1, -1.8, 9.9), change("will"): at(-3, -9, 3), change("capacity"): at(0, -1, 1)}, all...),
			"For the capacity gap we cannot tell (−1.8 to 9.9 points). For will we cannot tell (−9.0 to 3.0 points). Capacity shows no meaningful difference."},
		{"a part hidden: nothing is told", ends(edit{change("capacity_gap"): at(6.8, 3.9, 9.7), change("will"): at(-0.5, -2.5, 1.6)}, all...), ""},
		{"an end on too few answers", ends(edit{change("capacity_gap"): few, change("will"): few, change("capacity"): few}, "will", "capacity_gap"), ""},
		{"a break", ends(edit{change("ability_gap"): broken, change("ability"): broken}, all...), "The ability gap is not compared, as a question changed [b]."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, told := range reports.Changes(release(t, disclosetest.Study(), c.set)) {
				if told.About != "Royal College of Physicians, 2020 to 2023" {
					t.Errorf("told about %q", told.About)
				}
				got += told.Text
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

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
		{"Named most are “Lack of time” by 55% (52% to 58%) and “Lack of funding” by 50% (46% to 54%); which of them comes first we cannot tell.",
			edit{share("barriers", "time"): at(54.8, 51.7, 57.9), share("barriers", "funding"): at(50, 46, 54), share("barriers", "skills"): at(20, 16, 24)}},
		{"No single answer can be said to be named most.", edit{share("barriers", "time"): at(54.8, 51.7, 57.9), share("barriers", "funding"): at(50, 46, 54)}},
		{"“Lack of time” was ticked by 55% (52% to 58%) of respondents.", edit{share("barriers", "time"): at(54.8, 51.7, 57.9), share("barriers", "funding"): {90, 80, 99, 20, ""}}},
		{"", edit{}},
	} {
		if got := reports.NamedMost(release(t, disclosetest.Study(), c.set), "barriers", rcp); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
