package reports_test

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		in   number.Value
		want string
	}{
		{number.Of(57.3), "57%"}, {number.Of(0), "0%"}, {number.Of(0.3), "under 1%"}, {number.Of(0.6), "1%"},
		{number.Of(99.4), "99%"}, {number.Of(99.9), "over 99%"}, {number.Of(100), "100%"}, {number.Value{}, ""},
	} {
		if got := reports.Percent(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.in.Full(), got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{reports.And(nil), ""}, {reports.And([]string{"a"}), "a"}, {reports.And([]string{"a", "b"}), "a and b"}, {reports.And([]string{"a", "b", "c"}), "a, b and c"},
		{reports.Lower("Will"), "will"}, {reports.Lower("NHS staff"), "NHS staff"}, {reports.Lower("R2 score"), "R2 score"}, {reports.Lower(""), ""}, {reports.Lower("Élan"), "élan"},
		{reports.Upper("éclair"), "Éclair"}, {reports.Upper(""), ""},
		{reports.Plural(1, "wave"), "one wave"}, {reports.Plural(9, "wave"), "nine waves"}, {reports.Plural(12, "wave"), "12 waves"},
		{reports.Minus("-1.5 to 2"), "−1.5 to 2"},
		{reports.Level(&study.Study{Confidence: 0.95}), "95%"}, {reports.Level(&study.Study{Confidence: 0.995}), "99.5%"}, {reports.Level(&study.Study{Confidence: 0.9}), "90%"},
		{reports.Dates(study.Fieldwork{From: "2023-01-09", To: "2023-02-17"}), "9 January to 17 February 2023"},
		{reports.Dates(study.Fieldwork{From: "2022-12-09", To: "2023-02-17"}), "9 December 2022 to 17 February 2023"},
		{reports.Dates(study.Fieldwork{From: "2022-12-09"}), "from 9 December 2022"},
		{reports.Dates(study.Fieldwork{To: "2022-12-09"}), "to 9 December 2022"},
		{reports.Dates(study.Fieldwork{}), "not given"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	s := disclosetest.Study()
	s.Framework.Gaps[0].Value.Title = ""
	s.Framework.Quadrants[2].Value.Title = ""
	for _, c := range []struct{ got, want string }{
		{reports.SurveyWave(s, "rcp", "2023"), "Royal College of Physicians 2023"},
		{reports.SurveyWave(s, "average", "2022+2023"), "All surveys together 2022, 2023"},
		{reports.MeasureName(s, "ability_gap"), "Will minus ability"},
		{reports.MeasureName(s, "lacks_both"), "High on will, low on ability and capacity"},
		{reports.MeasureName(s, "no_such_id"), "no_such_id"},
		{reports.BreakdownName(s, "staff_group:setting"), "Staff group and setting"},
		{reports.CategoryName(s, "staff_group:setting", "ahp:city"), "Allied health professionals, City"},
		{reports.CategoryName(s, "staff_group", "ahp"), "Allied health professionals"},
		{reports.CategoryName(s, "trust", "RX1"), "RX1"},
		{reports.CategoryName(s, "", ""), "All respondents"},
		{reports.LevelName(s, "want_more", "4"), "Agree"},
		{reports.LevelName(s, "want_more", "neutral"), "Neither"},
		{reports.LevelName(s, "want_more", "9"), "9"},
		{reports.LevelName(s, "barriers", "time"), "Lack of time"},
		{reports.LevelName(s, "held_back", "of_high"), "Of those high on will"},
		{reports.LevelName(s, "held_back", "at_60"), "Of all respondents, high meaning a score of at least 60"},
		{reports.Role(s, "capacity"), "capacity"},
		{reports.Role(s, "other"), "ink"},
		{reports.GroupsTable("staff_group:setting", "rcp"), "by-staff-group-setting-rcp"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
