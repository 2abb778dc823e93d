package disclose

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/disclose/audit"
	"github.com/caregap/caregap/internal/disclose/linked"
)

// Earlier is what another release shows that people may have beside this one.
//
// Where both show a number about almost the same respondents, their difference is a
// number about the few who came or went since. So:
//
//  1. A number is hidden where its base differs from the earlier one by some, but
//     by fewer than min_base (newcomers, below).
//  2. More is hidden in the same margins, so that those few do not follow by
//     subtraction either: those in hidden categories are min_base together, and
//     exact elimination over all margins finds none of them alone.
//  3. A number that the earlier release shows about as many respondents is taken to
//     be known still: this release's audit counts it among what is published, so
//     that nothing else follows from it. What follows from the earlier release alone
//     cannot be taken back.
//
// Numbers of unequal definitions do not compare. An answer that was changed, while
// the number of respondents was not, is not looked for.
type Earlier struct {
	ID    string
	Shown map[Key]EarlierRow
}

// EarlierRow is a number with figures.
type EarlierRow struct {
	Base       int
	Definition string
}

// ErrEarlier says that an earlier release stands in the way.
var ErrEarlier = fmt.Errorf("%w: with earlier releases, too few respondents would follow by subtraction", ErrStopped)

// series is one kind of number of a cell - a statistic and level - in every domain.
type series struct {
	has   []bool // there is such a row
	known []bool // the earlier release shows it
	more  []int  // respondents more than there, or less
}

// seriesOf are the kinds of numbers of a cell, without those that tell the same.
func (w *wave) seriesOf(c int, e *Earlier) []*series {
	type kind struct{ statistic, level string }
	var kinds []kind
	index := map[kind]*series{}
	for d, rows := range w.rowsAt[c] {
		for _, i := range rows {
			r := &w.rows[i]
			k := kind{r.Statistic, r.Level}
			s := index[k]
			if s == nil {
				n := len(w.Domains)
				s = &series{make([]bool, n), make([]bool, n), make([]int, n)}
				index[k] = s
				kinds = append(kinds, k)
			}
			s.has[d] = true
			if was, ok := e.Shown[r.Key]; ok && was.Definition == r.Definition {
				s.known[d], s.more[d] = true, r.Base-was.Base
			}
		}
	}
	var out []*series
	for _, k := range kinds {
		s := index[k]
		if !slices.ContainsFunc(out, s.same) {
			out = append(out, s)
		}
	}
	return out
}

func (s *series) same(other *series) bool {
	return slices.Equal(s.has, other.has) && slices.Equal(s.known, other.known) && slices.Equal(s.more, other.more)
}

// newcomers hides what an earlier release makes it to hide, and reports whether it
// hid any.
func (w *wave) newcomers(earlier []Earlier) bool {
	any := false
	for i := range earlier {
		for c := range w.Cells {
			for _, s := range w.seriesOf(c, &earlier[i]) {
				any = w.protectNewcomers(c, s) || any
			}
		}
	}
	return any
}

func (w *wave) protectNewcomers(c int, s *series) bool {
	any := false
	for again := true; again; any = any || again {
		again = false
		for d := range w.Domains {
			if s.known[d] && w.few(s.more[d]) {
				again = w.hideEarlier(c, d) || again
			}
		}
		for m := range w.Margins {
			again = w.closeNewcomers(c, s, &w.Margins[m]) || again
		}
		again = again || w.hideFollowing(c, s)
	}
	return any
}

// few reports a number of newcomers that must stay unknown. None is known to all.
func (w *wave) few(n int) bool { return n != 0 && max(n, -n) < w.study.Disclosure.MinBase }

// hideEarlier hides a cell in a domain, unless it is.
func (w *wave) hideEarlier(c, d int) bool {
	if w.hidden[c][d] || len(w.rowsAt[c][d]) == 0 {
		return false
	}
	w.hide(c, d, RuleEarlier)
	return w.hidden[c][d]
}

// closeNewcomers hides one more category of a margin whose total can be compared,
// while those that cannot hold too few newcomers together.
func (w *wave) closeNewcomers(c int, s *series, x *linked.Margin) bool {
	if !s.known[x.Total] || w.hidden[c][x.Total] {
		return false
	}
	hidden, all, protected, gap := 0, s.more[x.Total], false, false
	best, enough := -1, false
	for _, d := range x.Parts {
		switch {
		case !s.has[d]:
			continue
		case !s.known[d]:
			gap = true
			continue
		case w.hidden[c][d]:
			hidden += s.more[d]
			protected = protected || w.few(s.more[d])
			continue
		}
		all -= s.more[d]
	}
	if gap {
		hidden = all // the earlier release hid some: what is left of the total
	}
	if !protected || max(hidden, -hidden) >= w.study.Disclosure.MinBase {
		return false
	}
	for _, d := range x.Parts {
		if !s.has[d] || !s.known[d] || w.hidden[c][d] || s.more[d] == 0 {
			continue
		}
		does := max(hidden+s.more[d], -hidden-s.more[d]) >= w.study.Disclosure.MinBase
		cheaper := best < 0 || w.Truth[d][linked.Respondents] < w.Truth[best][linked.Respondents]
		if does && !enough || does == enough && cheaper {
			best, enough = d, does
		}
	}
	return best >= 0 && w.hideEarlier(c, best)
}

