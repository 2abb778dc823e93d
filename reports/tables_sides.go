package reports

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose"
)

func (m *tabler) sideTables() []Table {
	return []Table{m.sideBySideTable(), m.changesTable(), m.surveyDifferencesTable(), m.quadrantsTable()}
}

func (m *tabler) sideBySideTable() Table {
	median := numberColumn("median", "Median (0 to 100)", m.places, "Median score")
	t := Table{
		ID: TableSideBySide, Title: "Constructs side by side",
		Summary: "Mean scores from 0 to 100 with " + Level(m.s) + " limits.",
		Columns: columns(waveColumns(), cols(textColumn("construct", "Construct", "What several questions measure together")),
			m.estimateColumns("mean", "Mean", "0 to 100"), cols(median, baseColumn, notesColumn)),
		Notes: m.openNote(),
	}
	for _, x := range m.meansOf(m.s.Framework.Constructs.IDs()) {
		t.Rows = append(t.Rows, m.meanLine(x.measure, x.wave))
	}
	return t
}

func (m *tabler) gapsTable() Table {
	median := numberColumn("median", "Median (points)", m.places, "Median gap")
	p := numberColumn("p_value", "p-value (of a gap of 0)", 3, "Two-sided p-value of the mean gap being 0")
	t := Table{
		ID: TableGaps, Title: "The gaps", Summary: "Points on a scale of 0 to 100 with " + Level(m.s) + " limits; both sides from the same people’s answers.",
		Columns: columns(waveColumns(), cols(textColumn("gap", "Gap", "One construct minus another")),
			m.estimateColumns("mean", "Mean", "points"), cols(median, p, baseColumn, notesColumn)),
		Notes: m.openNote(),
	}
	for _, x := range m.meansOf(m.s.Framework.Gaps.IDs()) {
		cells := m.meanLine(x.measure, x.wave)
		row := m.find(mean(x.measure, x.wave))
		at := len(cells) - 2 // before base and notes
		t.Rows = append(t.Rows, line(cells[:at], one(probability(row, row.PValue)), cells[at:]))
	}
	return t
}

type measureWave struct {
	measure string
	wave    Wave
}

// meansOf lists measures in every survey and wave, and after them the averages
// of all surveys that there are: which waves one is of differs by measure.
func (m *tabler) meansOf(measures []string) []measureWave {
	var out []measureWave
	for _, w := range Waves(m.s) {
		for _, id := range measures {
			out = append(out, measureWave{id, w})
		}
	}
	for _, w := range m.averages() {
		for _, id := range measures {
			if _, ok := m.r.Find(mean(id, w)); ok {
				out = append(out, measureWave{id, w})
			}
		}
	}
	return out
}

// meanLine is survey, wave, measure, mean with limits, median, base and notes.
func (m *tabler) meanLine(id string, w Wave) []Cell {
	row := m.find(mean(id, w))
	middle := m.find(median(mean(id, w)))
	return line(m.wave(w), one(text(MeasureName(m.s, id))), limits(row), one(of(middle, middle.Estimate), of(row, row.Base), notes(row, middle)))
}

// changesTable holds the differences between waves of constructs, gaps,
// quadrants and positive answers; choices' are in estimates.csv.
func (m *tabler) changesTable() Table {
	t := Table{
		ID: TableChanges, Title: "Change from wave to wave", Summary: "Later wave minus earlier wave with " + Level(m.s) + " limits.",
		Columns: columns(cols(surveyColumn,
			textColumn("from", "From wave", "The earlier wave"), textColumn("to", "To wave", "The later wave"), measureColumn,
			textColumn("of", "Of", "For a share, what it is a share of"), textColumn("unit", "Unit", "points or percentage points"),
			numberColumn("before", "Earlier (see unit)", m.places, "The number in the earlier wave"),
			numberColumn("after", "Later (see unit)", m.places, "The number in the later wave")),
			m.changeColumns("change", "Change", "points"), cols(adjustedColumn, verdictColumn, notesColumn)),
		Notes: append(m.verdictNote(), m.openNote()...),
	}
	for _, row := range m.differences("wave") {
		own, other := row.Key, row.Key
		own.Statistic, own.Contrast, own.Versus = m.statistic(row), "", ""
		other = own
		other.Wave = row.Versus
		after, before := m.find(own), m.find(other)
		t.Rows = append(t.Rows, line(
			one(text(SurveyName(m.s, row.Survey)), text(row.Versus), text(row.Wave), text(MeasureName(m.s, row.Measure)),
				text(m.levelOf(row)), text(m.differenceUnit(row)), of(before, before.Estimate), of(after, after.Estimate)),
			limits(row), one(probability(row, row.PAdjusted), m.verdict(row), notes(row, before, after))))
	}
	m.explainBreaks(&t, Waves(m.s))
	return t
}

