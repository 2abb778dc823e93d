package reports_test

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
)

func TestEachSurvey(t *testing.T) {
	in := func(survey, wave, quadrant string) disclose.Key {
		return disclose.Key{Measure: quadrant, Statistic: "share", Level: "of_high", Survey: survey, Wave: wave}
	}
	const told = " That is told of the latest waves, and only where the whole interval lies above half."
	for _, c := range []struct {
		want string
		set  edit
	}{
		{"In all three surveys, more than half of the willing reported they lack the capacity." + told,
			edit{in("rdforum", "2022", "held_back"): at(61, 57, 65), in("rcp", "2023", "held_back"): at(70, 66, 74), in("crn", "2020", "held_back"): at(55, 51, 59), in("crn", "2020", "unskilled"): at(44, 40, 48)}},
		{"In two of the three surveys, more than half of the willing reported they lack the capacity. In one of the three surveys, more than half of the willing reported they lack the ability." + told,
			edit{in("rdforum", "2022", "held_back"): at(61, 57, 65), in("rcp", "2023", "held_back"): at(70, 66, 74), in("crn", "2020", "held_back"): at(53, 49, 57), in("crn", "2020", "unskilled"): at(58, 54, 62)}},
		{"", edit{in("rdforum", "2022", "held_back"): at(52, 48, 56)}},
		{"", edit{in("rdforum", "2022", "held_back"): on(25, 90, 80, 96)}},
		{"", edit{in("rdforum", "2019", "held_back"): at(80, 76, 84)}}, // not its latest wave
	} {
		if got := reports.EachSurvey(release(t, disclosetest.Study(), c.set)); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	alone := disclosetest.Study()
	alone.Surveys = alone.Surveys[1:2]
	if got := reports.EachSurvey(disclosetest.Of(t, alone)); got != "" {
		t.Errorf("of one survey: %s", got)
	}
}
