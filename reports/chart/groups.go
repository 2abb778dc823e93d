package chart

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// gapsByGroup draws each gap by each single breakdown.
func (s *story) gapsByGroup() []plan {
	var out []plan
	for i, breakdown := range s.single() {
		for id := range s.f.Gaps.All() {
			mean := func(w reports.Wave) disclose.Key { return key(w, id, "mean", "") }
			for _, w := range s.broken(i, breakdown, mean) {
				out = append(out, s.gapByGroup(id, breakdown, w))
			}
		}
	}
	return out
}

func (s *story) gapByGroup(id, breakdown string, w reports.Wave) plan {
	gap, _ := s.f.Gaps.Get(id)
	colour := s.tint(gap.Minus)
	rows := reports.Ranked(s.groupRows(key(w, id, "mean", ""), breakdown))
	var entries []entry
	for _, row := range rows {
		entries = append(entries, entry{label: reports.CategoryName(s.s, breakdown, row.Category), row: row, tint: colour, stands: s.stands(row)})
	}
	all := s.row(key(w, id, "mean", ""))
	group := reports.BreakdownName(s.s, breakdown)
	difference := s.measure(gap.Of) + " minus " + reports.Lower(s.measure(gap.Minus))
	chart := rowChart{
		key: groupKey(entries, all, colour), head: group, values: "Gap (" + reports.Level(s.s) + " interval)",
		axis:  s.measure(gap.Of) + " above " + reports.Lower(s.measure(gap.Minus)) + ", points",
		bases: true, places: s.places(), overall: all, entries: entries,
	}
	return plan{
		id:     slug(id, "by", breakdown, w.Survey),
		title:  s.groupTitle(s.measure(gap.Minus)+" gap", group, w, entries),
		drawn:  sentences(difference+" in points, with "+reports.Level(s.s)+" intervals", joined(s.name(w), respondents(all))),
		alt:    s.rowsAlt(difference+" in points by "+reports.Lower(group)+", "+s.name(w), entries, all),
		notes:  s.notes(standNotes(entries), append(rows, all), w),
		table:  reports.GroupsTable(breakdown, w.Survey),
		layout: chart.layout,
	}
}

// groupKey explains the marks that this drawing has.
func groupKey(entries []entry, all disclose.Row, t tint) []keyItem {
	has := func(sh shape) bool {
		return slices.ContainsFunc(entries, func(e entry) bool { return e.row.Shown() && e.shape() == sh })
	}
	var out []keyItem
	switch {
	case has(diamond):
		out = append(out, markItem("Stands out from the rest", t, diamond), markItem("Does not", t, dot))
	case has(dot):
		out = append(out, markItem("Mean gap", t, dot))
	}
	if has(hollow) {
		out = append(out, markItem("Low reliability [u]", t, hollow))
	}
	if all.Shown() {
		out = append(out, overallItem("All respondents"))
	}
	return out
}

// groupTitle says how many groups stand out where any do.
func (s *story) groupTitle(what, group string, w reports.Wave, entries []entry) string {
	n := 0
	for _, e := range entries {
		if e.stands {
			n++
		}
	}
	by := what + " by " + reports.Lower(group)
	neutral := []string{by + ", " + s.name(w), by, what + " by group", "The gap by group"}
	switch n {
	case 0:
		return titled(neutral...)
	case 1:
		return titled(append([]string{what + ": one group stands out from the rest", "One group stands out from the rest"}, neutral...)...)
	}
	many := reports.Plural(n, "group") + " stand out from the rest"
	return titled(append([]string{what + ": " + many, reports.Upper(many)}, neutral...)...)
}

// rowsAlt holds every number of a rowChart in words.
func (s *story) rowsAlt(what string, entries []entry, all disclose.Row) string {
	var parts []string
	if all.Shown() {
		parts = append(parts, "All respondents: "+said(all, s.places()))
	}
	for _, e := range entries {
		text := e.label + ": " + said(e.row, s.places())
		if e.stands {
			text += ", stands out"
		}
		if e.heading != "" {
			text = e.heading + ". " + text
		}
		parts = append(parts, text)
	}
	return what + ", with " + reports.Level(s.s) + " intervals. " + strings.Join(parts, "; ") + "."
}

func standNotes(entries []entry) []string {
	if slices.ContainsFunc(entries, func(e entry) bool { return e.stands }) {
		return []string{"A diamond stands out from all other respondents after a correction for looking at many groups."}
	}
	return nil
}
