package chart

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

// weights draws, for each survey's latest wave that was weighted to match a
// population, the sample before and after, and what leads with and without.
func (s *story) weights() []plan {
	var out []plan
	for _, w := range reports.LatestWaves(s.s) {
		for _, x := range s.r.Weightings() {
			if x.Survey != w.Survey || x.Wave != w.Wave {
				continue
			}
			out = append(out, s.margins(w, x.Margins)...)
			out = append(out, s.without(w, x.Headline)...)
		}
	}
	return out
}

// margins sets each category's share of the sample beside the population's.
func (s *story) margins(w reports.Wave, shares []disclose.MarginShare) []plan {
	var lines []marginLine
	var rows []disclose.Row
	last := ""
	for _, x := range shares {
		if x.Category == "" { // those who gave none have no share in the population
			continue
		}
		line := marginLine{label: reports.CategoryName(s.s, x.Variable, x.Category), share: x}
		if x.Variable != last {
			last, line.heading = x.Variable, reports.BreakdownName(s.s, x.Variable)
		}
		lines = append(lines, line)
		rows = append(rows, disclose.Row{Status: x.Status})
	}
	if len(lines) == 0 {
		return nil
	}
	chart := marginChart{places: s.places(), lines: lines}
	drawn := "Percent of respondents before and after weighting, and of the population"
	return []plan{{
		id: slug("weighting", w.Survey), title: titled("The sample before and after weighting, "+s.name(w), "The sample before and after weighting"),
		drawn: sentences(drawn, s.name(w)), alt: drawn + ", " + s.name(w) + "." + marginsAlt(lines, s.places()),
		notes: s.notes([]string{"A grey bar is the sample as it came. A square is the population, and a dot the sample after weighting."}, rows),
		table: reports.TableMargins, layout: chart.layout,
	}}
}

func marginsAlt(lines []marginLine, places int) string {
	out := ""
	for _, l := range lines {
		if l.heading != "" {
			out += " " + l.heading + "."
		}
		out += " " + l.label + ": before " + l.figure(l.share.Before, places) + ", population " + l.figure(l.share.Population, places) +
			", after " + l.figure(l.share.After, places) + "."
	}
	return out
}

// without sets the numbers that lead beside what they would be without the
// weights that match the population.
func (s *story) without(w reports.Wave, headline []disclose.Unweighted) []plan {
	var pairs []pair
	var rows []disclose.Row
	for _, x := range headline {
		label := s.measure(x.Measure)
		if x.Level != "" {
			label += ": " + reports.Lower(reports.LevelName(s.s, x.Measure, x.Level))
		}
		mark := dot
		if unreliable(x.Row) {
			mark = hollow
		}
		plain := disclose.Row{Status: x.Status, Estimate: x.Without}
		pairs = append(pairs, pair{label: flagged(label, x.Row), under: filled([]string{unitNote(x.Row)}),
			sides: []side{{name: "With", row: x.Row, shape: mark}, {name: "Without", row: plain, shape: stick}}})
		rows = append(rows, x.Row)
	}
	if len(pairs) == 0 {
		return nil
	}
	level := reports.Level(s.s)
	chart := pairChart{
		key: []keyItem{markItem("With weights", ink, dot), shapeItem("Without", ink, stick)}, head: "Number",
		values: "Percent or points (" + level + " interval)", axis: "Percent or points", places: s.places(), pairs: pairs,
	}
	drawn := "Numbers with and without the weights that match the population"
	return []plan{{
		id: slug("without-weights", w.Survey), title: s.withoutTitle(headline, w),
		drawn: sentences(drawn+", with "+level+" intervals of those with", s.name(w)), alt: drawn + ", " + s.name(w) + "." + pairsAlt(pairs, s.places()),
		notes: s.notes(nil, rows, w), table: reports.TableUnweighted, layout: chart.layout,
	}}
}

// unitNote says what a number of the headline is in, where its label does not.
func unitNote(row disclose.Row) string {
	if row.Unit == "points" {
		return "points"
	}
	return "percent"
}

// withoutTitle says how far apart the two are at most, in whole points rounded up.
func (s *story) withoutTitle(headline []disclose.Unweighted, w reports.Wave) string {
	most, any := 0.0, false
	for _, x := range headline {
		a, okA := x.Estimate.Get()
		b, okB := x.Without.Get()
		if !x.Shown() || !okA || !okB {
			continue
		}
		any, most = true, max(most, a-b, b-a)
	}
	if !any {
		return titled("With and without weights, "+s.name(w), "With and without weights")
	}
	size := number.Of(most).Fixed(s.places())
	return titled("Weighting moves no leading number by more than "+size+" points", "With and without weights")
}
