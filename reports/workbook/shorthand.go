package workbook

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/caregap/caregap/reports"
)

// shorthand is the line that explains the codes of a table, or "" where there
// are none.
func shorthand(used map[string]bool) string {
	var parts []string
	for _, code := range reports.Codes() {
		if used[code] {
			parts = append(parts, fmt.Sprintf("[%s] = %s", code, reports.Code(code)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Some shorthand is used in this table, " + strings.Join(parts, "; ") + "."
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

// unknown is the first code that nothing explains, or "".
func unknown(used map[string]bool) string {
	for _, code := range slices.Sorted(maps.Keys(used)) {
		if !slices.Contains(reports.Codes(), code) {
			return code
		}
	}
	return ""
}
