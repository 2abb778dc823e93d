package chart

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// sideBySide draws the constructs' means in every survey and wave, and at the
// right the gaps from will to the others.
func (s *story) sideBySide() []plan {
	var blocks []block
	var waves []reports.Wave
	for _, w := range reports.Waves(s.s) {
		rows := s.constructs(w)
		if len(rows) == 0 {
			continue
		}
		another := len(waves) == 0 || waves[len(waves)-1].Survey != w.Survey
		blocks = append(blocks, block{title: reports.SurveyName(s.s, w.Survey), tail: reports.WaveName(w.Wave), sub: reports.Fieldwork(s.s, w).Recruitment, strong: another, rows: rows})
		waves = append(waves, w)
	}
	if len(blocks) == 0 {
		return nil
	}
	low, high := limits(blocks)
	title := 120.0
	for _, b := range blocks {
		if len(b.titleLines(title)) > 3 {
			title = 170
		}
	}
	chart := blockChart{
		key: s.constructKey(), head: "Survey and wave", axis: "Mean score, 0 to 100 scale", title: title,
		atMarks: true, places: s.places(), blocks: blocks, low: low, high: high, least: 40,
	}
	drawn := []string{"Mean scores with " + reports.Level(s.s) + " intervals"}
	if s.will != "" {
		to := reports.Lower(s.measure(s.will))
		chart.narrowValues = "Gap to " + to
		chart.values = "Gap to " + to + " in points (" + reports.Level(s.s) + " interval)"
		drawn = append(drawn, "The dotted line from a mark to the line of "+to+" is the gap")
	}
	return []plan{{
		id: "side-by-side", title: s.sideTitle(waves), drawn: sentences(drawn...), alt: s.sideAlt(blocks),
		notes: s.notes(nil, blockRows(blocks), waves...), table: reports.TableSideBySide, layout: chart.layout,
	}}
}

// constructs are one wave's rows: will first, as the others lead to it. A wave
// that asked none of them has none.
func (s *story) constructs(w reports.Wave) []blockRow {
	var out []blockRow
	any := false
	for _, id := range s.constructOrder() {
		row, ok := s.r.Find(key(w, id, "mean", ""))
		if !ok {
			continue
		}
		any = any || telling(row)
		r := blockRow{entry: entry{label: s.measure(id), row: row, tint: s.tint(id)}}
		if gap, ok := s.gapTo(id); ok {
			r.right = s.row(key(w, gap, "mean", ""))
		}
		out = append(out, r)
	}
	if !any {
		return nil
	}
	return out
}

func (s *story) constructOrder() []string {
	var out []string
	if _, ok := s.f.Constructs.Get(s.will); ok {
		out = append(out, s.will)
	}
	for id := range s.f.Constructs.All() {
		if id != s.will {
			out = append(out, id)
		}
	}
	return out
}

// limits are the lowest and highest limits of all rows, so that the axis need
// not begin at 0; 30 and 70 where nothing is shown.
func limits(blocks []block) (low, high float64) {
	found := false
	for _, b := range blocks {
		for _, r := range b.rows {
			switch {
			case !r.row.Shown():
			case !found:
				low, high, found = float(r.row.Lower), float(r.row.Upper), true
			default:
				low, high = min(low, float(r.row.Lower)), max(high, float(r.row.Upper))
			}
		}
	}
	if !found {
		return 30, 70
	}
	return low, high
}

func (s *story) constructKey() []keyItem {
	var out []keyItem
	for _, id := range s.constructOrder() {
		out = append(out, markItem(s.measure(id), s.tint(id), dot))
	}
	if len(s.f.Gaps) > 0 {
		out = append(out, gapItem("Gap to "+reports.Lower(s.measure(s.will)), s.tint(s.will)))
	}
	return out
}

// sideTitle claims that will is above another construct in every survey only
// where each gap is shown, reliable and has its lower limit above 0.
func (s *story) sideTitle(waves []reports.Wave) string {
	var names, below []string
	for i, id := range s.constructOrder() {
		name := s.measure(id)
		if i > 0 {
			name = reports.Lower(name)
		}
		names = append(names, name)
		if gap, ok := s.gapTo(id); ok && s.alwaysAbove(gap, waves) {
			below = append(below, name)
		}
	}
	where := s.everywhere(waves)
	neutral := []string{reports.And(names) + " side by side", "All scores side by side"}
	if len(below) == 0 {
		return titled(neutral...)
	}
	claim := s.measure(s.will) + " is above " + reports.And(below) + where
	return titled(append([]string{claim}, neutral...)...)
}

// everywhere says where a claim holds that holds in all these waves.
func (s *story) everywhere(waves []reports.Wave) string {
	surveys := map[string]bool{}
	for _, w := range waves {
		surveys[w.Survey] = true
	}
	switch {
	case len(waves) == 1:
		return ""
	case len(surveys) == 1:
		return " in every wave"
	case len(surveys) < len(s.s.Surveys):
		return " in every survey that asked"
	}
	return " in every survey"
}

func (s *story) alwaysAbove(gap string, waves []reports.Wave) bool {
	for _, w := range waves {
		row := s.row(key(w, gap, "mean", ""))
		if !row.Reliable() || float(row.Lower) <= 0 {
			return false
		}
	}
	return len(waves) > 0
}

func (s *story) sideAlt(blocks []block) string {
	out := "Mean scores from 0 to 100, with " + reports.Level(s.s) + " intervals."
	for _, b := range blocks {
		var parts []string
		for _, r := range b.rows {
			text := reports.Lower(r.label) + " " + said(r.row, s.places())
			if r.hasRight() {
				text += ", gap " + said(r.right, s.places())
			}
			parts = append(parts, text)
		}
		out += " " + b.title + " " + b.tail + ": " + strings.Join(parts, "; ") + "."
	}
	return out
}

func blockRows(blocks []block) []disclose.Row {
	var out []disclose.Row
	for _, b := range blocks {
		for _, r := range b.rows {
			out = append(out, r.row)
			if r.hasRight() {
				out = append(out, r.right)
			}
		}
	}
	return out
}
