package export

import (
	"bytes"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// Fold is a question of which one answer was to be given, but which the export
// spreads over one column per answer. It can be read as if it were one column,
// whose cells hold the answer that is ticked.
//
// Whether a question is one of these or "tick all that apply" no export tells, so
// a fold is an offer: a codebook takes it by naming the question.
type Fold struct {
	Column
	Parts []Part
	// Single tells that no response of the head ticks two answers, and some tick one.
	Single bool
}

// Part is the column of one answer.
type Part struct {
	Column int // index into Columns
	Label  string
	cell   []byte // the label, as the fold's cell has it
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

// Column returns the column of a field: of the file, or of a fold after them.
func (l *Layout) Column(field int) *Column {
	if n := len(l.Columns); field >= n {
		return &l.Folds[field-n].Column
	}
	return &l.Columns[field]
}

// Read lists the columns that a field is read from: itself, or a fold's parts.
func (l *Layout) Read(field int) []int {
	n := len(l.Columns)
	if field < n {
		return []int{field}
	}
	var out []int
	for _, p := range l.Folds[field-n].Parts {
		out = append(out, p.Column)
	}
	return out
}

// folded reads a Fold in a row: its answer, TwoTicks, the mark of a question seen
// and not answered, or nothing.
func (r *Row) folded(f *Fold) []byte {
	var answer, mark []byte
	for i := range f.Parts {
		cell := r.Field(f.Parts[i].Column)
		switch {
		case !f.Parts[i].ticked(cell):
		case r.layout.SeenUnanswered != "" && string(cell) == r.layout.SeenUnanswered:
			mark = cell
		case answer != nil:
			return TwoTicks
		default:
			answer = f.Parts[i].cell
		}
	}
	if answer == nil {
		return mark
	}
	return answer
}

// ticked reports whether the cell chooses the answer: also by "No", where that is
// the answer's own label.
func (p *Part) ticked(cell []byte) bool {
	return Ticked(cell) || len(cell) > 1 && fold.String(string(cell)) == fold.String(p.Label)
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

// newFold is the fold of neighbouring columns.
func newFold(name Column, columns []Column, from int) Fold {
	name.Position, name.Role = columns[0].Position, RoleQuestion
	f := Fold{Column: name}
	for i, c := range columns {
		label := c.Option
		if label == "" {
			label = c.Code[strings.LastIndexAny(c.Code, "_[.")+1:]
		}
		f.Parts = append(f.Parts, Part{from + i, label, []byte(label)})
	}
	return f
}

// foldRows folds neighbouring columns that are of the same question. named names
// the fold, and says whether there is one.
func foldRows(l *Layout, same func(a, b Column) bool, named func(columns []Column) (Column, bool)) {
	for from := 0; from < len(l.Columns); {
		to := from + 1
		for to < len(l.Columns) && same(l.Columns[from], l.Columns[to]) {
			to++
		}
		if to-from > 1 {
			if name, ok := named(l.Columns[from:to]); ok {
				l.Folds = append(l.Folds, newFold(name, l.Columns[from:to], from))
			}
		}
		from = to
	}
}

// fold offers a fold of every question whose options have columns of their own, but
// for those of which the platform has made one; h is the head from the headings on.
func (l *Layout) fold(h Head) {
	done := map[int]bool{}
	for _, f := range l.Folds {
		for _, p := range f.Parts {
			done[l.Columns[p.Column].Position] = true
		}
	}
	same := func(a, b Column) bool {
		return questionOf(a) != "" && questionOf(a) == questionOf(b) && !done[a.Position] && !done[b.Position]
	}
	foldRows(l, same, func(columns []Column) (Column, bool) {
		return Column{Code: sharedCode(columns), Text: questionOf(columns[0]), ID: sharedID(columns)}, l.ticks(h, columns)
	})
	for i := range l.Folds {
		l.Folds[i].Single = l.single(h, l.Folds[i])
	}
}

// questionOf is the text of an option's question, "" for other columns.
func questionOf(c Column) string {
	if c.Role != RoleQuestion || c.Option == "" {
		return ""
	}
	question, ok := strings.CutSuffix(c.Text, " - "+c.Option)
	if !ok {
		return ""
	}
	return question
}

// ticks reports whether the responses of the head do no more than tick: besides
// "no" and the like a column says one thing only. A row of a grid says several.
func (l *Layout) ticks(h Head, columns []Column) bool {
	for _, c := range columns {
		says := ""
		for row := l.HeaderRows; row < len(h.Rows) && !c.Open; row++ {
			cell := h.At(row, c.Position-1)
			if cell == l.SeenUnanswered || !Ticked([]byte(cell)) {
				continue
			}
			if says == "" {
				says = cell
			}
			if cell != says {
				return false
			}
		}
	}
	return true
}

// single reports whether no response of the head ticks two answers, and some one.
func (l *Layout) single(h Head, f Fold) bool {
	some := false
	for row := l.HeaderRows; row < len(h.Rows); row++ {
		n := 0
		for _, p := range f.Parts {
			if cell := h.At(row, l.Columns[p.Column].Position-1); p.ticked([]byte(cell)) && cell != l.SeenUnanswered {
				n++
			}
		}
		if n > 1 {
			return false
		}
		some = some || n == 1
	}
	return some
}

// sharedCode is what the codes of a question's columns begin with: Q4 of Q4_1 and
// Q4_2, race of race___1, q1 of q1[SQ001].
func sharedCode(columns []Column) string {
	return shared(columns, func(c Column) string { return c.Code })
}

func sharedID(columns []Column) string {
	return shared(columns, func(c Column) string { return c.ID })
}

func shared(columns []Column, name func(Column) string) string {
	out := name(columns[0])
	for _, c := range columns[1:] {
		out = commonPrefix(out, name(c))
	}
	cut := strings.LastIndexAny(out, "_[.")
	if cut < 0 {
		return ""
	}
	return strings.TrimRight(out[:cut], "_[.")
}
