package page

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
)

// The sections of the report are in their order, and the finding is first.
func TestOrder(t *testing.T) {
	index, _ := write(t, disclosetest.Release(t), figures())
	at := 0
	for _, want := range []string{
		`class="notice"`, "<h1>", `id="finding"`, `class="lead"`, `id="fig-finding"`, `class="toc"`, `id="two-gaps"`, `id="tab-in-each-survey"`, `id="tab-asked"`,
		`id="side-by-side"`, `id="fig-side-by-side"`, `id="change"`, `id="groups"`, `id="barriers"`, `id="questions"`, `id="shared-language"`, `id="method"`, `id="shorthand"`, "<footer>",
	} {
		next := bytes.Index(index[at:], []byte(want))
		if next < 0 {
			t.Fatalf("%s is not there, or not after what goes before it", want)
		}
		at += next
	}
}

// The notice stands first on the page, in the print head and in the footer.
func TestNotice(t *testing.T) {
	index, markdown := write(t, disclosetest.Release(t), figures())
	page := string(index)
	for _, want := range []string{`<div class="notice"><p><b>Made-up data</b>`, `@top-right { content: "Made\2d up data"`, `<footer><p>Made by caregap. Made-up data. Release`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	if !strings.HasPrefix(string(markdown), "# Will, ability and capacity for research in the NHS\n\n**Made-up data**\n") {
		t.Error("report.md does not begin with its notice")
	}
	quiet, _ := write(t, disclosetest.Of(t, small(disclosetest.Study())), nil)
	if strings.Contains(string(quiet), `class="notice"`) {
		t.Error("a notice where the study has none")
	}
}

// Two figures from one table: the first has it, the second leads to it.
func TestFiguresShareATable(t *testing.T) {
	index, _ := write(t, disclosetest.Release(t), figures())
	page := string(index)
	if n := strings.Count(page, `id="tab-by-setting-rcp"`); n != 1 {
		t.Errorf("the table is there %d times", n)
	}
	if !strings.Contains(page, `The numbers are in <a href="#tab-by-setting-rcp">the table for figure 3</a>.`) {
		t.Error("the second figure does not lead to the table")
	}
	if strings.Contains(page, `"tables/something-new.csv"`) {
		t.Error("a figure without a table links to one")
	}
}

// Words of the study are words: none of them becomes markup.
func TestLabelsAreEscaped(t *testing.T) {
	index, markdown := write(t, disclosetest.Of(t, hostile(disclosetest.Study())), figures())
	if bytes.Contains(index, []byte("<script>alert")) || bytes.Contains(index, []byte("</table>&lt;script")) {
		t.Error("a label became markup in the page")
	}
	if !bytes.Contains(index, []byte("&lt;script&gt;alert(1)&lt;/script&gt;")) {
		t.Error("the label is not in the page at all")
	}
	if bytes.Contains(markdown, []byte("<script>")) || regexp.MustCompile(`[^\\]\]\(javascript:`).Match(markdown) {
		t.Error("a label became markup in report.md")
	}
	columns := -1
	for line := range strings.Lines(string(markdown)) {
		if !strings.HasPrefix(line, "|") {
			columns = -1
			continue
		}
		bars := strings.Count(line, "|") - strings.Count(line, `\|`)
		if columns >= 0 && bars != columns {
			t.Fatalf("a row of %d cells in a table of %d: %s", bars, columns, line)
		}
		columns = bars
	}
}

func TestDrawingsAreOnlyDrawings(t *testing.T) {
	for _, svg := range []string{
		`<svg><script>alert(1)</script></svg>`, `<svg><SCRIPT/></svg>`, `<svg><foreignObject/></svg>`, `<svg><image href="http://example.org/a.png"/></svg>`,
		`<svg><a href="https://example.org">x</a></svg>`, `<svg><style>@import</style></svg>`,
	} {
		f := figures()[:1]
		f[0].SVG = []byte(svg)
		r := disclosetest.Release(t)
		if _, err := Write(r, f, reports.Tables(r)); err == nil || !strings.Contains(err.Error(), "figure finding: its drawing holds") {
			t.Errorf("%s: error %v", svg, err)
		}
	}
}

// Where all but a list of barriers is hidden the page is whole, says so, and
// shows no number outside that list.
func TestAllHidden(t *testing.T) {
	index, _ := write(t, hidden(t, disclosetest.Study()), nil)
	page := string(index)
	if !strings.Contains(page, "No number in this release rests on enough answers to lead with.") {
		t.Error("the page does not say that it has no finding")
	}
	before, rest, _ := strings.Cut(page, `<section id="barriers"`)
	_, after, _ := strings.Cut(rest, `<section id="questions"`)
	after, _, _ = strings.Cut(after, `<section id="method"`)
	number := regexp.MustCompile(`<td class="n">[^<\[]*\d+\.\d[^<]*</td>`)
	if cells := number.FindAllString(before+after, -1); len(cells) > 0 {
		t.Errorf("numbers are shown: %s", cells)
	}
	if len(number.FindAllString(rest, -1)) == 0 {
		t.Error("the barriers are not shown; this test sees nothing")
	}
}

// A drawing of nothing but codes is left out; its table stays, folded, with a
// line that says so. Who was asked can be told all the same.
func TestNothingToDraw(t *testing.T) {
	index, _ := write(t, hidden(t, disclosetest.Study()), figures())
	page := string(index)
	if strings.Contains(page, `id="fig-side-by-side"`) || strings.Contains(page, `id="fig-capacity-gap-by-setting-rcp"`) {
		t.Error("a drawing without an estimate is on the page")
	}
	for _, want := range []string{`id="tab-side-by-side"`, "No number can be shown here."} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	if asked := regexp.MustCompile(`<p class="asked">(NHS R&amp;D Forum 2022\. .*Royal College of Physicians 2023\. .*NIHR Clinical Research Network 2020\. .*)</p>`); !asked.MatchString(page) {
		t.Error("the page does not say who was asked")
	}
	shown, _ := write(t, disclosetest.Release(t), figures())
	if !strings.Contains(string(shown), `id="fig-side-by-side"`) || strings.Contains(string(shown), "No number can be shown here.") {
		t.Error("a drawing with estimates is not on the page")
	}
}

// Every table of a release is on the page, or the page leads to its file.
func TestEveryTableIsReached(t *testing.T) {
	r := disclosetest.Release(t)
	index, _ := write(t, r, figures())
	onPage, filesOnly := 0, 0
	for _, x := range reports.Tables(r) {
		if !bytes.Contains(index, []byte(`"tables/`+x.ID+`.csv"`)) {
			t.Errorf("the page does not lead to the file of %s", x.ID)
		}
		switch {
		case x.FilesOnly:
			filesOnly++
		case bytes.Contains(index, []byte(`id="tab-`+x.ID+`"`)):
			onPage++
		default:
			t.Errorf("the page does not have %s", x.ID)
		}
	}
	if onPage < 20 || filesOnly < 3 {
		t.Errorf("this test saw %d tables on the page and %d in files only", onPage, filesOnly)
	}
}

func TestSameBytes(t *testing.T) {
	a, am := write(t, disclosetest.Release(t), figures())
	b, bm := write(t, disclosetest.Release(t), figures())
	if !bytes.Equal(a, b) || !bytes.Equal(am, bm) {
		t.Error("two pages of one release differ")
	}
}

func TestTextsInStyles(t *testing.T) {
	for in, want := range map[string]string{"": "", "Made-up data:": `Made\2d up data\3a `, `"}</style>`: `\22 \7d \3c \2f style\3e `, "Größe 1": "Größe 1"} {
		if got := cssText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSplitNotice(t *testing.T) {
	for _, c := range []struct{ in, lead, rest string }{
		{"Made-up data", "Made-up data", ""},
		{"Made-up data.", "Made-up data.", ""},
		{"Made-up data: do not quote", "Made-up data:", " do not quote"},
		{"", "", ""},
	} {
		if lead, rest := splitNotice(c.in); lead != c.lead || rest != c.rest {
			t.Errorf("%q: %q and %q", c.in, lead, rest)
		}
	}
}
