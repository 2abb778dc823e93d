package workbook

import (
	"fmt"
	"strings"

	"github.com/caregap/caregap/reports"
)

// meanings are the codes of the Analysis Function's shorthand that a release uses,
// in the order in which they are explained.
var meanings = []struct{ code, words string }{
	{"b", "break in time series because the question changed"},
	{"c", "confidential"},
	{"r", "revised"},
	{"u", "low reliability"},
	{"w", "none recorded in survey"},
	{"x", "not available because the question was not asked"},
	{"z", "not applicable"},
}

// shorthand is the line that explains the codes of a table, or "" where there
// are none.
func shorthand(used map[string]bool) string {
	var parts []string
	for _, m := range meanings {
		if used[m.code] {
			parts = append(parts, fmt.Sprintf("[%s] = %s", m.code, m.words))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Some shorthand is used in this table, " + strings.Join(parts, ", ") + "."
}

// codes prints each letter of a cell's flags as its shorthand.
func codes(flags string) string {
	var b strings.Builder
	for _, f := range flags {
		fmt.Fprintf(&b, "[%c]", f)
	}
	return b.String()
}

// usedCodes are the codes that occur in a table's cells.
func usedCodes(rows [][]reports.Cell, used map[string]bool) {
	for _, row := range rows {
		for _, c := range row {
			if c.Code != "" {
				used[c.Code] = true
			}
			for _, f := range c.Flag {
				used[string(f)] = true
			}
		}
	}
}
