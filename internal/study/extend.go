package study

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// codebook is a codebook with what it extends laid beneath it.
type codebook struct {
	book   *Codebook
	places places
	chain  []string // its file, then the file that extends, and so on
	whole  bool     // false: a file of the chain could not be read, and that has been said
	users  []user   // the waves it maps
}

// user is one wave of one survey.
type user struct{ survey, wave string }

// codebook reads a codebook and those it extends. refer is where it is named,
// below are the files that extend it, to find circles.
func (l *loader) codebook(name string, refer diag.Pos, below []string) (*codebook, error) {
	if i := slices.Index(below, name); i >= 0 {
		chain := append(slices.Clone(below[i:]), name)
		l.list.Errorf("extends-circle", refer, "codebooks extend each other in a circle: %s", strings.Join(chain, " -> "))
		return nil, nil
	}
	if c, ok := l.codebooks[name]; ok {
		return c, nil
	}
	c, err := l.newCodebook(name, refer, below)
	if err != nil {
		return nil, err
	}
	l.codebooks[name] = c
	return c, nil
}

func (l *loader) newCodebook(name string, refer diag.Pos, below []string) (*codebook, error) {
	c := &codebook{book: &Codebook{}, chain: []string{name}, whole: true}
	var err error
	if c.places, err = l.file(name, refer, c.book); err != nil || c.places == nil {
		return nil, err
	}
	l.version(c.book.Version, c.places)
	if c.book.Extends != "" {
		if err := l.extend(c, name, append(slices.Clone(below), name)); err != nil {
			return nil, err
		}
	}
	if c.whole {
		requirement{places: c.places, list: l.list}.inside(reflect.ValueOf(*c.book), "")
	}
	return c, nil
}

// extend lays the codebook that c extends beneath it.
func (l *loader) extend(c *codebook, name string, below []string) error {
	refer := c.places.value(to("extends"))
	c.whole = false
	under, ok := l.inside(base(name), c.book.Extends, refer)
	if !ok {
		return nil
	}
	b, err := l.codebook(under, refer, below)
	if err != nil || b == nil {
		return err
	}
	c.whole = b.whole
	c.chain = append(c.chain, b.chain...)
	own := overlay{own: c.places, merged: maps.Clone(b.places)}
	maps.Copy(own.merged, c.places)
	own.structure(reflect.ValueOf(c.book).Elem(), reflect.ValueOf(b.book).Elem(), "")
	c.places = own.merged
	return nil
}

// overlay lays one codebook over another. Keys that the upper file gives
// replace the lower one's; mappings are joined entry by entry, at every depth;
// what the upper file does not name stays.
type overlay struct {
	own    places // of the upper file
	merged places // of both
}

func (o overlay) structure(upper, lower reflect.Value, p keyPath) {
	for _, f := range fieldsOf(upper.Type()) {
		at := p.to(f.name)
		u, b := upper.Field(f.index), lower.Field(f.index)
		switch {
		case f.name == "extends": // each file's own
		case !o.own.given(at) && f.typ.Implements(mappingType):
			// A copy: what is later filled in for one codebook is not the other's.
			u.Set(reflect.AppendSlice(reflect.MakeSlice(f.typ, 0, b.Len()), b))
		case !o.own.given(at):
			u.Set(b)
		case f.typ.Implements(mappingType):
			u.Set(o.entries(u, b, at))
		case f.typ.Kind() == reflect.Struct:
			o.structure(u, b, at)
		}
	}
	if c, ok := upper.Addr().Interface().(*ChoiceSource); ok {
		o.choice(c, p)
	}
}

// entries joins two mappings: the lower one's order, then what is new. Keys are
// compared as labels are, since most of them are labels.
func (o overlay) entries(upper, lower reflect.Value, p keyPath) reflect.Value {
	out := reflect.MakeSlice(upper.Type(), 0, upper.Len()+lower.Len())
	index := map[string]int{}
	for i := range lower.Len() {
		index[foldedID(lower.Index(i))] = i
		out = reflect.Append(out, lower.Index(i))
	}
	for i := range upper.Len() {
		entry := reflect.New(upper.Type().Elem()).Elem()
		entry.Set(upper.Index(i))
		at, known := index[foldedID(entry)]
		if !known {
			index[foldedID(entry)] = out.Len()
			out = reflect.Append(out, entry)
			continue
		}
		if v := entry.FieldByName("Value"); v.Kind() == reflect.Struct && at < lower.Len() {
			o.structure(v, lower.Index(at).FieldByName("Value"), p.to(entry.FieldByName("ID").String()))
		}
		out.Index(at).Set(entry)
	}
	return out
}

func foldedID(entry reflect.Value) string { return fold.String(entry.FieldByName("ID").String()) }

// choice keeps a question's two layouts apart: one column replaces several, and
// several replace one.
func (o overlay) choice(c *ChoiceSource, p keyPath) {
	one, many := o.own.given(p.to("column")), o.own.given(p.to("columns"))
	switch {
	case one && !many:
		c.Columns = ""
		delete(o.merged, p.to("columns"))
	case many && !one:
		c.Column = nil
		delete(o.merged, p.to("column"))
		if !o.own.given(p.to("separator")) {
			c.Separator = ""
			delete(o.merged, p.to("separator"))
		}
	}
}
