//go:build browser

package browser

import (
	_ "embed"
	"testing"

	"github.com/chromedp/chromedp"
)

//go:embed js/extras.js
var extrasScript string

// What the page's script adds does what it says: copies are plain tables with
// their source, sorting orders, filters hide what is of others and nothing else,
// and a link shows what it leads to.
func TestExtras(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		one.as(t, desk)
		one.open(t, s)
		one.settle(t)
		ask[chromedp.Void](t, one, extrasScript)
		for _, what := range []string{"copies", "filters", "sorts", "links"} {
			for _, wrong := range ask[[]string](t, one, "Promise.resolve(extras."+what+"())") {
				t.Errorf("%s: %s", what, wrong)
			}
		}
		one.quiet(t)
	})
}
