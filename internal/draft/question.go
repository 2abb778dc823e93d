package draft

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/personal"
)

// question is one question of an export, as a codebook can name it.
type question struct {
	name     string // by which a codebook names its column; "" where nothing names it alone
	pattern  string // of the columns of its options, instead of name
	text     string // its words, with the question that a row of a grid stands under
	stem     string // of those words what is the question's above it, if any
	wording  string // what of the words is its own
	position int    // of its first column, from 1
	kind     inspect.Kind
	answers  []inspect.Answer // those that may be shown
	others   inspect.Others   // those that may not
	options  []string         // of a tick-all question with a column for each
	words    []tickWord       // by which such columns are ticked, where they are not the options' own
	joint    string           // joins the options in its one column
	grid     int              // the group that it is a row of, or -1
}

// ticks reports whether any number of options can be ticked.
func (q *question) ticks() bool { return q.kind == inspect.Multiple }

// closed reports whether one of a few answers is given.
func (q *question) closed() bool { return q.kind == inspect.Scale || q.kind == inspect.Single }

// reader makes questions of an inspected export.
type reader struct {
	e     Export
	names map[string]int // folded name to how many columns have it
}

// questionsOf lists the questions of an export in the order of its columns. Columns
// of personal data, ids, times, and those whose heading must not be shown are none.
func questionsOf(e Export) []*question {
	r := namer(e)
	var out []*question
	done := map[int]bool{}
	for i := range e.Report.Columns {
		c := &e.Report.Columns[i]
		g := r.group(c)
		switch {
		case c.Role != export.RoleQuestion || c.Open || said(c) == "":
		case g == nil || g.Kind == "":
			out = append(out, r.column(c, g))
		case !done[c.Group]:
			done[c.Group] = true
			out = append(out, r.spread(g))
		}
	}
	rows(out)
	return out
}

// rows finds questions that are rows of a grid by their texts: those that stand
// under one question have the same words before the last " - ".
func rows(all []*question) {
	under := map[string]int{}
	for _, q := range all {
		stem, _ := cutLast(q.text)
		under[stem]++
	}
	for _, q := range all {
		stem, row := cutLast(q.text)
		if stem == "" || under[stem] < 2 || len(tokens(row)) == 0 {
			continue
		}
		if q.stem = stem; q.wording == q.text {
			q.wording = row
		}
	}
}

func cutLast(text string) (before, after string) {
	if i := strings.LastIndex(text, " - "); i > 0 {
		return text[:i], text[i+3:]
	}
	return "", text
}

func (r *reader) group(c *inspect.Column) *inspect.Group {
	if c.Group < 0 {
		return nil
	}
	return &r.e.Report.Groups[c.Group]
}

// said is a column's text as it may be shown, "" where it has none.
func said(c *inspect.Column) string {
	text := c.Text
	if text == "" {
		text = c.Code
	}
	if !harmless(text + " " + c.Code + " " + c.ID) {
		return ""
	}
	return c.Said(text)
}

// harmless reports whether a heading holds nothing of a person.
func harmless(text string) bool { return personal.Holds(text) == personal.None }

// column is a question with a column of its own, or a row of a grid.
func (r *reader) column(c *inspect.Column, g *inspect.Group) *question {
	q := &question{
		name: r.nameOf(c.Column), text: said(c), wording: said(c), position: c.Position, kind: c.Kind,
		answers: shown(c), others: c.Others(), joint: c.Separator, grid: -1,
	}
	switch {
	case q.ticks() && c.Separator == "" && len(c.Values) == 0:
		r.box(c, q)
	case g != nil && len(tokens(c.Option)) > 0:
		q.wording, q.grid = c.Option, c.Group
	}
	return q
}

