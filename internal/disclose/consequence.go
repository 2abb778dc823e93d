package disclose

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
	"github.com/caregap/caregap/internal/estimate"
)

// endKey names a cell of any survey and wave.
type endKey struct {
	cell                              linked.Cell
	survey, wave, breakdown, category string
}

// consequences hides differences with a hidden end and averages with a hidden part.
func (h *hider) consequences() {
	shown := map[endKey]bool{}
	for i := range h.rows {
		r := &h.rows[i]
		if r.Contrast != "" || r.Survey == estimate.Average {
			continue
		}
		k := endOf(r.Key)
		before, seen := shown[k]
		shown[k] = (before || !seen) && h.rules[i] == RuleNone
	}
	for i := range h.rows {
		r := &h.rows[i]
		if r.Status != "" || r.Contrast == "" && r.Survey != estimate.Average {
			continue
		}
		if slices.ContainsFunc(h.ends(r), func(k endKey) bool { return !shown[k] }) || h.restTooSmall(r) || tellsAll(r, shown) {
			h.rules[i] = RuleConsequential
		}
	}
}

func endOf(k Key) endKey {
	return endKey{linked.CellOf(k), k.Survey, k.Wave, k.Breakdown, k.Category}
}

// ends are the cells that a difference or an average is made of.
func (h *hider) ends(r *estimate.Row) []endKey {
	own := endOf(r.Key)
	if r.Survey == estimate.Average {
		var out []endKey
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
	return []endKey{own, other}
}

// tellsAll reports a difference from the rest where everyone is hidden: with the
// category's own number it would tell that of all.
func tellsAll(r *estimate.Row, shown map[endKey]bool) bool {
	if r.Contrast != "category" {
		return false
	}
	all := endOf(r.Key)
	all.breakdown, all.category = "", ""
	is, there := shown[all]
	return there && !is
}

// restTooSmall reports a difference from a rest of fewer than min_base: the base
// of such a row is that of both sides.
func (h *hider) restTooSmall(r *estimate.Row) bool {
	return r.Contrast == "category" && r.RestBase < h.study.Disclosure.MinBase
}
