package chart

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// answers are one question's shares.
type answers struct {
	label                               string
	reversed                            bool
	positive, neutral, negative, unsure disclose.Row
	unscored                            string // how many gave no answer that is scored
}

// section is one construct's questions.
type section struct {
	title string
	tint  tint
	items []answers
}

// items draws each question's answers in the surveys' latest waves.
func (s *story) items() []plan {
	var out []plan
	for _, w := range reports.LatestWaves(s.s) {
		sections := s.sections(w)
		if len(sections) > 0 {
			out = append(out, s.itemsOf(w, sections))
		}
	}
	return out
}

// sections groups a wave's questions by construct; a question of two constructs
// stands with the first. The most positive stand first, hidden ones last.
func (s *story) sections(w reports.Wave) []section {
	seen := map[string]bool{}
	var out []section
	asked := false
	for _, id := range s.constructOrder() {
		c, _ := s.f.Constructs.Get(id)
		var rows []disclose.Row
		for _, item := range c.Items {
			row, ok := s.r.Find(key(w, item, "share", "positive"))
			if !ok || seen[item] {
				continue
			}
			seen[item] = true
			asked = asked || telling(row)
			rows = append(rows, row)
		}
		if len(rows) == 0 {
			continue
		}
		sec := section{title: s.measure(id), tint: s.tint(id)}
		for _, row := range reports.Ranked(rows) {
			sec.items = append(sec.items, s.answers(w, row))
		}
		out = append(out, sec)
	}
	if !asked {
		return nil
	}
	return out
}

func (s *story) answers(w reports.Wave, positive disclose.Row) answers {
	other := func(level string) disclose.Row { return s.row(key(w, positive.Measure, "share", level)) }
	item, _ := s.f.Items.Get(positive.Measure)
	a := answers{s.measure(positive.Measure), item.Reversed, positive, other("neutral"), other("negative"), other("unsure"), ""}
	if n := reports.NotScored(s.r, positive.Measure, w); positive.Shown() {
		a.unscored = strings.Replace(n.Words, "fewer than", "under", 1)
	}
	if item.Reversed {
		a.label += " (turned round)"
	}
	return a
}

func (s *story) itemsOf(w reports.Wave, sections []section) plan {
	chart := itemChart{sections: sections, key: []keyItem{barItem("Positive", ink), outlineItem("Negative", ink), barItem("Neither or unsure", bar)}}
	own := []string{"Positive is the answer that favours taking part.", "Not scored: how many saw the question and were unsure, found it not applicable, refused or left it blank."}
	if slices.ContainsFunc(sections, func(sec section) bool {
		return slices.ContainsFunc(sec.items, func(a answers) bool { return a.reversed })
	}) {
		own[0] += " A question that is turned round is scored the other way: there, to disagree is positive."
	}
	return plan{
		id: slug("items", w.Survey), title: s.itemsTitle(w, sections),
		drawn: sentences("Percent of respondents who chose a scored answer, with "+reports.Level(s.s)+" intervals of the positive share", "Unsure: percent of all who saw the question", s.name(w)),
		alt:   s.itemsAlt(w, sections), notes: s.notes(own, answerRows(sections), w), table: reports.ItemsTable(w.Survey), layout: chart.layout,
	}
}

// itemsTitle gives the range of the positive shares that may enter a sentence,
// where the intervals of its ends lie apart.
func (s *story) itemsTitle(w reports.Wave, sections []section) string {
	var rows []disclose.Row
	for _, sec := range sections {
		for _, a := range sec.items {
			if a.positive.Reliable() && !unreliable(a.positive) {
				rows = append(rows, a.positive)
			}
		}
	}
	rows = reports.Ranked(rows)
	if len(rows) < 2 || float(rows[len(rows)-1].Upper) >= float(rows[0].Lower) {
		return titled("Answers to each question, "+s.name(w), "Answers to each question")
	}
	return "Positive answers range from " + percent(rows[len(rows)-1]) + " to " + percent(rows[0])
}

// answerRows are the rows that the drawing shows: where the positive share is
// hidden, the others are not drawn.
func answerRows(sections []section) []disclose.Row {
	var out []disclose.Row
	for _, sec := range sections {
		for _, a := range sec.items {
			out = append(out, a.positive)
			if a.positive.Shown() {
				out = append(out, a.neutral, a.negative, a.unsure)
			}
		}
	}
	return out
}

func (s *story) itemsAlt(w reports.Wave, sections []section) string {
	out := "Percent positive, with " + reports.Level(s.s) + " intervals, then neither, negative and unsure, and how many are not scored, " + s.name(w) + "."
	for _, sec := range sections {
		var parts []string
		for _, a := range sec.items {
			text := a.label + ": " + share(a.positive)
			if a.positive.Shown() {
				text += ", " + brief(a.neutral) + ", " + brief(a.negative) + ", " + brief(a.unsure) + ", " + a.unscored
			}
			parts = append(parts, text)
		}
		out += " " + sec.title + ". " + strings.Join(parts, "; ") + "."
	}
	return out
}

// brief is a whole percentage, or the code in its place.
func brief(row disclose.Row) string {
	if !row.Shown() {
		return code(row)
	}
	return percent(row)
}