// box is a question of which a single option's column is there: nothing joins what
// is ticked, and the question's other columns, if ever there were any, would be
// named as this one is.
func (r *reader) box(c *inspect.Column, q *question) {
	if pattern := r.pattern(&inspect.Group{Columns: []int{c.Position - 1}}); pattern != "" {
		q.pattern, q.options = pattern, []string{r.option(c)}
	}
}

// shown are the answers that may be shown. Where a key beside the file has words for
// the codes, they are those of the key, in its order, and answers that nobody gave
// are among them.
func shown(c *inspect.Column) []inspect.Answer {
	given := slices.DeleteFunc(slices.Clone(c.Answers), func(a inspect.Answer) bool { return !a.Shown })
	if len(c.Values) == 0 {
		return given
	}
	var out []inspect.Answer
	for _, v := range c.Values {
		a := inspect.Answer{Label: v.Label, Code: v.Code, Shown: true}
		for _, g := range given {
			if sameLabel(g.Label, v.Label) {
				a.Count += g.Count
			}
		}
		out = append(out, a)
	}
	for _, g := range given {
		if !slices.ContainsFunc(out, func(a inspect.Answer) bool { return sameLabel(a.Label, g.Label) }) {
			out = append(out, g)
		}
	}
	return out
}

// spread is a question with a column for each of its answers. Where one of the
// answers must not be shown nothing names it.
func (r *reader) spread(g *inspect.Group) *question {
	first := &r.e.Report.Columns[g.Columns[0]]
	q := &question{text: g.Text, wording: strings.TrimSuffix(g.Text, " - Selected Choice"), position: first.Position, kind: g.Kind, grid: -1}
	safe := harmless(g.Text)
	for _, i := range g.Columns {
		c := &r.e.Report.Columns[i]
		safe = safe && said(c) != "" && c.Role == export.RoleQuestion
		q.options = append(q.options, r.option(c))
		q.words = append(q.words, tickedBy(c, r.option(c))...)
		q.answers = append(q.answers, inspect.Answer{Label: r.option(c), Count: ticked(c), Shown: true})
	}
	switch f := r.foldOf(g.Columns); {
	case !safe:
		q.text, q.wording, q.options, q.answers, q.words = "", "", nil, nil, nil
	case g.Kind == inspect.Multiple:
		q.pattern = r.pattern(g)
	case f != nil && harmless(f.Text+" "+f.Code):
		q.options, q.name, q.text, q.wording = nil, r.nameOf(f.Column), f.Text, f.Text
	}
	return q
}

// tickWord are a word that ticks an option's column, and the option.
type tickWord struct{ word, option string }

// tickedBy lists the words by which an option's column is ticked that the loader does
// not know by themselves: of an export whose texts were removed the cells alone say
// what the options are.
func tickedBy(c *inspect.Column, option string) []tickWord {
	var out []tickWord
	for _, a := range c.Answers {
		if key := fold.String(a.Label); a.Shown && key != fold.String(option) && !plainTicks[key] {
			out = append(out, tickWord{a.Label, option})
		}
	}
	return out
}

// plainTicks are what every option's column may hold, folded.
var plainTicks = setOf("yes no y n true false 1 0 checked unchecked")

// option is what a column of an option is called, as the loader will find it.
func (r *reader) option(c *inspect.Column) string {
	if layout := r.e.Layout.Columns[c.Position-1]; layout.Option != "" {
		return layout.Option
	}
	if c.Option != "" {
		return c.Option
	}
	_, last := cutLast(c.Text)
	return last
}

// ticked counts the ticks in an option's column.
func ticked(c *inspect.Column) int {
	n := 0
	for _, a := range c.Answers {
		if export.Ticked([]byte(a.Label)) {
			n += a.Count
		}
	}
	return n
}

func (r *reader) foldOf(columns []int) *export.Fold {
	for i := range r.e.Layout.Folds {
		f := &r.e.Layout.Folds[i]
		if slices.EqualFunc(f.Parts, columns, func(p export.Part, c int) bool { return p.Column == c }) {
			return f
		}
	}
	return nil
}
