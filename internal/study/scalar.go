package study

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v4"
)

var (
	wholeNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})$`)
	// Without exponents: 1e999999999 is short to write and long to compute.
	plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$`)
)

// scalar decodes text, whole numbers and truth values.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value, p keyPath) {
	switch v.Kind() {
	case reflect.String:
		if s, ok := d.text(n, p); ok {
			v.SetString(s)
		}
	case reflect.Int:
		if !isPlain(n, "!!int") || !wholeNumber.MatchString(n.Value) {
			d.bad(n, "wrong-type", p, "expected a whole number, found "+found(n), "")
			return
		}
		i, err := strconv.Atoi(n.Value)
		if err != nil {
			d.bad(n, "wrong-type", p, "expected a whole number, found "+found(n), "")
			return
		}
		v.SetInt(int64(i))
	case reflect.Bool:
		if !isPlain(n, "!!bool") {
			d.bad(n, "wrong-type", p, "expected true or false, found "+found(n), "")
			return
		}
		v.SetBool(n.Value[0] == 't' || n.Value[0] == 'T')
	default:
		panic(fmt.Sprintf("study: no decoding for %s", v.Type()))
	}
}

// text is a scalar as it is written: 01 stays 01, 2020 and 2020-01-06 are text.
func (d *decoder) text(n *yaml.Node, p keyPath) (string, bool) {
	if n.Kind != yaml.ScalarNode || isNull(n) {
		hint := ""
		if n.Kind == yaml.ScalarNode && n.Value != "" {
			hint = fmt.Sprintf("if the text is %s, put it in quotes", n.Value)
		}
		d.bad(n, "wrong-type", p, "expected a text, found "+found(n), hint)
		return "", false
	}
	return n.Value, true
}

// decimal is a plain number, kept as text so that no digit is lost.
func (d *decoder) decimal(n *yaml.Node, v reflect.Value, p keyPath) {
	if !isPlain(n, "!!int", "!!float") || !plainNumber.MatchString(n.Value) {
		d.bad(n, "wrong-type", p, "expected a number such as 0.95, found "+found(n), "")
		return
	}
	v.SetString(n.Value)
}

// isPlain reports whether n is a scalar that YAML takes for one of the types.
func isPlain(n *yaml.Node, tags ...string) bool {
	if n.Kind != yaml.ScalarNode {
		return false
	}
	tag := n.ShortTag()
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}
