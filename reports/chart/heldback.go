package chart

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// part is one share of the willing with its words and colour.
type part struct {
	label string
	row   disclose.Row
	tint  tint
}

// parts are the shares of the willing in one wave, for everyone or a category:
// those who lack one thing, both, neither.
func (s *story) parts(w reports.Wave, breakdown, category string) []part {
	willing := reports.WillingIn(s.r, w.Survey, w.Wave, breakdown, category)
	var out []part
	for _, l := range willing.All() {
		p := part{label: "Lack both", row: l.Row, tint: ink}
		switch {
		case l.Quadrant == willing.Neither.Quadrant:
			p.label = "Lack neither"
		case len(l.Constructs) == 1:
			p.label, p.tint = "Lack "+reports.Lower(s.measure(l.Constructs[0])), s.tint(l.Constructs[0])
		case len(l.Constructs) > 2:
			p.label = "Lack all " + reports.CountWord(len(l.Constructs))
		}
		out = append(out, p)
	}
	return out
}

// heldBack draws, of those who are willing, who lacks what in each group.
func (s *story) heldBack() []plan {
	parts := s.parts(s.lead, "", "")
	if len(parts) == 0 {
		return nil
	}
	var out []plan
	for i, breakdown := range s.single() {
		first := func(w reports.Wave) disclose.Key { return key(w, parts[0].row.Measure, "share", "of_high") }
		for _, w := range s.broken(i, breakdown, first) {
			out = append(out, s.heldBackBy(breakdown, w, first(w)))
		}
	}
	return out
}

func (s *story) heldBackBy(breakdown string, w reports.Wave, first disclose.Key) plan {
	blocks := []block{partsBlock("All respondents", s.parts(w, "", ""))}
	for _, row := range reports.Ranked(s.groupRows(first, breakdown)) {
		blocks = append(blocks, partsBlock(reports.CategoryName(s.s, breakdown, row.Category), s.parts(w, breakdown, row.Category)))
	}
	blocks[1].strong = true
	group := reports.BreakdownName(s.s, breakdown)
	level := reports.Level(s.s)
	chart := blockChart{
		head: group, values: "Percent (" + level + " interval)", narrowValues: "Percent", axis: "Percent of willing respondents",
		title: 188, places: s.places(), blocks: blocks, low: 0, high: 50, least: 50,
	}
	what := "Percent of the willing who reported they lack each"
	return plan{
		id:    slug("held-back-by", breakdown, w.Survey),
		title: titled("Of the willing, who lacks what, by "+reports.Lower(group), "Of the willing, who lacks what, by group"),
		drawn: sentences(what+", with "+level+" intervals", s.name(w)),
		alt:   s.partsAlt(what+" by "+reports.Lower(group)+", "+s.name(w), blocks),
		notes: s.notes([]string{s.lackNote(w)}, blockRows(blocks), w), table: reports.HeldBackTable(breakdown, w.Survey), layout: chart.layout,
	}
}

// lackNote says what it means to lack each thing.
func (s *story) lackNote(w reports.Wave) string {
	var constructs []string
	for _, l := range reports.WillingIn(s.r, w.Survey, w.Wave, "", "").Lacks {
		constructs = append(constructs, l.Constructs...)
	}
	return reports.LackNote(s.s, constructs)
}

// partsBlock is one group's shares with the bases they have. A share needs the
// answers to its own sides, so that bases may differ. A group without any shown
// share is one row with the code.
func partsBlock(title string, parts []part) block {
	b := block{title: title}
	for _, p := range parts {
		b.rows = append(b.rows, blockRow{entry: entry{label: p.label, row: p.row, tint: p.tint}, right: p.row})
	}
	if hidden(parts) {
		b.rows = b.rows[:1]
		b.rows[0].label = ""
	}
	if text := bases(parts); text != "" {
		b.sub = "base " + text
	}
	return b
}

// hidden reports whether all shares have one and the same code.
func hidden(parts []part) bool {
	return !slices.ContainsFunc(parts, func(p part) bool { return p.row.Shown() || p.row.Status != parts[0].row.Status })
}

// bases is the base behind shares, or its range: "594", "580 to 594".
func bases(parts []part) string {
	var known []float64
	for _, p := range parts {
		if n, ok := p.row.Base.Get(); ok {
			known = append(known, n)
		}
	}
	if len(known) == 0 {
		return ""
	}
	lo, hi := slices.Min(known), slices.Max(known)
	if lo == hi {
		return whole(lo)
	}
	return whole(lo) + " to " + whole(hi)
}

func (s *story) partsAlt(what string, blocks []block) string {
	out := what + ", with " + reports.Level(s.s) + " intervals."
	for _, b := range blocks {
		var parts []string
		for _, r := range b.rows {
			parts = append(parts, strings.TrimSpace(reports.Lower(r.label)+" "+said(r.row, s.places())))
		}
		out += " " + b.title + ": " + strings.Join(parts, "; ") + "."
	}
	return out
}
