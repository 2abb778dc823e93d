package chart

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// quadrants draws who is high on what and low on what else, as shares of
// everyone, in each survey's latest wave.
func (s *story) quadrants() []plan {
	var entries []entry
	var waves []reports.Wave
	for _, w := range reports.LatestWaves(s.s) {
		of := s.quadrantEntries(w)
		if len(of) == 0 {
			continue
		}
		of[0].heading = s.name(w)
		entries, waves = append(entries, of...), append(waves, w)
	}
	if len(entries) == 0 {
		return nil
	}
	level := reports.Level(s.s)
	chart := rowChart{
		head: "Combination", values: "Percent (" + level + " interval)", axis: "Percent of respondents with all sides",
		bars: true, bases: true, places: s.places(), overall: absent(), entries: entries,
	}
	drawn := "Percent of all respondents in each combination, with " + level + " intervals"
	return []plan{{
		id: "quadrants", title: s.quadrantsTitle(entries, len(waves)), drawn: sentences(drawn, "Latest waves"),
		alt: s.rowsAlt("Percent of all respondents in each combination", entries, absent()), notes: s.notes([]string{"A person can be in more than one combination."}, rowsOf(entries), waves...),
		table: reports.TableQuadrants, layout: chart.layout,
	}}
}

// quadrantEntries are one wave's combinations; none where nothing is told.
func (s *story) quadrantEntries(w reports.Wave) []entry {
	var out []entry
	for id, q := range s.f.Quadrants.All() {
		if row, ok := s.r.Find(key(w, id, "share", "")); ok {
			out = append(out, entry{label: s.measure(id), row: row, tint: s.quadrantTint(q)})
		}
	}
	if !slices.ContainsFunc(out, func(e entry) bool { return telling(e.row) }) {
		return nil
	}
	return out
}

// quadrantTint is the colour of the one construct that is lacking, if it is one.
func (s *story) quadrantTint(q study.Quadrant) tint {
	if len(q.Low) == 1 {
		return s.tint(q.Low[0])
	}
	return ink
}

func rowsOf(entries []entry) []disclose.Row {
	var out []disclose.Row
	for _, e := range entries {
		out = append(out, e.row)
	}
	return out
}

// quadrantsTitle gives the first combination's share, or its range over surveys.
func (s *story) quadrantsTitle(entries []entry, surveys int) string {
	neutral := []string{"Who is high and low on what", "Combinations of high and low"}
	var same []disclose.Row
	for _, e := range entries {
		if e.row.Measure != entries[0].row.Measure {
			continue
		}
		if !e.row.Reliable() || unreliable(e.row) {
			return titled(neutral...)
		}
		same = append(same, e.row)
	}
	ranked := reports.Ranked(same)
	low, high := percent(ranked[len(ranked)-1]), percent(ranked[0])
	span := high
	if low != high {
		span = low + " to " + high
	}
	claim := entries[0].label + ": " + span
	if len(same) < surveys {
		return titled(append([]string{claim + " where asked"}, neutral...)...)
	}
	return titled(append([]string{claim + " of respondents", claim}, neutral...)...)
}

// cut draws how the shares depend on the score from which somebody counts as
// high, in the wave that leads the report or else the first that has it.
func (s *story) cut() []plan {
	waves := append([]reports.Wave{s.lead}, reports.LatestWaves(s.s)...)
	for _, w := range waves {
		if entries := s.cutEntries(w); len(entries) > 0 {
			return []plan{s.cutOf(w, entries)}
		}
	}
	return nil
}

// cutEntries are, for each combination that scores decide on, its share as it is
// reported and at other thresholds.
func (s *story) cutEntries(w reports.Wave) []entry {
	var out []entry
	for id, q := range s.f.Quadrants.All() {
		at := s.thresholds(w, id)
		if len(at) == 0 {
			continue
		}
		colour := s.quadrantTint(q)
		own := entry{heading: s.measure(id), label: s.ownCut(q), row: s.row(key(w, id, "share", "")), tint: colour}
		out = append(out, own)
		for _, row := range at {
			score := strings.TrimPrefix(row.Level, "at_")
			out = append(out, entry{label: "A score of " + score + " or more", row: row, tint: colour})
		}
	}
	return out
}

