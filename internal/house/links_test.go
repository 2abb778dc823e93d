package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	link        = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	inCode      = regexp.MustCompile("`([^`\n]+)`")
	heading     = regexp.MustCompile(`(?m)^#{1,4} (.+)$`)
	anyFence    = regexp.MustCompile("(?ms)^```.*?^```$")
	notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// tops are the module's own folders: a path in the documentation that begins with
// one of them must exist.
var tops = []string{"bench/", "cmd/", "docs/", "internal/", "pipeline/", "reports/", "testdata/", ".ci/"}

// Links of the documentation lead somewhere, and the files that it names exist.
func TestDocumentationLeadsSomewhere(t *testing.T) {
	pages := documentation(t)
	if len(pages) < 10 {
		t.Errorf("saw %d pages only", len(pages))
	}
	for _, page := range pages {
		text := anyFence.ReplaceAllString(readText(t, filepath.Join(root, page)), "")
		for _, m := range link.FindAllStringSubmatch(inCode.ReplaceAllString(text, ""), -1) {
			if why := dead(t, page, m[1]); why != "" {
				t.Errorf("%s: link to %s: %s", page, m[1], why)
			}
		}
		for _, m := range inCode.FindAllStringSubmatch(text, -1) {
			if path := m[1]; isPath(path) && !exists(path) {
				t.Errorf("%s names %s, which is not there", page, path)
			}
		}
	}
}

// documentation lists the pages by their path in the module.
func documentation(t *testing.T) []string {
	t.Helper()
	var pages []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if d.IsDir() && rel != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "out" || d.Name() == "dist" || d.Name() == "data" || rel == filepath.Join("reports", "page", "testdata")) {
			return fs.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			pages = append(pages, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// dead says what is wrong with a link, "" when nothing is. Links to other sites
// are left alone.
func dead(t *testing.T, page, target string) string {
	if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
		return ""
	}
	path, anchor, _ := strings.Cut(target, "#")
	full := page
	if path != "" {
		full = filepath.ToSlash(filepath.Join(filepath.Dir(page), path))
	}
	if !exists(full) {
		return "it is not there"
	}
	if anchor != "" && !hasAnchor(readText(t, filepath.Join(root, full)), anchor) {
		return "no such heading"
	}
	return ""
}

// hasAnchor reports whether a page has a heading of that anchor: its words in
// small letters, joined by hyphens.
func hasAnchor(text, anchor string) bool {
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		words := notInAnchor.ReplaceAllString(strings.ToLower(m[1]), "")
		if strings.ReplaceAll(words, " ", "-") == anchor {
			return true
		}
	}
	return false
}

// isPath reports whether words in code are a path of the module without wildcards.
func isPath(s string) bool {
	if strings.ContainsAny(s, "*<>{} ") || strings.Contains(s, "...") || strings.Contains(s, "/out") {
		return false
	}
	for _, top := range tops {
		if strings.HasPrefix(s, top) {
			return true
		}
	}
	return false
}

func exists(path string) bool {
	_, err := os.Stat(filepath.Join(root, filepath.FromSlash(path)))
	return err == nil
}
