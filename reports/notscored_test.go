package reports_test

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
)

func TestNotScored(t *testing.T) {
	s := disclosetest.Study()
	bases := map[string]map[string]int{
		"want_more": {"unsure": 637, "positive": 600}, "worth_it": {"unsure": 602, "positive": 600}, "skills": {"unsure": 600, "positive": 600},
		"confidence": {"unsure": 600, "positive": 601}, "time": {"unsure": 600, "positive": 8},
	}
	rows := disclosetest.Rows(s)
	for i := range rows {
		if n, ok := bases[rows[i].Measure][rows[i].Level]; ok && rows[i].Survey == "crn" && rows[i].Breakdown == "" {
			rows[i].Base, rows[i].Respondents = n, n
		}
	}
	r := protect(t, disclose.Evidence{ID: "3f9a1c07be42", Version: "0.1.0", Study: s, Table: disclosetest.Table(rows)})
	for item, want := range map[string]string{
		"want_more": "37", "worth_it": "fewer than 5", "skills": "0", "confidence": "[z]", "time": "[c]", "support": "[x]", "nothing": "[z]",
	} {
		if got := reports.NotScored(r, item, reports.Wave{Survey: "crn", Wave: "2020"}).Words; got != want {
			t.Errorf("%s: %q, want %q", item, got, want)
		}
	}
}
