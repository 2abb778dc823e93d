package pipeline_test

import (
	"fmt"
	"html"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A number of one decimal tells nothing by itself where thousands are published.
// What tells a hidden row is its estimate between its limits, as tables and
// sentences have them; its estimate where no shown figure has that text; and any
// of its many digits more than are published.
type forms map[string]bool

// add takes in the forms of a row of private/ or public/estimates.csv.
func (f forms) add(row map[string]string) {
	var one, whole [3]string
	for i, name := range []string{"estimate", "lower", "upper"} {
		x, err := strconv.ParseFloat(row[name], 64)
		if err != nil {
			return
		}
		one[i], whole[i] = short(fixed(x, 1)), fixed(x, 0)
		if i == 0 {
			if strings.Contains(one[0], ".") {
				f[one[0]] = true
			}
			if _, digits, _ := strings.Cut(row[name], "."); len(digits) > deep {
				f[cut(row[name])] = true
			}
		}
	}
	if text := strings.Join(one[:], " "); strings.Contains(text, ".") {
		f[text] = true
	}
	f[fmt.Sprintf("%s (%s to %s)", whole[0], whole[1], whole[2])] = true
}

func fixed(x float64, places int) string {
	s := strconv.FormatFloat(x, 'f', places, 64)
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// short is a number without the 0 that worksheets leave out.
func short(number string) string { return strings.TrimSuffix(number, ".0") }

// deep is more decimals than anything published has.
const deep = 5

func cut(number string) string {
	whole, digits, _ := strings.Cut(number, ".")
	return whole + "." + digits[:min(len(digits), deep)]
}

// tellingForms are those of hidden rows that no shown row has, and the triples of
// shown rows.
func (b *back) tellingForms() (hidden, shown forms) {
	hidden, shown = forms{}, forms{}
	for i, row := range b.private {
		if row["status"] == "c" {
			hidden.add(row)
		} else {
			shown.add(row)
			shown.add(b.public[i])
			for _, f := range figureColumns {
				shown[b.public[i][f]] = true
			}
		}
	}
	maps.DeleteFunc(hidden, func(text string, _ bool) bool { return shown[text] })
	maps.DeleteFunc(shown, func(text string, _ bool) bool { return !strings.Contains(text, " ") })
	return hidden, shown
}

var (
	sentencePattern = regexp.MustCompile(`(-?[0-9]+)%? \((-?[0-9]+) to (-?[0-9]+)\)`)
)

// found are the forms that stand in a text.
func (f forms) found(text string) []string {
	var out []string
	meet := func(s string) {
		if f[s] {
			out = append(out, s)
		}
	}
	for _, m := range sentencePattern.FindAllStringSubmatch(text, -1) {
		meet(fmt.Sprintf("%s (%s to %s)", m[1], m[2], m[3]))
	}
	numbers := numbersIn(text)
	for i, n := range numbers {
		if strings.Contains(n, ".") {
			meet(n)
			if _, digits, _ := strings.Cut(n, "."); len(digits) > deep {
				meet(cut(n))
			}
		}
		if i >= 2 {
			meet(short(numbers[i-2]) + " " + short(numbers[i-1]) + " " + short(n))
		}
	}
	return out
}

// numbersIn are the numbers of a text in their order: digits with at most a minus
// before them and a point among them. A pattern would take most of the test's time.
func numbersIn(text string) []string {
	var out []string
	isDigit := func(i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }
	for i := 0; i < len(text); i++ {
		if !isDigit(i) {
			continue
		}
		from := i
		if i > 0 && text[i-1] == '-' {
			from--
		}
		for isDigit(i) || i < len(text) && text[i] == '.' && isDigit(i+1) {
			i++
		}
		out = append(out, text[from:i])
	}
	return out
}

// readable is what a file says: of markup the texts and the attributes that are
// read out or shown, not where things are drawn.
func readable(name, data string) string {
	switch filepath.Ext(name) {
	case ".html", ".svg", ".xml", ".rels":
		data = html.UnescapeString(tagPattern.ReplaceAllStringFunc(looksPattern.ReplaceAllString(data, ""), func(tag string) string {
			said := " "
			for _, m := range saidPattern.FindAllStringSubmatch(tag, -1) {
				said += m[1] + " | "
			}
			return said
		}))
	}
	data = strings.ReplaceAll(marks.Replace(data), "−", "-")
	return strings.ReplaceAll(data, custom, "")
}

// custom is what every report says of reliability, whatever the data: a number of
// the literature's, and no row's.
const custom = "For comparing groups 0.7 or more is commonly asked for."

// looksPattern is the page's own style sheet and program, which no data is in.
var looksPattern = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>`)

var saidPattern = regexp.MustCompile(`\b(?:title|alt|content|aria-[a-z]+|data-[a-z]+)="([^"]*)"`)

