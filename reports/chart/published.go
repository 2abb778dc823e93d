package chart

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// published draws the figures that the study quotes from elsewhere beside ours.
func (s *story) published() []plan {
	var pairs []pair
	var rows []disclose.Row
	var waves []reports.Wave
	for _, p := range s.s.Published {
		ours := s.row(disclose.Key{Measure: p.Measure, Statistic: p.Statistic, Level: p.Level, Survey: p.Survey, Wave: p.Wave})
		pairs = append(pairs, s.publishedPair(p, ours))
		rows = append(rows, ours)
		if w := (reports.Wave{Survey: p.Survey, Wave: p.Wave}); !slices.Contains(waves, w) {
			waves = append(waves, w)
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	unit := publishedUnit(s.s.Published)
	level := reports.Level(s.s)
	chart := pairChart{
		key:  []keyItem{markItem("Ours", ink, dot), markItem("Published elsewhere", ink, square)},
		head: "Figure and source", values: unit + " (" + level + " interval)", axis: unit, places: s.places(), pairs: pairs,
	}
	drawn := "Our figure and the published one, with " + level + " intervals"
	own := "The interval of a published share is worked out from its base."
	return []plan{{
		id: "published", title: publishedTitle(pairs), drawn: sentences(drawn), alt: sentences(drawn) + pairsAlt(pairs, s.places()),
		notes: s.notes([]string{own}, rows, waves...), table: reports.TablePublished, layout: chart.layout,
	}}
}

func (s *story) publishedPair(p study.Published, ours disclose.Row) pair {
	lower, upper := reports.PublishedLimits(p, s.s.Confidence)
	theirs := disclose.Row{Estimate: number.Of(p.Estimate.Float()), Lower: lower.Round(s.places()), Upper: upper.Round(s.places())}
	source := p.Source
	if p.Base > 0 {
		source += ", base " + number.Count(p.Base)
	}
	mark := dot
	if unreliable(ours) {
		mark = hollow
	}
	return pair{
		label: flagged(s.publishedLabel(p), ours), under: []string{source},
		sides: []side{{name: "Ours", row: ours, shape: mark}, {name: "Published", row: theirs, figure: reports.Minus(string(p.Estimate)), shape: square}},
	}
}

// publishedLabel is what the figure measures, of whom, and when.
func (s *story) publishedLabel(p study.Published) string {
	what := s.measure(p.Measure)
	switch level := reports.LevelName(s.s, p.Measure, p.Level); {
	case p.Statistic == "share" && level != "":
		what += ": " + reports.Lower(level)
	case p.Statistic != "share":
		what += ": " + p.Statistic
	}
	return what + ", " + s.name(reports.Wave{Survey: p.Survey, Wave: p.Wave})
}

// publishedUnit is what all figures are in, as an axis names it.
func publishedUnit(figures []study.Published) string {
	share := func(p study.Published) bool { return p.Statistic == "share" }
	switch {
	case !slices.ContainsFunc(figures, share):
		return "Score"
	case slices.ContainsFunc(figures, func(p study.Published) bool { return !share(p) }):
		return "Percent or score"
	}
	return "Percent"
}

// publishedTitle counts the published figures that lie within our intervals, of
// those that have one to lie in.
func publishedTitle(pairs []pair) string {
	in, of := 0, 0
	for _, x := range pairs {
		ours, theirs := x.sides[0].row, x.sides[1].row
		if !ours.Reliable() || unreliable(ours) {
			continue
		}
		of++
		if v := float(theirs.Estimate); float(ours.Lower) <= v && v <= float(ours.Upper) {
			in++
		}
	}
	neutral := "Published figures beside ours"
	switch {
	case of == 0:
		return neutral
	case of == 1 && in == 1:
		return "The published figure falls inside our interval"
	case of == 1:
		return "The published figure falls outside our interval"
	case in == of && of == 2:
		return "Both published figures fall inside our intervals"
	case in == of:
		return "All " + reports.CountWord(of) + " published figures fall inside our intervals"
	case in == 0 && of == 2:
		return "Neither published figure falls inside our interval"
	case in == 0:
		return "None of " + reports.CountWord(of) + " published figures falls inside our intervals"
	}
	return titled(reports.Upper(reports.CountWord(in))+" of "+reports.CountWord(of)+" published figures "+fall(in)+" inside our intervals", neutral)
}

func fall(n int) string {
	if n == 1 {
		return "falls"
	}
	return "fall"
}
