package normalise

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	codeInSource = regexp.MustCompile(`(?:Code: +|Errorf\(|Warnf\(|problem\()"([a-z]+(?:-[a-z]+)+)"`)
	codeInTable  = regexp.MustCompile("`([a-z]+(?:-[a-z]+)+)`")
)

// Every code that this room or that of the exports gives is documented, and so
// are those that are made of a reason's words.
func TestCodesAreDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, m := range codeInTable.FindAllStringSubmatch(textOf(t, "../../docs/exports.md"), -1) {
		documented[m[1]] = true
	}
	used := map[string]bool{}
	for _, pattern := range []string{"*.go", "../export/*.go", "../export/*/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no sources: %v", pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range codeInSource.FindAllStringSubmatch(textOf(t, name), -1) {
				used[m[1]] = true
			}
		}
	}
	for _, reason := range []string{UnknownLabel, NotInRange, NotADate, NotADuration, NoID, TwoAnswers} {
		used[strings.ReplaceAll(reason, " ", "-")] = true
	}
	for _, p := range designProblems {
		used[p.code] = true
	}
	for code := range used {
		if !documented[code] {
			t.Errorf("docs/exports.md does not have %s", code)
		}
	}
}

func textOf(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
