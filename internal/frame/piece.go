package frame

import (
	"math"

	"golang.org/x/sync/errgroup"
)

// piece is a column's values in some rows, in the order of the file. Rows that
// come before the first number, or the first text, are filled in when it comes:
// most columns have only one of them.
type piece struct {
	rows    int
	text    bool // all values are texts
	coded   bool // a number was written as codes are
	numbers []float64
	texts   []int32
	words   []string
	place   map[string]int32
}

// add takes the field of the next row.
func (p *piece) add(field []byte) {
	trimmed := trim(field)
	if missing(trimmed) {
		p.addMissing()
		return
	}
	if !p.text {
		if v, ok := parseNumber(trimmed); ok {
			p.coded = p.coded || code(trimmed)
			p.addNumber(v)
			return
		}
	}
	p.addText(field)
}

// code reports whether a number starts with a zero that it does not need: 01 is
// somebody's code, and not that of 1.
func code(number []byte) bool {
	return len(number) > 1 && number[0] == '0' && number[1] >= '0' && number[1] <= '9'
}

func (p *piece) addMissing() {
	if p.numbers != nil {
		p.numbers = append(p.numbers, math.NaN())
	}
	if p.texts != nil {
		p.texts = append(p.texts, -1)
	}
	p.rows++
}

func (p *piece) addNumber(v float64) {
	if p.numbers == nil {
		p.numbers = grown(p.rows, math.NaN())
	}
	p.numbers = append(p.numbers, v)
	if p.texts != nil {
		p.texts = append(p.texts, -1)
	}
	p.rows++
}

//gosec:disable G115 -- rows are counted in int32, and words are fewer
func (p *piece) addText(field []byte) {
	if p.texts == nil {
		p.texts = grown(p.rows, int32(-1))
		p.place = map[string]int32{}
	}
	if p.numbers != nil {
		p.numbers = append(p.numbers, math.NaN())
	}
	p.rows++
	if n := len(p.texts); n > 0 && p.texts[n-1] >= 0 && string(field) == p.words[p.texts[n-1]] {
		p.texts = append(p.texts, p.texts[n-1])
		return
	}
	code, ok := p.place[string(field)]
	if !ok {
		code = int32(len(p.words))
		word := string(field)
		p.place[word] = code
		p.words = append(p.words, word)
	}
	p.texts = append(p.texts, code)
}

// usualRows is how many rows a piece has room for at once.
const usualRows = 4096

func grown[T any](rows int, fill T) []T {
	out := make([]T, rows, max(usualRows, 2*rows))
	for i := range out {
		out[i] = fill
	}
	return out
}

// join makes columns of their pieces: pieces[part][column].
func join(f *Frame, wants []Want, pieces [][]piece) {
	for _, part := range pieces {
		if len(part) > 0 {
			f.Rows += part[0].rows
		}
	}
	f.columns = make(map[Want]*Column, len(wants))
	var group errgroup.Group
	for i, w := range wants {
		c := &Column{Name: w.Name, frame: f, text: w.Text}
		f.columns[w] = c
		group.Go(func() error {
			c.join(pieces, i)
			return nil
		})
	}
	_ = group.Wait() // joining cannot fail
}

func (c *Column) join(pieces [][]piece, i int) {
	numbers, texts := false, false
	for _, part := range pieces {
		numbers = numbers || part[i].numbers != nil
		texts = texts || part[i].texts != nil
		c.coded = c.coded || part[i].coded
	}
	if numbers {
		c.numbers = make([]float64, 0, c.frame.Rows)
	}
	if texts {
		c.texts = make([]int32, 0, c.frame.Rows)
	}
	place := map[string]int32{}
	for _, part := range pieces {
		p := &part[i]
		if numbers {
			c.numbers = appendOr(c.numbers, p.numbers, p.rows, math.NaN())
		}
		if texts {
			c.texts = appendOr(c.texts, p.texts, p.rows, -1)
			c.renumber(c.texts[len(c.texts)-p.rows:], p, place)
		}
		*p = piece{rows: p.rows}
	}
}

func appendOr[T any](to, values []T, rows int, fill T) []T {
	if values != nil {
		return append(to, values...)
	}
	for range rows {
		to = append(to, fill)
	}
	return to
}

// renumber turns places among a piece's words into places among the column's.
//
//gosec:disable G115 -- rows are counted in int32, and words are fewer
func (c *Column) renumber(codes []int32, p *piece, place map[string]int32) {
	to := make([]int32, len(p.words))
	for i, word := range p.words {
		code, ok := place[word]
		if !ok {
			code = int32(len(c.words))
			place[word] = code
			c.words = append(c.words, word)
		}
		to[i] = code
	}
	for row, code := range codes {
		if code >= 0 {
			codes[row] = to[code]
		}
	}
}
