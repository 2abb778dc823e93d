package pipeline_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// mergeRules are those of the example study's study.yaml.
var mergeRules = regexp.MustCompile(`(?m)^merge:\r?\n(?:  .*\n)+`)

// loadUnmerged is the example study without its merge rules: with the groups that
// the exports have.
func loadUnmerged(t *testing.T) *study.Study {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "testdata", "studies", "care"))); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "study.yaml")
	text := readFile(t, file)
	if found := len(mergeRules.FindAll(text, -1)); found != 1 {
		t.Fatalf("study.yaml has %d lists of merge rules, expected one", found)
	}
	write(t, file, mergeRules.ReplaceAll(text, nil))
	s := loadKeyed(t, folder)
	if len(s.Merged) > 0 {
		t.Fatalf("still merged: %v", s.Merged)
	}
	return s
}

// unmerged is a release of that study, which tests may read and not change.
func unmerged(t *testing.T) *pipeline.Result {
	t.Helper()
	if shared.unmerged == nil {
		r, err := pipeline.Run(t.Context(), loadUnmerged(t), pipeline.Options{Out: sharedFolder(t, "unmerged")})
		if err != nil {
			t.Fatal(err)
		}
		shared.unmerged = r
	}
	return shared.unmerged
}

// unmergedRespondents are the respondents with the groups of the exports, so that R
// puts them together by itself.
func unmergedRespondents(t *testing.T) []byte {
	t.Helper()
	people, err := pipeline.People(t.Context(), loadUnmerged(t))
	if err != nil {
		t.Fatal(err)
	}
	return dumpRespondents(t, filepath.Join(unmerged(t).Release.Path, "private", "respondents"), people)
}

// apart are the estimates by staff group as the exports have it, which R has under a
// name of its own: groups of two or three are where estimates are most easily wrong.
func apart(t *testing.T) estimates {
	t.Helper()
	list := records(t, readFile(t, filepath.Join(unmerged(t).Release.Path, "private", "estimates.csv")))
	at := slices.Index(list[0], "breakdown")
	out := list[:1]
	for _, row := range list[1:] {
		if variable, rest, _ := strings.Cut(row[at], ":"); variable == "staff_group" {
			row[at] = strings.TrimSuffix(variable+"_apart:"+rest, ":")
			out = append(out, row)
		}
	}
	return tableOf(t, out)
}
