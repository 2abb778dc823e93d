package frame

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// Categories is a column as places in a list of labels.
type Categories struct {
	Name   string
	Codes  []int32 // one a row, -1 for missing; not to be changed
	Labels []string
}

// Label is what a code stands for.
func (c *Categories) Label(code int32) string { return c.Labels[code] }

// Code is the place of a label, or of one that is the same number; -1 without one.
//
//gosec:disable G115 -- rows are counted in int32, and categories are fewer
func (c *Categories) Code(label string) int32 {
	if at := slices.Index(c.Labels, label); at >= 0 {
		return int32(at)
	}
	v, ok := parseNumber([]byte(label))
	if !ok {
		return -1
	}
	return int32(slices.IndexFunc(c.Labels, func(l string) bool {
		x, ok := parseNumber([]byte(l))
		return ok && x == v
	}))
}

// Categories are the column's distinct values in order: numbers by value, as the
// levels of a number's factor are in R, texts by their bytes, and texts that are
// all numbers, such as the codes 01 to 10, by value.
func (c *Column) Categories() *Categories {
	c.plain.Do(func() {
		switch {
		case c.asText != nil:
			c.sorted = c.asText.Categories()
		case c.numbers != nil:
			c.sorted = c.ofNumbers()
		default:
			c.sorted = c.ofTexts()
		}
	})
	return c.sorted
}

// ofNumbers gives equal numbers one category.
//
//gosec:disable G115 -- rows are counted in int32, and categories are fewer
func (c *Column) ofNumbers() *Categories {
	place := map[float64]int32{}
	var values []float64
	codes := make([]int32, len(c.numbers))
	last, lastCode := math.NaN(), int32(-1)
	for row, v := range c.numbers {
		if v == last {
			codes[row] = lastCode
			continue
		}
		codes[row] = -1
		if math.IsNaN(v) {
			continue
		}
		code, ok := place[v]
		if !ok {
			code = int32(len(values))
			place[v] = code
			values = append(values, v)
		}
		codes[row], last, lastCode = code, v, code
	}
	order := inOrder(len(values), func(a, b int32) int { return cmp.Compare(values[a], values[b]) })
	labels := make([]string, len(values))
	for i, v := range order {
		labels[i] = formatNumber(values[v])
	}
	return &Categories{c.Name, recode(codes, order), labels}
}

// formatNumber is a number as a label: no exponent while that is readable.
func formatNumber(v float64) string {
	if a := math.Abs(v); a == 0 || a >= 1e-4 && a < 1e15 {
		return strconv.FormatFloat(v+0, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

func (c *Column) ofTexts() *Categories {
	compare := func(a, b int32) int { return cmp.Compare(c.words[a], c.words[b]) }
	if values, ok := allNumbers(c.words); ok {
		compare = func(a, b int32) int {
			return cmp.Or(cmp.Compare(values[a], values[b]), cmp.Compare(c.words[a], c.words[b]))
		}
	}
	order := inOrder(len(c.words), compare)
	labels := make([]string, len(order))
	for i, w := range order {
		labels[i] = c.words[w]
	}
	return &Categories{c.Name, recode(c.codes(), order), labels}
}

// codes are places in words; a column without any value has none.
func (c *Column) codes() []int32 {
	if c.texts == nil {
		return slices.Repeat([]int32{-1}, c.frame.Rows)
	}
	return c.texts
}

func allNumbers(words []string) ([]float64, bool) {
	values := make([]float64, len(words))
	for i, w := range words {
		v, ok := parseNumber(trim([]byte(w)))
		if !ok {
			return nil, false
		}
		values[i] = v
	}
	return values, true
}

// inOrder are the numbers below n in the order of compare.
func inOrder(n int, compare func(a, b int32) int) []int32 {
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, compare)
	return order
}

// recode gives each code its place in order.
//
//gosec:disable G115 -- rows are counted in int32, and categories are fewer
func recode(codes, order []int32) []int32 {
	place := make([]int32, len(order)+1)
	place[len(order)] = -1
	for i, code := range order {
		place[code] = int32(i)
	}
	out := make([]int32, len(codes))
	for row, code := range codes {
		if code < 0 {
			code = int32(len(order))
		}
		out[row] = place[code]
	}
	return out
}

// Levels are the categories as they are named; the column must have been read as
// Text. A value that is not among them is a problem.
func (c *Column) Levels(levels []string) (*Categories, error) {
	if !c.text {
		panic("frame: " + c.Name + " was not read as texts")
	}
	key := strings.Join(levels, "\x00")
	if known, ok := c.given.Load(key); ok {
		return known.(*Categories), nil
	}
	place := make(map[string]int32, len(levels))
	for i, l := range levels {
		place[l] = int32(i)
	}
	codeOf := make([]int32, len(c.words))
	unnamed := 0
	for w, word := range c.words {
		code, ok := place[word]
		if !ok {
			code = -1
			unnamed++
		}
		codeOf[w] = code
	}
	out := &Categories{c.Name, make([]int32, c.frame.Rows), levels}
	for row, word := range c.codes() {
		out.Codes[row] = -1
		if word < 0 {
			continue
		}
		if out.Codes[row] = codeOf[word]; unnamed > 0 && codeOf[word] < 0 {
			return nil, c.unnamed(row, unnamed, len(levels))
		}
	}
	known, _ := c.given.LoadOrStore(key, out)
	return known.(*Categories), nil
}

func (c *Column) unnamed(row, values, levels int) error {
	return problem(diag.Diagnostic{
		Code: "unknown-level", Pos: diag.Pos{File: c.frame.File, Row: c.frame.Line(row), Column: c.Name},
		Message: fmt.Sprintf("a value that is not among the %d categories named; there are %d such values", levels, values),
	})
}
