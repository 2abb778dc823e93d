//go:build browser

package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Without JavaScript all that the page says is there: sections, figures, tables that
// unfold. What only scripts can do is not offered.
func TestWithoutJavaScript(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		one.as(t, desk)
		one.open(t, s)
		with := ask[string](t, one, prose)
		one.scripts(t, false)
		defer one.scripts(t, true)
		one.open(t, s)
		without := ask[string](t, one, prose)
		if ask[int](t, one, "document.querySelectorAll('main button, main select').length") > 0 {
			t.Error("there are controls that do nothing")
		}
		if with != without {
			t.Errorf("the page says something else: %s", apart(with, without))
		}
		one.picture(t, s.kept("no-javascript.png"))
		one.fits(t)
		one.do(t, chromedp.Focus(chromedp.CSS("main summary")), chromedp.KeyEvent("\r"))
		if !ask[bool](t, one, "!!document.querySelector('main details[open]')") {
			t.Error("a fold does not open")
		}
		one.unfold(t)
		one.fits(t)
		if n := ask[int](t, one, "[...document.querySelectorAll('.scroll')].filter(e => e.tabIndex < 0).length"); n > 0 {
			t.Errorf("%d frames that may scroll do not take the keyboard", n)
		}
		one.quiet(t)
	})
}

// prose is all text of the page but that of controls and what only they say.
const prose = `(() => {
	const copy = document.querySelector('main').cloneNode(true);
	copy.querySelectorAll('.tools, .toc button, [role=status]').forEach(e => e.remove());
	return copy.textContent.replace(/\s+/g, ' ').trim();
})()`

// apart is where two texts begin to differ.
func apart(a, b string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return strings.ToValidUTF8(a[i:min(i+80, len(a))]+" | "+b[i:min(i+80, len(b))], "")
		}
	}
	return "one is longer"
}
