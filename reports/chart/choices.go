package chart

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// choices draws each tick-all question's answers in the latest waves.
func (s *story) choices() []plan {
	var out []plan
	for id := range s.f.Choices.All() {
		for _, w := range reports.LatestWaves(s.s) {
			if rows := reports.ChoiceRows(s.r, id, w); slices.ContainsFunc(rows, telling) {
				out = append(out, s.choice(id, w, rows))
			}
		}
	}
	return out
}

func (s *story) choice(id string, w reports.Wave, rows []disclose.Row) plan {
	var entries []entry
	for _, row := range rows {
		entries = append(entries, entry{label: reports.LevelName(s.s, id, row.Level), row: row, tint: ink})
	}
	level := reports.Level(s.s)
	chart := rowChart{head: "Answer", values: "Percent (" + level + " interval)", axis: ofWhom(rows), bars: true, places: s.places(), overall: absent(), entries: entries}
	drawn := "Percent who ticked each answer to “" + s.measure(id) + "”"
	return plan{
		id: slug(id, w.Survey), title: s.choiceTitle(id, w, entries),
		drawn: sentences(drawn+", with "+level+" intervals", joined(s.name(w), asked(rows))),
		alt:   s.rowsAlt(drawn+", "+joined(s.name(w), asked(rows)), entries, absent()),
		notes: s.notes(nil, rows, w), table: reports.ChoiceTable(id, w.Survey), layout: chart.layout,
	}
}

// asked is the base of a tick-all question and its rule.
func asked(rows []disclose.Row) string {
	for _, row := range rows {
		n := respondents(row)
		switch {
		case n == "":
			continue
		case row.BaseRule == "ticked_any":
			return n + " who ticked at least one"
		case row.BaseRule == "saw":
			return n + " who saw the question"
		}
		return n
	}
	return ""
}

// ofWhom is what the shares of a tick-all question are of, for its axis.
func ofWhom(rows []disclose.Row) string {
	for _, row := range rows {
		if rule := reports.BaseRule(row.BaseRule); rule != "" {
			return "Percent of respondents who " + rule
		}
	}
	return "Percent of respondents"
}

// choiceTitle names the first answer only where its interval lies above that of
// every other shown one.
func (s *story) choiceTitle(id string, w reports.Wave, entries []entry) string {
	title := s.measure(id)
	neutral := []string{title + ", " + s.name(w), title, "Answers ticked, ranked"}
	first := entries[0]
	overtaken := func(e entry) bool { return e.row.Shown() && float(e.row.Upper) >= float(first.row.Lower) }
	if len(entries) < 2 || !first.row.Reliable() || unreliable(first.row) || slices.ContainsFunc(entries[1:], overtaken) {
		return titled(neutral...)
	}
	named := first.label + " is named most: " + percent(first.row)
	return titled(append([]string{named + " of respondents", named}, neutral...)...)
}

// absent is a number that a figure does not have.
func absent() disclose.Row { return disclose.Row{Status: disclose.NotApplicable} }
