package table

import "strings"

// Safe makes a text safe to open in a spreadsheet: one that begins like a
// formula gets an apostrophe before it. A plain number, such as the answer code
// -1, is no formula.
func Safe(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n", rune(s[0])) || plainNumber(s) {
		return s
	}
	return "'" + s
}

// plainNumber reports whether s is digits with at most a minus sign before them
// and one point among them.
func plainNumber(s string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return digits(whole) && (!point || digits(fraction))
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
