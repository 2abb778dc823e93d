package inspect

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// span is a run of columns that belong to one question, by their names.
type span struct {
	text    string // the question
	columns []int
	options []string // per column: the option or row that it stands for
	grid    bool     // a row of a grid: one column per point of its scale
}

// spans finds the questions that are spread over columns: those that the platform
// itself folds, and neighbours whose names differ in their last part only. An open
// text or a column without a name may stand between them.
func spans(l export.Layout) []span {
	taken := make([]bool, len(l.Columns))
	var out []span
	for _, f := range l.Folds {
		s := span{text: f.Text, grid: true}
		for _, part := range f.Parts {
			c := l.Columns[part.Column]
			if taken[part.Column] = true; c.Open {
				continue
			}
			s.columns, s.options = append(s.columns, part.Column), append(s.options, part.Label)
			s.grid = s.grid && gridCell.MatchString(c.Code)
		}
		if len(s.columns) > 1 {
			out = append(out, s)
		}
	}
	var run span
	end := func() {
		if len(run.columns) > 1 {
			out = append(out, run)
		}
		run = span{}
	}
	for i, c := range l.Columns {
		if c.Open && len(run.columns) > 0 || c.Code == "" && c.Text == "" {
			continue
		}
		stem, option := split(c)
		if taken[i] || stem == "" || c.Role != export.RoleQuestion && c.Role != export.RoleOther {
			end()
			continue
		}
		if fold.String(stem) != fold.String(run.text) || l.Platform == "jisc" && lettered(option) != lettered(run.options[0]) {
			end()
			run.text = stem
		}
		run.columns, run.options = append(run.columns, i), append(run.options, option)
	}
	end()
	return out
}

// lettered tells a Jisc sub-question, Q4_a, from an option of its question, Q4_1.
func lettered(option string) bool { return len(option) == 1 && option[0] >= 'a' && option[0] <= 'z' }

// gridCell is the code of a column of a coded grid: question, row, and the letter
// of a point.
var gridCell = regexp.MustCompile(`^Q\d+(?:_\d+)+_[a-z](?:_\d+)?$`)

// forms in which one heading names a question and a part of it.
var (
	bracketed = regexp.MustCompile(`^(.+?\S)\s*[\[(](?:choice=)?([^\[\]]+?)[\])]$`)
	dashed    = regexp.MustCompile(`^(.+\S)\s+[-–:|]\s+(\S.*)$`)
	numbered  = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9.#]*(?:_[A-Za-z0-9]+)*?)_{1,3}(\d{1,3}|[a-z])$`)
)

// split tells the question of a column from its option or row, "" where it has
// none.
func split(c export.Column) (stem, option string) {
	if c.Option != "" {
		if rest, ok := strings.CutSuffix(c.Text, c.Option); ok && rest != "" {
			return strings.TrimRight(rest, " -_:[("), c.Option
		}
		return stemOfCode(c.Code), c.Option
	}
	if c.Text != c.Code {
		return "", ""
	}
	for _, form := range []*regexp.Regexp{numbered, bracketed, dashed} {
		if m := form.FindStringSubmatch(c.Text); m != nil {
			return m[1], m[2]
		}
	}
	return "", ""
}

func stemOfCode(code string) string {
	if m := numbered.FindStringSubmatch(code); m != nil {
		return m[1]
	}
	return ""
}

// tickWords say in an option's own column whether it is ticked, folded; true for
// those that say yes.
var tickWords = map[string]bool{
	"1": true, "yes": true, "true": true, "y": true, "checked": true, "selected": true, "x": true, "✓": true, "quoted": true, "ticked": true,
	"0": false, "no": false, "false": false, "n": false, "unchecked": false, "not selected": false, "not quoted": false, "not ticked": false,
}

// manyTicks tell by the question's words that several options may be ticked.
var manyTicks = regexp.MustCompile(`(?i)\b(all that apply|tick all|select all|check all|choose all|mark all|as many as|more than one (answer|option|box))\b`)

// groupKind says what a group of columns is. A column that holds nothing but its own
// option's text, or ticks, is an option; any other a question of its own. Whether
// one or several options may be ticked is told by the platform where it never
// spreads the answer to a single question, else by the rows.
func (b *builder) groupKind(s span, t ticks) Kind {
	said := map[string]bool{}
	answered, constants := 0, b.constants(s)
	for i, c := range s.columns {
		p := b.profiles[c]
		if p.answered == 0 {
			continue
		}
		answered++
		if !constants && !optionColumn(s, i, p, said) {
			return ""
		}
	}
	if answered == 0 || answered == 1 && !said["own"] && !said["1"] {
		return ""
	}
	switch b.file.Platform {
	case "qualtrics", "limesurvey", "redcap":
		return Multiple
	}
	if b.file.Platform == "jisc" && !s.grid || manyTicks.MatchString(s.text) {
		return Multiple
	}
	if said["no"] && b.file.Platform != "jisc" && b.file.Platform != "smartsurvey" {
		return "" // a grid of questions that are answered yes or no
	}
	return b.exclusive(s, t)
}

// optionColumn reports whether a column's cells say no more than that its option is
// ticked or not. In numeric exports the tick is the option's place in its question.
func optionColumn(s span, i int, p *profile, said map[string]bool) bool {
	if p.full || len(p.order) > 8 {
		return false
	}
	own := fold.String(s.options[i])
	code := ""
	for _, f := range p.order {
		text := fold.String(f.text)
		_, word := tickWords[text]
		switch {
		case text == own || text == fold.String(s.text):
			said["own"] = true
		case word:
			said[text] = true
		case f.shape&isInteger != 0 && code == "":
			code = text
		case !noAnswer(text):
			return false
		}
	}
	return code == "" || len(p.order) == 1 && code == strconv.Itoa(i+1)
}

// exclusive tells one answer from many by how often two options are ticked. A few
// rows with two are mistakes where the options are a scale, or the row of a grid.
func (b *builder) exclusive(s span, t ticks) Kind {
	const few = 8 // rows with a tick below which nothing is told
	scale := scaleOptions(s.options)
	switch {
	case t.one < few && !scale && !s.grid:
		return Multiple
	case t.two == 0, (scale || s.grid) && 4*t.two <= t.one, 50*t.two <= t.one:
	default:
		return Multiple
	}
	if scale {
		return Scale
	}
	return Single
}
