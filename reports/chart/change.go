package chart

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// band is one survey's gap from wave to wave, and what one change is made of.
type band struct {
	survey   string
	verdict  string // on the change, or the code in its place
	points   []wavePoint
	from, to string // the waves that are compared
	gap      disclose.Row
	parts    []changePart // the change of the gap and of its two sides; none where it is not compared
	message  string       // says why not
	told     reports.Verdict
	byWill   bool // it narrowed as will fell
}

// wavePoint is a gap in one wave. Broken says that it does not compare with the
// wave before.
type wavePoint struct {
	wave   string
	row    disclose.Row
	broken bool
}

// changePart is a change in points with its words and colour.
type changePart struct {
	label  string
	spoken string // the label in words
	row    disclose.Row
	tint   tint
}

// changes draws each gap over the waves of every survey that has more than one.
func (s *story) changes() []plan {
	var out []plan
	for id, gap := range s.f.Gaps.All() {
		var bands []band
		for _, v := range s.s.Surveys {
			if b, ok := s.band(id, gap, v); ok {
				bands = append(bands, b)
			}
		}
		if len(bands) > 0 {
			out = append(out, s.changeOf(id, gap, bands))
		}
	}
	return out
}

// band reads one survey's waves. The change drawn is that from the first wave to
// the last; where those do not compare, the latest one that can be told.
func (s *story) band(id string, gap study.Gap, v *study.Survey) (band, bool) {
	b := band{survey: v.Title}
	for i, w := range v.Waves {
		row, ok := s.r.Find(key(reports.Wave{Survey: v.ID, Wave: w.ID}, id, "mean", ""))
		if !ok || !telling(row) {
			continue
		}
		p := wavePoint{wave: w.ID, row: row}
		if n := len(b.points); n > 0 {
			p.broken = i > 0 && s.difference(id, v.ID, b.points[n-1].wave, w.ID).Status == disclose.Break
		}
		b.points = append(b.points, p)
	}
	if len(b.points) < 2 {
		return b, false
	}
	b.from, b.to = b.points[0].wave, b.points[len(b.points)-1].wave
	b.gap = s.difference(id, v.ID, b.from, b.to)
	for i := len(b.points) - 1; i > 0 && !b.gap.Shown(); i-- {
		if row := s.difference(id, v.ID, b.points[i-1].wave, b.points[i].wave); row.Shown() {
			b.from, b.to, b.gap = b.points[i-1].wave, b.points[i].wave, row
		}
	}
	s.judge(&b, gap, v.ID)
	return b, true
}

func (s *story) difference(measure, survey, from, to string) disclose.Row {
	return s.row(disclose.Key{Measure: measure, Statistic: "difference", Survey: survey, Wave: to, Contrast: "wave", Versus: from})
}

// judge fills in what may be said of the change.
func (s *story) judge(b *band, gap study.Gap, survey string) {
	if b.gap.Status == disclose.Break {
		b.verdict, b.message = code(b.gap), "Not compared, as a question or its answers changed."
		if names := s.reworded(gap, survey, b.from, b.to); len(names) > 0 {
			b.message = "Not compared, as questions changed: “" + strings.Join(names, "”; “") + "”."
		}
		return
	}
	of, minus := s.difference(gap.Of, survey, b.from, b.to), s.difference(gap.Minus, survey, b.from, b.to)
	high, low := reports.Lower(s.measure(gap.Of)), reports.Lower(s.measure(gap.Minus))
	b.parts = []changePart{
		{"Change in gap", "change in the gap", b.gap, ink},
		{"= " + high, "change in " + high, of, s.tint(gap.Of)},
		{"− " + low, "change in " + low, minus, s.tint(gap.Minus)},
	}
	if len(b.points) > 2 {
		b.parts[0].label += ", " + b.from + " to " + b.to
	}
	verdict := reports.Judge(b.gap, s.s.Meaningful, s.s.Confidence)
	b.verdict = string(verdict)
	if verdict == reports.None {
		b.verdict = code(b.gap)
		return
	}
	for _, p := range b.points {
		if (p.wave == b.from || p.wave == b.to) && (!p.row.Reliable() || unreliable(p.row)) {
			return
		}
	}
	if !slices.ContainsFunc(b.parts, func(p changePart) bool { return !p.row.Shown() || p.row.Low() }) {
		b.told, b.byWill = verdict, reports.NarrowedByWill(s.s, b.gap, of, minus)
	}
}

// reworded are the questions on either side of a gap that two waves did not ask
// alike, three at the most.
func (s *story) reworded(gap study.Gap, survey, from, to string) []string {
	var out []string
	for _, id := range []string{gap.Of, gap.Minus} {
		construct, _ := s.f.Constructs.Get(id)
		for _, item := range construct.Items {
			before, _ := reports.Asks(s.s, item, reports.Wave{Survey: survey, Wave: from})
			after, _ := reports.Asks(s.s, item, reports.Wave{Survey: survey, Wave: to})
			if before != after && len(out) < 3 {
				out = append(out, s.measure(item))
			}
		}
	}
	return out
}

