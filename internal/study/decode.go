package study

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/caregap/caregap/internal/diag"
)

// decoder fills the structs of files.go from YAML nodes. It goes on after every
// problem, so that one run shows all of them.
type decoder struct {
	file   string
	list   *diag.List
	places places
}

// decode parses one study file into out, a pointer to a struct of files.go, and
// returns where its values stand; nil when the file is no YAML mapping.
func decode(name string, data []byte, out any, list *diag.List) places {
	root := parse(name, data, list)
	if root == nil {
		return nil
	}
	d := decoder{file: name, list: list, places: places{}}
	at := position(name, root)
	d.places[""] = place{key: at, value: at}
	if root.Kind != yaml.MappingNode {
		list.Errorf("wrong-type", at, "expected a mapping of keys, found %s", found(root))
		return nil
	}
	d.structure(root, reflect.ValueOf(out).Elem(), "")
	return d.places
}

// mapping tells Map[T] from other slices.
type mapping interface{ mapping() }

func (Map[T]) mapping() {}

var (
	mappingType = reflect.TypeFor[mapping]()
	namesType   = reflect.TypeFor[Names]()
	decimalType = reflect.TypeFor[Decimal]()
	posType     = reflect.TypeFor[diag.Pos]()
)

// value decodes n into v by v's type.
func (d *decoder) value(n *yaml.Node, v reflect.Value, p keyPath) {
	t := v.Type()
	switch {
	case t == namesType:
		d.names(n, v, p)
	case t == decimalType:
		d.decimal(n, v, p)
	case t.Implements(mappingType):
		d.entries(n, v, p)
	case t.Kind() == reflect.Struct:
		if d.want(n, yaml.MappingNode, "a mapping of keys", p) {
			d.structure(n, v, p)
		}
	case t.Kind() == reflect.Slice:
		d.sequence(n, v, p)
	case t.Kind() == reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		d.value(n, v.Elem(), p)
	default:
		d.scalar(n, v, p)
	}
}

// structure decodes a mapping whose keys are v's tags.
func (d *decoder) structure(n *yaml.Node, v reflect.Value, p keyPath) {
	fields := fieldsOf(v.Type())
	if f := v.FieldByName("Pos"); f.IsValid() && f.Type() == posType {
		f.Set(reflect.ValueOf(position(d.file, n)))
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		f, ok := fields.get(key.Value)
		if !ok {
			d.list.Add(unknownKey(position(d.file, key), p, v.Type(), key.Value))
			continue
		}
		at := d.place(p.to(key.Value), key, val)
		if isNull(val) {
			d.bad(val, "empty-value", at, "the key has no value", "give one, or remove the key")
			continue
		}
		d.value(val, v.Field(f.index), at)
		d.enum(val, v.Field(f.index), f, at)
	}
}

// entries decodes a mapping with free keys into a Map.
func (d *decoder) entries(n *yaml.Node, v reflect.Value, p keyPath) {
	if !d.want(n, yaml.MappingNode, "a mapping of keys", p) {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		at := d.place(p.to(key.Value), key, val)
		entry := reflect.New(v.Type().Elem()).Elem()
		entry.FieldByName("ID").SetString(key.Value)
		entry.FieldByName("Pos").Set(reflect.ValueOf(position(d.file, key)))
		d.value(val, entry.FieldByName("Value"), at)
		v.Set(reflect.Append(v, entry))
	}
}

// sequence decodes a list into a slice of structs or of Names.
func (d *decoder) sequence(n *yaml.Node, v reflect.Value, p keyPath) {
	if !d.want(n, yaml.SequenceNode, "a list", p) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, c := range n.Content {
		d.value(c, v.Index(i), d.place(p.to(i), c, c))
	}
}

// names decodes one text or a list of texts.
func (d *decoder) names(n *yaml.Node, v reflect.Value, p keyPath) {
	if n.Kind == yaml.ScalarNode {
		if s, ok := d.text(n, p); ok {
			v.Set(reflect.ValueOf(Names{s}))
		}
		return
	}
	if !d.want(n, yaml.SequenceNode, "a text or a list of texts", p) {
		return
	}
	out := make(Names, 0, len(n.Content))
	for i, c := range n.Content {
		at := d.place(p.to(i), c, c)
		s, ok := d.text(c, at)
		if !ok {
			d.mark(p) // a list with a hole in it is not checked further
			continue
		}
		out = append(out, s)
	}
	v.Set(reflect.ValueOf(out))
}

// want checks the kind of a node that must be a mapping or a list.
func (d *decoder) want(n *yaml.Node, kind yaml.Kind, words string, p keyPath) bool {
	if n.Kind == kind {
		return true
	}
	d.bad(n, "wrong-type", p, "expected "+words+", found "+found(n), "")
	return false
}

// enum checks a text against the words its field allows.
func (d *decoder) enum(n *yaml.Node, v reflect.Value, f field, p keyPath) {
	if len(f.words) == 0 || v.String() == "" || f.allows(v.String()) {
		return
	}
	message := fmt.Sprintf("%q is not one of %s", short(v.String()), strings.Join(f.words, ", "))
	d.bad(n, "unknown-word", p, message, nearestHint(v.String(), f.words))
	v.SetString("")
}

// place remembers where the value at p stands.
func (d *decoder) place(p keyPath, key, value *yaml.Node) keyPath {
	d.places[p] = place{key: position(d.file, key), value: position(d.file, value)}
	return p
}

// bad adds a problem with the value at p.
func (d *decoder) bad(n *yaml.Node, code string, p keyPath, message, hint string) {
	d.mark(p)
	d.list.Add(diag.Diagnostic{Code: code, Pos: position(d.file, n), Message: p.prefix() + message, Hint: hint})
}

func (d *decoder) mark(p keyPath) {
	at := d.places[p]
	at.bad = true
	d.places[p] = at
}

func unknownKey(pos diag.Pos, p keyPath, t reflect.Type, key string) diag.Diagnostic {
	return diag.Diagnostic{Code: "unknown-key", Pos: pos,
		Message: fmt.Sprintf("%sunknown key %q", p.prefix(), short(key)),
		Hint:    nearestHint(key, fieldsOf(t).names())}
}
