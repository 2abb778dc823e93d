package workbook

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

// nothing stands in a cell that has neither text nor figure, so that no cell is empty.
const nothing = "[z]"

// newGrid turns a table's cells into worksheet cells and tells which codes occur.
func newGrid(t reports.Table) (*grid, map[string]bool, error) {
	if len(t.Columns) == 0 {
		return nil, nil, errors.New("no columns")
	}
	used := map[string]bool{}
	usedCodes(t.Rows, used)
	if code := unknown(used); code != "" {
		return nil, nil, fmt.Errorf("code %q has no meaning", code)
	}
	flagged := flaggedColumns(t)
	titles := make([]string, 0, len(t.Columns)+1)
	for _, c := range t.Columns {
		titles = append(titles, c.Title)
	}
	if len(flagged) > 0 {
		titles = append(titles, "Notes")
	}
	g := &grid{}
	for i, h := range headers(titles) {
		right := i < len(t.Columns) && t.Columns[i].Numeric
		g.columns = append(g.columns, column{header: h, right: right, indent: !right && i > 0 && g.columns[i-1].right})
	}
	for i, row := range t.Rows {
		if len(row) > len(t.Columns) {
			return nil, nil, fmt.Errorf("row %d has %d cells for %d columns", i+1, len(row), len(t.Columns))
		}
		g.rows = append(g.rows, gridRow(g, t, row, flagged))
	}
	if len(g.rows) == 0 { // a table has at least one row below its header
		g.rows = [][]cell{gridRow(g, t, nil, flagged)}
	}
	wholeNumbers(g)
	if hasNothing(g) {
		used["z"] = true
	}
	return g, used, nil
}

func gridRow(g *grid, t reports.Table, row []reports.Cell, flagged []int) []cell {
	out := make([]cell, 0, len(g.columns))
	for i, c := range t.Columns {
		if i < len(row) {
			out = append(out, gridCell(row[i], c))
			continue
		}
		out = append(out, cell{text: nothing})
	}
	if len(flagged) > 0 {
		out = append(out, words(rowNote(g, row, flagged)))
	}
	return out
}

// gridCell is a number with its format, a code, or a text with its flag after it.
func gridCell(c reports.Cell, col reports.Column) cell {
	if c.Code == "" && c.Number.Known() {
		places := c.PlacesIn(col)
		return cell{number: c.Number.Round(places), format: numberFormat(places)}
	}
	text := clean(c.String(col.Places))
	if text == "" {
		return cell{text: nothing}
	}
	if c.Flag != "" && c.Code == "" {
		text += " " + codes(c.Flag)
	}
	return cell{text: text}
}

// numberFormat has commas between thousands and a fixed number of decimals.
func numberFormat(places int) string {
	if places <= 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", places)
}

// flaggedColumns are the columns in which a number carries a flag. A code never
// stands beside a number, so such a table gets a column of notes, unless it brings
// one: then there is nothing to add.
func flaggedColumns(t reports.Table) []int {
	if slices.ContainsFunc(t.Columns, func(c reports.Column) bool { return c.ID == "notes" }) {
		return nil
	}
	var out []int
	for i := range t.Columns {
		if slices.ContainsFunc(t.Rows, func(row []reports.Cell) bool { return i < len(row) && numberFlag(row[i]) != "" }) {
			out = append(out, i)
		}
	}
	return out
}

// numberFlag is the flag of a number; that of a text is printed after the text.
func numberFlag(c reports.Cell) string {
	if c.Code != "" || !c.Number.Known() {
		return ""
	}
	return c.Flag
}

// rowNote says which numbers of a row are flagged: only the code where all that
// can be are, else the code and the headers of the columns.
func rowNote(g *grid, row []reports.Cell, flagged []int) string {
	var flags, where []string
	for _, i := range flagged {
		if i >= len(row) || numberFlag(row[i]) == "" {
			continue
		}
		flags, where = append(flags, codes(row[i].Flag)), append(where, g.columns[i].header)
	}
	if len(flags) == 0 {
		return "None"
	}
	if same := len(slices.Compact(slices.Clone(flags))) == 1; same && len(flags) == len(flagged) {
		return flags[0]
	}
	for i := range flags {
		flags[i] += " " + where[i]
	}
	return strings.Join(flags, "; ")
}

func hasNothing(g *grid) bool {
	return slices.ContainsFunc(g.rows, func(row []cell) bool {
		return slices.ContainsFunc(row, func(c cell) bool { return c.text == nothing })
	})
}

var wholeNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)

// wholeNumbers makes years and answer codes numbers: the texts of a column of which
// every one is a whole number as a computer would print it.
func wholeNumbers(g *grid) {
	for i, c := range g.columns {
		if c.right || slices.ContainsFunc(g.rows, func(row []cell) bool { return !wholeNumber.MatchString(row[i].text) }) {
			continue
		}
		for _, row := range g.rows {
			if n, err := strconv.Atoi(row[i].text); err == nil {
				row[i] = cell{number: number.Of(float64(n)), format: "0"}
			}
		}
	}
}
