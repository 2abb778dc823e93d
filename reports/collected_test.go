package reports_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

func TestCollected(t *testing.T) {
	s := asking()
	rcp, forum := s.Survey("rcp"), s.Survey("rdforum")
	rcp.Wave("2020").Codebook.ID, rcp.Wave("2020").Codebook.Duplicates = study.Names{"Respondent ID"}, "keep"
	rcp.Wave("2023").Codebook.ID, rcp.Wave("2023").Codebook.MinSeconds = study.Names{"Respondent ID"}, 60
	forum.Wave("2022").Codebook.Choices = study.Map[study.ChoiceSource]{{ID: "barriers", Value: study.ChoiceSource{Columns: "Q9 - *"}}}
	r := protect(t, disclose.Evidence{ID: "000000000000", Version: "0.0.0", Study: s, Table: disclosetest.Table(disclosetest.Rows(s)), Ledgers: disclosetest.Ledgers(s, 640, 40),
		Weights: []disclose.WeightSummary{{Survey: "rcp", Wave: "2023", Source: "none"}}})
	want := []string{
		"NHS R&D Forum | 2019 | Qualtrics | 6 | 0 | 40 set aside | not known: the export has no id | not looked for | unknown",
		"NHS R&D Forum | 2022 | Qualtrics | 6 | 1 | 40 set aside | not known: the export has no id | not looked for | unknown",
		"Royal College of Physicians | 2020 | Qualtrics | 6 | 0 | 40 set aside | all kept | not looked for | unknown",
		"Royal College of Physicians | 2023 | Qualtrics | 6 | 0 | 40 set aside | none set aside | none set aside (under 60 seconds) | Not weighted.",
		"NIHR Clinical Research Network | 2020 | Qualtrics | 6 | 0 | 40 set aside | not known: the export has no id | not looked for | unknown",
	}
	if diff := cmp.Diff(want, printed(t, r, reports.TableCollected)); diff != "" {
		t.Error(diff)
	}
	few := protect(t, disclose.Evidence{ID: "000000000000", Version: "0.0.0", Study: s, Table: disclosetest.Table(disclosetest.Rows(s)), Ledgers: disclosetest.Ledgers(s, 640, 3)})
	if got := tableOf(t, reports.Tables(few), reports.TableCollected).Rows[0][5].Text; got != "fewer than 5 set aside" {
		t.Errorf("a small count reads %q", got)
	}
}

// The matrix and the wordings have the questions where several answers can be ticked too.
func TestLanguageHasLists(t *testing.T) {
	s := asking()
	s.Survey("rcp").Wave("2023").Codebook.Choices = study.Map[study.ChoiceSource]{{ID: "barriers", Value: study.ChoiceSource{Columns: "Q9 - *", Version: 2}}}
	s.Survey("rcp").Wave("2020").Codebook.Choices = study.Map[study.ChoiceSource]{{ID: "barriers", Value: study.ChoiceSource{Column: study.Names{"Q9", "What stops you?"}, Waves: study.Names{"2020"}}}}
	r := disclosetest.Of(t, s)
	matrix := printed(t, r, reports.TableLanguage)
	if got, want := matrix[len(matrix)-1], "Several answers | What stands in the way | Not asked | Not asked | Same | Reworded (version 2) | Not asked"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	words := printed(t, r, reports.TableWordings)
	want := []string{
		"What stands in the way | Royal College of Physicians | 2020 | Q9 / What stops you? | Four answers to tick | 1",
		"What stands in the way | Royal College of Physicians | 2023 | Q9 - * | Four answers to tick | 2",
	}
	if diff := cmp.Diff(want, words[len(words)-2:]); diff != "" {
		t.Error(diff)
	}
}
