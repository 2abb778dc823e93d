//go:build browser

package browser

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed js/controls.js
var controlsScript string

// focus is where the keyboard is: the control's place in the order of the page, or
// a negative number.
type focus struct {
	Place int    `json:"place"`
	Name  string `json:"name"`
	Wrong string `json:"wrong"`
}

func (b *tab) press(t *testing.T, keys string, options ...chromedp.KeyOption) focus {
	t.Helper()
	b.do(t, chromedp.KeyEvent(keys, options...))
	return ask[focus](t, b, "focused()")
}

// byKeyboard opens a page for the keyboard.
func (b *tab) byKeyboard(t *testing.T, s study, l look) []string {
	t.Helper()
	b.as(t, l)
	b.open(t, s)
	b.settle(t)
	ask[chromedp.Void](t, b, controlsScript)
	return ask[[]string](t, b, "controls()")
}

// The Tab key goes to each control once, in the order of the page, and shows where
// it is; after the last one it leaves the page. Nothing holds it.
func TestEveryControlIsReached(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		for _, l := range []look{desk, phone} {
			t.Run(l.name, func(t *testing.T) {
				want := one.byKeyboard(t, s, l)
				if len(want) < 10 {
					t.Fatalf("%d controls: %q", len(want), want)
				}
				for i := range want {
					at := one.press(t, kb.Tab)
					if at.Place != i {
						t.Fatalf("after %d presses of Tab at %s, want %s", i+1, at.Name, want[i])
					}
					if at.Wrong != "" {
						t.Errorf("%s: %s", at.Name, at.Wrong)
					}
				}
				if at := one.press(t, kb.Tab); at.Place >= 0 && at.Place != 0 {
					t.Errorf("after the last control at %s", at.Name)
				}
				one.quiet(t)
			})
		}
	})
}

// The first control leads past the head of the page.
func TestSkipLink(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		one.byKeyboard(t, s, desk)
		if at := one.press(t, kb.Tab); !strings.Contains(at.Name, "Skip to") || at.Wrong != "" {
			t.Fatalf("first %s %s", at.Name, at.Wrong)
		}
		one.press(t, kb.Enter)
		if at := ask[string](t, one, "location.hash"); at != "#finding" {
			t.Errorf("the link leads to %q", at)
		}
		if top := ask[float64](t, one, "document.getElementById('finding').getBoundingClientRect().top"); top < -1 || top > 800 {
			t.Errorf("the finding is at %.0f of the window", top)
		}
		one.press(t, kb.Tab)
		if !ask[bool](t, one, `!!(document.getElementById('finding').compareDocumentPosition(document.activeElement) & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING))`) {
			t.Error("the next control lies before the finding")
		}
		one.quiet(t)
	})
}

// to puts the keyboard on the first element that a selector finds, as if it had
// been tabbed to.
func (b *tab) to(t *testing.T, selector string) bool {
	t.Helper()
	return ask[bool](t, b, `(() => {
		const e = [...document.querySelectorAll(`+"`"+selector+"`"+`)].find(e => e.checkVisibility());
		if (e) e.focus({focusVisible: true});
		return !!e && document.activeElement === e;
	})()`)
}

// Each kind of control does with a key what it does with the mouse.
func TestControlsAreOperable(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		one.byKeyboard(t, s, desk)
		for _, c := range []struct {
			what, control, key, works string
		}{
			{"a fold opens", "main summary", kb.Enter, "document.activeElement.parentElement.open"},
			{"a fold closes", "main summary", " ", "!document.activeElement.parentElement.open"},
			{"all tables open", ".toc button", kb.Enter, "[...document.querySelectorAll('main details')].every(d => d.open)"},
			{"a heading sorts", "th button", kb.Enter, "document.activeElement.closest('th').getAttribute('aria-sort') === 'ascending'"},
			{"a heading sorts the other way", "th button", " ", "document.activeElement.closest('th').getAttribute('aria-sort') === 'descending'"},
			{"a table is copied", ".tools button", kb.Enter, "document.activeElement.textContent.startsWith('Copied')"},
			{"a link of the contents leads on", ".toc li:last-child a", kb.Enter, "location.hash.length > 1 && !!document.querySelector('.toc li:last-child a[href=\"' + location.hash + '\"]')"},
			{"a filter takes a value", ".tools select", kb.ArrowDown, "document.activeElement.selectedIndex === 1"},
			{"a frame scrolls", ".scroll[tabindex]", kb.ArrowRight, scrolls},
		} {
			if !one.to(t, c.control) {
				if !optional[c.control] {
					t.Errorf("%s: there is no %s that takes the keyboard", c.what, c.control)
				}
				continue
			}
			one.do(t, chromedp.KeyEvent(c.key))
			if !ask[bool](t, one, c.works) {
				t.Errorf("%s: not with the keyboard, at %s", c.what, ask[focus](t, one, "focused()").Name)
			}
		}
		one.quiet(t)
	})
}

// optional are controls that a study may do without: with one survey there is
// nothing to filter by, and no table may be wider than the window.
var optional = map[string]bool{".tools select": true, ".scroll[tabindex]": true}

// scrolls waits for a frame to have moved, as scrolling takes some pictures.
const scrolls = `new Promise(done => {
	const frame = document.activeElement, until = performance.now() + 2000;
	const look = () => frame.scrollLeft > 0 ? done(true) : performance.now() > until ? done(false) : requestAnimationFrame(look);
	look();
})`

// A frame that scrolls takes the keyboard on a phone, and one that does not is no
// stop on the way.
func TestFramesTakeTheKeyboard(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		one.byKeyboard(t, s, phone)
		one.unfold(t)
		one.settle(t)
		wrong := ask[[]string](t, one, `[...document.querySelectorAll('.scroll')].filter(e => e.checkVisibility())
			.filter(e => (e.scrollWidth > e.clientWidth + 1) !== (e.tabIndex === 0)).map(e => e.querySelector('table').id)`)
		for _, id := range wrong {
			t.Errorf("table %s scrolls and does not take the keyboard, or the other way round", id)
		}
		if !one.to(t, ".scroll[tabindex]") {
			t.Fatal("no frame scrolls at 320 pixels")
		}
		one.do(t, chromedp.KeyEvent(kb.ArrowRight))
		if !ask[bool](t, one, scrolls) {
			t.Error("a frame does not scroll with the arrow key")
		}
		one.quiet(t)
	})
}
