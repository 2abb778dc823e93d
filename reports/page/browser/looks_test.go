//go:build browser

package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// look is a way to look at a page.
type look struct {
	name          string
	width, height int64
	magnified     float64
	media         string // what the page is used for unless given
	features      map[string]string
}

// At 200% a window of 1280 by 800 has room for 640 by 400. In forced colours the
// browser takes the colours of the system and leaves those of the page.
var looks = []look{
	{name: "1280-light", width: 1280, height: 800},
	{name: "1280-dark", width: 1280, height: 800, features: map[string]string{"prefers-color-scheme": "dark"}},
	{name: "1280-forced", width: 1280, height: 800, features: map[string]string{"forced-colors": "active"}},
	{name: "1280-forced-dark", width: 1280, height: 800, features: map[string]string{"forced-colors": "active", "prefers-color-scheme": "dark"}},
	{name: "200-percent", width: 640, height: 400, magnified: 2},
	{name: "390-light", width: 390, height: 844},
	{name: "390-dark", width: 390, height: 844, features: map[string]string{"prefers-color-scheme": "dark"}},
	{name: "320-light", width: 320, height: 640},
}

var (
	desk  = looks[0]
	phone = looks[len(looks)-1]
)

// TestLooks looks at every page in every way.
func TestLooks(t *testing.T) {
	each(t, func(t *testing.T, s study) {
		for _, l := range looks {
			t.Run(l.name, func(t *testing.T) {
				one.as(t, l)
				one.open(t, s)
				one.picture(t, s.kept(l.name+".png"))
				one.fits(t)
				one.unfold(t)
				one.settle(t)
				one.fits(t)
				one.sound(t)
				one.thin(t, l)
				one.faultless(t)
				one.quiet(t)
			})
		}
	})
}

// unfold opens every table, as a reader might.
func (b *tab) unfold(t *testing.T) {
	t.Helper()
	ask[chromedp.Void](t, b, "document.querySelectorAll('details').forEach(d => { d.open = true })")
}

// settle waits until the page is laid out and its scripts have seen it.
func (b *tab) settle(t *testing.T) {
	t.Helper()
	ask[bool](t, b, "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
}

// as has the tab look so at the pages that are opened next.
func (b *tab) as(t *testing.T, l look) {
	t.Helper()
	var features []*emulation.MediaFeature
	for _, name := range []string{"prefers-color-scheme", "forced-colors"} {
		value := l.features[name]
		if value == "" {
			value = map[string]string{"prefers-color-scheme": "light", "forced-colors": "none"}[name]
		}
		features = append(features, &emulation.MediaFeature{Name: name, Value: value})
	}
	call(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: l.width, Height: l.height, DeviceScaleFactor: max(l.magnified, 1),
	})
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: l.media, Features: features})
}
