//go:build browser

package browser

import (
	_ "embed"
	"testing"
)

//go:embed js/layout.js
var layoutScript string

// layout is what layout.js makes out.
type layout struct {
	Beside   []string `json:"beside"`   // elements that reach out of the page to the right
	Wide     float64  `json:"wide"`     // how far the page could be scrolled sideways
	Twice    []string `json:"twice"`    // ids that two elements have
	Missing  []string `json:"missing"`  // references to ids that nothing has
	Skipped  []string `json:"skipped"`  // headings that leave a level out
	TopCount int      `json:"topCount"` // headings of the first level
	Turned   []string `json:"turned"`   // texts in which a sign is drawn after its digits
	Cut      []string `json:"cut"`      // elements whose text does not fit in them and is cut off
}

func (b *tab) layout(t *testing.T) layout {
	t.Helper()
	return ask[layout](t, b, layoutScript)
}

// fits fails where anything lies beside the page, or is cut off.
func (b *tab) fits(t *testing.T) {
	t.Helper()
	l := b.layout(t)
	if l.Wide > 0 {
		t.Errorf("the page scrolls sideways by %v pixels", l.Wide)
	}
	for _, e := range l.Beside {
		t.Errorf("beside the page: %s", e)
	}
	for _, e := range l.Turned {
		t.Errorf("a sign is drawn after its digits: %s", e)
	}
	for _, e := range l.Cut {
		t.Errorf("cut off: %s", e)
	}
}

// sound fails where ids or headings are not in order.
func (b *tab) sound(t *testing.T) {
	t.Helper()
	l := b.layout(t)
	for _, id := range l.Twice {
		t.Errorf("two elements have the id %s", id)
	}
	for _, id := range l.Missing {
		t.Errorf("no element has the id %s, to which something refers", id)
	}
	for _, h := range l.Skipped {
		t.Errorf("a heading leaves a level out: %s", h)
	}
	if l.TopCount != 1 {
		t.Errorf("%d headings of the first level, want 1", l.TopCount)
	}
}
