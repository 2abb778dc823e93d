package normalise

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

func planChoices(s *Schema, wave *study.Wave, f *export.File, cols *columns) []choiceField {
	var out []choiceField
	for i, c := range s.Choices {
		if !wave.Has(c.ID) {
			continue
		}
		src, _ := wave.Codebook.Choices.Get(c.ID)
		field := newChoiceField(i, c, src, wave.Codebook)
		what := fmt.Sprintf("choice %q", c.ID)
		if src.Columns != "" {
			field.spread(src, cols, what)
		} else {
			field.joined(src, f, cols, what)
		}
		out = append(out, field)
	}
	return out
}

func newChoiceField(i int, c ChoiceColumns, src study.ChoiceSource, book *study.Codebook) choiceField {
	out := choiceField{choice: i, field: -1, options: map[string]int{}, missing: kindsByText(book.Missing), invalid: unknownIsInvalid(src.Unknown, book)}
	add := func(label string, option int) {
		if _, taken := out.options[fold.String(label)]; !taken {
			out.options[fold.String(label)] = option
			out.declared = append(out.declared, label)
		}
	}
	for _, m := range src.Map {
		add(m.ID, c.Choice.Options.Index(m.Value))
	}
	for id, label := range c.Choice.Options.All() {
		add(label, c.Choice.Options.Index(id))
		add(id, c.Choice.Options.Index(id))
	}
	return out
}

// joined finds the one column that holds all ticked labels.
func (c *choiceField) joined(src study.ChoiceSource, f *export.File, cols *columns, what string) {
	c.field = cols.own(src.Column, what, src.Pos)
	c.separator = src.Separator
	if c.field >= 0 && c.separator == "" && c.box(f) {
		return
	}
	if c.separator == "" {
		c.separator = f.Separator
	}
	if c.separator == "" {
		c.field = -1
		cols.diags.Add(diag.Diagnostic{Code: "missing-separator", Pos: src.Pos,
			Message: fmt.Sprintf("%s: what joins the ticked options in %s is not known", what, f.Name),
			Hint:    `add separator: ", " or what the file uses`})
	}
}

// box takes a column that is an option's own, a single check box, for what it is:
// its heading says the option, or there is only one and nothing joins it to others.
func (c *choiceField) box(f *export.File) bool {
	col := f.Columns[c.field]
	option, label, ok := c.option("", col)
	if !ok && f.Separator == "" && c.count() == 1 {
		option, label, ok = c.options[fold.String(c.declared[0])], fold.String(c.declared[0]), true
	}
	if ok {
		c.columns = []optionField{{field: c.field, option: option, open: col.Open, label: label}}
		c.field = -1
	}
	return ok
}

// count is how many options there are.
func (c *choiceField) count() int {
	seen := map[int]bool{}
	for _, option := range c.options {
		seen[option] = true
	}
	return len(seen)
}

// spread finds the columns of the options. A column's option is what the star
// stands for, or else the last part of its text.
func (c *choiceField) spread(src study.ChoiceSource, cols *columns, what string) {
	matches := cols.matching(src.Columns)
	if len(matches) == 0 {
		cols.diags.Add(diag.Diagnostic{Code: "missing-column", Pos: src.Pos,
			Message: fmt.Sprintf("%s: no column of %s fits %q", what, cols.file.Name, src.Columns),
			Hint:    diag.NearestHint(src.Columns, cols.names)})
		return
	}
	found := map[int]bool{}
	for _, m := range matches {
		col := cols.file.Columns[m.index]
		option, label, ok := c.option(m.text, col)
		switch {
		case !ok && col.Open && beside(col, matches, cols):
			continue // the words to a tick in another column
		case !ok && col.Open:
			c.unlisted = append(c.unlisted, optionField{field: m.index, option: -1, open: true})
			continue
		case !ok:
			cols.diags.Add(diag.Diagnostic{Code: "unknown-option", Pos: src.Pos,
				Message: fmt.Sprintf("%s: column %q of %s is no declared option", what, col.Title(), cols.file.Name),
				Hint:    diag.NearestHint(lastPart(col, m.text), c.declared)})
			continue
		case found[option] && col.Open:
			continue
		case found[option]:
			cols.diags.Errorf("column-named-twice", src.Pos, "%s: two columns of %s stand for %q", what, cols.file.Name, label)
			continue
		}
		found[option] = true
		c.columns = append(c.columns, optionField{field: m.index, option: option, open: col.Open, label: label, number: optionNumber(cols, matches[0].index, m.index)})
	}
	c.missingOptions(found, src, cols, what)
}

// beside reports whether an open text has a tick in a column of its own, as
// Qualtrics' Q5_8_TEXT has in Q5_8 and LimeSurvey's q1[SQ001comment] in q1[SQ001].
func beside(open export.Column, matches []star, cols *columns) bool {
	return slices.ContainsFunc(matches, func(m star) bool {
		col := cols.file.Columns[m.index]
		return !col.Open && (begins(open.Code, strings.TrimSuffix(col.Code, "]")) || begins(open.Option, col.Option))
	})
}

func begins(text, with string) bool {
	return with != "" && len(text) > len(with) && strings.HasPrefix(text, with)
}

// optionNumber is what ticks an option in an export of numbers: SurveyMonkey
// writes 2 where the second option is ticked.
func optionNumber(cols *columns, first, index int) string {
	if !cols.file.Numbered {
		return ""
	}
	return strconv.Itoa(index - first + 1)
}

func (c *choiceField) option(star string, col export.Column) (option int, label string, ok bool) {
	for _, text := range []string{star, fold.String(col.Option), fold.String(lastPart(col, star))} {
		if option, ok := c.options[text]; ok && text != "" {
			return option, text, true
		}
	}
	return 0, "", false
}

func lastPart(col export.Column, star string) string {
	if col.Option != "" {
		return col.Option
	}
	if i := strings.LastIndex(col.Text, " - "); i >= 0 {
		return col.Text[i+3:]
	}
	return star
}

func (c *choiceField) missingOptions(found map[int]bool, src study.ChoiceSource, cols *columns, what string) {
	declared := map[int]bool{}
	for _, o := range c.options {
		declared[o] = true
	}
	for _, label := range c.declared {
		o := c.options[fold.String(label)]
		if !found[o] && declared[o] {
			declared[o] = false
			cols.diags.Add(diag.Diagnostic{Code: "missing-column", Severity: diag.Warning, Pos: src.Pos,
				Message: fmt.Sprintf("%s: no column of %s stands for option %q: it counts as not asked there", what, cols.file.Name, label)})
		}
	}
}
