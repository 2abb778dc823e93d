package workbook

import (
	"bytes"
	"encoding/xml"
)

// node is an element of an XML document, or a run of text, which has no name.
// Names have their prefix in them, as xml.Encoder writes them as they are.
type node struct {
	name       string
	attributes []xml.Attr
	kids       []node
	text       string
}

// el is an element with its attributes as pairs of name and value; an attribute
// without a value is left out.
//
//gosec:disable G602 -- callers give names and values in pairs
func el(name string, pairs ...string) node {
	n := node{name: name}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			n.attributes = append(n.attributes, xml.Attr{Name: xml.Name{Local: pairs[i]}, Value: pairs[i+1]})
		}
	}
	return n
}

// with adds what stands inside the element.
func (n node) with(kids ...node) node {
	n.kids = append(n.kids, kids...)
	return n
}

// says puts a text inside the element.
func (n node) says(s string) node { return n.with(node{text: s}) }

// document is the whole XML file of a root element.
func (n node) document() ([]byte, error) {
	buf := bytes.NewBufferString(xml.Header)
	e := xml.NewEncoder(buf)
	if err := n.write(e); err != nil {
		return nil, err
	}
	err := e.Close()
	return buf.Bytes(), err
}

func (n node) write(e *xml.Encoder) error {
	if n.name == "" {
		return e.EncodeToken(xml.CharData(n.text))
	}
	start := xml.StartElement{Name: xml.Name{Local: n.name}, Attr: n.attributes}
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, kid := range n.kids {
		if err := kid.write(e); err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}
