package reports_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// full is a release with something in every table.
func full(t testing.TB) *disclose.Release {
	s := disclosetest.Study()
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			for id := range s.Framework.Items.All() {
				source := study.ItemSource{Column: study.Names{"Q_" + id}, Version: 1}
				if id == "skills" && w.ID == "2022" {
					source.Version = 2
				}
				if id == "support" && v.ID == "crn" {
					source.Waves = study.Names{"2016"}
				}
				w.Codebook.Items = append(w.Codebook.Items, study.Entry[study.ItemSource]{ID: id, Value: source})
			}
		}
	}
	return protect(t, disclose.Evidence{
		ID: "3f9a1c07be42", Version: "0.1.0", Study: s, Table: disclosetest.Table(disclosetest.Rows(s)), Ledgers: disclosetest.Ledgers(s, 1204, 22),
		Weights:  []disclose.WeightSummary{{Survey: "rcp", Wave: "2023", Source: "design", KishEffect: number.Of(1.2), EffectiveBase: number.Of(500), MinOverMean: number.Of(0.3), MaxOverMean: number.Of(3)}},
		Overlaps: []disclose.SharedPeople{{Surveys: [2]string{"rdforum", "crn"}, People: 31}},
		Inputs:   []disclose.Input{{Path: "study.yaml", SHA256: strings.Repeat("0", 64), Kind: "study"}},
	})
}

// Whatever a table holds, its form is one that every writer can print.
func TestTablesAreWellFormed(t *testing.T) {
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	columnID := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	seen := map[string]bool{}
	for _, table := range reports.Tables(full(t)) {
		if !id.MatchString(table.ID) || seen[table.ID] {
			t.Errorf("table id %q is not one, or used twice", table.ID)
		}
		seen[table.ID] = true
		if table.Title == "" || table.Summary == "" || table.Section == "" || len(table.Rows) == 0 {
			t.Errorf("table %s lacks a title, a summary, a section or rows", table.ID)
		}
		titles, ids := map[string]bool{}, map[string]bool{}
		for _, c := range table.Columns {
			if c.Title == "" || titles[c.Title] || ids[c.ID] || !columnID.MatchString(c.ID) || c.Description == "" {
				t.Errorf("table %s: column %+v", table.ID, c)
			}
			titles[c.Title], ids[c.ID] = true, true
		}
		for i, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Fatalf("table %s, row %d: %d cells under %d columns", table.ID, i, len(row), len(table.Columns))
			}
			for j, cell := range row {
				if cell.String(table.Columns[j].Places) == "" {
					t.Errorf("table %s, row %d: nothing under %q", table.ID, i, table.Columns[j].Title)
				}
				if cell.Number.Known() && !table.Columns[j].Numeric {
					t.Errorf("table %s: a number under %q, a column of words", table.ID, table.Columns[j].Title)
				}
			}
		}
	}
	for _, want := range []string{"finding", "each-survey", "asked", "gaps", "side-by-side", "changes", "quadrants", "by-staff-group-rcp", "held-back-by-staff-group-rcp",
		"barriers-rcp", "items-crn", "options-rdforum", "shared-language", "wordings", "definitions", "suppression", "weights", "published", "settings", "inputs"} {
		if !seen[want] {
			t.Errorf("no table %s", want)
		}
	}
}

// A hidden number is a code in every table, with nothing of it beside.
func TestHiddenRowsAreCodes(t *testing.T) {
	found := 0
	for _, table := range reports.Tables(full(t)) {
		for _, row := range table.Rows {
			hidden := false
			for _, cell := range row {
				hidden = hidden || cell.Text == "Pharmacy"
			}
			if !hidden {
				continue
			}
			found++
			for j, cell := range row {
				if cell.Number.Known() {
					t.Errorf("table %s shows %s under %q for a hidden group", table.ID, cell.Number.Full(), table.Columns[j].Title)
				}
			}
		}
	}
	if found == 0 {
		t.Error("the hidden group is in no table")
	}
}

func TestTablesAreTheSameEachTime(t *testing.T) {
	equal := cmp.Comparer(func(a, b number.Value) bool { return a == b })
	if diff := cmp.Diff(reports.Tables(full(t)), reports.Tables(full(t)), equal); diff != "" {
		t.Error(diff)
	}
}

