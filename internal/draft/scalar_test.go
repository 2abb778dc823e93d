package draft

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/study"
)

// odd are texts that YAML, or one of its readers, could take for something else.
var odd = []string{
	"yes", "No", "NULL", "~", "true", "on", "01", "1e3", "0x1F", "1_000", ".inf", "2020-01-06", "12:30", "- a", "? a", ": a", "a: b", "a:", "a #b", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`",
	`"a"`, `a "b" c`, "'a'", "it's", `C:\new`, "[a]", "{a}", "a, b", "a  b", "<<", "=", "--- a", "...", "Größe", "naïve café", "日本語", "👩‍⚕️ nurse", "a b", "“quoted”", "x", strings.Repeat("long ", 40) + "x",
	"a\u2028b", "a\u0085b", "\ufeffa", "tab\tin", "50%", "£5", "> 60", "a/b", "N/A", "-1", "+44", "x\u200by",
}

func texts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom(odd),
		rapid.StringMatching(`[ -~]{1,40}`),
		rapid.StringN(1, 200, -1),
	)
}

// What is written as a value and as a key is read back as it is.
func TestScalarsAreReadBack(t *testing.T) {
	dir := t.TempDir()
	for _, text := range odd {
		if d := cmp.Diff(readable(text), readBack(t, dir, readable(text))); d != "" {
			t.Errorf("%q (-written +read):\n%s", text, d)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		text := readable(texts().Draw(r, "text"))
		if d := cmp.Diff(text, readBack(t, dir, text)); d != "" {
			r.Fatalf("%q (-written +read):\n%s", text, d)
		}
	})
}

// readable is a text as headings and labels are before they are written: not blank,
// and valid.
func readable(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || r == 0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }) == "" {
		return "blank"
	}
	return text
}

// readBack writes a text as a category's label, as a column and as a label of a map,
// and returns what all three are read as.
func readBack(t *testing.T, dir, text string) string {
	t.Helper()
	for name, body := range map[string]string{
		"study.yaml": "version: 1\nid: s\ntitle: S\nframework: framework.yaml\nsurveys:\n- {id: a, title: A, codebook: book.yaml, waves: [{id: w, exports: e.csv}]}\n",
		"framework.yaml": fmt.Sprintf("version: 1\nscales: {s: {min: 1, max: 3, positive: [3]}}\nconstructs: {c: {title: C, items: [i]}}\nitems: {i: {title: %s, scale: s}}\n"+
			"variables: {v: {title: V, categories: {a: A}}}\n", scalar(text)),
		"book.yaml": fmt.Sprintf("version: 1\nitems: {i: {column: %s}}\nvariables:\n  v: {column: [V, %[1]s], map: {%[1]s: a}}\n", scalar(text)),
		"e.csv":     "x\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, list, err := study.Load(dir)
	if err != nil || s == nil {
		return fmt.Sprint(err, list.Sorted())
	}
	book := s.Surveys[0].Waves[0].Codebook
	item, _ := s.Framework.Items.Get("i")
	for _, got := range []string{item.Title, book.Items[0].Value.Column[0], book.Variables[0].Value.Column[1]} {
		if got != text {
			return got
		}
	}
	return book.Variables[0].Value.Map[0].ID
}

// A comment stays one, whatever is in it.
func TestRemarksAreOneLine(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := &page{}
		p.put(2, "a: b", texts().Draw(r, "note"))
		p.say(0, texts().Draw(r, "remark")+" end")
		for i, l := range strings.Split(strings.TrimSuffix(p.String(), "\n"), "\n") {
			if i == 0 && !strings.HasPrefix(l, "  a: b") || i > 0 && !strings.HasPrefix(l, "# ") {
				r.Fatalf("line %d is %q", i+1, l)
			}
		}
	})
}
