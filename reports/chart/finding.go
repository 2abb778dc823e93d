package chart

import (
	"math"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// finding is what the first figure shows: the share who are willing and, of
// those, who lacks what.
type finding struct {
	s     *story
	wave  reports.Wave
	item  string       // the question that decides who is willing; "" without one
	who   string       // what the willing do, after "respondents who"
	high  disclose.Row // the willing
	parts []part       // all shares of the willing

	first, second part // the two that overlap by both and leave neither
	both, neither disclose.Row
}

// finding draws figure 1 for the wave that the report's first sentence rests on.
func (s *story) finding() []plan {
	w := s.lead
	willing := reports.WillingIn(s.r, w.Survey, w.Wave, "", "")
	f := finding{s: s, wave: w, high: willing.Share, parts: s.parts(w, "", ""), both: willing.Both.Row, neither: willing.Neither.Row}
	if !slices.ContainsFunc(f.parts, func(p part) bool { return telling(p.row) }) {
		return nil
	}
	if willing.Item != "" {
		f.item, f.who = s.measure(willing.Item), willing.Who(s.s)
	}
	two := len(willing.Lacks) == 2
	if two {
		f.first, f.second = f.parts[0], f.parts[1]
	}
	layout, own := f.plain().layout, []string{s.lackNote(w)}
	if two && f.whole() {
		layout, own = f.layout, append([]string{"Lines at the ends of bars are " + reports.Level(s.s) + " intervals of their lengths."}, own...)
	}
	table := reports.TableFinding
	if reports.Finding(s.r).Survey == "" { // which then has no rows
		table = reports.TableEachSurvey
	}
	return []plan{{
		id: "finding", title: f.title(), drawn: sentences("What respondents reported, in percent with "+reports.Level(s.s)+" intervals", s.name(w)),
		alt: f.alt(), notes: s.notes(own, f.rows(), w), table: table, layout: layout,
	}}
}

func (f finding) rows() []disclose.Row {
	var out []disclose.Row
	for _, p := range f.parts {
		out = append(out, p.row)
	}
	if f.item != "" {
		out = append(out, f.high)
	}
	return out
}

// whole reports whether the parts can be drawn as parts of one bar: all of them
// shown, reliable, and adding up but for what their bases differ by.
func (f finding) whole() bool {
	for _, row := range []disclose.Row{f.high, f.first.row, f.second.row, f.both, f.neither} {
		if !row.Reliable() || unreliable(row) {
			return false
		}
	}
	first, second, both := float(f.first.row.Estimate), float(f.second.row.Estimate), float(f.both.Estimate)
	sum := first + second - both + float(f.neither.Estimate)
	return math.Abs(sum-100) <= 2 && both <= min(first, second)+.5
}

// plain is the figure where parts are missing or hidden: a row for each number.
func (f finding) plain() rowChart {
	var entries []entry
	if f.item != "" {
		entries = append(entries, entry{heading: "All respondents", label: f.item, row: f.high, tint: will})
	}
	for i, p := range f.parts {
		e := entry{label: p.label, row: p.row, tint: p.tint}
		if i == 0 {
			e.heading = "Of the willing"
		}
		entries = append(entries, e)
	}
	return rowChart{
		values: "Percent (" + reports.Level(f.s.s) + " interval)", axis: "Percent of respondents",
		bars: true, bases: true, places: f.s.places(), overall: absent(), entries: entries, high: 50,
	}
}

// title says what the parts carry.
func (f finding) title() string {
	neutral := "Of the willing, who lacks what"
	if f.neither.Reliable() && f.first.label != "" {
		lead := "Of the willing, " + rest(f.neither) + " reported they lack "
		thing := func(p part) string { return strings.TrimPrefix(p.label, "Lack ") }
		return titled(lead+thing(f.first)+" or "+thing(f.second), lead+"one or both", neutral)
	}
	if p := f.parts[0]; p.row.Reliable() {
		return titled("Of the willing, "+percent(p.row)+" reported they "+reports.Lower(p.label), neutral)
	}
	return neutral
}

func (f finding) alt() string {
	out := f.s.name(f.wave) + ", with " + reports.Level(f.s.s) + " intervals."
	if f.item != "" {
		out += " “" + f.item + "”: " + share(f.high)
		if n := respondents(f.high); n != "" {
			out += " of " + n
		}
		out += "."
	}
	var parts []string
	for _, p := range f.parts {
		parts = append(parts, reports.Lower(p.label)+" "+share(p.row))
	}
	return out + " Of the willing " + f.base() + ": " + strings.Join(parts, ", ") + "."
}

// base is the number of the willing behind the shares, in brackets.
func (f finding) base() string {
	if text := bases(f.parts); text != "" {
		return "(base " + text + ")"
	}
	return "(base not shown)"
}
