package cli

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// evil are texts that a spreadsheet would run, and a page, a picture or Markdown would
// follow or load.
var evil = []string{
	"=cmd()|' /C calc'!A0", "+1+cmd", "-x", "@SUM(1)", "\t=1+1", "=HYPERLINK(\"http://evil.example\",\"x\")", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`,
	"](javascript:alert(1))", "![x](http://evil.example/x.png)", "[x](http://evil.example)", `<a href="http://evil.example">x</a>`, "</title></svg><script>", "]]><x>", "|a|b|",
	"# head", "{{.}}", "&lt;b&gt;", "`${7*7}`",
}

// evilStudy uses such texts wherever a study or its export may hold one, and ids that
// are devices on Windows.
func evilStudy(t *testing.T) string {
	t.Helper()
	dir, next := t.TempDir(), 0
	word := func() string { next++; return evil[next%len(evil)] + " " + strconv.Itoa(next) }
	quoted := func() string { return strconv.Quote(word()) }
	options := []string{word(), word(), word()}
	con := []string{word(), word()}
	put := func(name, format string, args ...any) {
		full := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, fmt.Appendf(nil, format, args...), 0o600))
	}
	put("framework.yaml", "version: 1\nscales:\n  s: {options: [%q, %q, %q], positive: [%q]}\n"+
		"constructs: {will: {title: %s, items: [w]}, capacity: {title: %s, items: [c]}}\nitems: {w: {title: %s, scale: s}, c: {title: %s, scale: s}}\n"+
		"gaps: {nul: {title: %s, of: will, minus: capacity}}\nquadrants: {prn: {title: %s, high: will, low: capacity}}\n"+
		"choices: {aux: {title: %s, options: {com1: %q, lpt1: %q}}}\nvariables: {con: {title: %s, categories: {a: %q, b: %q}}}\n",
		options[0], options[1], options[2], options[2], quoted(), quoted(), quoted(), quoted(), quoted(), quoted(), quoted(), con[0], con[1], quoted(), con[0], con[1])
	put("study.yaml", "version: 1\nid: nul\ntitle: %s\nnotice: %s\nframework: framework.yaml\nbreakdowns: [con]\nsurveys:\n"+
		"  - {id: con, title: %s, codebook: a.yaml, waves: [{id: \"=1 <b>\", exports: [\"=a <b>.csv\"]}, {id: \"..\", exports: [b.csv]}]}\n"+
		"published: [{measure: w, statistic: share, level: positive, survey: con, wave: \"..\", estimate: 5, base: 50, source: %s}]\n", quoted(), quoted(), quoted(), quoted())
	put("a.yaml", "version: 1\nid: \"=id\"\nunknown: invalid\nkeep: {\"=fin\": [\"=yes\"]}\nitems: {w: {column: \"+w\"}, c: {column: \"@c\"}}\nchoices: {aux: {columns: \"stops - *\"}}\nvariables: {con: {column: \"-con\"}}\n")
	for _, name := range []string{"=a <b>.csv", "b.csv"} {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		must(t, w.Write([]string{"=id", "=fin", "+w", "@c", "stops - " + con[0], "stops - " + con[1], "-con"}))
		for n := range 200 {
			fin, answer := "=yes", options[n%3]
			if n%9 == 0 {
				fin = "=no"
			}
			if n%10 == 0 {
				answer = evil[n/10%len(evil)]
			}
			must(t, w.Write([]string{"=" + name + strconv.Itoa(n), fin, answer, options[n/3%3], "Yes", "", con[n%2]}))
		}
		w.Flush()
		put(name, "%s", b.String())
	}
	return dir
}

// Workbooks, tables, pages, pictures and Markdown are opened by people who trust them:
// nothing in them runs, loads or leads anywhere, whatever a study and its exports say.
func TestNothingRuns(t *testing.T) {
	dir := evilStudy(t)
	if said, code := says(t, "run", dir, "--json"); code != exitDone {
		t.Fatalf("exit code %d:\n%s", code, said)
	}
	kinds := map[string]int{}
	must(t, filepath.WalkDir(filepath.Join(dir, "out", "releases"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		must(t, err)
		kind := filepath.Ext(path)
		kinds[kind]++
		if windowsDevice.MatchString(d.Name()) {
			t.Errorf("%s is a device on Windows", d.Name())
		}
		if check := checkers[kind]; check != nil {
			check(t, d.Name(), data)
		}
		return nil
	}))
	for _, kind := range []string{".csv", ".html", ".md", ".svg", ".xlsx", ".ods"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s was looked at", kind)
		}
	}
}

var windowsDevice = regexp.MustCompile(`(?i)^(con|nul|aux|prn|com\d|lpt\d)(\.|$)`)

var checkers = map[string]func(t *testing.T, name string, data []byte){
	".csv": harmlessCells, ".html": harmlessPage, ".svg": harmlessPicture, ".md": harmlessMarkdown, ".xlsx": harmlessBook, ".ods": harmlessBook,
}

func harmlessCells(t *testing.T, name string, data []byte) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	must(t, err)
	for _, row := range rows {
		for _, cell := range row {
			if _, err := strconv.ParseFloat(cell, 64); cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) && err != nil {
				t.Errorf("%s has a cell %q", name, cell)
			}
		}
	}
}

// address matches what leads out of a file.
var address = regexp.MustCompile(`(?i)^\s*(//|[a-z][a-z0-9+.-]*:)`)

func harmlessPage(t *testing.T, name string, data []byte) {
	scripts, policy := 0, ""
	for z := html.NewTokenizer(bytes.NewReader(data)); z.Next() != html.ErrorToken; {
		token := z.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		at := map[string]string{}
		for _, a := range token.Attr {
			at[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src" || a.Key == "action") && address.MatchString(a.Val) && !strings.HasPrefix(a.Val, "data:") {
				t.Errorf("%s: <%s %s=%q>", name, token.Data, a.Key, a.Val)
			}
		}
		switch token.Data {
		case "script":
			scripts++
		case "iframe", "object", "embed", "base", "form", "img":
			t.Errorf("%s: <%s>", name, token.Data)
		case "meta":
			if at["http-equiv"] == "Content-Security-Policy" {
				policy = at["content"]
			}
		}
	}
	if scripts > 1 || !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("%s: %d scripts, policy %q", name, scripts, policy)
	}
}

func harmlessPicture(t *testing.T, name string, data []byte) {
	d := xml.NewDecoder(bytes.NewReader(data))
	for token, err := d.Token(); token != nil; token, err = d.Token() {
		must(t, err)
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "script", "a", "image", "use", "foreignObject", "style":
			t.Errorf("%s: <%s>", name, start.Name.Local)
		}
		for _, a := range start.Attr {
			if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href" {
				t.Errorf("%s: %s=%q", name, a.Name.Local, a.Value)
			}
		}
	}
}

