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
	page, err := os.ReadFile("../../docs/inspect.md")
	if err != nil {
		t.Fatal(err)
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
			if seen++; !strings.Contains(string(page), "`"+m[1]+"`") {
				t.Errorf("docs/inspect.md does not have %s", m[1])
			}
		}
	}
	if seen < 10 {
		t.Errorf("saw %d codes only", seen)
	}
}
