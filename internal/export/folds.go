package export

import (
	"bytes"
	"slices"

	"github.com/caregap/caregap/internal/fold"
)

// Fold is a question of which one answer was to be given, but which the export
// spreads over one column per answer. It can be read as if it were one column,
// whose cells hold the answer that is ticked.
type Fold struct {
	Column
	Parts []Part
}

// Part is the column of one answer.
type Part struct {
	Column int // index into Columns
	Label  string
}

// TwoTicks is what the cell of a Fold holds where more than one answer is ticked.
// No text of an export has its first byte.
var TwoTicks = []byte("\x00two answers ticked")

// All lists the columns of the file and, after them, its folds.
func (l Layout) All() []Column {
	out := slices.Clone(l.Columns)
	for _, f := range l.Folds {
		out = append(out, f.Column)
	}
	return out
}

// folded reads a Fold in a row: its answer, TwoTicks, or nothing.
func (r *Row) folded(f *Fold) []byte {
	var answer []byte
	for i := range f.Parts {
		if !Ticked(r.Field(f.Parts[i].Column)) {
			continue
		}
		if answer != nil {
			return TwoTicks
		}
		answer = []byte(f.Parts[i].Label)
	}
	return answer
}

// unticked are cells that say that an answer was seen and not chosen.
var unticked = []string{"no", "false", "0", "unchecked", "not selected"}

// Ticked reports whether the cell of an answer's own column chooses it.
func Ticked(cell []byte) bool {
	if len(cell) == 1 {
		return cell[0] != '0' && cell[0] != ' '
	}
	cell = bytes.TrimSpace(cell)
	return len(cell) > 0 && !slices.Contains(unticked, fold.String(string(cell)))
}

// foldRows folds neighbouring columns whose texts differ in their last part only.
// want says of the columns of one question whether only one can be ticked.
func foldRows(l *Layout, same func(a, b Column) bool, named func(columns []Column) (Column, bool)) {
	for from := 0; from < len(l.Columns); {
		to := from + 1
		for to < len(l.Columns) && same(l.Columns[from], l.Columns[to]) {
			to++
		}
		if column, ok := named(l.Columns[from:to]); ok && to-from > 1 {
			f := Fold{Column: column}
			f.Position = l.Columns[from].Position
			for i := from; i < to; i++ {
				f.Parts = append(f.Parts, Part{i, l.Columns[i].Option})
			}
			l.Folds = append(l.Folds, f)
		}
		from = to
	}
}
