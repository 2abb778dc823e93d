package reports_test

import (
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
)

func tableOf(t *testing.T, tables []reports.Table, id string) reports.Table {
	t.Helper()
	for _, x := range tables {
		if x.ID == id {
			return x
		}
	}
	t.Fatalf("no table %q", id)
	return reports.Table{}
}

func TestReliabilityOfWhatIsHiddenHasNoFigures(t *testing.T) {
	s := disclosetest.Study()
	s.Disclosure.Sensitive = []string{"time"}
	r := disclosetest.Of(t, s)
	table := tableOf(t, reports.Tables(r), reports.TableReliability)
	lines := map[string]int{}
	for _, row := range table.Rows {
		measure, value, base := row[2].Text, row[5], row[6]
		hidden := measure == "Capacity" || measure == "Will minus capacity"
		if (value.Code == "c") != hidden || (base.Code == "c") != hidden || value.Number.Known() == hidden {
			t.Errorf("%s: %+v, %+v", measure, value, base)
		}
		lines[measure]++
	}
	if len(lines) != 5 {
		t.Errorf("measures: %v", lines)
	}
	if told := reports.Reliability(r); len(told) != 2 || !strings.Contains(told[1].Text, "gap") {
		t.Errorf("%v", told)
	}
}

func TestSurveysAreSetApartOnlyWhereTheyAreAveraged(t *testing.T) {
	s := disclosetest.Study()
	table := tableOf(t, reports.Tables(disclosetest.Of(t, s)), reports.TableHeterogeneity)
	if len(table.Rows) != 5 || len(table.Columns) != len(table.Rows[0]) {
		t.Errorf("%d rows of %d cells under %d columns", len(table.Rows), len(table.Rows[0]), len(table.Columns))
	}
	s.Surveys = s.Surveys[:1]
	alone := disclosetest.Of(t, s)
	for _, x := range reports.Tables(alone) {
		if x.ID == reports.TableHeterogeneity {
			t.Error("one survey has a table of differences between surveys")
		}
	}
	if told := reports.Heterogeneity(alone); told != nil {
		t.Errorf("one survey: %v", told)
	}
}
