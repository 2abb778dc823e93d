// Package frame reads columns of a file of respondents: a CSV with one row of
// headings, a Parquet file, or a folder of Parquet files in partitions.
//
//  1. Open finds the format and the columns' names, and reads no more.
//  2. Read reads the columns that are wanted, once, on as many cores as there are.
//     A column comes as numbers where its values are numbers, else as texts with a
//     dictionary; one that has both is read again as texts.
//  3. A Frame holds them. What follows from a column - its numbers, its categories
//     in order - is made when it is first asked for, and kept.
//
// An empty field and NA are missing, and so are NULL and NaN in Parquet. Numbers are
// decimal: infinity, hexadecimals and thousands' separators are texts. No message
// holds a value, which may be personal; it says what kind of text was found where.
package frame

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/caregap/caregap/internal/diag"
)

// Want names a column to be read. With Text its values are taken as they are
// written, also where they are numbers.
type Want struct {
	Name string
	Text bool
}

// File is a file whose columns are known.
type File struct {
	Name    string // in messages
	Columns []string
	read    func(ctx context.Context, wants []Want) (*Frame, error)
	close   func() error
}

// Close ends the use of the file. Frames that were read stay.
func (f *File) Close() error { return f.close() }

// Unknown is the problem of a column that the file does not have, or has twice;
// nil without one.
func (f *File) Unknown(name string) error {
	switch first := slices.Index(f.Columns, name); {
	case first < 0:
		return problem(diag.Diagnostic{
			Code: "unknown-column", Pos: diag.Pos{File: f.Name}, Message: fmt.Sprintf("no column %q", name), Hint: diag.NearestHint(name, f.Columns),
		})
	case slices.Contains(f.Columns[first+1:], name):
		return problem(diag.Diagnostic{
			Code: "repeated-column", Pos: diag.Pos{File: f.Name}, Message: fmt.Sprintf("more than one column is called %q", name),
			Hint: "give each column a name of its own",
		})
	}
	return nil
}

// Read reads the columns; all must be there. Wants may repeat. Without any the
// frame has the number of rows.
func (f *File) Read(ctx context.Context, wants []Want) (*Frame, error) {
	if wants = distinct(wants); len(wants) == 0 && len(f.Columns) > 0 {
		wants = []Want{{Name: f.Columns[0], Text: true}} // a row is counted by its field
	}
	out, err := f.read(ctx, wants)
	if err != nil {
		return nil, err
	}
	again := out.mixed(wants)
	if len(again) == 0 {
		return out, nil
	}
	texts, err := f.read(ctx, again)
	if err != nil {
		return nil, err
	}
	for _, w := range again {
		column := out.columns[Want{Name: w.Name}]
		column.asText = texts.columns[w]
		column.asText.frame = out
	}
	return out, nil
}

func distinct(wants []Want) []Want {
	out := slices.Clone(wants)
	slices.SortFunc(out, func(a, b Want) int {
		if a.Name != b.Name || a.Text == b.Text {
			return cmp.Compare(a.Name, b.Name)
		}
		return map[bool]int{false: -1, true: 1}[a.Text]
	})
	return slices.Compact(out)
}

// Frame is some columns of a file.
type Frame struct {
	File    string
	Rows    int
	before  int   // records before the first row: 1 for a row of headings, 0 for Parquet
	skipped []int // records that are no rows for they are blank, ascending
	columns map[Want]*Column
}

// Column is a column that was read; asking for another one breaks a promise.
func (f *Frame) Column(w Want) *Column {
	c, ok := f.columns[w]
	if !ok {
		panic(fmt.Sprintf("frame: column %q was not read", w.Name))
	}
	return c
}

// Line is the number of a row as a spreadsheet counts, from 1 and with headings.
func (f *Frame) Line(row int) int {
	record := row + f.before
	for _, s := range f.skipped {
		if s > record {
			break
		}
		record++
	}
	return record + 1
}

// mixed are the wanted columns that have codes, or numbers and texts, as texts.
func (f *Frame) mixed(wants []Want) []Want {
	var out []Want
	for _, w := range wants {
		if c := f.columns[w]; c.numbers != nil && (c.texts != nil || c.coded) {
			out = append(out, Want{Name: w.Name, Text: true})
		}
	}
	return out
}

// Column is the values of one column. Rows of it are rows of the Frame.
type Column struct {
	Name    string
	frame   *Frame
	numbers []float64 // NaN for a missing value or a text; nil where there is no number
	texts   []int32   // place in dictionary, -1 for a missing value or a number; nil where there is no text
	words   []string  // the texts, in the order they were met
	text    bool      // numbers were not looked for
	coded   bool      // some of the numbers are written as codes are
	asText  *Column   // the same column as texts, where it has codes, or numbers and texts

	plain  sync.Once
	sorted *Categories
	given  sync.Map // of Categories, by the levels that were asked for
}

// Numeric reports whether the column is one of numbers: at least half of what is
// not missing is.
func (c *Column) Numeric() bool {
	if c.text {
		return false
	}
	if c.numbers == nil {
		return c.texts == nil
	}
	texts, missing := 0, 0
	for _, t := range c.texts {
		if t >= 0 {
			texts++
		}
	}
	for _, v := range c.numbers {
		if math.IsNaN(v) {
			missing++
		}
	}
	return 2*texts <= len(c.numbers)-(missing-texts)
}

// Numbers are the column's values, NaN for a missing one. They must not be
// changed. A value that is no finite number is a problem.
func (c *Column) Numbers() ([]float64, error) {
	if c.text {
		return nil, c.problemf("its categories are named, so it has no numbers")
	}
	if err := c.allNumbers(); err != nil {
		return nil, err
	}
	if c.numbers == nil {
		return slices.Repeat([]float64{math.NaN()}, c.frame.Rows), nil
	}
	return c.numbers, nil
}

// allNumbers is the problem of the first row that has no number.
func (c *Column) allNumbers() error {
	first, count := -1, 0
	for row, t := range c.texts {
		if t >= 0 {
			if count++; count == 1 {
				first = row
			}
		}
	}
	if count == 0 {
		return nil
	}
	message := kindOf(c.words[c.texts[first]]) + " stands where a number is expected"
	if count > 1 {
		message += fmt.Sprintf(", as in %d rows", count)
	}
	return problem(diag.Diagnostic{
		Code: "not-a-number", Pos: diag.Pos{File: c.frame.File, Row: c.frame.Line(first), Column: c.Name}, Message: message,
	})
}

func (c *Column) problemf(format string, args ...any) error {
	return problem(diag.Diagnostic{
		Code: "column-kind", Pos: diag.Pos{File: c.frame.File, Column: c.Name}, Message: fmt.Sprintf(format, args...),
	})
}

func problem(d diag.Diagnostic) error { return &diag.Problems{Diagnostics: []diag.Diagnostic{d}} }
