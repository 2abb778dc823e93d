package inspect

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every code that this package gives a problem is explained in the documentation.
func TestCodesAreDocumented(t *testing.T) {
	var pages []byte // inspect.md refers to the other for files that cannot be read
	for _, name := range []string{"inspect.md", "exports.md"} {
		page, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page...)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code, seen := regexp.MustCompile(`Code: "([a-z-]+)"`), 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			if seen++; !strings.Contains(string(pages), "`"+m[1]+"`") {
				t.Errorf("docs/inspect.md does not have %s", m[1])
			}
		}
	}
	if seen < 10 {
		t.Errorf("saw %d codes only", seen)
	}
}
