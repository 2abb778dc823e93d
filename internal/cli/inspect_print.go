package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/number"
)

// width is how many characters a line of standard output has.
func (p *printer) width() int {
	if w, ok := terminal(p.out); ok {
		return max(80, w)
	}
	return 120
}

// exportLines are a report for people: what the file is, and a table of its columns.
func exportLines(r inspect.Record, reasons []string, width int) []string {
	out := []string{title(r)}
	if r.Format == "" {
		return out // what was wrong with it, its problems say
	}
	out = append(out, facts(r, reasons, width)...)
	return append(out, columnLines(r, width)...)
}

func title(r inspect.Record) string {
	if r.Sheet != "" {
		return fmt.Sprintf("%s, sheet %q", r.File, r.Sheet)
	}
	return r.File
}

// facts are what is known of the file as a whole.
func facts(r inspect.Record, reasons []string, width int) []string {
	platform := r.Platform
	if r.Variant != "" {
		platform += ", " + r.Variant
	}
	rows := fmt.Sprintf("%s: %s", counted(r.Rows, "row"), counted(r.Respondents, "respondent"))
	if n := r.Rows - r.Respondents; n > 0 {
		rows += fmt.Sprintf(", %s set aside (preview %s, test %s, spam %s)", number.Count(n), number.Count(r.SetAside.Preview), number.Count(r.SetAside.Test), number.Count(r.SetAside.Spam))
	}
	if r.Unfinished > 0 {
		rows += fmt.Sprintf("; %s not finished", number.Count(r.Unfinished))
	}
	var out []string
	for _, fact := range [][2]string{
		{"platform", platform}, {"because of", strings.Join(reasons, "; ")}, {"written as", written(r)},
		{"headings", counted(r.HeaderRows, "row") + ", " + counted(r.Columns, "column")}, {"responses", rows},
	} {
		for i, line := range strings.Split(fill(fact[1], width-14), "\n") {
			name := fact[0]
			if i > 0 {
				name = ""
			}
			out = append(out, fmt.Sprintf("  %-10s  %s", name, line))
		}
	}
	return out
}

func written(r inspect.Record) string {
	if r.Format != "csv" {
		return "a workbook"
	}
	separators := map[string]string{",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
	between, ok := separators[r.Delimiter]
	if !ok {
		between = quote(r.Delimiter)
	}
	text := r.Encoding + " text, " + between + " between cells"
	if r.BOM {
		text += ", a byte order mark"
	}
	return text
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number.Count(n) + " " + noun + "s"
}

// columnLines are the table of columns, cut to the width of a line. Where no column
// has a text beside its name, names have the room of both.
func columnLines(r inspect.Record, width int) []string {
	rows, longest := [][]string{{"", "name", "text", "role", "kind", "answered", "answers"}}, 22
	if !slices.ContainsFunc(r.Column, func(c inspect.ColumnRecord) bool { return beside(c) != "" }) {
		longest = 48
	}
	for _, c := range r.Column {
		rows = append(rows, []string{
			strconv.Itoa(c.Position), cutMiddle(c.Name, longest), cutMiddle(beside(c), 34), c.Role, string(c.Kind), number.Count(c.Answered), answersOf(c),
		})
	}
	if longest > 22 {
		for i := range rows {
			rows[i] = slices.Delete(rows[i], 2, 3)
		}
	}
	out := []string{""}
	for _, line := range aligned(rows, len(rows[0])-2, len(rows[0])-2) {
		out = append(out, cutLine(line, width))
	}
	return append(out, "")
}

// beside is what a column's text says that its name does not.
func beside(c inspect.ColumnRecord) string {
	if c.Text == c.Name {
		return ""
	}
	return c.Text
}

// cutMiddle cuts a text to so many characters and keeps its end: what tells the
// options and rows of one question apart.
func cutMiddle(text string, width int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= width {
		return string(r)
	}
	head := width * 2 / 5
	return strings.TrimRight(string(r[:head]), " ") + "..." + strings.TrimLeft(string(r[len(r)-(width-head-3):]), " ")
}

// answersOf lists the answers that may be shown, and counts the others.
func answersOf(c inspect.ColumnRecord) string {
	var parts []string
	for _, a := range c.Answers {
		parts = append(parts, fmt.Sprintf("%s: %s", a.Label, number.Count(a.Count)))
	}
	if o := c.Others; o != nil {
		parts = append(parts, fmt.Sprintf("%s (%s)", counted(o.Answers, "other answer"), number.Count(o.Count)))
	}
	if len(parts) == 0 && c.Distinct > 0 {
		return number.Count(c.Distinct) + " different"
	}
	return strings.Join(parts, ", ")
}

// cutLine cuts a line that is too wide, between answers where it can.
func cutLine(line string, width int) string {
	if utf8.RuneCountInString(line) <= width {
		return line
	}
	cut := string([]rune(line)[:width-4])
	if at := strings.LastIndex(cut, ", "); at > width/2 {
		cut = cut[:at+1]
	}
	return strings.TrimRight(cut, " ") + " ..."
}
