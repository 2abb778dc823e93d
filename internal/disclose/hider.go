package disclose

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// minOrganisations is how many organisations a category of an organisation
// breakdown must hold.
const minOrganisations = 3

// cellKey names all numbers of one measure about the same respondents. Part sets
// apart what rests on other respondents: those high on a quadrant's first side.
type cellKey struct{ measure, part, survey, wave, breakdown, category string }

// cell is such numbers: rows of the table, their smallest base, and the number
// of respondents in the category.
type cell struct {
	key         cellKey
	rows        []int
	base        int
	respondents int
	nobody      bool // no row has figures
}

// hider decides row by row.
type hider struct {
	study *study.Study
	rows  []estimate.Row
	rules []Rule
	cells []*cell
	index map[cellKey]*cell
}

func newHider(s *study.Study, rows []estimate.Row) *hider {
	h := &hider{study: s, rows: rows, rules: make([]Rule, len(rows)), index: map[cellKey]*cell{}}
	for i := range rows {
		r := &rows[i]
		if r.Contrast != "" || r.Survey == estimate.Average {
			continue
		}
		k := cellOf(r.Key)
		c := h.index[k]
		if c == nil {
			c = &cell{key: k, nobody: true}
			h.index[k] = c
			h.cells = append(h.cells, c)
		}
		c.rows = append(c.rows, i)
		c.respondents = max(c.respondents, r.Respondents, r.Base)
		if r.Status != "" {
			continue
		}
		if c.nobody || r.Base < c.base {
			c.base = r.Base
		}
		c.nobody = false
	}
	return h
}

func cellOf(k Key) cellKey {
	part := ""
	if k.Level == "of_high" {
		part = k.Level
	}
	return cellKey{k.Measure, part, k.Survey, k.Wave, k.Breakdown, k.Category}
}

// hide hides all numbers of a cell; rows without figures keep their own status.
func (h *hider) hide(c *cell, rule Rule) {
	for _, i := range c.rows {
		if h.rows[i].Status == "" && h.rules[i] == RuleNone {
			h.rules[i] = rule
		}
	}
}

func (h *hider) hidden(c *cell) bool {
	return slices.ContainsFunc(c.rows, func(i int) bool { return h.rules[i] != RuleNone })
}

// primary applies rules 1 and 2.
func (h *hider) primary() {
	for _, c := range h.cells {
		switch {
		case slices.ContainsFunc(c.rows, h.tooFew):
			h.hide(c, RuleBase)
		case h.sensitive(c.key) && slices.ContainsFunc(c.rows, h.tooSmallShare):
			h.hide(c, RuleSensitive)
		}
	}
}

func (h *hider) tooFew(i int) bool {
	r := &h.rows[i]
	if r.Status != "" {
		return false
	}
	return r.Base < h.study.Disclosure.MinBase || r.Organisations >= 0 && r.Organisations < minOrganisations
}

// tooSmallShare reports a share that fewer than min_count are in, or fewer than
// min_count of its base are not: nobody and everybody included.
func (h *hider) tooSmallShare(i int) bool {
	r := &h.rows[i]
	least := h.study.Disclosure.MinCount
	return r.Status == "" && r.Statistic == "share" && (r.Count < least || r.Base-r.Count < least)
}

// sensitive reports whether the measure or a variable of the breakdown is.
func (h *hider) sensitive(k cellKey) bool {
	d := h.study.Disclosure
	if d.SensitiveAll || slices.Contains(d.Sensitive, k.measure) {
		return true
	}
	for _, v := range strings.Split(k.breakdown, ":") {
		if slices.Contains(d.Sensitive, v) {
			return true
		}
	}
	return false
}

// consequences hides differences with a hidden end and averages with a hidden part.
func (h *hider) consequences() {
	for i := range h.rows {
		r := &h.rows[i]
		if r.Status != "" || r.Contrast == "" && r.Survey != estimate.Average {
			continue
		}
		if slices.ContainsFunc(h.ends(r), func(k cellKey) bool { return h.index[k] == nil || h.hidden(h.index[k]) }) || h.restTooSmall(r) {
			h.rules[i] = RuleConsequential
		}
	}
}

// ends are the cells that a difference or an average is made of.
func (h *hider) ends(r *estimate.Row) []cellKey {
	own := cellOf(r.Key)
	if r.Survey == estimate.Average {
		var out []cellKey
		for _, id := range r.Parts {
			own.survey, own.wave = id, h.study.Survey(id).Latest().ID
			out = append(out, own)
		}
		return out
	}
	other := own
	switch r.Contrast {
	case "wave":
		other.wave = r.Versus
	case "survey":
		other.survey, other.wave = r.Versus, h.study.Survey(r.Versus).Latest().ID
	}
	return []cellKey{own, other}
}

// restTooSmall reports a difference from a rest of fewer than min_base: the base
// of such a row is that of both sides.
func (h *hider) restTooSmall(r *estimate.Row) bool {
	return r.Contrast == "category" && r.RestBase < h.study.Disclosure.MinBase
}