// publicTexts are the public files that hold text, by name; those of workbooks
// part by part.
func (b *back) publicTexts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(b.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(b.folder, path)
		if err != nil {
			return err
		}
		switch filepath.Ext(name) {
		case ".png": // drawn from the same figure as the .svg
			return nil
		case ".xlsx", ".ods":
			for part, data := range zipped(t, path) {
				out[name+"/"+part] = readable(part, data)
			}
			return nil
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(name)] = readable(name, string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// searchTexts looks for hidden rows in all public texts. That the search finds
// what is there shows on shown rows, and on a hidden one that is planted.
func (b *back) searchTexts(t *testing.T, full bool) {
	hidden, shown := b.tellingForms()
	texts := b.publicTexts(t)
	met := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if f := hidden.found(texts[name]); len(f) > 0 {
			t.Errorf("%s holds %d texts of hidden rows, such as %s", name, len(f), f[0])
		}
		met[kindOf(name)] += len(shown.found(texts[name]))
	}
	t.Logf("%d telling forms of hidden rows; forms of shown rows met: %v", len(hidden), met)
	if len(hidden) < 1000 {
		t.Errorf("only %d texts tell a hidden row", len(hidden))
	}
	for _, kind := range []string{"csv", "html", "index.html", "md", "svg", "xlsx", "ods"} {
		if full && met[kind] < 100 {
			t.Errorf("the search met %d texts of shown rows in %s", met[kind], kind)
		}
	}
	if met["csv"] != met["html"] || met["csv"] != met["xlsx"] || met["csv"] != met["ods"] {
		t.Errorf("the search met the tables' shown rows not alike in all forms: %v", met)
	}
	b.planted(t, hidden)
}

func kindOf(name string) string {
	book, _, in := strings.Cut(name, "/")
	if in && strings.HasPrefix(book, "caregap.") || name == "index.html" {
		return strings.TrimPrefix(book, "caregap.")
	}
	return strings.TrimPrefix(filepath.Ext(name), ".")
}

// planted puts hidden rows into made-up files of each kind.
func (b *back) planted(t *testing.T, hidden forms) {
	t.Helper()
	tried := 0
	for _, row := range b.private {
		own := forms{}
		if row["status"] == "c" {
			own.add(row)
		}
		maps.DeleteFunc(own, func(text string, _ bool) bool { return !hidden[text] || strings.Count(text, " ") != 2 })
		for text := range own {
			n := strings.Fields(text)
			for name, say := range map[string]string{
				"a.csv":  "Made-up,%s,%s,%s,12\n",
				"a.md":   "| Made-up | %s | %s | %s |\n",
				"a.html": `<td class="n">%s</td><td>%s</td><td>%s</td>`,
				"a.svg":  `<desc id="desc">Made-up: %s (%s to %s).</desc>`,
				"a.xml":  `<c r="C9"><v>%s</v></c><c r="D9"><v>%s</v></c><c r="E9"><v>%s</v></c>`,
				"a.json": `{"estimate": %s, "lower": %s, "upper": %s}`,
			} {
				if len(hidden.found(readable(name, fmt.Sprintf(say, n[0], n[1], n[2])))) == 0 {
					t.Errorf("%s: the search passes over a planted %s", name, text)
				}
			}
			tried++
		}
		if tried >= 100 {
			return
		}
	}
	t.Errorf("only %d hidden rows were planted", tried)
}
