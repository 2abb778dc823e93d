package study

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/caregap/caregap/internal/diag"
)

// later loads the base study with a codebook for 2025 that extends the first.
func later(t *testing.T, first, second string) (*Codebook, *Codebook) {
	t.Helper()
	files := baseFiles(t)
	files["study.yaml"] = `version: 1
id: tiny
title: A small made-up study
framework: framework.yaml
surveys:
  - id: staff
    title: Staff survey
    codebook: codebooks/staff.yaml
    waves:
      - {id: "2024", exports: exports/staff-2024.csv}
      - {id: "2025", exports: "exports/staff-2025-*.csv", codebook: codebooks/later.yaml}
`
	files["codebooks/staff.yaml"] = first
	files["codebooks/later.yaml"] = second
	s := mustLoad(t, folderOf(t, files))
	return s.Surveys[0].Waves[0].Codebook, s.Surveys[0].Waves[1].Codebook
}

const firstBook = `version: 1
platform: qualtrics
id: Respondent
keep: {Finished: ["True", "1"]}
unknown: invalid
items:
  want_more: {column: [Q1, "I want more"], labels: {Yes: Agree, "No": Disagree}, version: 3}
  time: {column: Q3, waves: ["2024"]}
  worth_it: {column: Q2}
choices:
  barriers: {column: Q4, separator: ";"}
variables:
  role: {column: Q5, map: {Consultant: doctor, RN: nurse}}
missing: {"-99": seen_unanswered}
design: {weight: w, stratum: s}
`

func TestExtends(t *testing.T) {
	_, got := later(t, firstBook, `version: 1
extends: staff.yaml
unknown: fail
items:
  want_more: {labels: {"yes ": Neither, Perhaps: Neither}}
  time: {column: Q9, waves: ["2025"]}
choices:
  barriers: {columns: "Q4_*"}
variables:
  trust: {column: Q6}
missing: {"-1": refused}
design: {psu: site}
`)
	want := &Codebook{
		Version: 1, Extends: "staff.yaml", Platform: "qualtrics", ID: Names{"Respondent"},
		Keep:    Map[Names]{{ID: "Finished", Value: Names{"True", "1"}}},
		Unknown: "fail", Duplicates: "last",
		Items: Map[ItemSource]{
			{ID: "want_more", Value: ItemSource{Column: Names{"Q1", "I want more"}, Version: 3, Unknown: "fail",
				Labels: Map[string]{{ID: "yes ", Value: "Neither"}, {ID: "No", Value: "Disagree"}, {ID: "Perhaps", Value: "Neither"}}}},
			{ID: "time", Value: ItemSource{Column: Names{"Q9"}, Waves: Names{"2025"}, Version: 1, Unknown: "fail"}},
			{ID: "worth_it", Value: ItemSource{Column: Names{"Q2"}, Version: 1, Unknown: "fail"}},
		},
		Choices: Map[ChoiceSource]{{ID: "barriers", Value: ChoiceSource{Columns: "Q4_*", Version: 1, Unknown: "fail"}}},
		Variables: Map[VariableSource]{
			{ID: "role", Value: VariableSource{Column: Names{"Q5"}, Unknown: "fail", Map: Map[string]{{ID: "Consultant", Value: "doctor"}, {ID: "RN", Value: "nurse"}}}},
			{ID: "trust", Value: VariableSource{Column: Names{"Q6"}, Unknown: "fail"}},
		},
		Missing: Map[string]{{ID: "-99", Value: "seen_unanswered"}, {ID: "-1", Value: "refused"}},
		Design:  DesignSource{Weight: Names{"w"}, Stratum: Names{"s"}, PSU: Names{"site"}},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreTypes(diag.Pos{}), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("joined codebook (-want +got):\n%s", d)
	}
}

// TestExtendsLeavesTheFirstAlone: what one codebook fills in is not the other's.
func TestExtendsLeavesTheFirstAlone(t *testing.T) {
	first, second := later(t, firstBook, "version: 1\nextends: staff.yaml\nunknown: fail\n")
	for i := range first.Items {
		if first.Items[i].Value.Unknown != "invalid" || second.Items[i].Value.Unknown != "fail" {
			t.Errorf("item %s: unknown is %q in the first codebook and %q in the second", first.Items[i].ID, first.Items[i].Value.Unknown, second.Items[i].Value.Unknown)
		}
	}
}

// TestExtendsKeepsPositions: an inherited entry is reported where it is written.
func TestExtendsKeepsPositions(t *testing.T) {
	_, second := later(t, firstBook, "version: 1\nextends: staff.yaml\nitems:\n  time: {column: Q9, waves: [\"2025\"]}\n")
	if got := second.Items[0].Pos.String(); got != "codebooks/staff.yaml:7:3" {
		t.Errorf("an inherited item stands at %s", got)
	}
	if got := second.Items[1].Pos.String(); got != "codebooks/later.yaml:4:3" {
		t.Errorf("a changed item stands at %s", got)
	}
}

func TestMerge(t *testing.T) {
	files := baseFiles(t)
	files["study.yaml"] += `merge:
  role:
    - {into: clinical, title: Clinical staff, categories: [doctor, nurse]}
    - {into: everyone, title: All staff, categories: [other, clinical]}
`
	s := mustLoad(t, folderOf(t, files))
	role, _ := s.Framework.Variables.Get("role")
	if d := cmp.Diff(Map[string]{{ID: "everyone", Value: "All staff"}}, role.Categories, cmpopts.IgnoreTypes(diag.Pos{})); d != "" {
		t.Errorf("categories (-want +got):\n%s", d)
	}
	src, _ := s.Surveys[0].Waves[0].Codebook.Variables.Get("role")
	want := map[string]string{}
	for _, label := range []string{"Consultant", "Doctor", "Nurse", "nurse", "doctor", "Another role", "other", "Clinical staff", "clinical"} {
		want[label] = "everyone"
	}
	got := map[string]string{}
	for label, id := range src.Map.All() {
		got[label] = id
	}
	// Labels fold, so "doctor" is there once, as the label that came first.
	delete(want, "doctor")
	delete(want, "nurse")
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("map (-want +got):\n%s", d)
	}
	if len(s.Merged) != 1 || len(s.Merged[0].Value) != 2 {
		t.Errorf("merge rules are %v", s.Merged)
	}
}

// TestMergePlace: the new category stands where the first old one stood, and a
// label that the codebook maps elsewhere stays there.
func TestMergePlace(t *testing.T) {
	files := baseFiles(t)
	files["study.yaml"] += "merge: {role: [{into: staff, title: Other staff, categories: [other, nurse]}]}\n"
	files["codebooks/staff.yaml"] = "version: 1\nitems: {want_more: {column: Q1}}\nvariables: {role: {column: Q5, map: {nurse: doctor, RN: nurse}}}\n"
	s := mustLoad(t, folderOf(t, files))
	role, _ := s.Framework.Variables.Get("role")
	if d := cmp.Diff([]string{"doctor", "staff"}, role.Categories.IDs()); d != "" {
		t.Errorf("categories (-want +got):\n%s", d)
	}
	src, _ := s.Surveys[0].Waves[0].Codebook.Variables.Get("role")
	want := Map[string]{{ID: "nurse", Value: "doctor"}, {ID: "RN", Value: "staff"}, {ID: "Another role", Value: "staff"}, {ID: "other", Value: "staff"}}
	if d := cmp.Diff(want, src.Map, cmpopts.IgnoreTypes(diag.Pos{})); d != "" {
		t.Errorf("map (-want +got):\n%s", d)
	}
}