// thresholds are a combination's shares at other thresholds, the lowest first.
func (s *story) thresholds(w reports.Wave, id string) []disclose.Row {
	at := func(row disclose.Row) int {
		n, err := strconv.Atoi(strings.TrimPrefix(row.Level, "at_"))
		if err != nil {
			return -1
		}
		return n
	}
	rows := s.r.Select(func(row disclose.Row) bool {
		return row.Measure == id && row.Survey == w.Survey && row.Wave == w.Wave && row.Breakdown == "" && row.Contrast == "" && at(row) >= 0
	})
	if !slices.ContainsFunc(rows, telling) {
		return nil
	}
	slices.SortStableFunc(rows, func(a, b disclose.Row) int { return at(a) - at(b) })
	return rows
}

// scored are the sides of a combination that a score decides on.
func (s *story) scored(q study.Quadrant) []string {
	var out []string
	for _, id := range slices.Concat(q.High, q.Low) {
		if c, ok := s.f.Constructs.Get(id); ok && c.Headline == "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// ownCut names the study's own threshold, where there is one for all sides.
func (s *story) ownCut(q study.Quadrant) string {
	var cuts []string
	for _, id := range s.scored(q) {
		c, _ := s.f.Constructs.Get(id)
		if !slices.Contains(cuts, string(c.Positive)) {
			cuts = append(cuts, string(c.Positive))
		}
	}
	if len(cuts) == 1 {
		return "As reported: " + cuts[0] + " or more"
	}
	return "As reported"
}

func (s *story) cutOf(w reports.Wave, entries []entry) plan {
	level := reports.Level(s.s)
	chart := rowChart{
		head: "High is", values: "Percent (" + level + " interval)", axis: "Percent of respondents with all sides",
		bars: true, bases: true, places: s.places(), overall: absent(), entries: entries,
	}
	what := "Percent of all respondents in each combination, by the score that counts as high"
	return plan{
		id: "cut", title: s.cutTitle(entries), drawn: sentences(what+", with "+level+" intervals", s.name(w)),
		alt: s.rowsAlt(what+", "+s.name(w), entries, absent()), notes: s.notes(filled([]string{s.cutNote()}), rowsOf(entries), w),
		table: reports.TableQuadrants, layout: chart.layout,
	}
}

// cutNote says which sides the score decides on, where a question decides others.
func (s *story) cutNote() string {
	var scored, asked []string
	for _, q := range s.f.Quadrants.All() {
		for _, id := range slices.Concat(q.High, q.Low) {
			c, ok := s.f.Constructs.Get(id)
			name := reports.Lower(s.measure(id))
			switch {
			case !ok:
			case c.Headline == "" && !slices.Contains(scored, name):
				scored = append(scored, name)
			case c.Headline != "" && !slices.Contains(asked, name):
				asked = append(asked, name)
			}
		}
	}
	if len(asked) == 0 {
		return ""
	}
	return "The score decides on " + reports.And(scored) + ". One question decides on " + reports.And(asked) + ", at every score."
}

// cutTitle tells the first combination's share at its lowest and highest score.
func (s *story) cutTitle(entries []entry) string {
	neutral := []string{"How the shares depend on what counts as high", "The shares at other thresholds"}
	var same []entry
	for _, e := range entries {
		if e.row.Measure == entries[0].row.Measure && e.row.Level != "" {
			same = append(same, e)
		}
	}
	low, high := same[0].row, same[len(same)-1].row
	if !low.Reliable() || !high.Reliable() || unreliable(low) || unreliable(high) {
		return titled(neutral...)
	}
	at := func(row disclose.Row) string { return percent(row) + " at " + strings.TrimPrefix(row.Level, "at_") }
	return titled(append([]string{entries[0].heading + ": " + at(low) + ", " + at(high)}, neutral...)...)
}
