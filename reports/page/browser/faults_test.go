//go:build browser

package browser

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A page with one of each fault is found out: what the other tests do not complain
// of is not there, and not merely unseen.
func TestFaultsAreFound(t *testing.T) {
	path, err := filepath.Abs(filepath.Join("testdata", "faults.html"))
	if err != nil {
		t.Fatal(err)
	}
	one.as(t, desk)
	one.open(t, study{"faults", path})
	heard := strings.Join(one.heard(), "\n")
	l := one.layout(t)
	var axe []string
	for _, f := range one.faults(t) {
		axe = append(axe, f.ID)
	}
	for what, found := range map[string]bool{
		"a request":                 strings.Contains(heard, "missing.png"),
		"a console message":         strings.Contains(heard, `console.log: "said"`),
		"an id that is there twice": slices.Equal(l.Twice, []string{"twice"}),
		"a link to nowhere":         slices.Equal(l.Missing, []string{"nowhere"}),
		"a level left out":          len(l.Skipped) == 1 && strings.Contains(l.Skipped[0], "h3"),
		"a text beside the page":    len(l.Beside) == 1 && l.Wide > 1000,
		"a number turned round":     len(l.Turned) == 1,
		"a text cut off":            len(l.Cut) == 1,
		"an image without words":    slices.Contains(axe, "image-alt"),
		"pale text":                 slices.Contains(axe, "color-contrast"),
		"a best practice":           slices.Contains(axe, "heading-order"),
	} {
		if !found {
			t.Errorf("%s was not found; axe %v, layout %+v, heard\n%s", what, axe, l, heard)
		}
	}
	ask[chromedp.Void](t, one, controlsScript)
	if n := len(ask[[]string](t, one, "controls()")); n != 3 {
		t.Fatalf("%d controls, want 3", n)
	}
	one.press(t, kb.Tab)
	if at := one.press(t, kb.Tab); at.Place != 1 || !strings.Contains(at.Wrong, "no ring") {
		t.Errorf("at %+v, want a control without a ring", at)
	}
	one.press(t, kb.Tab)
	if at := one.press(t, kb.Tab); at.Place != 2 {
		t.Errorf("at %+v, want to be held where Tab is caught", at)
	}
	one.heard()
}
