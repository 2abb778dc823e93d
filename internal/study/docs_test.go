package study

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const documentation = "../../docs/study-files.md"

var (
	keyTable     = regexp.MustCompile(`(?s)<!-- keys (\w+) -->\n.*?<!-- end -->`)
	exampleBlock = regexp.MustCompile("(?s)```(?:yaml|csv) name=(\\S+)\n(.*?)```")
	codeInTable  = regexp.MustCompile("`([a-z]+(?:-[a-z]+)+)`")
	codeInSource = regexp.MustCompile(`(?:Code: |Errorf\(|Warnf\(|problem\(|report\(\w+, |refuse\(\w+, |bad\(\w+, |= |, )"([a-z]+(?:-[a-z]+)+)"`)
)

// TestKeyTables holds the tables of the documentation to the structs' tags.
func TestKeyTables(t *testing.T) {
	text := read(t, documentation)
	documented := map[string]bool{}
	got := keyTable.ReplaceAllStringFunc(text, func(block string) string {
		name := keyTable.FindStringSubmatch(block)[1]
		documented[name] = true
		typ, ok := fileTypes()[name]
		if !ok {
			t.Errorf("there is no struct %s", name)
			return block
		}
		return "<!-- keys " + name + " -->\n" + table(typ) + "<!-- end -->"
	})
	for name := range fileTypes() {
		if !documented[name] {
			t.Errorf("%s has no table of keys", name)
		}
	}
	if *update {
		if err := os.WriteFile(documentation, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(text, got); d != "" {
		t.Errorf("tables differ from the structs; run go test ./internal/study -update (-document +structs):\n%s", d)
	}
}

// fileTypes are the structs of all study files, by name.
func fileTypes() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		switch {
		case t.Implements(mappingType):
			add(element(t))
		case t.Kind() == reflect.Slice && t != namesType:
			add(t.Elem())
		case t.Kind() == reflect.Struct:
			out[t.Name()] = t
			for _, f := range fieldsOf(t) {
				add(f.typ)
			}
		}
	}
	for _, kind := range SchemaKinds() {
		add(schemaKinds[kind])
	}
	return out
}

func table(t reflect.Type) string {
	var b strings.Builder
	b.WriteString("| key | value | what it is for |\n| --- | --- | --- |\n")
	for _, f := range fieldsOf(t) {
		name := "`" + f.name + "`"
		if f.required {
			name += " (required)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, words(f.typ, f.words), f.doc)
	}
	return b.String()
}

// words names the type of a value for people.
func words(t reflect.Type, enum []string) string {
	switch {
	case len(enum) > 0:
		return "one of " + strings.Join(enum, ", ")
	case t == namesType:
		return "text or list"
	case t == decimalType:
		return "number"
	case t.Implements(mappingType) && element(t).Kind() == reflect.Struct:
		return "mapping by id"
	case t.Implements(mappingType):
		return "mapping to " + words(element(t), nil)
	case t.Kind() == reflect.Slice:
		return "list"
	case t.Kind() == reflect.Struct:
		return "mapping"
	case t.Kind() == reflect.Pointer:
		return words(t.Elem(), nil)
	case t.Kind() == reflect.Int:
		return "whole number"
	case t.Kind() == reflect.Bool:
		return "true or false"
	}
	return "text"
}

// TestDocumentedStudy loads the study that the documentation shows.
func TestDocumentedStudy(t *testing.T) {
	files := map[string]string{"exports/physicians-2020.csv": "", "exports/physicians-2023-a.xlsx": "", "exports/nurses-2023.csv": ""}
	before := len(files)
	for _, m := range exampleBlock.FindAllStringSubmatch(read(t, documentation), -1) {
		files[m[1]] = m[2]
	}
	if len(files)-before < 5 {
		t.Fatalf("found %d files in the documentation", len(files)-before)
	}
	dir := folderOf(t, files)
	if got := said(t, dir); got != "" {
		t.Fatal(got)
	}
	// What the text says of the example.
	s := mustLoad(t, dir)
	w := s.Survey("physicians").Wave("2023")
	src, _ := w.Codebook.Items.Get("time")
	if d := cmp.Diff([]string{"Strongly agree (5)", "Agree (4)"}, src.Labels.IDs()); d != "" {
		t.Errorf("labels of time in 2023 (-want +got):\n%s", d)
	}
	weights, _ := s.Weights.Get("physicians")
	if d := cmp.Diff([]float64{52000, 318000, 30000}, weights.Margins[0].Totals); d != "" {
		t.Errorf("merged population of roles (-want +got):\n%s", d)
	}
	if !slices.Contains(s.Files, "margins/physicians.csv") {
		t.Errorf("the margins are not among the study's files: %v", s.Files)
	}
	if s.Asked("physicians", "2023", "bullied") || !s.Asked("physicians", "2020", "bullied") {
		t.Error("bullied is not asked in 2020 alone")
	}
}

// TestCodesAreDocumented: every code that the package uses has its row, and
// every row its code.
func TestCodesAreDocumented(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{"unknown-category": true, "unknown-option": true} // made of a word
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, m := range codeInSource.FindAllStringSubmatch(read(t, name), -1) {
			used[m[1]] = true
		}
	}
	text := read(t, documentation)
	_, rows, ok := strings.Cut(text, "## What is said")
	if !ok {
		t.Fatal("the documentation has no list of codes")
	}
	documented := map[string]bool{}
	for _, m := range codeInTable.FindAllStringSubmatch(rows, -1) {
		documented[m[1]] = true
	}
	if d := cmp.Diff(sorted(used), sorted(documented)); d != "" {
		t.Errorf("codes (-used +documented):\n%s", d)
	}
}

func sorted(set map[string]bool) []string {
	var out []string
	for s := range set {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}
