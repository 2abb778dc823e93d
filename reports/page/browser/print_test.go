//go:build browser

package browser

import (
	"bytes"
	"os"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// paper is the part of an A4 page that is printed on, in CSS pixels of 1/96 inch:
// 159 mm, as wide as a figure.
var paper = look{name: "paper", width: 601, height: 950, media: "print"}

// pages counts the pages of a PDF by its page objects.
var pages = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// Printed, nothing lies beside the paper, and what is left out is what only a
// screen has: controls, contents, files.
func TestPrints(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		one.as(t, paper)
		one.open(t, s)
		one.printsWhole(t)
		one.unfold(t)
		one.settle(t)
		one.printsWhole(t)

		one.as(t, desk)
		one.open(t, s)
		pdf := one.pdf(t)
		if err := os.WriteFile(s.kept("a4.pdf"), pdf, 0o644); err != nil {
			t.Fatal(err)
		}
		n := len(pages.FindAll(pdf, -1))
		if n < 2 || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("the PDF has %d pages in %d bytes", n, len(pdf))
		}
		t.Logf("%d pages", n)
		one.quiet(t)
	})
}

func (b *tab) pdf(t *testing.T) []byte {
	t.Helper()
	ctx, cancel := b.within()
	defer cancel()
	byStyle := true
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), func(p *page.PrintToPDFParams) { p.PreferCSSPageSize = &byStyle }))
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// printsWhole fails where something would not get onto the paper.
func (b *tab) printsWhole(t *testing.T) {
	t.Helper()
	for _, e := range ask[[]string](t, b, `(() => {
		const shown = [...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && !e.closest('.vh') && !e.matches('svg *'));
		const over = shown.filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
		return over.slice(0, 5).map(e => e.tagName + ' in ' + (e.closest('[id]') || {}).id + ' "' + e.textContent.trim().slice(0, 40) + '" by ' + Math.round(e.getBoundingClientRect().right - document.documentElement.clientWidth));
	})()`) {
		t.Errorf("beside the paper: %s", e)
	}
	if n := ask[int](t, b, "[...document.querySelectorAll('th button')].filter(e => getComputedStyle(e).display !== 'contents').length"); n > 0 {
		t.Errorf("%d headings of tables are buttons on paper, which are not printed again where a table goes on", n)
	}
	for _, e := range ask[[]string](t, b, `[...document.querySelectorAll('button:not(th button), select, .toc, .skip')].filter(e => e.checkVisibility()).slice(0, 5).map(e => e.tagName + ' "' + e.textContent.trim().slice(0, 40) + '"')`) {
		t.Errorf("printed, and of no use on paper: %s", e)
	}
}
