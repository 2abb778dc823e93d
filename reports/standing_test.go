package reports_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
)

// Differences of groups become sentences: number -> words.
func TestGroups(t *testing.T) {
	group := func(breakdown, category string) disclose.Key {
		k := mean("capacity_gap")
		k.Breakdown, k.Category = breakdown, category
		return k
	}
	rest := func(k disclose.Key) disclose.Key {
		k.Statistic, k.Contrast, k.Versus = "difference", "category", "rest"
		return k
	}
	with := func(f figure, p float64) figure { f.p = p; return f }
	medical := group("staff_group", "medical")
	rural, city := group("setting", "rural"), group("setting", "city")
	everyone := mean("capacity_gap") // which differences from a rest need
	// others gives the other staff groups gaps that are like the rest's, so that
	// no group is hidden for being alone.
	others := func(set edit) edit {
		set[everyone] = at(22, 18, 26)
		for _, id := range []string{"nursing", "ahp", "pharmacy", "scientists"} {
			k := group("staff_group", id)
			set[k], set[rest(k)] = at(21, 17, 25), with(at(1, -3, 5), 0.6)
		}
		return set
	}
	for _, c := range []struct {
		name, intro string
		set         edit
		listed      []string
	}{
		{"nothing shown", "No gap of a group rests on enough answers to be shown.", edit{}, nil},
		{"nothing compared", "Groups are shown with their intervals. None is called different from another.", edit{rural: at(30, 26, 34), city: at(21, 17, 25)}, nil},
		{"one is wider", "Five gaps of groups were set against the rest. After a correction for looking at many, one stands out.",
			others(edit{medical: at(30, 26, 34), rest(medical): with(at(10, 5, 15), 0.001)}),
			[]string{"Medical and dental, Royal College of Physicians 2023. The capacity gap is 30.0 points (26.0 to 34.0), 10.0 wider than for the rest (5.0 to 15.0)."}},
		{"of two that are each other's rest one is listed", "Two gaps of groups were set against the rest. After a correction for looking at many, two stand out. These differ most:",
			edit{everyone: at(25, 21, 29), rural: at(30, 26, 34), rest(rural): with(at(9, 4, 14), 0.001), city: at(21, 17, 25), rest(city): with(at(-9, -14, -4), 0.001)},
			[]string{"Rural, Royal College of Physicians 2023. The capacity gap is 30.0 points (26.0 to 34.0), 9.0 wider than for the rest (4.0 to 14.0)."}},
		{"clear but small is never listed as different", "Five gaps of groups were set against the rest. After a correction for looking at many, one stands out. Of these, one differs by less than 5 points, which is clear but small.",
			others(edit{medical: at(24, 22, 26), rest(medical): with(at(4, 2, 6), 0.001)}), nil},
		{"narrower", "Five gaps of groups were set against the rest. After a correction for looking at many, one stands out.",
			others(edit{medical: at(4, 0, 8), rest(medical): with(at(-16, -21, -11), 0.001)}),
			[]string{"Medical and dental, Royal College of Physicians 2023. The capacity gap is 4.0 points (0.0 to 8.0), 16.0 narrower than for the rest (11.0 to 21.0)."}},
		{"clear before the correction only", "Five gaps of groups were set against the rest. After a correction for looking at many, none stands out. That does not show that groups are alike.",
			others(edit{medical: at(30, 26, 34), rest(medical): with(at(10, 1, 19), 0.2)}), nil},
		{"a group on too few answers in effect", "Five gaps of groups were set against the rest. After a correction for looking at many, none stands out. That does not show that groups are alike.",
			others(edit{medical: on(24, 30, 26, 34), rest(medical): with(at(10, 5, 15), 0.001)}), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			intro, told := reports.Groups(release(t, disclosetest.Study(), c.set))
			var listed []string
			for _, x := range told {
				listed = append(listed, x.About+". "+x.Text)
			}
			if diff := cmp.Diff(c.intro, intro); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.listed, listed); diff != "" {
				t.Error(diff)
			}
			if strings.Contains(intro, "“") {
				t.Error("the introduction names a group")
			}
		})
	}
}
