//go:build browser

package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	releases = flag.String("releases", "", "folder of one output folder a study, as caregap run writes it")
	axeFile  = flag.String("axe", "", "axe.min.js of axe-core")
	keep     = flag.String("keep", "", "folder for pictures and prints")
	program  = flag.String("chromium", "chromium", "the browser")
	only     = flag.String("only", "", "one study alone")
)

// example is the study whose page must be small and quick.
const example = "care"

// one is the browser's only tab, which all tests use in turn.
var one *tab

func TestMain(m *testing.M) {
	flag.Parse()
	if *releases == "" || *axeFile == "" || *keep == "" {
		fmt.Fprintln(os.Stderr, "run make test-browser, which makes what these tests are given by -releases, -axe and -keep")
		os.Exit(64)
	}
	os.Exit(start(m))
}

// start runs the tests in a browser of its own, with a profile that is thrown away.
func start(m *testing.M) int {
	axe, err := os.ReadFile(*axeFile)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := os.MkdirAll(*keep, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(*program),
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("hide-scrollbars", false))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to be run by root otherwise
	}
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(allocator)
	defer cancel()
	one = &tab{ctx: ctx, axe: string(axe)}
	if err := one.listen(); err != nil {
		fmt.Fprintln(os.Stderr, "chromium does not start:", err)
		return 1
	}
	return m.Run()
}

// study is one study's page.
type study struct{ id, page string }

func (s study) kept(name string) string { return filepath.Join(*keep, s.id+"-"+name) }

// studies lists the pages, in the order of the studies' names.
func studies(t *testing.T) []study {
	t.Helper()
	entries, err := os.ReadDir(*releases)
	if err != nil {
		t.Fatal(err)
	}
	var all []study
	for _, e := range entries {
		path, err := filepath.Abs(filepath.Join(*releases, e.Name(), "current", "public", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err == nil && (*only == "" || *only == e.Name()) {
			all = append(all, study{e.Name(), path})
		}
	}
	if len(all) == 0 {
		t.Fatalf("no page in %s", *releases)
	}
	return all
}

// each runs a test on every page.
func each(t *testing.T, test func(*testing.T, study)) {
	for _, s := range studies(t) {
		t.Run(s.id, func(t *testing.T) { test(t, s) })
	}
}
