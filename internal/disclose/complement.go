package disclose

import (
	"cmp"
	"slices"
	"strings"
)

// marginKey names a margin: the categories of a breakdown or, of a crossed one, a
// line of the table, in which all variables but one are held.
type marginKey struct{ measure, part, survey, wave, breakdown, held string }

// margin is cells whose counts add up to a number that may be known. total is
// the cell that they add up to, where it is a category of another breakdown; nil
// where it is everyone.
type margin struct {
	cells []*cell
	total *cell
}

// complements applies rule 3 until nothing more has to be hidden: hiding in a row
// of a crossed table may open a column, and hiding a category opens its line.
//
// This is the simple form. It leaves no margin with a single unknown, but does
// not look at all margins of a table together: where two groups of hidden cells
// hang together by one cell, that cell follows from the rest.
func (h *hider) complements() {
	margins, order := h.margins()
	for changed := true; changed; {
		changed = false
		for _, k := range order {
			changed = h.close(margins[k]) || changed
		}
	}
}

func (h *hider) margins() (map[marginKey]*margin, []marginKey) {
	margins := map[marginKey]*margin{}
	var order []marginKey
	add := func(k marginKey, c, total *cell) {
		if margins[k] == nil {
			margins[k] = &margin{total: total}
			order = append(order, k)
		}
		margins[k].cells = append(margins[k].cells, c)
	}
	for _, c := range h.cells {
		if c.key.breakdown == "" || c.nobody {
			continue
		}
		variables, values := strings.Split(c.key.breakdown, ":"), strings.Split(c.key.category, ":")
		for i := range variables {
			k := marginKey{c.key.measure, c.key.part, c.key.survey, c.key.wave, c.key.breakdown, ""}
			if len(variables) == 1 {
				add(k, c, nil)
				continue
			}
			line := slices.Clone(values)
			line[i] = "*"
			k.held = strings.Join(line, ":")
			total := c.key
			total.breakdown = strings.Join(slices.Delete(slices.Clone(variables), i, i+1), ":")
			total.category = strings.Join(slices.Delete(slices.Clone(values), i, i+1), ":")
			add(k, c, h.index[total])
		}
	}
	return margins, order
}

// close hides the next smallest categories of a margin until nothing follows by
// subtraction; where that cannot be, all.
func (h *hider) close(m *margin) bool {
	hidden, held := 0, 0
	var shown []*cell
	for _, c := range m.cells {
		if h.hidden(c) {
			hidden++
			held += c.base
			continue
		}
		shown = append(shown, c)
	}
	// Smallest first by respondents, not by base: all measures hide the same.
	slices.SortStableFunc(shown, func(a, b *cell) int { return cmp.Compare(a.respondents, b.respondents) })
	changed := false
	for _, c := range shown {
		if h.closed(m, hidden, held) {
			break
		}
		h.hide(c, RuleComplement)
		hidden++
		held += c.base
		changed = true
	}
	return changed
}

// closed reports whether a margin gives nothing away: nothing is hidden, or two
// cells at least that hold min_base respondents. Where the total is hidden it is
// one of the two, and what they hold is not known either.
func (h *hider) closed(m *margin, hidden, held int) bool {
	if m.total != nil && h.hidden(m.total) {
		return hidden >= 1
	}
	return hidden == 0 || hidden >= 2 && held >= h.study.Disclosure.MinBase
}
