package house

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	required = regexp.MustCompile(`(?m)^(?:require )?\s*([a-z0-9.-]+\.[a-z]+/\S+) v\S+`)
	named    = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")
)

// A module that the code imports has a sentence in the README, and the README
// names none that the code does not import.
func TestDependenciesEarnASentence(t *testing.T) {
	direct := directModules(t)
	readme := readText(t, filepath.Join(root, "README.md"))
	var sentences []string
	for _, m := range named.FindAllStringSubmatch(readme, -1) {
		if strings.Contains(m[1], ".") && strings.Contains(m[1], "/") {
			sentences = append(sentences, m[1])
		}
	}
	for _, d := range direct {
		if !slices.Contains(sentences, d) {
			t.Errorf("README.md has no sentence for %s", d)
		}
	}
	for _, s := range sentences {
		if !slices.Contains(direct, s) {
			t.Errorf("README.md names %s, which nothing imports", s)
		}
	}
	if len(direct) < 10 {
		t.Errorf("saw %d modules only: %v", len(direct), direct)
	}
}

// directModules lists the modules of go.mod that a package or its tests import.
func directModules(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, m := range required.FindAllStringSubmatch(readText(t, filepath.Join(root, "go.mod")), -1) {
		all = append(all, m[1])
	}
	found := map[string]bool{}
	for _, p := range packages(t) {
		for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			owner := ""
			for _, m := range all {
				if below(path, m) && len(m) > len(owner) {
					owner = m
				}
			}
			if owner != "" {
				found[owner] = true
			}
		}
	}
	var out []string
	for m := range found {
		out = append(out, m)
	}
	slices.Sort(out)
	return out
}
