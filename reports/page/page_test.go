package page

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// drawing is a stand-in for a figure's SVG.
func drawing(text string) []byte {
	return []byte(`<svg class="wide" viewBox="0 0 720 100" aria-hidden="true" focusable="false"><text x="0" y="20">` + text + `</text></svg>`)
}

// figures stand in for drawn ones: two of them share a table, one has none.
func figures() []reports.Figure {
	f := func(id, title, table string) reports.Figure {
		return reports.Figure{ID: id, Title: title, Drawn: "Percent of respondents.", Alt: "All the numbers.", Notes: []string{"[c] confidential: too few answers."}, TableID: table, SVG: drawing("wide"), Narrow: drawing("narrow")}
	}
	return []reports.Figure{
		f("finding", "Of the willing, most lack capacity", "finding"),
		f("side-by-side", "Will is above capacity", "side-by-side"),
		f("capacity-gap-by-setting-rcp", "Capacity gap by setting", "by-setting-rcp"),
		f("ability-gap-by-setting-rcp", "Ability gap by setting", ""),
		f("something-new", "A figure of its own", ""),
	}
}

func write(t testing.TB, r *disclose.Release, figures []reports.Figure) (index, markdown []byte) {
	t.Helper()
	files, err := Write(r, figures, reports.Tables(r))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || files[0].Name != "index.html" || files[1].Name != "report.md" {
		t.Fatalf("the page writes %d files", len(files))
	}
	return files[0].Data, files[1].Data
}

func TestGolden(t *testing.T) {
	s := disclosetest.Study()
	s.Surveys, s.Breakdowns = s.Surveys[1:], s.Breakdowns[1:]
	index, markdown := write(t, disclosetest.Of(t, s), figures())
	for name, got := range map[string][]byte{"index.html": index, "report.md": markdown} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
			t.Errorf("%s differs; look at it, then run with -update:\n%s", name, diff)
		}
	}
}

