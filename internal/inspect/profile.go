package inspect

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/personal"
)

// profile is what was seen in one column. Cells of the first forms are counted by
// form; those beyond, of texts and ids, only by what they tell.
type profile struct {
	answered int
	marks    int // cells that mark a question seen but not answered
	forms    map[string]*form
	order    []*form   // as they were met
	full     bool      // there were more forms than are told apart
	loose    counts    // cells whose form is not kept
	seen     sketch    // folded texts
	joined   []*joined // ticked options in the cells that loose counts, by separator
	notes    map[note]*places
}

const (
	maxForms    = 1000 // told apart in one column
	maxFormSize = 400  // bytes of one that is kept
	maxPlaces   = 5    // rows named in a message
)

// counts sums up what cells tell.
type counts struct {
	shapes   [16]int // by bit
	personal map[personal.Kind]int
	early    int // dates before 2010
	years    [2]int16
	epochs   [2]int // dates of 1970-01-01 and 1980-01-01
}

func (c *counts) add(f *form, n int) {
	for bit := range c.shapes {
		if f.shape&(1<<bit) != 0 {
			c.shapes[bit] += n
		}
	}
	if f.personal != personal.None {
		if c.personal == nil {
			c.personal = map[personal.Kind]int{}
		}
		c.personal[f.personal] += n
	}
	if f.year != 0 {
		c.addDate(f, n)
	}
}

func (c *counts) addDate(f *form, n int) {
	if f.year < 2010 {
		c.early += n
	}
	if c.years[0] == 0 || f.year < c.years[0] {
		c.years[0] = f.year
	}
	c.years[1] = max(c.years[1], f.year)
	for i, epoch := range epochs {
		if slices.ContainsFunc(epoch, func(form string) bool { return strings.HasPrefix(f.text, form) }) {
			c.epochs[i] += n
		}
	}
}

// epochs are the days on which computers' clocks begin: what they write for no
// time, and what some platforms write for every time when dates are not to be kept.
var epochs = [2][]string{
	{"1970-01-01", "01/01/1970", "1/1/1970", "01.01.1970", "1/1/70", "01/01/70"},
	{"1980-01-01", "01/01/1980", "1/1/1980", "01.01.1980", "1/1/80", "01/01/80"},
}

func (c *counts) merge(o *counts) {
	for bit := range c.shapes {
		c.shapes[bit] += o.shapes[bit]
	}
	for kind, n := range o.personal {
		if c.personal == nil {
			c.personal = map[personal.Kind]int{}
		}
		c.personal[kind] += n
	}
	c.early += o.early
	for i := range c.epochs {
		c.epochs[i] += o.epochs[i]
	}
	if o.years[0] != 0 && (c.years[0] == 0 || o.years[0] < c.years[0]) {
		c.years[0] = o.years[0]
	}
	c.years[1] = max(c.years[1], o.years[1])
}

// of is how many cells have a shape.
func (c *counts) of(s shape) int {
	for bit := range c.shapes {
		if s == 1<<bit {
			return c.shapes[bit]
		}
	}
	panic("inspect: counts are of one shape")
}

// note is something to be said of single cells.
type note uint8

const (
	noteError note = iota
	noteMojibake
	notePersonal
	noteDayMonth
)

// places are the rows of which something is to be said, from 1.
type places struct {
	count int
	rows  []int
	what  personal.Kind
}

func (p *places) add(row int) {
	if p.count++; len(p.rows) < maxPlaces {
		p.rows = append(p.rows, row)
	}
}

// merge adds the places of later rows, which count from base on.
func (p *places) merge(o *places, base int) {
	p.count += o.count
	for _, row := range o.rows {
		if len(p.rows) < maxPlaces {
			p.rows = append(p.rows, base+row)
		}
	}
}

func newProfile(separators []string) *profile {
	p := &profile{forms: map[string]*form{}, notes: map[note]*places{}}
	for _, s := range separators {
		p.joined = append(p.joined, newJoined(s))
	}
	return p
}

// add counts a cell that answers, of row.
func (p *profile) add(cell []byte, row int) {
	p.answered++
	if f, ok := p.forms[string(cell)]; ok {
		f.count++
		p.noteOf(f, row)
		return
	}
	f := formOf(string(cell))
	p.seen.add(hash(fold.String(f.text)))
	p.noteOf(&f, row)
	p.keep(&f)
}

// keep counts a form for itself where there is room, else by what it tells.
func (p *profile) keep(f *form) {
	if len(p.forms) < maxForms && len(f.text) <= maxFormSize {
		p.forms[f.text] = f
		p.order = append(p.order, f)
		return
	}
	p.full = true
	p.loose.add(f, f.count)
	for _, j := range p.joined {
		j.add(f.text, f.count)
	}
}

func (p *profile) noteOf(f *form, row int) {
	if f.shape&(isError|isMojibake|isDayMonth) == 0 && f.holds == personal.None && f.personal == personal.None {
		return
	}
	if f.shape&isError != 0 {
		p.note(noteError, row)
	}
	if f.shape&isMojibake != 0 {
		p.note(noteMojibake, row)
	}
	if f.shape&isDayMonth != 0 {
		p.note(noteDayMonth, row)
	}
	if kind := max(f.holds, f.personal); kind != personal.None {
		n := p.note(notePersonal, row)
		if n.what == personal.None {
			n.what = kind
		}
	}
}

func (p *profile) note(n note, row int) *places {
	at := p.notes[n]
	if at == nil {
		at = &places{}
		p.notes[n] = at
	}
	at.add(row)
	return at
}

// merge adds the profile of later rows, which count from base on.
func (p *profile) merge(o *profile, base int) {
	p.answered += o.answered
	p.marks += o.marks
	p.full = p.full || o.full
	p.loose.merge(&o.loose)
	p.seen.merge(&o.seen)
	for i, j := range p.joined {
		j.merge(o.joined[i])
	}
	for _, f := range o.order {
		if own, ok := p.forms[f.text]; ok {
			own.count += f.count
		} else {
			p.keep(f)
		}
	}
	for n := noteError; n <= noteDayMonth; n++ {
		if at := o.notes[n]; at != nil {
			p.mergeNote(n, at, base)
		}
	}
}

func (p *profile) mergeNote(n note, o *places, base int) {
	at := p.notes[n]
	if at == nil {
		at = &places{what: o.what}
		p.notes[n] = at
	}
	at.merge(o, base)
}

// total counts all cells, whether their forms are kept or not.
func (p *profile) total() counts {
	var t counts
	t.merge(&p.loose)
	for _, f := range p.order {
		t.add(f, f.count)
	}
	return t
}
