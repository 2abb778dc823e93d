package request

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// decoder reads parts of a request and notes everything that is wrong with them,
// by the path to it inside the request.
type decoder struct{ problems []string }

func (d *decoder) add(path, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if path != "" {
		text = path + ": " + text
	}
	d.problems = append(d.problems, text)
}

// err is the error of all that was noted.
func (d *decoder) err() error {
	if len(d.problems) == 0 {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(d.problems, "; "))
}

// object is a JSON object of which the keys are known.
type object struct {
	*decoder
	path   string
	fields map[string]json.RawMessage
}

// object reads one. Keys other than known ones are problems, null is as if the key
// were not there.
func (d *decoder) object(path string, raw json.RawMessage, known ...string) object {
	o := object{decoder: d, path: path}
	if raw == nil {
		return o
	}
	if err := json.Unmarshal(raw, &o.fields); err != nil || o.fields == nil {
		d.wrong(path, "an object", raw)
		return o
	}
	for _, key := range slices.Sorted(maps.Keys(o.fields)) {
		if !slices.Contains(known, key) {
			d.unknown(path, "key", key, known)
		}
		if string(o.fields[key]) == "null" {
			delete(o.fields, key)
		}
	}
	return o
}

func (d *decoder) unknown(path, what, name string, known []string) {
	hint := diag.NearestHint(name, known)
	if hint == "" {
		hint = "known: " + strings.Join(known, ", ")
	}
	d.add(path, "unknown %s %q (%s)", what, name, hint)
}

// wrong notes a value of another type.
func (d *decoder) wrong(path, expected string, found json.RawMessage) {
	d.add(path, "%s is expected, found %s", expected, typeOf(found))
}

func typeOf(raw json.RawMessage) string {
	switch trimmed := bytes.TrimSpace(raw); {
	case len(trimmed) == 0:
		return "nothing"
	case trimmed[0] == '"':
		return "a text"
	case trimmed[0] == '[':
		return "a list"
	case trimmed[0] == '{':
		return "an object"
	case trimmed[0] == 't', trimmed[0] == 'f':
		return "true or false"
	case trimmed[0] == 'n':
		return "null"
	}
	return "a number"
}

func (o object) at(key string) string {
	if o.path == "" {
		return key
	}
	return o.path + "." + key
}

func (o object) has(key string) bool { return o.fields[key] != nil }

// need notes keys that are missing.
func (o object) need(keys ...string) {
	for _, key := range keys {
		if !o.has(key) {
			o.add(o.at(key), "missing")
		}
	}
}

// text is "" for a key that is not there.
func (o object) text(key string) string {
	if !o.has(key) {
		return ""
	}
	return o.decodeText(o.at(key), o.fields[key])
}

func (d *decoder) decodeText(path string, raw json.RawMessage) string {
	s, _ := d.readText(path, raw)
	return s
}

func (d *decoder) readText(path string, raw json.RawMessage) (s string, ok bool) {
	if json.Unmarshal(raw, &s) != nil {
		d.wrong(path, "a text", raw)
		return "", false
	}
	return s, true
}

// value is a text or a number as it is written: what a category may be given as.
func (o object) value(key string) string {
	if !o.has(key) {
		return ""
	}
	return o.decodeValue(o.at(key), o.fields[key])
}

func (d *decoder) decodeValue(path string, raw json.RawMessage) string {
	switch typeOf(raw) {
	case "a text":
		return d.decodeText(path, raw)
	case "a number":
		return string(bytes.TrimSpace(raw))
	}
	d.wrong(path, "a text or a number", raw)
	return ""
}

// choice is one of known texts, the first of them for a key that is not there.
func (o object) choice(key, what string, known []string) string {
	if !o.has(key) {
		return known[0]
	}
	s, ok := o.readText(o.at(key), o.fields[key])
	if ok && !slices.Contains(known, s) {
		o.unknown(o.at(key), what, s, known)
	}
	return s
}

func (o object) truth(key string) bool {
	var b bool
	if o.has(key) && json.Unmarshal(o.fields[key], &b) != nil {
		o.wrong(o.at(key), "true or false", o.fields[key])
	}
	return b
}

// number is other for a key that is not there. "Inf" and "-Inf" are numbers too,
// as JSON has none.
func (o object) number(key string, other float64) float64 {
	if !o.has(key) {
		return other
	}
	return o.decodeNumber(o.at(key), o.fields[key])
}

func (d *decoder) decodeNumber(path string, raw json.RawMessage) float64 {
	var f float64
	if json.Unmarshal(raw, &f) == nil {
		return f
	}
	switch string(raw) {
	case `"Inf"`:
		return math.Inf(1)
	case `"-Inf"`:
		return math.Inf(-1)
	}
	d.wrong(path, "a number", raw)
	return math.NaN()
}

// whole is a whole number of at least least; other for a key that is not there.
func (o object) whole(key string, least, other int) int {
	if !o.has(key) {
		return other
	}
	var n int
	if json.Unmarshal(o.fields[key], &n) != nil {
		o.wrong(o.at(key), "a whole number", o.fields[key])
	} else if n < least {
		o.add(o.at(key), "%d or more is expected, found %d", least, n)
	}
	return n
}

// each reads a list and gives its elements with their paths.
func (o object) each(key string, f func(path string, raw json.RawMessage)) {
	if !o.has(key) {
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(o.fields[key], &list) != nil {
		o.wrong(o.at(key), "a list", o.fields[key])
		return
	}
	for i, raw := range list {
		f(fmt.Sprintf("%s[%d]", o.at(key), i), raw)
	}
}

// column is a text that names a column.
func (o object) column(key string) string {
	if string(o.fields[key]) == `""` {
		o.add(o.at(key), "no column is named")
	}
	return o.text(key)
}

// columns are texts that name columns.
func (o object) columns(key string) []string {
	var out []string
	o.each(key, func(path string, raw json.RawMessage) {
		if string(raw) == `""` {
			o.add(path, "no column is named")
		}
		out = append(out, o.decodeText(path, raw))
	})
	return out
}

// apart notes columns that are named twice where that can mean nothing.
func (o object) apart(key string, columns []string) {
	for i, c := range columns {
		if c != "" && slices.Contains(columns[:i], c) {
			o.add(o.at(key), "%q is there twice", c)
		}
	}
}

func (o object) numbers(key string) []float64 {
	var out []float64
	o.each(key, func(path string, raw json.RawMessage) { out = append(out, o.decodeNumber(path, raw)) })
	return out
}

// levels are lists of categories by column.
func (o object) levels(key string) map[string][]string {
	if !o.has(key) {
		return nil
	}
	var columns map[string]json.RawMessage
	if json.Unmarshal(o.fields[key], &columns) != nil {
		o.wrong(o.at(key), "an object", o.fields[key])
		return nil
	}
	out := make(map[string][]string, len(columns))
	inner := object{decoder: o.decoder, path: o.at(key), fields: columns}
	for _, column := range slices.Sorted(maps.Keys(columns)) {
		out[column] = []string{}
		inner.each(column, func(path string, raw json.RawMessage) {
			l := o.decodeValue(path, raw)
			if slices.Contains(out[column], l) {
				o.add(path, "%q is there twice", l)
			}
			out[column] = append(out[column], l)
		})
	}
	return out
}
