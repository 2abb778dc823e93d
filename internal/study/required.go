package study

import (
	"bytes"
	"fmt"
	"reflect"

	"github.com/caregap/caregap/internal/diag"
)

// requirement reports the keys that must be there and are not, and values that
// are empty. It looks at decoded structs, not at YAML, since a codebook that
// extends another may leave out what the other has.
type requirement struct {
	places places
	list   *diag.List
	text   []byte // of the file, where a sample may stand in comments
}

// keyExamples are the least that a key of the framework can say.
var keyExamples = map[string]string{
	"scales":     "scales: {agreement5: {options: [Strongly disagree, Disagree, Neither agree nor disagree, Agree, Strongly agree], positive: [Agree, Strongly agree]}}",
	"constructs": "constructs: {will: {title: Will, items: [want_more]}}",
	"items":      "items: {want_more: {title: Wants to do more research, scale: agreement5}}",
}

// example says what to write for a key of the framework that is missing: to take in
// the sample, where a draft has one in its comments.
func (r requirement) example(of reflect.Type, key string) string {
	if of != reflect.TypeFor[Framework]() || keyExamples[key] == "" {
		return ""
	}
	if at := bytes.Index(append([]byte("\n"), r.text...), []byte("\n#"+key+":")); at >= 0 {
		return fmt.Sprintf("a sample is in line %d: take away its # and those of the lines that belong to it, and put in the questionnaire's own words", 1+bytes.Count(r.text[:at], []byte("\n")))
	}
	return "such as " + keyExamples[key]
}

// inside checks what a value holds.
func (r requirement) inside(v reflect.Value, p keyPath) {
	t := v.Type()
	switch {
	case t == namesType:
	case t.Implements(mappingType):
		for i := range v.Len() {
			entry := v.Index(i)
			r.value(entry.FieldByName("Value"), false, p.to(entry.FieldByName("ID").String()))
		}
	case t.Kind() == reflect.Slice:
		for i := range v.Len() {
			r.value(v.Index(i), false, p.to(i))
		}
	case t.Kind() == reflect.Struct:
		r.keys(v, p)
	}
}

// keys checks the keys of a mapping against its struct.
func (r requirement) keys(v reflect.Value, p keyPath) {
	for _, f := range fieldsOf(v.Type()) {
		at := p.to(f.name)
		switch {
		case r.places.given(at):
			r.value(v.Field(f.index), f.required, at)
		case f.required:
			r.list.Add(diag.Diagnostic{Code: "missing-key", Pos: r.places.value(p), Message: fmt.Sprintf("%skey %q is missing", p.prefix(), f.name), Hint: r.example(v.Type(), f.name)})
		}
	}
}

// value checks one value that is given.
func (r requirement) value(v reflect.Value, required bool, p keyPath) {
	if !r.places.sound(p) {
		return // that it is wrong has been said
	}
	if isEmpty(v, required) {
		hint := "leave the key out where there is nothing to say"
		if required {
			hint = ""
		}
		r.list.Add(diag.Diagnostic{Code: "empty-value", Pos: r.places.value(p), Message: p.prefix() + "the value is empty", Hint: hint})
		return
	}
	r.inside(v, p)
}

// isEmpty reports an empty text, a list of texts that is empty or holds an empty
// one, and, where one is required, a mapping or list with nothing in it.
func isEmpty(v reflect.Value, required bool) bool {
	switch {
	case v.Kind() == reflect.String:
		return v.Len() == 0
	case v.Type() == namesType:
		for i := range v.Len() {
			if v.Index(i).Len() == 0 {
				return true
			}
		}
		return v.Len() == 0
	case v.Kind() == reflect.Slice:
		return required && v.Len() == 0
	}
	return false
}
