package reports_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
)

// Every table with intervals of an open survey says how to read them, and no
// table of other surveys does. In this study all but the College's are open.
func TestIntervalsOfOpenSurveysAreLabelled(t *testing.T) {
	s := disclosetest.Study()
	open := []string{"NHS R&D Forum", "NIHR Clinical Research Network", reports.SurveyName(s, reports.Average)}
	labelled, plain := 0, 0
	for _, x := range reports.Tables(disclosetest.Release(t)) {
		limits := slices.ContainsFunc(x.Columns, func(c reports.Column) bool { return c.ID == "lower" })
		if !limits {
			continue
		}
		needs := slices.Contains([]string{"rdforum", "crn"}, x.Survey) || x.ID == reports.TableHeterogeneity // all surveys together
		for _, row := range x.Rows {
			for _, cell := range row {
				needs = needs || slices.ContainsFunc(open, func(name string) bool { return strings.HasPrefix(cell.Text, name) })
			}
		}
		says := slices.ContainsFunc(x.Notes, func(note string) bool {
			return strings.Contains(note, "if respondents were like a random sample of their group")
		})
		if says != needs {
			t.Errorf("table %s: labelled %v, and it should be %v", x.ID, says, needs)
		}
		if needs {
			labelled++
		} else {
			plain++
		}
	}
	if labelled < 10 || plain < 5 {
		t.Errorf("this test saw %d tables of open surveys and %d of others", labelled, plain)
	}
}