// explainBreaks says of a table that has [b] which questions are not alike.
func (m *tabler) explainBreaks(t *Table, waves []Wave) {
	has := slices.ContainsFunc(t.Rows, func(row []Cell) bool {
		return slices.ContainsFunc(row, func(c Cell) bool { return c.Code == disclose.Break })
	})
	if note := BreakNote(m.s, waves); has && note != "" {
		t.Notes = append(t.Notes, note)
	}
}

func (m *tabler) surveyDifferencesTable() Table {
	t := Table{
		ID: "survey-differences", Title: "Differences between surveys", Summary: "Latest waves: one survey minus another, with " + Level(m.s) + " limits.",
		Columns: columns(cols(surveyColumn, textColumn("versus", "Minus survey", "The survey that is subtracted"), measureColumn,
			textColumn("of", "Of", "For a share, what it is a share of"), textColumn("unit", "Unit", "points or percentage points")),
			m.changeColumns("difference", "Difference", "points"), cols(adjustedColumn, verdictColumn, notesColumn)),
		Notes: append(m.verdictNote(), m.openOf(LatestWaves(m.s)...)...),
	}
	for _, row := range m.differences("survey") {
		t.Rows = append(t.Rows, line(
			one(text(SurveyWave(m.s, row.Survey, row.Wave)), text(SurveyName(m.s, row.Versus)), text(MeasureName(m.s, row.Measure)),
				text(m.levelOf(row)), text(m.differenceUnit(row))),
			limits(row), one(probability(row, row.PAdjusted), m.verdict(row), notes(row))))
	}
	m.explainBreaks(&t, LatestWaves(m.s))
	return t
}

var adjustedColumn = numberColumn("p_adjusted", "Adjusted p-value", 3, "Two-sided p-value after correction for looking at many")

func (m *tabler) changeColumns(id, title, unit string) []Column {
	c := m.estimateColumns(id, title, unit)
	c[0].Signed = true
	return c
}

func (m *tabler) verdictNote() []string {
	return []string{"Clear: the interval leaves out 0, also after correction for looking at many where there is one. Meaningful: " +
		trim(m.s.Meaningful) + " points or more. No meaningful difference: the whole interval is within " + trim(m.s.Meaningful) + " points of 0."}
}

func (m *tabler) verdict(row disclose.Row) Cell {
	if !row.Shown() {
		return Cell{Code: row.Status}
	}
	return text(string(judge(m.s, row)))
}

// differences are the rows of a contrast for everyone: constructs, gaps,
// quadrants and positive answers.
func (m *tabler) differences(contrast string) []disclose.Row {
	f := m.s.Framework
	return m.r.Select(func(row disclose.Row) bool {
		if row.Contrast != contrast || row.Breakdown != "" {
			return false
		}
		if _, choice := f.Choices.Get(row.Measure); choice {
			return false
		}
		_, item := f.Items.Get(row.Measure)
		return !item || row.Level == "positive"
	})
}

// statistic is what a difference compares: shares have levels or are quadrants.
func (m *tabler) statistic(row disclose.Row) string {
	if _, quadrant := m.s.Framework.Quadrants.Get(row.Measure); quadrant || row.Level != "" {
		return "share"
	}
	return "mean"
}

func (m *tabler) levelOf(row disclose.Row) string {
	if m.statistic(row) == "mean" {
		return "Mean score"
	}
	return LevelName(m.s, row.Measure, row.Level)
}

func (m *tabler) differenceUnit(row disclose.Row) string {
	if m.statistic(row) == "mean" {
		return "points"
	}
	return "percentage points"
}

// quadrantsTable holds every share of the quadrants for everyone.
func (m *tabler) quadrantsTable() Table {
	t := Table{
		ID: TableQuadrants, Title: "Who is high and low on what", Summary: "Percent of respondents with " + Level(m.s) + " limits.",
		Columns: columns(waveColumns(), cols(textColumn("quadrant", "Combination", "High on some constructs, low on others"),
			textColumn("of", "Of", "What the share is of, and what counts as high and low")), m.shareColumns(), cols(notesColumn)),
		Notes: append([]string{m.highNote()}, m.openNote()...),
	}
	rows := m.r.Select(func(row disclose.Row) bool {
		_, quadrant := m.s.Framework.Quadrants.Get(row.Measure)
		return quadrant && row.Statistic == "share" && row.Breakdown == "" && row.Survey != Average
	})
	for _, row := range rows {
		t.Rows = append(t.Rows, line(m.wave(Wave{row.Survey, row.Wave}),
			one(text(MeasureName(m.s, row.Measure)), text(LevelName(m.s, row.Measure, row.Level))), figures(row), one(notes(row))))
	}
	return t
}