// hidden is a release in which nothing but one question's ticked answers is shown.
func hidden(t testing.TB, s *study.Study) *disclose.Release {
	t.Helper()
	rows := disclosetest.Rows(s)
	kept := rows[:0]
	for _, row := range rows {
		if row.Survey == reports.Average {
			continue
		}
		if row.Measure != "barriers" || row.Survey != "rcp" || row.Breakdown != "" || row.Contrast != "" {
			row.Base, row.Respondents = 0, 0
		}
		kept = append(kept, row)
	}
	r, _, err := disclose.Protect(disclose.Evidence{ID: "000000000000", Version: "0.0.0", Study: s, Table: disclosetest.Table(kept)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func small(s *study.Study) *study.Study {
	s.Surveys, s.Breakdowns, s.Published, s.Notice = s.Surveys[2:], nil, nil, ""
	s.Framework.Choices = nil
	return s
}

// hostile writes markup wherever a study may have words of its own.
func hostile(s *study.Study) *study.Study {
	const bad = `<script>alert(1)</script>"'=cmd()]](javascript:x)|`
	s.Title, s.Notice = bad, bad
	s.Surveys[1].Title = bad
	s.Framework.Items[0].Value.Title = bad
	s.Framework.Constructs[0].Value.Title = bad
	s.Framework.Choices[0].Value.Title = bad
	s.Framework.Choices[0].Value.Options[0].Value = bad
	s.Framework.Variables[0].Value.Title = bad
	s.Framework.Variables[0].Value.Categories[0].Value = "</table>" + bad
	s.Published[0].Source = bad
	return s
}

func TestPageIsSound(t *testing.T) {
	for name, r := range map[string]*disclose.Release{
		"whole":         disclosetest.Release(t),
		"small":         disclosetest.Of(t, small(disclosetest.Study())),
		"all hidden":    hidden(t, disclosetest.Study()),
		"hostile words": disclosetest.Of(t, hostile(disclosetest.Study())),
	} {
		t.Run(name, func(t *testing.T) {
			index, _ := write(t, r, figures())
			doc, err := html.Parse(bytes.NewReader(index))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(index, []byte("ZgotmplZ")) {
				t.Error("html/template would not print a text where it stands")
			}
			if len(index) > 1_500_000 {
				t.Errorf("the page has %d bytes", len(index))
			}
			checkIDs(t, doc)
			checkHeadings(t, doc)
			checkReach(t, doc)
			checkTables(t, doc)
		})
	}
}

// walk calls f for each element.
func walk(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, f)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// checkIDs holds that ids are unique and that whatever refers to one finds it.
func checkIDs(t *testing.T, doc *html.Node) {
	ids := map[string]bool{}
	walk(doc, func(n *html.Node) {
		id := attr(n, "id")
		if id != "" && ids[id] {
			t.Errorf("id %q is there twice", id)
		}
		ids[id] = true
	})
	walk(doc, func(n *html.Node) {
		refs := strings.Fields(attr(n, "aria-labelledby") + " " + attr(n, "aria-describedby"))
		if href := attr(n, "href"); strings.HasPrefix(href, "#") {
			refs = append(refs, href[1:])
		}
		for _, ref := range refs {
			if !ids[ref] {
				t.Errorf("<%s> refers to %q, which is not there", n.Data, ref)
			}
		}
	})
	for _, want := range []string{"finding", "side-by-side", "groups", "barriers", "questions", "shared-language", "method", "fig-finding"} {
		if !ids[want] {
			t.Errorf("no id %q", want)
		}
	}
}

// checkHeadings holds that headings go down one level at a time, one h1 first.
func checkHeadings(t *testing.T, doc *html.Node) {
	last := 0
	walk(doc, func(n *html.Node) {
		level := slices.Index([]string{"h1", "h2", "h3", "h4"}, n.Data) + 1
		if level == 0 {
			return
		}
		if level > last+1 || level == 1 && last > 0 {
			t.Errorf("h%d after h%d", level, last)
		}
		last = level
	})
}

// checkReach holds that nothing leaves the page: links are to places in it and
// to files beside it, and what is drawn has a name.
func checkReach(t *testing.T, doc *html.Node) {
	file := regexp.MustCompile(`^(#[A-Za-z0-9-]+|data:,|(figures/|tables/)?[a-z0-9.-]+\.(svg|png|csv|xlsx|ods|md|json))$`)
	scripts := 0
	walk(doc, func(n *html.Node) {
		for _, a := range n.Attr {
			if (a.Key == "href" || a.Key == "src") && !file.MatchString(a.Val) {
				t.Errorf("<%s> leads to %q", n.Data, a.Val)
			}
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has a handler %s", n.Data, a.Key)
			}
		}
		switch n.Data {
		case "script":
			scripts++
		case "img", "iframe", "object", "embed", "form":
			t.Errorf("the page has <%s>", n.Data)
		}
		if attr(n, "role") == "img" && (attr(n, "aria-labelledby") == "" || attr(n, "aria-describedby") == "") {
			t.Error("a drawing without name or description")
		}
		if n.Data == "svg" && attr(n, "aria-hidden") != "true" && attr(n, "role") != "img" {
			t.Error("an svg that is neither hidden nor named")
		}
	})
	if scripts != 1 {
		t.Errorf("%d scripts", scripts)
	}
}

// checkTables holds that tables have a caption, column headers that are unique,
// and one row header a row, and no empty cell.
func checkTables(t *testing.T, doc *html.Node) {
	walk(doc, func(n *html.Node) {
		if n.Data != "table" {
			return
		}
		captions, columns := 0, map[string]bool{}
		walk(n, func(c *html.Node) {
			switch {
			case c.Data == "caption":
				captions++
			case c.Data == "th" && attr(c, "scope") == "col":
				if words := content(c); words == "" || columns[words] {
					t.Errorf("table %s: header %q", attr(n, "id"), words)
				}
				columns[content(c)] = true
			case c.Data == "td" || c.Data == "th":
				if content(c) == "" {
					t.Errorf("table %s has an empty cell", attr(n, "id"))
				}
			}
		})
		if captions != 1 || len(columns) == 0 {
			t.Errorf("table %s: %d captions, %d columns", attr(n, "id"), captions, len(columns))
		}
	})
}

func content(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(content(c))
	}
	return strings.TrimSpace(b.String())
}
