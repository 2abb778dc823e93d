package reports_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
	"github.com/caregap/caregap/reports"
)

// raked is a release whose physicians are weighted to match a population; the
// newest wave has a group of nine.
func raked(t *testing.T) *disclose.Release {
	t.Helper()
	s := disclosetest.Study()
	s.Weights = study.Map[study.Weights]{{ID: "rcp", Value: study.Weights{File: "margins/rcp.csv", Bounds: weight.Bounds{Lower: 0.5, Upper: 2.5},
		Margins: []weight.Population{{Variable: weight.Variable{ID: "staff_group"}}, {Variable: weight.Variable{ID: "setting"}}}}}}
	margins := func(small int) []weight.MarginCategory {
		n := float64(1000)
		share := func(variable, category string, respondents int, target float64) weight.MarginCategory {
			return weight.MarginCategory{Variable: variable, Category: category, Missing: category == "", Respondents: respondents, Before: float64(respondents) / n, Target: target, After: target}
		}
		return []weight.MarginCategory{share("staff_group", "medical", 991-small, 0.6), share("staff_group", "nursing", small, 0.391), share("staff_group", "", 9, 0.009),
			share("setting", "rural", 200, 0.25), share("setting", "city", 800, 0.75)}
	}
	rows := disclosetest.Rows(s)
	for i := range rows {
		rows[i].Unraked = number.Of(12.34)
	}
	weights := func(wave string) disclose.WeightSummary {
		return disclose.WeightSummary{Survey: "rcp", Wave: wave, Source: "raked", KishEffect: number.Of(1.2), EffectiveBase: number.Of(500), MinOverMean: number.Of(0.3), MaxOverMean: number.Of(3)}
	}
	return protect(t, disclose.Evidence{
		ID: "3f9a1c07be42", Version: "0.1.0", Study: s, Table: disclosetest.Table(rows), Ledgers: disclosetest.Ledgers(s, 1204, 22),
		Weights: []disclose.WeightSummary{weights("2020"), weights("2023"), {Survey: "crn", Wave: "2020", Source: "none"}},
		Rakings: []disclose.Raking{{Survey: "rcp", Wave: "2020", Margins: margins(100)}, {Survey: "rcp", Wave: "2023", Margins: margins(9), AtLower: 3, AtUpper: 30}},
	})
}

// printed is a table as people see it, a line per row.
func printed(t *testing.T, r *disclose.Release, id string) []string {
	t.Helper()
	for _, table := range reports.Tables(r) {
		if table.ID != id {
			continue
		}
		var out []string
		for _, row := range table.Rows {
			var cells []string
			for i, c := range row {
				cells = append(cells, c.String(table.Columns[i].Places))
			}
			out = append(out, strings.Join(cells, " | "))
		}
		return out
	}
	t.Fatalf("no table %s", id)
	return nil
}

func TestWeightTables(t *testing.T) {
	r := raked(t)
	words := "Weighted to match population totals on staff group and setting"
	if d := cmp.Diff([]string{
		"Royal College of Physicians | 2020 | " + words + " | [c] | [c] | [c] | [c] | 0 | 0",
		"Royal College of Physicians | 2023 | " + words + " | [c] | [c] | [c] | [c] | fewer than 10 | 30",
		"NIHR Clinical Research Network | 2020 | Not weighted | [z] | [z] | [z] | [z] | [z] | [z]",
	}, printed(t, r, reports.TableWeights)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{
		"Royal College of Physicians | 2020 | Staff group | Medical and dental | 89.9 | 60.5 | 60.5",
		"Royal College of Physicians | 2020 | Staff group | Nursing and midwifery | 10.1 | 39.5 | 39.5",
		"Royal College of Physicians | 2020 | Staff group | None given | [c] | [z] | [c]",
	}, printed(t, r, reports.TableMargins)[:3]); d != "" {
		t.Error(d)
	}
	for _, line := range printed(t, r, reports.TableMargins)[5:7] {
		if !strings.Contains(line, "| [c] |") {
			t.Errorf("%s: a group of nine, and the only one beside it", line)
		}
	}
	headline := strings.Join(printed(t, r, reports.TableUnweighted), "\n")
	for _, want := range []string{"Wants to be more involved in research | Positive | percent |", "Will minus capacity | Mean | points |", "Willing, without the capacity | Of those high on will | percent |"} {
		if !strings.Contains(headline, want) || !strings.Contains(headline, " | 12.3 | ") {
			t.Errorf("the headline with and without weights lacks %q:\n%s", want, headline)
		}
	}
}

func TestWeightingInWords(t *testing.T) {
	told := reports.Weighting(raked(t))
	if len(told) != 1 || told[0].About != "Royal College of Physicians" {
		t.Fatalf("%+v", told)
	}
	for _, want := range []string{"Weighted to match population totals on staff group and setting (margins/rcp.csv), each wave on its own", "less than 0.5 or by more than 2.5", "keep the share that they have in the sample"} {
		if !strings.Contains(told[0].Text, want) {
			t.Errorf("%q is not said: %s", want, told[0].Text)
		}
	}
	if strings.Contains(told[0].Text, "representative") {
		t.Error("weights make nobody representative")
	}
	if told := reports.Weighting(full(t)); told != nil {
		t.Errorf("nothing is raked, and told is %+v", told)
	}
}
