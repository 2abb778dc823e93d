package reports_test

import (
	"slices"
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
			"The capacity gap widened by 6.8 points (3.9 to 9.7). Its two parts: will −0.5 (−2.5 to 1.6), capacity −7.2 (−9.4 to −5.0)."},
		{"narrowed because will fell", ends(edit{change("capacity_gap"): at(-4.3, -8, -0.6), change("will"): at(-5.4, -7.9, -2.9), change("capacity"): at(-0.1, -3, 2.8)}, all...),
			"The capacity gap narrowed by 4.3 points (0.6 to 8.0): clear but small. It narrowed as will fell. That is no gain. Its two parts: will −5.4 (−7.9 to −2.9), capacity −0.1 (−3.0 to 2.8)."},
		{"narrowed as both moved", ends(edit{change("capacity_gap"): at(-9, -12, -6), change("will"): at(-5, -7, -3), change("capacity"): at(4, 2, 6)}, all...),
			"The capacity gap narrowed by 9.0 points (6.0 to 12.0). Both parts moved: that will fell is no gain. Its two parts: will −5.0 (−7.0 to −3.0), capacity +4.0 (2.0 to 6.0)."},
		{"narrowed, and neither part is clear", ends(edit{change("capacity_gap"): at(-6, -11, -1), change("will"): at(-3, -7, 1), change("capacity"): at(3, -1, 7)}, all...),
			"The capacity gap narrowed by 6.0 points (1.0 to 11.0). Whether will fell or capacity rose, we cannot tell. Its two parts: will −3.0 (−7.0 to 1.0), capacity +3.0 (−1.0 to 7.0)."},
		{"narrowed as capacity rose", ends(edit{change("capacity_gap"): at(-6, -11, -1), change("will"): at(0, -2, 2), change("capacity"): at(6, 1, 11)}, all...),
			"The capacity gap narrowed by 6.0 points (1.0 to 11.0). Its two parts: will 0.0 (−2.0 to 2.0), capacity +6.0 (1.0 to 11.0)."},
		{"cannot tell", ends(edit{change("capacity_gap"): at(4.1, -1.8, 9.9), change("will"): at(-3, -9, 3), change("capacity"): at(0, -1, 1)}, all...),
			"Whether the capacity gap changed, we cannot tell: +4.1 points (−1.8 to 9.9). Its two parts: will −3.0 (−9.0 to 3.0), capacity 0.0 (−1.0 to 1.0)."},
		{"no meaningful difference", ends(edit{change("capacity_gap"): at(0.9, -1.8, 3.6), change("will"): at(0, -1, 1), change("capacity"): at(-0.9, -3, 1)}, all...),
			"The capacity gap shows no meaningful difference: +0.9 points (−1.8 to 3.6). Its two parts: will 0.0 (−1.0 to 1.0), capacity −0.9 (−3.0 to 1.0)."},
		{"a part hidden: nothing is told", ends(edit{change("capacity_gap"): at(6.8, 3.9, 9.7), change("will"): at(-0.5, -2.5, 1.6)}, all...), ""},
		{"an end on too few answers", ends(edit{change("capacity_gap"): few, change("will"): few, change("capacity"): few}, "will", "capacity_gap"), ""},
		{"a break", ends(edit{change("ability_gap"): broken, change("ability"): broken}, all...), "The ability gap is not compared [b]: “Has the skills that research needs” was reworded."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, told := range reports.Changes(release(t, asking(), c.set)) {
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

// asking is a study whose codebooks ask every item in every wave; the newest of
// the College reworded one.
func asking() *study.Study {
	s := disclosetest.Study()
	for _, w := range reports.Waves(s) {
		book := s.Survey(w.Survey).Wave(w.Wave).Codebook
		for _, item := range s.Framework.Items.IDs() {
			source := study.ItemSource{Column: study.Names{item}}
			if item == "skills" && w.Wave == "2023" {
				source.Version = 2
			}
			book.Items = append(book.Items, study.Entry[study.ItemSource]{ID: item, Value: source})
		}
	}
	return s
}

// Of many waves the text tells the whole way and the last step.
func TestChangesOfManyWaves(t *testing.T) {
	s := asking()
	v := s.Survey("rcp")
	v.Waves = append([]*study.Wave{{ID: "2010", Codebook: &study.Codebook{}}, {ID: "2015", Codebook: &study.Codebook{}}}, v.Waves...)
	set := edit{}
	for _, from := range []string{"2010", "2020"} {
		for _, measure := range []string{"capacity_gap", "will", "capacity"} {
			k := change(measure)
			k.Versus = from
			set[k] = at(6, 4, 8)
			own := mean(measure)
			set[own] = at(50, 48, 52)
			own.Wave = from
			set[own] = at(50, 48, 52)
		}
	}
	var got []string
	for _, told := range reports.Changes(release(t, s, set)) {
		got = append(got, told.About)
	}
	if diff := cmp.Diff([]string{"Royal College of Physicians, 2010 to 2023", "Royal College of Physicians, 2020 to 2023"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDiffering(t *testing.T) {
	s := asking()
	book := s.Survey("rcp").Wave("2020").Codebook
	book.Items = slices.DeleteFunc(book.Items, func(e study.Entry[study.ItemSource]) bool { return e.ID == "support" })
	wave := func(survey, id string) reports.Wave { return reports.Wave{Survey: survey, Wave: id} }
	for _, c := range []struct {
		constructs []string
		a, b       reports.Wave
		want       string
	}{
		{[]string{"will", "ability"}, wave("rcp", "2020"), wave("rcp", "2023"), "“Has the skills that research needs” was reworded"},
		{[]string{"capacity"}, wave("rcp", "2020"), wave("rcp", "2023"), "“Is supported by the organisation to do research” was asked in 2023 only"},
		{[]string{"ability", "capacity"}, wave("crn", "2020"), wave("rcp", "2020"), "“Is supported by the organisation to do research” was asked in NIHR Clinical Research Network 2020 only"},
		{[]string{"will"}, wave("rcp", "2020"), wave("rcp", "2023"), "a question changed"},
	} {
		if got := reports.Differing(s, c.constructs, c.a, c.b); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	if got := reports.BreakNote(s, reports.LatestWaves(s)); !strings.Contains(got, "not every wave asks “Has the skills that research needs” in the same words") {
		t.Errorf("the note on breaks: %s", got)
	}
	if got := reports.BreakNote(s, reports.LatestWaves(s)[:1]); got != "" {
		t.Errorf("a note on one wave: %s", got)
	}
}
