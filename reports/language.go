package reports

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/bidi"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// Asks says whether a wave asks an item, in which version of its words, and
// what the export calls it. Version is 0 where it is not asked.
func Asks(s *study.Study, item string, w Wave) (version int, column string) {
	v := s.Survey(w.Survey)
	if v == nil {
		return 0, ""
	}
	wave := v.Wave(w.Wave)
	if wave == nil || wave.Codebook == nil {
		return 0, ""
	}
	source, ok := wave.Codebook.Items.Get(item)
	if !ok || len(source.Waves) > 0 && !slices.Contains(source.Waves, w.Wave) {
		return 0, ""
	}
	return max(1, source.Version), strings.Join(source.Column, " / ")
}

// AsksChoice says the same of a question where several answers can be ticked.
func AsksChoice(s *study.Study, choice string, w Wave) (version int, column string) {
	v := s.Survey(w.Survey)
	if v == nil {
		return 0, ""
	}
	wave := v.Wave(w.Wave)
	if wave == nil || wave.Codebook == nil {
		return 0, ""
	}
	source, ok := wave.Codebook.Choices.Get(choice)
	if !ok || len(source.Waves) > 0 && !slices.Contains(source.Waves, w.Wave) {
		return 0, ""
	}
	return max(1, source.Version), or(source.Columns, strings.Join(source.Column, " / "))
}

// asker says whether and how each wave asks one question.
type asker struct {
	group, id, scale string
	asks             func(Wave) (version int, column string)
}

// askers are all questions of the shared language, in its order.
func (m *tabler) askers() []asker {
	var out []asker
	for _, c := range m.s.Framework.Constructs {
		for _, id := range c.Value.Items {
			item, _ := m.s.Framework.Items.Get(id)
			out = append(out, asker{c.Value.Title, id, scaleWords(m.s, item.Scale), func(w Wave) (int, string) { return Asks(m.s, id, w) }})
		}
	}
	for id, choice := range m.s.Framework.Choices.All() {
		out = append(out, asker{"Several answers", id, Plural(len(choice.Options), "answer") + " to tick", func(w Wave) (int, string) { return AsksChoice(m.s, id, w) }})
	}
	return out
}

// languageTables hold which wave asks what, and in which words.
func (m *tabler) languageTables() []Table { return []Table{m.matrixTable(), m.wordingsTable()} }

