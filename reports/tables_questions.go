package reports

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// choiceTables hold each tick-all question in each survey, ranked, the latest
// wave first.
func (m *tabler) choiceTables() []Table {
	var out []Table
	for id, choice := range m.s.Framework.Choices.All() {
		for _, v := range m.s.Surveys {
			out = append(out, m.choiceTable(id, choice, v))
		}
	}
	return out
}

func (m *tabler) choiceTable(id string, choice study.Choice, v *study.Survey) Table {
	base := textColumn("base_rule", "Who is counted", "Whom the shares are of")
	t := Table{
		ID: ChoiceTable(id, v.ID), Survey: v.ID, Title: choice.Title + ": " + v.Title,
		Summary: "Percent of respondents who ticked each answer, with " + Level(m.s) + " limits. More than one could be ticked, so the shares add up to more than 100%.",
		Columns: columns(cols(waveColumn, answerColumn), m.shareColumns(), cols(base, notesColumn)),
	}
	t.Notes = m.openOf(latestFirst(v)...)
	for _, w := range latestFirst(v) {
		for _, row := range ChoiceRows(m.r, id, w) {
			t.Rows = append(t.Rows, line(one(text(WaveName(w.Wave)), text(LevelName(m.s, id, row.Level))), figures(row),
				one(text(BaseRule(row.BaseRule)), notes(row))))
		}
	}
	return t
}

// BaseRule says whom a choice's shares are of.
func BaseRule(rule string) string {
	switch rule {
	case "saw":
		return "saw the question"
	case "ticked_any":
		return "ticked at least one"
	}
	return ""
}

func latestFirst(v *study.Survey) []Wave {
	var out []Wave
	for _, w := range slices.Backward(v.Waves) {
		out = append(out, Wave{v.ID, w.ID})
	}
	return out
}

func (m *tabler) questionTables() []Table {
	var out []Table
	for _, v := range m.s.Surveys {
		out = append(out, m.itemsTable(v))
	}
	for _, v := range m.s.Surveys {
		out = append(out, m.optionsTable(v))
	}
	return append(out, m.bannerTables()...)
}

// itemsTable holds each item's answers in a survey, the latest wave first.
func (m *tabler) itemsTable(v *study.Survey) Table {
	share := func(id, title, description string) Column {
		return numberColumn(id, title+" (percent)", m.places, description)
	}
	t := Table{
		ID: ItemsTable(v.ID), Survey: v.ID, Title: "Answers to each question: " + v.Title,
		Summary: "Percent of respondents who chose a scored answer, with " + Level(m.s) + " limits of the positive share; unsure is of all who saw the question.",
		Columns: columns(cols(waveColumn, textColumn("construct", "Construct", "What several questions measure together"), questionColumn,
			share("positive", "Positive", "Positive answers"), share("lower", "Lower limit", "Lower limit of the positive share"),
			share("upper", "Upper limit", "Upper limit of the positive share"), share("neither", "Neither", "Answers that are neither positive nor negative"),
			share("negative", "Negative", "Negative answers"), share("unsure", "Unsure", "Unsure or not sure how to answer"),
			numberColumn("not_scored", "Not scored (respondents)", 0, "Saw the question and were unsure, found it not applicable, refused or left it blank; not weighted"),
			numberColumn("mean", "Mean (0 to 100)", m.places, "Mean score"), baseColumn, notesColumn)),
		Notes: append([]string{"Positive is the answer that favours taking part. A question that is turned round is scored the other way: there, to disagree is positive."}, m.openOf(latestFirst(v)...)...),
	}
	for _, w := range latestFirst(v) {
		for _, construct := range m.s.Framework.Constructs {
			for _, id := range construct.Value.Items {
				t.Rows = append(t.Rows, m.itemLine(w, construct.Value.Title, id))
			}
		}
	}
	return t
}

func (m *tabler) itemLine(w Wave, construct, id string) []Cell {
	share := func(level string) disclose.Row {
		return m.find(disclose.Key{Measure: id, Statistic: "share", Level: level, Survey: w.Survey, Wave: w.Wave})
	}
	positive, score := share("positive"), m.find(mean(id, w))
	cells := line(one(text(WaveName(w.Wave)), text(construct), text(m.itemName(id))), limits(positive))
	rows := []disclose.Row{positive, score}
	for _, level := range []string{"neutral", "negative", "unsure"} {
		row := share(level)
		rows, cells = append(rows, row), append(cells, of(row, row.Estimate))
	}
	return append(cells, m.notScored(id, w), of(score, score.Estimate), of(positive, positive.Base), notes(rows...))
}

// notScored is a cell of how many gave no answer that is scored.
func (m *tabler) notScored(item string, w Wave) Cell {
	n := NotScored(m.r, item, w)
	if code, ok := strings.CutPrefix(n.Words, "["); ok {
		return Cell{Code: strings.TrimSuffix(code, "]")}
	}
	return count(n)
}

// itemName is an item's title; one that is turned round says so.
func (m *tabler) itemName(id string) string {
	item, _ := m.s.Framework.Items.Get(id)
	if item.Reversed {
		return MeasureName(m.s, id) + " (turned round)"
	}
	return MeasureName(m.s, id)
}

// optionsTable holds every answer to each item in a survey.
func (m *tabler) optionsTable(v *study.Survey) Table {
	t := Table{
		ID: OptionsTable(v.ID), Survey: v.ID, Title: "Every answer to each question: " + v.Title,
		Summary: "Percent of respondents who chose a scored answer, with " + Level(m.s) + " limits.",
		Columns: columns(cols(waveColumn, questionColumn, textColumn("code", "Code", "The answer's code on its scale"), answerColumn), m.shareColumns(), cols(notesColumn)),
		Notes:   m.openOf(latestFirst(v)...),
	}
	for _, w := range latestFirst(v) {
		for id, item := range m.s.Framework.Items.All() {
			scale, _ := m.s.Framework.Scales.Get(item.Scale)
			for _, code := range codes(scale) {
				row, ok := m.r.Find(disclose.Key{Measure: id, Statistic: "share", Level: code, Survey: w.Survey, Wave: w.Wave})
				if !ok {
					continue
				}
				t.Rows = append(t.Rows, line(one(text(WaveName(w.Wave)), text(MeasureName(m.s, id)), text(code), text(LevelName(m.s, id, code))), figures(row), one(notes(row))))
			}
		}
	}
	return t
}

// codes are the codes of a scale in order: 1 to k for options, else its numbers.
func codes(scale study.Scale) []string {
	first, last := 1, len(scale.Options)
	if last == 0 && scale.Min != nil && scale.Max != nil {
		first, last = *scale.Min, *scale.Max
	}
	var out []string
	for code := first; code <= last; code++ {
		out = append(out, strconv.Itoa(code))
	}
	return out
}
