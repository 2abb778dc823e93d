package workbook

import (
	"strconv"

	"github.com/caregap/caregap/internal/number"
)

// sheet is one worksheet: lines in column A, the first of them its title, and
// the table below them.
type sheet struct {
	name   string
	about  string // what Contents says of it
	lines  []line
	table  *grid     // nil on the cover
	widths []float64 // of the columns, in characters
}

// line is a text in column A.
type line struct {
	text string
	kind kind
}

// kind is how a line or cell looks.
type kind int

const (
	body     kind = iota // Arial 12
	title                // Arial 16 bold, style Heading 1
	subtitle             // Arial 14 bold, style Heading 2
	header               // Arial 12 bold, a line below
	link                 // Arial 12 underlined
)

// grid is a table: unique header texts, and rows of that many cells.
type grid struct {
	name    string
	columns []column
	rows    [][]cell
}

type column struct {
	header string
	right  bool // numbers, and the codes that stand for them, are set right
	indent bool // texts that follow numbers are kept clear of them
}

// cell is a text or a number, never nothing.
type cell struct {
	text   string
	number number.Value
	format string // number format of a number
	link   string // the worksheet that a text leads to
}

func words(s string) cell { return cell{text: clean(s)} }

// header is the first row of a table.
func (g *grid) header() []cell {
	out := make([]cell, len(g.columns))
	for i, c := range g.columns {
		out[i] = cell{text: c.header}
	}
	return out
}

// look is how a cell of a table's body looks.
func (g *grid) look(i int, c cell) look {
	l := look{format: c.format, right: g.columns[i].right, indent: g.columns[i].indent}
	if c.link != "" {
		l.kind = link
	}
	return l
}

// headerLook is how a cell of a table's header looks.
func (g *grid) headerLook(i int, c cell) look {
	l := g.look(i, c)
	l.kind = header
	return l
}

// corners are the first and last cell of the sheet's table, such as A6 and D20.
func (s sheet) corners() (first, last string) {
	top := len(s.lines) + 1
	return cellName(1, top), cellName(len(s.table.columns), top+len(s.table.rows))
}

// cellName is a cell's name: letters for its column, and its row.
func cellName(column, row int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}