func (s *story) changeOf(id string, gap study.Gap, bands []band) plan {
	level, name := reports.Level(s.s), reports.GapWord(s.s, gap)
	chart := changeChart{tint: s.tint(gap.Minus), places: s.places(), bands: bands}
	chart.key = []keyItem{markItem(reports.Upper(strings.TrimPrefix(name, "the ")), chart.tint, dot)}
	if slices.ContainsFunc(bands, func(b band) bool { return len(b.parts) > 0 }) {
		chart.key = []keyItem{
			markItem(s.measure(gap.Of), s.tint(gap.Of), dot), markItem(s.measure(gap.Minus)+", and the gap to it", chart.tint, dot),
			markItem("Change in the gap", ink, dot),
		}
	}
	own := []string{"The change in a gap is the change in " + reports.Lower(s.measure(gap.Of)) + " less that in " + reports.Lower(s.measure(gap.Minus)) +
		". The parts need not add up to the last digit: a gap is of people who answered on both sides."}
	var rows []disclose.Row
	var waves []reports.Wave
	for _, b := range bands {
		if b.byWill {
			own = append(own, b.survey+": the gap narrowed as "+reports.Lower(s.measure(gap.Of))+" fell. That is no gain.")
		}
		for _, p := range b.points {
			rows = append(rows, p.row)
			waves = append(waves, reports.Wave{Survey: p.row.Survey, Wave: p.wave})
		}
		rows = append(rows, b.gap)
		for _, p := range b.parts {
			rows = append(rows, p.row)
		}
	}
	drawn := reports.Upper(name) + " by wave in points, with " + level + " intervals, and the two parts of its change"
	return plan{
		id: slug("change", id), title: s.changeTitle(name, bands), drawn: sentences(drawn), alt: sentences(drawn) + changeAlt(bands, s.places()),
		notes: s.notes(own, rows, waves...), table: reports.TableChanges, layout: chart.layout,
	}
}

// changeTitle names the surveys in which the gap clearly changed.
func (s *story) changeTitle(name string, bands []band) string {
	var wider, narrower []string
	told, steady := 0, 0
	for _, b := range bands {
		if b.told == reports.None {
			continue
		}
		told++
		switch up := b.gap.Estimate.Or(0) > 0; {
		case b.told == reports.NoMeaningful:
			steady++
		case b.told.Clear() && up:
			wider = append(wider, b.survey)
		case b.told.Clear():
			narrower = append(narrower, b.survey)
		}
	}
	name = reports.Upper(name)
	neutral := name + " from wave to wave"
	switch {
	case len(wider)+len(narrower) > 0:
		return titled(name+movedFor(wider, narrower), name+movedIn(len(wider), len(narrower)), neutral, "The gap from wave to wave")
	case told == len(bands) && steady == told:
		return titled(name+" shows no meaningful change", neutral, "The gap from wave to wave")
	}
	return titled(neutral, "The gap from wave to wave")
}

// movedFor names the surveys in which a gap widened and narrowed.
func movedFor(wider, narrower []string) string {
	var parts []string
	if len(wider) > 0 {
		parts = append(parts, "widened for "+reports.And(wider))
	}
	if len(narrower) > 0 {
		parts = append(parts, "narrowed for "+reports.And(narrower))
	}
	return " " + strings.Join(parts, " and ")
}

// movedIn counts them.
func movedIn(wider, narrower int) string {
	switch {
	case narrower == 0:
		return " widened in " + reports.Plural(wider, "survey")
	case wider == 0:
		return " narrowed in " + reports.Plural(narrower, "survey")
	}
	return " widened in " + reports.Plural(wider, "survey") + ", narrowed in " + reports.CountWord(narrower)
}

func changeAlt(bands []band, places int) string {
	out := ""
	for _, b := range bands {
		out += " " + b.survey + ":"
		for i, p := range b.points {
			if i > 0 {
				out += ","
			}
			if p.broken {
				out += " [b],"
			}
			out += " " + p.wave + " " + said(p.row, places)
		}
		out += "."
		if b.message != "" {
			out += " " + b.message
			continue
		}
		var parts []string
		for _, p := range b.parts {
			parts = append(parts, p.spoken+" "+signedSaid(p.row, places))
		}
		out += " From " + b.from + " to " + b.to + ": " + strings.Join(parts, ", ") + ". " + b.verdict + "."
	}
	return out
}

// signedSaid is a change in words, with its sign.
func signedSaid(row disclose.Row, places int) string {
	if !row.Shown() {
		return code(row)
	}
	return flagged(signed(row, places)+" "+brackets(row, places), row)
}

// signed is a change in figures with its sign.
func signed(row disclose.Row, places int) string {
	text := digits(row.Estimate, places)
	if row.Estimate.Or(0) > 0 {
		return "+" + text
	}
	return text
}