func table(t *testing.T, r *disclose.Release, id string) []string {
	t.Helper()
	for _, x := range reports.Tables(r) {
		if x.ID != id {
			continue
		}
		var lines []string
		for _, row := range x.Rows {
			cells := make([]string, len(row))
			for i, c := range row {
				cells[i] = c.String(x.Columns[i].Places)
			}
			lines = append(lines, strings.Join(cells, " | "))
		}
		return lines
	}
	t.Fatalf("no table %s", id)
	return nil
}

func TestFindingTable(t *testing.T) {
	r := release(t, disclosetest.Study(), edit{
		share("want_more", "positive"): at(57.3, 54.2, 60.2), share("held_back", "of_high"): at(60.8, 56.6, 64.8), share("lacks_both", "of_high"): at(31, 27.3, 35),
	})
	want := []string{
		"All: want to be more involved in research | 57.3 | 54.2 | 60.2 | 600 | None",
		"Of those: lack capacity | 60.8 | 56.6 | 64.8 | 600 | None",
		"Of those: lack ability | [c] | [c] | [c] | [c] | None",
		"Of those: lack ability and capacity | 31.0 | 27.3 | 35.0 | 600 | None",
		"Of those: lack neither | [c] | [c] | [c] | [c] | None",
	}
	if diff := cmp.Diff(want, table(t, r, "finding")); diff != "" {
		t.Error(diff)
	}
}

func TestChoiceTableIsRanked(t *testing.T) {
	r := release(t, disclosetest.Study(), edit{
		share("barriers", "time"): at(40, 36, 44), share("barriers", "funding"): at(50, 46, 54), share("barriers", "skills"): on(25, 90, 60, 99),
	})
	want := []string{
		"2023 | Lack of funding | 50.0 | 46.0 | 54.0 | 600 | saw the question | None",
		"2023 | Lack of time | 40.0 | 36.0 | 44.0 | 600 | saw the question | None",
		"2023 | Lack of skills or knowledge | 90.0 | 60.0 | 99.0 | 25 | saw the question | None",
		"2023 | No supportive culture | [w] | [w] | [w] | [w] | saw the question | None",
	}
	if diff := cmp.Diff(want, table(t, r, "barriers-rcp")[:4]); diff != "" {
		t.Error(diff)
	}
}

func TestLanguageTable(t *testing.T) {
	r := full(t)
	lines := table(t, r, "shared-language")
	if want := "Ability | Has the skills that research needs | Same | Reworded (version 2) | Same | Same | Same"; lines[2] != want {
		t.Errorf("got %q, want %q", lines[2], want)
	}
	if want := "Capacity | Is supported by the organisation to do research | Same | Same | Same | Same | Not asked"; lines[5] != want {
		t.Errorf("got %q, want %q", lines[5], want)
	}
	if got, want := reports.Language(r.Study()), "Five of the six questions are asked in every wave, four of them in the same words each time. Where the words differ, numbers are not compared."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Wilson's interval for the figure that the Royal College of Physicians
// published: 57% of 1,137 (54.1 to 59.8).
func TestPublishedTable(t *testing.T) {
	got := table(t, full(t), "published")[0]
	if want := "| 57.0 | 54.1 | 59.8 | 1137 | Research for all? (RCP, 2020) | None"; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
}

// A study may hold next to nothing.
func TestTablesOfASmallStudy(t *testing.T) {
	s := disclosetest.Study()
	s.Surveys, s.Breakdowns, s.Published = s.Surveys[2:], nil, nil
	s.Framework.Gaps, s.Framework.Quadrants, s.Framework.Choices = nil, nil, nil
	r := disclosetest.Of(t, s)
	for _, x := range reports.Tables(r) {
		if strings.HasPrefix(x.ID, "by-") || x.ID == "finding" || x.ID == "gaps" || x.ID == "changes" {
			t.Errorf("table %s has nothing to hold", x.ID)
		}
	}
	if got := reports.Finding(r).Sentence.String(); !strings.HasPrefix(got, "On a scale of 0 to 100, respondents scored ") {
		t.Errorf("the finding is %q", got)
	}
	if got, _ := reports.Groups(r); got != "This study breaks nothing down by group." {
		t.Errorf("groups: %q", got)
	}
}