func (m *tabler) matrixTable() Table {
	t := Table{
		ID: TableLanguage, Title: "Which survey asks what", Summary: "Set against the shared wording, every survey and wave.",
		Columns: cols(textColumn("construct", "Construct", "What several questions measure together; “Several answers” where more than one can be ticked"), questionColumn),
		Notes:   []string{"Same: the shared wording. Reworded: the wording or its answers changed, so numbers on either side are not compared and read [b]. Not asked: reads [x] in tables of numbers."},
	}
	if len(Waves(m.s)) > mostWaves {
		return m.matrixOfSurveys(t)
	}
	for _, w := range Waves(m.s) {
		t.Columns = append(t.Columns, textColumn("asked_"+strings.ReplaceAll(slug(w.Survey, w.Wave), "-", "_"), SurveyWave(m.s, w.Survey, w.Wave), "Whether and how this wave asks the question"))
	}
	for _, q := range m.askers() {
		cells := one(text(q.group), text(MeasureName(m.s, q.id)))
		for _, w := range Waves(m.s) {
			version, _ := q.asks(w)
			cells = append(cells, text(askedWord(version)))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// mostWaves is how many waves the language matrix sets side by side; of more, it
// has a column a survey, which says where the survey's waves differ.
const mostWaves = 12

func (m *tabler) matrixOfSurveys(t Table) Table {
	t.Summary = "Set against the shared wording, every survey; where its waves differ, which ask it how."
	for _, v := range m.s.Surveys {
		t.Columns = append(t.Columns, textColumn("asked_"+strings.ReplaceAll(slug(v.ID), "-", "_"), v.Title, "Whether and how this survey's waves ask the question"))
	}
	for _, q := range m.askers() {
		cells := one(text(q.group), text(MeasureName(m.s, q.id)))
		for _, v := range m.s.Surveys {
			cells = append(cells, text(askedIn(q, v)))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// askedIn is one word where a survey's waves ask a question alike, and otherwise
// says so of each run of waves: "2019 to 2021: same; 2022 to 2024: not asked".
func askedIn(q asker, v *study.Survey) string {
	type run struct{ first, last, word string }
	var all []run
	for _, w := range v.Waves {
		version, _ := q.asks(Wave{v.ID, w.ID})
		word, name := askedWord(version), WaveName(w.ID)
		if n := len(all); n > 0 && all[n-1].word == word {
			all[n-1].last = name
			continue
		}
		all = append(all, run{name, name, word})
	}
	if len(all) == 1 {
		return all[0].word
	}
	parts := make([]string, len(all))
	for i, r := range all {
		waves := r.first
		if r.last != r.first {
			waves += " to " + r.last
		}
		parts[i] = waves + ": " + Lower(r.word)
	}
	return strings.Join(parts, "; ")
}

func (m *tabler) wordingsTable() Table {
	t := Table{
		ID: TableWordings, Title: "Where each survey asks it", Summary: "Column of the export that holds each question, its scale, and the version of its wording.",
		Columns: columns(cols(questionColumn, surveyColumn, textColumn("waves", "Waves", "The rounds of the survey that ask it so"), textColumn("column", "Column of the export", "How the export names the question; alternatives are parted by a slash"),
			textColumn("scale", "Scale", "The answers that can be given"), numberColumn("version", "Version (of the wording)", 0, "Raised when the wording or its answers changed"))),
	}
	for _, q := range m.askers() {
		for _, v := range m.s.Surveys {
			t.Rows = append(t.Rows, m.wordings(q, v)...)
		}
	}
	return t
}

// wordings are a question's words in one survey; waves in a row that ask it
// alike share a line.
func (m *tabler) wordings(q asker, v *study.Survey) [][]Cell {
	var out [][]Cell
	lastVersion, lastColumn := 0, ""
	for _, w := range v.Waves {
		version, column := q.asks(Wave{v.ID, w.ID})
		switch {
		case version == 0:
		case version == lastVersion && column == lastColumn:
			waves := &out[len(out)-1][2]
			waves.Text += ", " + WaveName(w.ID)
		default:
			out = append(out, one(text(MeasureName(m.s, q.id)), text(v.Title), text(WaveName(w.ID)), text(bidi.Isolate(column)), text(Upper(q.scale)), whole(version)))
		}
		lastVersion, lastColumn = version, column
	}
	return out
}

// The words of the language matrix; a version other than the first reads
// "Reworded (version 2)".
const (
	WordSame     = "Same"
	WordNotAsked = "Not asked"
	WordReworded = "Reworded"
)

func askedWord(version int) string {
	switch version {
	case 0:
		return WordNotAsked
	case 1:
		return WordSame
	}
	return WordReworded + " (version " + number.Count(version) + ")"
}

func scaleWords(s *study.Study, id string) string {
	scale, _ := s.Framework.Scales.Get(id)
	if n := len(scale.Options); n > 0 {
		return CountWord(n) + " answers, " + scale.Options[0] + " to " + scale.Options[n-1]
	}
	all := codes(scale)
	if len(all) == 0 {
		return id
	}
	return all[0] + " to " + all[len(all)-1]
}

// Language says how many questions all waves share.
func Language(s *study.Study) string {
	waves := Waves(s)
	total, everywhere, same := 0, 0, 0
	for id := range s.Framework.Items.All() {
		total++
		asked, versions := 0, map[int]bool{}
		for _, w := range waves {
			if version, _ := Asks(s, id, w); version > 0 {
				asked++
				versions[version] = true
			}
		}
		if asked == len(waves) {
			everywhere++
			if len(versions) == 1 {
				same++
			}
		}
	}
	if len(waves) < 2 {
		return Upper(Plural(total, "question")) + " " + verb(make([]string, total), "is", "are") + " asked, in one wave."
	}
	if everywhere == 0 {
		return "None of the " + Plural(total, "question") + " is asked in every wave. Where the words differ, numbers are not compared."
	}
	return Upper(CountWord(everywhere)) + " of the " + Plural(total, "question") + " " + verb(make([]string, everywhere), "is", "are") +
		" asked in every wave, " + CountWord(same) + " of them in the same words each time. Where the words differ, numbers are not compared."
}
