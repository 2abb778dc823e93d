package study

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
)

func TestTextStaysAsWritten(t *testing.T) {
	list := &diag.List{}
	var c Codebook
	decode("c.yaml", []byte(`version: 1
id: 01
completed: [2020-01-06, 1.50, True, "null", 0x10, yes]
keep: {1: True, "01": [1e3]}
missing: {-99: refused, 007: unsure}
min_seconds: 60
`), &c, list)
	if got := lines(list.Sorted()); got != "" {
		t.Fatal(got)
	}
	at := func(line, col int) diag.Pos { return diag.Pos{File: "c.yaml", Line: line, Col: col} }
	want := Codebook{
		Version: 1, ID: Names{"01"}, Completed: Names{"2020-01-06", "1.50", "True", "null", "0x10", "yes"}, MinSeconds: 60, Pos: at(1, 1),
		Keep:    Map[Names]{{ID: "1", Value: Names{"True"}, Pos: at(4, 8)}, {ID: "01", Value: Names{"1e3"}, Pos: at(4, 17)}},
		Missing: Map[string]{{ID: "-99", Value: "refused", Pos: at(5, 11)}, {ID: "007", Value: "unsure", Pos: at(5, 25)}},
	}
	if d := cmp.Diff(want, c); d != "" {
		t.Errorf("decoded (-want +got):\n%s", d)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"0.95": true, "1": true, "-0.5": true, "75": true, "0": true,
		"1e9": false, "0x10": false, "1_000": false, "01": false, ".5": false, ".inf": false, ".nan": false, "+1": false, `"1"`: false,
		"1234567890123456": false, "[1]": false, "true": false,
	} {
		list := &diag.List{}
		var s StudyFile
		decode("s.yaml", []byte("meaningful: "+text+"\n"), &s, list)
		if got := !list.HasErrors(); got != want {
			t.Errorf("%s is a number: %t, want %t", text, got, want)
		}
		if want && string(s.Meaningful) != text {
			t.Errorf("%s became %s", text, s.Meaningful)
		}
	}
}

func TestNotYAML(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"no UTF-8", "id: a\ntitle: caf\xe9\n", "yaml-syntax: f.yaml:2:11: byte 0xE9 is not UTF-8; save the file as UTF-8 text\n"},
		{"control character", "id: \x01\n", "yaml-syntax: f.yaml:1:5: control character 0x01; save the file as UTF-8 text\n"},
		{"nothing", "", "empty-file: f.yaml: the file has nothing in it\n"},
		{"null", "~\n", "empty-file: f.yaml: the file has nothing in it\n"},
		{"a text", "hello\n", "wrong-type: f.yaml:1:1: expected a mapping of keys, found \"hello\"\n"},
		{"an unknown alias", "id: *a\n", "yaml-syntax: f.yaml:1:5: not valid YAML: unknown anchor 'a' referenced\n"},
		{"a third document", "id: a\n---\n---\nb: [\n", "several-documents: f.yaml:2:1: more than one YAML document; keep what stands before the second ---\n"},
		{"too deep", strings.Repeat("[", 100), "yaml-syntax: f.yaml:1:33: not valid YAML: exceeded max depth of 32 while increasing flow level\n"},
		{"too large", strings.Repeat("# long\n", 1<<20), "file-too-large: f.yaml: the file has more than 4 MiB\n"},
		{"too many lines", strings.Repeat("\n", maxValues+1), "file-too-large: f.yaml: the file has more than 250000 lines and values\n"},
		{"too many values", "id: [" + strings.Repeat("a,", maxValues) + "\n", "file-too-large: f.yaml: the file has more than 250000 lines and values\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := &diag.List{}
			var s StudyFile
			decode("f.yaml", []byte(c.data), &s, list)
			if d := cmp.Diff(c.want, lines(list.Sorted())); d != "" {
				t.Errorf("what is said (-want +got):\n%s", d)
			}
		})
	}
}

// TestBillionLaughs: an alias stands for nothing here, however often it is used.
func TestBillionLaughs(t *testing.T) {
	var b strings.Builder
	b.WriteString("k0: &k0 [ha, ha]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&b, "k%d: &k%d [*k%d, *k%d]\n", i, i, i-1, i-1)
	}
	list := &diag.List{}
	if parse("f.yaml", []byte(b.String()), list) != nil {
		t.Error("aliases are read")
	}
	if !list.HasErrors() {
		t.Error("aliases are read without a word")
	}
	for _, d := range list.Sorted() {
		if d.Code != "yaml-feature" {
			t.Errorf("unexpected: %s", d)
		}
	}
}

func TestUTF16(t *testing.T) {
	list := &diag.List{}
	var s StudyFile
	data := []byte{0xff, 0xfe}
	for _, r := range "id: a\n" {
		data = append(data, byte(r), 0)
	}
	decode("f.yaml", data, &s, list)
	if s.ID != "a" || list.HasErrors() {
		t.Errorf("id %q; %s", s.ID, lines(list.Sorted()))
	}
}
