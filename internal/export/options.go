package export

import "strings"

// options sets apart the row or option in the texts of columns that belong to
// one question. A question may itself contain the " - " that joins the two, so
// the text is cut at the last one that all of the question's columns have in
// common; a column that stands alone is left as it is.
func options(columns []Column) {
	for from := 0; from < len(columns); {
		to := from + 1
		for to < len(columns) && sameQuestion(columns[from], columns[to]) {
			to++
		}
		if columns[from].Role == RoleQuestion && to-from > 1 {
			setOptions(columns[from:to])
		}
		from = to
	}
}

func sameQuestion(a, b Column) bool {
	stem := stemOf(a)
	return stem != "" && b.Role == RoleQuestion && stem == stemOf(b)
}

// setOptions cuts the texts of one question's columns and joins them in one way:
// the older exporter put no spaces around the hyphen. What the options have in common
// may be more than they share with the text of an open one: Qualtrics writes
// "Why? - Selected Choice - Time" beside "Why? - Other - Text".
func setOptions(columns []Column) {
	all, sep := cutOf(columns, func(Column) bool { return true })
	if all <= 0 {
		return
	}
	cut := all
	if own, by := cutOf(columns, func(c Column) bool { return !c.Open }); by == sep {
		cut = max(all, own)
	}
	for i := range columns {
		c, at := &columns[i], cut
		if c.Open {
			at = all
		}
		c.Option = strings.TrimSpace(c.Text[at+len(sep):])
		c.Text = join(strings.TrimSpace(c.Text[:at]), c.Option)
	}
}

// cutOf is the last place at which all of some columns, two or more, can be cut, and
// what stands there; -1 where there is none.
func cutOf(columns []Column, of func(Column) bool) (cut int, sep string) {
	stem, n := "", 0
	for _, c := range columns {
		if !of(c) {
			continue
		}
		if stem = commonPrefix(stem, c.Text); n == 0 {
			stem = c.Text
		}
		n++
	}
	if n < 2 {
		return -1, ""
	}
	if cut = strings.LastIndex(stem, " - "); cut >= 0 {
		return cut, " - "
	}
	return strings.LastIndex(stem, "-"), "-"
}

// setApart sets the options apart in headings that hold a question and an option
// both, as copies with one row of headings have them: neighbours of which the
// first parts agree.
func setApart(columns []Column) {
	for from := 0; from < len(columns); {
		to := from + 1
		first := firstPart(columns[from])
		for to < len(columns) && first != "" && firstPart(columns[to]) == first {
			to++
		}
		if to-from > 1 {
			setOptions(columns[from:to])
		}
		for i := from; to-from > 1 && i < to; i++ {
			columns[i].Open = specify.MatchString(columns[i].Option)
		}
		from = to
	}
}

// firstPart is what stands before the first " - " of a question's heading.
func firstPart(c Column) string {
	before, _, two := strings.Cut(c.Text, " - ")
	if !two || c.Role != RoleQuestion {
		return ""
	}
	return before
}

func commonPrefix(a, b string) string {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return a[:i]
		}
	}
	return a[:n]
}