// live matches what Markdown makes of addresses and markup that is not escaped.
var live = regexp.MustCompile(`(?i)(^|[^\\])(\]\([a-z]+:|<[a-z/!]|https?://|www\.)`)

func harmlessMarkdown(t *testing.T, name string, data []byte) {
	for _, m := range live.FindAllString(string(data), 3) {
		t.Errorf("%s has %q", name, m)
	}
}

func harmlessBook(t *testing.T, name string, data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	text := string(unzipped(t, data))
	for _, bad := range []string{"<f>", "<f ", "table:formula", `TargetMode="External"`, `xlink:href="http`, "vbaProject", "externalLink", "<script"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s has %s", name, bad)
		}
	}
	for _, f := range z.File {
		if strings.Contains(f.Name, "..") || strings.HasPrefix(f.Name, "/") {
			t.Errorf("%s has a part %s", name, f.Name)
		}
	}
}

// Ids that make one file name of two are said, and not found out by a table that is
// not there.
func TestClashingNames(t *testing.T) {
	dir := evilStudy(t)
	for _, name := range []string{"framework.yaml", "a.yaml"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, name), bytes.ReplaceAll(data, []byte("{aux: "), []byte("{items: ")), 0o600))
	}
	said, code := says(t, "run", dir)
	if code != exitFailed || !strings.Contains(said, "items-con") || !strings.Contains(said, "rename") {
		t.Errorf("exit code %d: %s", code, said)
	}
}
