package study

import (
	"reflect"
	"slices"
	"strings"
)

// field is what the tags of one struct field say about its key.
type field struct {
	name     string // key in the file
	doc      string
	required bool
	words    []string // the words allowed; any when empty
	index    int      // in the struct
	typ      reflect.Type
}

func (f field) allows(word string) bool { return slices.Contains(f.words, word) }

// fields are the keys of a struct in the order of its declaration.
type fields []field

// fieldsOf reads the tags of a struct of files.go.
func fieldsOf(t reflect.Type) fields {
	var out fields
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("yaml")
		if name == "" || name == "-" {
			continue
		}
		var words []string
		if enum := f.Tag.Get("enum"); enum != "" {
			words = strings.Split(enum, "|")
		}
		out = append(out, field{name: name, doc: f.Tag.Get("doc"), required: f.Tag.Get("req") == "true", words: words, index: i, typ: f.Type})
	}
	return out
}

func (s fields) get(name string) (field, bool) {
	if i := slices.IndexFunc(s, func(f field) bool { return f.name == name }); i >= 0 {
		return s[i], true
	}
	return field{}, false
}

func (s fields) names() []string {
	out := make([]string, len(s))
	for i, f := range s {
		out[i] = f.name
	}
	return out
}

// element is the type of a Map's values.
func element(t reflect.Type) reflect.Type {
	f, _ := t.Elem().FieldByName("Value")
	return f.Type
}