// hideFollowing solves for the few that are hidden, over all margins together, and
// hides the smallest category without which one that follows does not, or if none is
// enough the smallest of all.
func (w *wave) hideFollowing(c int, s *series) bool {
	follows := w.followEarlier(c, s, -1)
	for d := range w.Domains {
		if !follows[d] || !w.hidden[c][d] || !s.known[d] || !w.few(s.more[d]) {
			continue
		}
		var others []int
		for other := range w.Domains {
			if other != linked.Everyone && s.known[other] && !w.hidden[c][other] && len(w.rowsAt[c][other]) > 0 {
				others = append(others, other)
			}
		}
		slices.SortStableFunc(others, func(a, b int) int {
			return cmp.Compare(w.Truth[a][linked.Respondents], w.Truth[b][linked.Respondents])
		})
		if len(others) == 0 {
			return w.hideEarlier(c, linked.Everyone)
		}
		best := max(0, slices.IndexFunc(others, func(other int) bool { return !w.followEarlier(c, s, other)[d] }))
		return w.hideEarlier(c, others[best])
	}
	return false
}

// followEarlier tells which newcomers follow from what both releases show, were one
// more category hidden.
func (w *wave) followEarlier(c int, s *series, without int) []bool {
	open := func(d int) bool { return d != without && s.known[d] && !w.hidden[c][d] }
	return audit.Follows(w.System, func(d int) bool {
		return open(d) || w.Domains[d].RestOf >= 0 && slices.ContainsFunc(w.Margins[w.Domains[d].RestOf].Parts, open)
	})
}

// remember notes the rows that an earlier release shows of as many respondents,
// and what follows from them whatever this release hides.
func (w *wave) remember(earlier []Earlier) {
	if len(earlier) == 0 {
		return
	}
	w.told, w.lost = map[int]bool{}, map[[2]int]bool{}
	for _, rows := range w.rowsAt {
		for _, at := range rows {
			for _, i := range at {
				w.told[i] = slices.ContainsFunc(earlier, func(e Earlier) bool {
					was, ok := e.Shown[w.rows[i].Key]
					return ok && was.Definition == w.rows[i].Definition && was.Base == w.rows[i].Base
				})
			}
		}
	}
	w.Publish(func(i int) bool { return !w.told[i] })
	for _, f := range audit.Audit(w.System) {
		if !f.Safe() {
			w.lost[[2]int{f.Domain, f.Quantity}] = true
		}
	}
}

// unknown reports a row whose number nobody has from this release or another.
func (w *wave) unknown(i int) bool { return w.isHidden(i) && !w.told[i] }

// safe reports whether a number is protected, or cannot be any more.
func (w *wave) safe(f *audit.Finding) bool { return f.Safe() || w.lost[[2]int{f.Domain, f.Quantity}] }

// restsOfEarlier hides differences from a rest that has few newcomers: its mean and
// its base follow from the difference and from the category itself.
func (h *hider) restsOfEarlier(earlier []Earlier) {
	least := h.study.Disclosure.MinBase
	for i := range h.rows {
		r := &h.rows[i]
		if r.Contrast != "category" || r.Status != "" || h.isHidden(i) {
			continue
		}
		for _, e := range earlier {
			if rest, ok := e.rest(r.Key, r.Definition); ok && rest != r.RestBase && max(rest-r.RestBase, r.RestBase-rest) < least {
				h.rules[i] = RuleEarlier
			}
		}
	}
}

// rest is how many respondents a category was compared with.
func (e *Earlier) rest(k Key, definition string) (int, bool) {
	both, ok := e.Shown[k]
	if !ok || both.Definition != definition {
		return 0, false
	}
	k.Contrast, k.Versus = "", ""
	for _, k.Statistic = range []string{"mean", "share"} {
		if own, ok := e.Shown[k]; ok {
			return both.Base - own.Base, true
		}
	}
	return 0, false
}

// forEarlier counts the rows that are hidden for an earlier release's sake.
func (h *hider) forEarlier() int {
	n := 0
	for _, rule := range h.rules {
		if rule == RuleEarlier {
			n++
		}
	}
	return n
}
