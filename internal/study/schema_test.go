package study

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/caregap/caregap/internal/diag"
)

const (
	schemaFolder = "../../docs/schema"
	examples     = "../../testdata/studies"
)

func TestSchemasAreCommitted(t *testing.T) {
	for _, kind := range SchemaKinds() {
		got, err := Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(schemaFolder, kind+".schema.json")
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s differs from the structs; run go test ./internal/study -update (-committed +structs):\n%s", name, d)
		}
	}
}

func TestSchemaOfAnUnknownKind(t *testing.T) {
	if _, err := Schema("export"); err == nil || !strings.Contains(err.Error(), "study, framework, codebook") {
		t.Errorf("error %v does not name the kinds", err)
	}
}

// TestSchemaAgreesWithDecoder holds every study file of the tests and examples,
// good and bad, against both: what a schema can tell, it tells as Load does.
func TestSchemaAgreesWithDecoder(t *testing.T) {
	compiled := compile(t)
	good, bad := 0, 0
	for name, data := range studyFiles(t) {
		kind := kindOf(name)
		doc, err := document([]byte(data))
		if err != nil || doc == nil {
			continue // no YAML at all: there is nothing to hold against a schema
		}
		if _, extra := features(data); extra {
			continue // JSON has no anchors, tags or second keys
		}
		said := structural(kind, data)
		err = compiled[kind].Validate(jsonOf(t, doc.Content[0]))
		if (err == nil) != (said == "") {
			t.Errorf("%s: the decoder says %q, the schema %v", name, said, err)
		}
		if said == "" {
			good++
		} else {
			bad++
		}
	}
	if good < 20 || bad < 10 {
		t.Errorf("held %d good and %d bad files against the schemas; expected at least 20 and 10", good, bad)
	}
}

func compile(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	out := map[string]*jsonschema.Schema{}
	for _, kind := range SchemaKinds() {
		data, err := Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(kind, doc); err != nil {
			t.Fatal(err)
		}
		if out[kind], err = c.Compile(kind); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// studyFiles are the YAML files of the cases and of the example studies.
func studyFiles(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, _ := filepath.Glob(filepath.Join(cases, "*.txtar"))
	for _, name := range names {
		for file, data := range archive(t, name) {
			if strings.HasSuffix(file, ".yaml") {
				out[filepath.Base(name)+"/"+file] = data
			}
		}
	}
	for _, pattern := range []string{"*/*.yaml", "*/codebooks/*.yaml"} {
		names, _ := filepath.Glob(filepath.Join(examples, pattern))
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.ToSlash(name)] = string(data)
		}
	}
	return out
}

func kindOf(name string) string {
	switch filepath.Base(name) {
	case "study.yaml":
		return "study"
	case "framework.yaml":
		return "framework"
	}
	return "codebook"
}

func features(data string) (string, bool) {
	list := &diag.List{}
	root := parse("f", []byte(data), list)
	said := lines(list.Sorted())
	return said, root == nil || said != ""
}

// structural is what the decoder says of one file on its own.
func structural(kind, data string) string {
	list := &diag.List{}
	out := reflect.New(schemaKinds[kind])
	at := decode("f", []byte(data), out.Interface(), list)
	if at == nil {
		return lines(list.Sorted())
	}
	l := loader{list: list}
	l.version(int(out.Elem().FieldByName("Version").Int()), at)
	if !at.given(to("extends")) {
		requirement{places: at, list: list}.inside(out.Elem(), "")
	}
	return lines(list.Sorted())
}

// jsonOf is a YAML value as JSON has it; dates are texts there.
func jsonOf(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = jsonOf(t, n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, jsonOf(t, c))
		}
		return out
	}
	switch n.ShortTag() {
	case "!!int", "!!float", "!!bool", "!!null":
		var v any
		if err := n.Decode(&v); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	return n.Value
}
