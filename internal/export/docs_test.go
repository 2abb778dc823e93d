package export

import (
	"os"
	"strings"
	"testing"
)

// docs/platforms.md has a section for every platform, and names each variant of
// the made-up exports with its rows of headings.
func TestPlatformsAreDocumented(t *testing.T) {
	data, err := os.ReadFile("../../docs/platforms.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, section := range strings.Split(string(data), "\n### ")[1:] {
		name, text, _ := strings.Cut(section, "\n")
		sections[name] = text
	}
	for _, p := range platforms {
		if sections[p.Name()] == "" {
			t.Errorf("no section on %s", p.Name())
		}
	}
	for name, f := range wanted {
		if f.Variant == "" || strings.HasSuffix(name, "-by-hand.csv") {
			continue
		}
		row := "\n| " + f.Variant + " | " + string(rune('0'+f.Headings)) + " | "
		if !strings.Contains(sections[f.Platform], row) {
			t.Errorf("%s: the section on %s does not have%s", name, f.Platform, row)
		}
	}
}
