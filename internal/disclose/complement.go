package disclose

import (
	"cmp"
	"slices"
	"strings"
)

// margin is cells whose counts add up to a number that may be known: the
// categories of a breakdown, or a row or column of a crossed one.
type marginKey struct {
	measure, part, survey, wave, breakdown string
	fixed                                  int    // which variable of a crossed breakdown is held
	value                                  string // at which category
}

// complements applies rule 3 until nothing more has to be hidden: hiding in a row
// of a crossed table may open a column.
func (h *hider) complements() {
	margins, order := h.margins()
	for changed := true; changed; {
		changed = false
		for _, k := range order {
			changed = h.close(margins[k]) || changed
		}
	}
}

func (h *hider) margins() (map[marginKey][]*cell, []marginKey) {
	margins := map[marginKey][]*cell{}
	var order []marginKey
	add := func(k marginKey, c *cell) {
		if margins[k] == nil {
			order = append(order, k)
		}
		margins[k] = append(margins[k], c)
	}
	for _, c := range h.cells {
		if c.key.breakdown == "" || c.nobody {
			continue
		}
		k := marginKey{c.key.measure, c.key.part, c.key.survey, c.key.wave, c.key.breakdown, 0, ""}
		variables := strings.Count(c.key.breakdown, ":") + 1
		if variables == 1 {
			add(k, c)
			continue
		}
		values := strings.SplitN(c.key.category, ":", variables)
		for i := range values {
			// All but one variable are held: a line of the table.
			others := slices.Clone(values)
			others[i] = "*"
			k.fixed, k.value = i, strings.Join(others, ":")
			add(k, c)
		}
	}
	return margins, order
}

// close hides the next smallest categories of a margin until at least two are
// hidden that hold min_base respondents together; where that cannot be, all.
func (h *hider) close(cells []*cell) bool {
	hidden, held := 0, 0
	var shown []*cell
	for _, c := range cells {
		if h.hidden(c) {
			hidden++
			held += c.respondents
			continue
		}
		shown = append(shown, c)
	}
	if hidden == 0 {
		return false
	}
	slices.SortStableFunc(shown, func(a, b *cell) int { return cmp.Compare(a.respondents, b.respondents) })
	changed := false
	for _, c := range shown {
		if hidden >= 2 && held >= h.study.Disclosure.MinBase {
			break
		}
		h.hide(c, RuleComplement)
		hidden++
		held += c.respondents
		changed = true
	}
	return changed
}
