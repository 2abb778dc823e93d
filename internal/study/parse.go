package study

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"github.com/caregap/caregap/internal/diag"
)

// Limits of one study file. The deepest legal file has eight levels, and the
// largest map of organisations seen has a few thousand lines.
const (
	maxFileBytes = 4 << 20
	maxValues    = 250_000 // each takes about a kilobyte once it is parsed
	maxDepth     = 32
)

// parse returns the top mapping of a study file. What YAML allows and study
// files do not - several documents, anchors and aliases, tags, merge keys, keys
// that are not text - is put on the list, as are syntax errors; then the node
// is nil.
func parse(name string, data []byte, list *diag.List) *yaml.Node {
	if len(data) > maxFileBytes {
		list.Errorf("file-too-large", diag.Pos{File: name}, "the file has more than %d MiB", maxFileBytes>>20)
		return nil
	}
	if bytes.Count(data, []byte{'\n'})+bytes.Count(data, []byte{','}) > maxValues {
		list.Errorf("file-too-large", diag.Pos{File: name}, "the file has more than %d lines and values", maxValues)
		return nil
	}
	if pos, what := badText(data); what != "" {
		pos.File = name
		list.Add(diag.Diagnostic{Code: "yaml-syntax", Pos: pos, Message: what, Hint: "save the file as UTF-8 text"})
		return nil
	}
	doc, err := document(data)
	if err != nil {
		list.Add(syntaxProblem(name, err))
		return nil
	}
	if doc == nil || len(doc.Content) == 0 || isNull(doc.Content[0]) {
		list.Errorf("empty-file", diag.Pos{File: name}, "the file has nothing in it")
		return nil
	}
	w := walker{file: name, list: list}
	w.node(doc.Content[0])
	if w.refused {
		return nil
	}
	return doc.Content[0]
}

// errSecond is a second document after the first.
type errSecond struct{ line, col int }

func (e errSecond) Error() string { return "more than one YAML document" }

// document reads the one document of a file; nil is an empty file.
func document(data []byte) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth))))
	if err != nil {
		return nil, fmt.Errorf("starting the YAML reader: %w", err)
	}
	var first, second yaml.Node
	if err := loader.Load(&first); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := loader.Load(&second); errors.Is(err, io.EOF) {
		return &first, nil
	} else if err != nil {
		return nil, err
	}
	return nil, errSecond{second.Line, second.Column}
}

// syntaxProblem says where a file is no YAML.
func syntaxProblem(name string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Code: "yaml-syntax", Pos: diag.Pos{File: name}, Message: err.Error()}
	var second errSecond
	var load *yaml.LoadError
	switch {
	case errors.As(err, &second):
		d.Code, d.Hint = "several-documents", "keep what stands before the second ---"
		d.Pos.Line, d.Pos.Col = second.line, second.col
	case errors.As(err, &load):
		d.Pos.Line, d.Pos.Col = load.Mark.Line, load.Mark.Column
		d.Message = "not valid YAML: " + load.Message
		if load.ContextMsg != "" {
			d.Message += " " + load.ContextMsg
			if load.ContextMark.Line > 0 && load.ContextMark.Line != load.Mark.Line {
				d.Message += fmt.Sprintf(" that starts on line %d", load.ContextMark.Line)
			}
		}
		d.Hint = syntaxHint(load.Message)
	}
	return d
}

// syntaxHint names the usual reason behind the parser's words.
func syntaxHint(message string) string {
	switch {
	case strings.Contains(message, "mapping values are not allowed"):
		return "put a text that holds a colon in quotes"
	case strings.Contains(message, "cannot start any token"):
		return "indent with spaces, not tabs, and put a text that starts with %, @ or ` in quotes"
	}
	return ""
}

// badText finds the first byte that is no UTF-8, or a control character that
// YAML forbids. Files in UTF-16 with a byte order mark are left to the parser.
func badText(data []byte) (diag.Pos, string) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return diag.Pos{}, ""
	}
	line, col := 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			return diag.Pos{Line: line, Col: col}, fmt.Sprintf("byte 0x%02X is not UTF-8", data[0])
		case r < 0x20 && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			return diag.Pos{Line: line, Col: col}, fmt.Sprintf("control character 0x%02X", r)
		case r == '\n':
			line, col = line+1, 0
		}
		data, col = data[size:], col+1
	}
	return diag.Pos{}, ""
}

// walker reports, all over a document, what study files do not use. Where that
// leaves something to decode, the rest of the file is checked all the same.
type walker struct {
	file    string
	list    *diag.List
	refused bool // there is no telling what was meant
}

func (w *walker) report(n *yaml.Node, code, message, hint string) {
	w.list.Add(diag.Diagnostic{Code: code, Pos: position(w.file, n), Message: message, Hint: hint})
}

func (w *walker) refuse(n *yaml.Node, code, message, hint string) {
	w.refused = true
	w.report(n, code, message, hint)
}

func (w *walker) node(n *yaml.Node) {
	switch {
	case n.Kind == yaml.AliasNode:
		w.refuse(n, "yaml-feature", fmt.Sprintf("alias *%s is not read in study files", n.Value), "write the value out")
		return // what it stands for has been walked where it is written
	case n.Anchor != "":
		w.report(n, "yaml-feature", fmt.Sprintf("anchor &%s is not read in study files", n.Anchor), "remove it")
	case n.Style&yaml.TaggedStyle != 0:
		w.report(n, "yaml-feature", fmt.Sprintf("tag %s is not read in study files", n.Tag), "put text in quotes instead")
	}
	if n.Kind == yaml.MappingNode {
		w.keys(n)
	}
	for _, c := range n.Content {
		w.node(c)
	}
}

// keys looks at the keys of a mapping and drops those that come again.
func (w *walker) keys(n *yaml.Node) {
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	pairs := n.Content
	n.Content = pairs[:0:0]
	for ; len(pairs) > 1; pairs = pairs[2:] {
		key := pairs[0]
		switch before := first[key.Value]; {
		case key.Kind == yaml.AliasNode: // refused where the walk meets it
		case key.Kind != yaml.ScalarNode || isNull(key):
			w.refuse(key, "wrong-type", "expected a text as key, found "+found(key), "")
		case key.ShortTag() == "!!merge":
			w.refuse(key, "yaml-feature", "merge key << is not read in study files", "write the keys out, or use extends between codebooks")
		case before != nil:
			w.report(key, "duplicate-key", fmt.Sprintf("key %q is there twice, first on line %d", short(key.Value), before.Line), "")
			continue
		default:
			first[key.Value] = key
		}
		n.Content = append(n.Content, pairs[0], pairs[1])
	}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func position(file string, n *yaml.Node) diag.Pos {
	return diag.Pos{File: file, Line: n.Line, Col: n.Column}
}

// found names a node in messages.
func found(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n):
		return "nothing"
	}
	return fmt.Sprintf("%q", short(n.Value))
}

// short keeps what is quoted from a file to one short line.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	return s
}
