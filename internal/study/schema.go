package study

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// schemaKinds are the kinds of study files with their structs.
var schemaKinds = map[string]reflect.Type{
	"study":     reflect.TypeFor[StudyFile](),
	"framework": reflect.TypeFor[Framework](),
	"codebook":  reflect.TypeFor[Codebook](),
}

// SchemaKinds are the kinds that Schema knows, in the order they are printed.
func SchemaKinds() []string { return []string{"study", "framework", "codebook"} }

// Schema returns the JSON Schema (2020-12) of one kind of study file: study,
// framework or codebook. It is made from the structs that the decoder fills, so
// that an editor accepts what the decoder accepts. What holds between values
// and files - that an id exists, a label is on its scale - only Load can tell.
func Schema(kind string) ([]byte, error) {
	t, ok := schemaKinds[kind]
	if !ok {
		return nil, fmt.Errorf("no schema for %q; there are %s", kind, strings.Join(SchemaKinds(), ", "))
	}
	b := schemaBuilder{defs: object{}, loose: kind == "codebook"}
	top := object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "caregap " + kind + " file",
	}
	for k, v := range b.structure(t) {
		top[k] = v
	}
	if b.loose {
		top["required"] = requiredKeys(t)
		top["if"] = object{"not": object{"required": []string{"extends"}}}
		top["then"] = b.complete(t)
	}
	top["$defs"] = b.defs
	return encode(top)
}

// object is a JSON object; encoding/json writes its keys sorted.
type object map[string]any

func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("writing the schema: %w", err)
	}
	return out.Bytes(), nil
}

// schemaBuilder turns types into schemas; structs below the top go to defs.
type schemaBuilder struct {
	defs  object
	loose bool // a file that extends another need not have what is required
}

// structure is the schema of a mapping with the keys of t.
func (b schemaBuilder) structure(t reflect.Type) object {
	properties := object{}
	for _, f := range fieldsOf(t) {
		s := b.value(f.typ, f.required)
		if len(f.words) > 0 {
			s = object{"enum": f.words}
		}
		if f.name == "version" && t == fileType(t) {
			s = object{"const": 1}
		}
		s["description"] = f.doc
		properties[f.name] = s
	}
	out := object{"type": "object", "properties": properties, "additionalProperties": false}
	if keys := requiredKeys(t); len(keys) > 0 && !b.loose {
		out["required"] = keys
	}
	return out
}

// fileType is t where t is a whole file, whose version is that of the format.
func fileType(t reflect.Type) reflect.Type {
	for _, kind := range SchemaKinds() {
		if schemaKinds[kind] == t {
			return t
		}
	}
	return nil
}

func requiredKeys(t reflect.Type) []string {
	var keys []string
	for _, f := range fieldsOf(t) {
		if f.required {
			keys = append(keys, f.name)
		}
	}
	return keys
}

// value is the schema of a value of type t.
func (b schemaBuilder) value(t reflect.Type, required bool) object {
	switch {
	case t == namesType:
		b.defs["texts"] = object{"anyOf": []object{b.text(), {"type": "array", "items": b.text(), "minItems": 1}}}
		return object{"$ref": "#/$defs/texts"}
	case t == decimalType:
		return object{"type": "number"}
	case t.Implements(mappingType):
		return atLeastOne(object{"type": "object", "additionalProperties": b.value(element(t), false)}, "minProperties", required)
	case t.Kind() == reflect.Slice:
		return atLeastOne(object{"type": "array", "items": b.value(t.Elem(), false)}, "minItems", required)
	case t.Kind() == reflect.Struct:
		if _, ok := b.defs[t.Name()]; !ok {
			b.defs[t.Name()] = b.structure(t)
		}
		return object{"$ref": "#/$defs/" + t.Name()}
	case t.Kind() == reflect.Pointer:
		return b.value(t.Elem(), required)
	case t.Kind() == reflect.Int:
		return object{"type": "integer"}
	case t.Kind() == reflect.Bool:
		return object{"type": "boolean"}
	}
	return b.text()
}

// text is any scalar: 2024 and true are texts as they are written.
func (b schemaBuilder) text() object {
	b.defs["text"] = object{"type": []string{"string", "number", "boolean"}, "minLength": 1}
	return object{"$ref": "#/$defs/text"}
}

func atLeastOne(s object, key string, required bool) object {
	if required {
		s[key] = 1
	}
	return s
}

// complete demands, entry by entry, the keys that a codebook without extends
// must have.
func (b schemaBuilder) complete(t reflect.Type) object {
	properties := object{}
	for _, f := range fieldsOf(t) {
		if !f.typ.Implements(mappingType) || element(f.typ).Kind() != reflect.Struct || element(f.typ) == namesType {
			continue
		}
		if keys := requiredKeys(element(f.typ)); len(keys) > 0 {
			properties[f.name] = object{"additionalProperties": object{"required": slices.Clone(keys)}}
		}
	}
	return object{"properties": properties}
}
