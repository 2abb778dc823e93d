//go:build browser

package browser

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long anything may take in the browser before the test gives up.
const patience = 5 * time.Minute

// tab is a browser's tab, and what its page said and asked for.
type tab struct {
	ctx context.Context
	axe string

	mu    sync.Mutex
	noise []string
	at    string // address of the page that is open
}

// listen starts the browser and notes whatever pages say and fetch from now on.
func (b *tab) listen() error {
	err := chromedp.Listen(b.ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			b.note("console.%s: %s", e.Type, said(e.Args))
		case *runtime.EventExceptionThrown:
			b.note("exception: %s", e.ExceptionDetails.Text)
		case *cdplog.EventEntryAdded:
			b.note("%s, %s: %s", e.Entry.Source, e.Entry.Level, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			b.asked(e.Request.URL)
		}
	})
	if err != nil {
		return err
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	_, err = chromedp.Call(b.ctx, cdplog.Enable, cdp.Empty{})
	return err
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		words = append(words, strings.TrimSpace(string(a.Value)+" "+a.Description))
	}
	return strings.Join(words, " ")
}

func (b *tab) note(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.noise = append(b.noise, fmt.Sprintf(format, args...))
}

// asked notes a request for anything but the page itself. What a data: address
// holds is in the page already.
func (b *tab) asked(address string) {
	b.mu.Lock()
	own := address == b.at || strings.HasPrefix(address, "data:") || address == "about:blank"
	b.mu.Unlock()
	if !own {
		b.note("request for %s", address)
	}
}

// heard is what the page said or fetched since the last call.
func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	noise := b.noise
	b.noise = nil
	return noise
}

// quiet fails where the page said or fetched anything since the last call.
func (b *tab) quiet(t *testing.T) {
	t.Helper()
	for _, n := range b.heard() {
		t.Error(n)
	}
}

// within is the tab's context, for as long as anything may take.
func (b *tab) within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(b.ctx, patience)
}

// do runs actions in the tab.
func (b *tab) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := b.within()
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// call gives the browser a command of its protocol.
func call[P, R any](t *testing.T, b *tab, command cdp.Command[P, R], params P) R {
	t.Helper()
	ctx, cancel := b.within()
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// ask evaluates a script in the page and returns what it comes to.
func ask[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	ctx, cancel := b.within()
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// open shows a study's page anew.
func (b *tab) open(t *testing.T, s study) {
	t.Helper()
	address := (&url.URL{Scheme: "file", Path: filepath.ToSlash(s.page)}).String()
	b.mu.Lock()
	b.at = address
	b.mu.Unlock()
	b.do(t, chromedp.Navigate("about:blank"), chromedp.Navigate(address))
}

// tallest is how much of a page is kept as a picture: what lies lower is more of
// the same, and Chromium draws no picture that is taller.
const tallest = 16000

// picture keeps the page from top to bottom as a PNG.
func (b *tab) picture(t *testing.T, path string) {
	t.Helper()
	size := ask[struct {
		Width  float64 `json:"width"`
		Height float64 `json:"height"`
		Dense  float64 `json:"dense"`
	}](t, b, `({width: innerWidth, height: document.documentElement.scrollHeight, dense: devicePixelRatio})`)
	beyond := true
	png := call(t, b, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Clip:                  &page.Viewport{Width: size.Width, Height: min(size.Height, tallest/size.Dense), Scale: 1},
		CaptureBeyondViewport: &beyond,
		OptimizeForSpeed:      &beyond,
	})
	if err := os.WriteFile(path, png.Data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// scripts lets the page's own scripts run, or not.
func (b *tab) scripts(t *testing.T, run bool) {
	t.Helper()
	call(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
}
