//go:build browser

package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// fault is what axe-core holds against some elements of a page.
type fault struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
	Count int      `json:"count"`
}

// All rules of axe-core that are not experimental are asked, best practices too.
// The first few elements of each fault are named. What is inside a drawing is left
// out: to a reader of the page it is one image with words of its own, and axe-core
// does not know the colours of drawn text.
const runAxe = `axe.run({exclude: ['.draw svg']}, {resultTypes: ['violations'], preload: false}).then(r => r.violations.map(v => ({
	id: v.id, help: v.help, count: v.nodes.length,
	nodes: v.nodes.slice(0, 4).map(n => n.target.join(' ') + ': ' + n.any.concat(n.all, n.none).map(c => c.message).join('; ')),
})))`

// faults is what axe-core finds.
func (b *tab) faults(t *testing.T) []fault {
	t.Helper()
	ask[chromedp.Void](t, b, b.axe)
	return ask[[]fault](t, b, runAxe)
}

// faultless fails with what axe-core finds.
func (b *tab) faultless(t *testing.T) {
	t.Helper()
	began := time.Now()
	for _, f := range b.faults(t) {
		t.Errorf("axe: %s (%s), %d elements\n\t%s", f.ID, f.Help, f.Count, strings.Join(f.Nodes, "\n\t"))
	}
	t.Logf("axe took %v", time.Since(began).Round(10*time.Millisecond))
}

// thin leaves the first rows of each table only. All rows are made alike, and
// axe-core looks at each cell in turn: a page of many tables would take minutes. On
// a desk most rows stay.
func (b *tab) thin(t *testing.T, l look) {
	t.Helper()
	rows := 2
	if l.name == desk.name {
		rows = 12
	}
	ask[chromedp.Void](t, b, fmt.Sprintf("document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(%d).forEach(row => row.remove()))", rows))
}
