package study

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDefaults(t *testing.T) {
	s := mustLoad(t, folderOf(t, baseFiles(t)))
	if s.Confidence != 0.95 || s.Meaningful != 5 {
		t.Errorf("confidence %v, meaningful %v", s.Confidence, s.Meaningful)
	}
	if d := cmp.Diff(Disclosure{MinBase: 10, MinCount: 5, DistributionBase: 100, Decimals: 1, KeepReleases: 5}, s.Disclosure); d != "" {
		t.Errorf("disclosure (-want +got):\n%s", d)
	}
	will, _ := s.Framework.Constructs.Get("will")
	item, _ := s.Framework.Items.Get("time")
	gap, _ := s.Framework.Gaps.Get("capacity_gap")
	quadrant, _ := s.Framework.Quadrants.Get("held_back")
	if d := cmp.Diff([]any{Decimal("75"), Decimal("0.5"), Names{"mean", "median"}, Names{"mean"}, Names{"mean", "median"}, "Will minus capacity", "High will, low capacity"},
		[]any{will.Positive, will.MinAnswered, will.Statistics, item.Statistics, gap.Statistics, gap.Title, quadrant.Title}); d != "" {
		t.Errorf("framework (-want +got):\n%s", d)
	}
	book := s.Surveys[0].Waves[0].Codebook
	src, _ := book.Items.Get("time")
	if book.Duplicates != "last" || book.Unknown != "fail" || src.Version != 1 || src.Unknown != "fail" {
		t.Errorf("codebook: duplicates %q, unknown %q; item: version %d, unknown %q", book.Duplicates, book.Unknown, src.Version, src.Unknown)
	}
}

func TestGivenValuesStay(t *testing.T) {
	files := baseFiles(t)
	files["study.yaml"] += "confidence: 0.9\nmeaningful: 2.5\ndisclosure: {min_base: 20, decimals: 0, sensitive: [all, time, role]}\n"
	s := mustLoad(t, folderOf(t, files))
	want := Disclosure{MinBase: 20, MinCount: 5, DistributionBase: 100, KeepReleases: 5, SensitiveAll: true, Sensitive: Names{"role", "time"}}
	if d := cmp.Diff(want, s.Disclosure); d != "" || s.Confidence != 0.9 || s.Meaningful != 2.5 {
		t.Errorf("confidence %v, meaningful %v, disclosure (-want +got):\n%s", s.Confidence, s.Meaningful, d)
	}
}

func TestTitles(t *testing.T) {
	f := &Framework{Constructs: Map[Construct]{
		{ID: "will", Value: Construct{Title: "Will"}}, {ID: "nhs", Value: Construct{Title: "NHS support"}}, {ID: "time", Value: Construct{Title: "Élan"}},
	}}
	for _, c := range []struct {
		q    Quadrant
		want string
	}{
		{Quadrant{High: Names{"will"}}, "High will"},
		{Quadrant{Low: Names{"will", "nhs"}}, "Low will and NHS support"},
		{Quadrant{High: Names{"nhs"}, Low: Names{"will"}}, "High NHS support, low will"},
		{Quadrant{High: Names{"will", "nhs", "time"}}, "High will, NHS support and élan"},
	} {
		if got := f.quadrantTitle(c.q); got != c.want {
			t.Errorf("%+v: title %q, want %q", c.q, got, c.want)
		}
	}
}

func TestExports(t *testing.T) {
	files := baseFiles(t)
	for _, name := range []string{"exports/staff-2025-[1].csv", "exports/.staff-2025-x.csv", "exports/~$staff-2025-y.csv", "exports/staff-2025-d.csv/inner.csv"} {
		files[name] = "made up\n"
	}
	files["study.yaml"] = `version: 1
id: tiny
title: A small made-up study
framework: framework.yaml
surveys:
  - id: staff
    title: Staff survey
    codebook: codebooks/staff.yaml
    waves:
      - {id: "2024", exports: [exports/staff-2024.csv, "exports/staff-2025-[1].csv", ./exports/staff-2025-d.csv]}
      - {id: "2025", exports: ["exports/*-b.csv", "*/*staff-2025-[ac].csv"]}
`
	s := mustLoad(t, folderOf(t, files))
	want := [][]string{
		{"exports/staff-2024.csv", "exports/staff-2025-[1].csv", "exports/staff-2025-d.csv"}, // a folder is left to whoever opens it
		{"exports/staff-2025-b.csv", "exports/staff-2025-a.csv"},
	}
	if d := cmp.Diff(want, [][]string{s.Surveys[0].Waves[0].Exports, s.Surveys[0].Waves[1].Exports}); d != "" {
		t.Errorf("exports (-want +got):\n%s", d)
	}
}

func TestNoSuchFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nowhere")
	s, list, err := Load(dir)
	if s != nil || err != nil {
		t.Fatalf("study %v, error %v", s, err)
	}
	want := "missing-file: " + filepath.ToSlash(dir) + ": there is no such file or folder\n"
	if d := cmp.Diff(want, lines(list.Sorted())); d != "" {
		t.Errorf("what is said (-want +got):\n%s", d)
	}
}

func TestExamplesHaveNoProblems(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(examples, "*", "study.yaml"))
	if err != nil || len(names) < 2 {
		t.Fatalf("found %d example studies: %v", len(names), err)
	}
	for _, name := range names {
		if got := said(t, filepath.Dir(name)); got != "" {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}
