package reports

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
)

func (m *tabler) groupTables() []Table {
	out := []Table{m.standOutTable()}
	for _, w := range LatestWaves(m.s) {
		for _, b := range m.s.Breakdowns {
			breakdown := strings.Join(b, ":")
			out = append(out, m.byTable(breakdown, w), m.heldBackTable(breakdown, w))
		}
	}
	return out
}

// standOutTable lists the groups whose gaps stand out after the correction.
func (m *tabler) standOutTable() Table {
	t := Table{
		ID: "stand-out", Title: "Groups that stand out", Summary: "Latest waves, gaps in points; the rest is everyone else who named a group.",
		Columns: columns(waveColumns(), cols(textColumn("breakdown", "Breakdown", "What respondents are grouped by"), groupColumn,
			textColumn("gap", "Gap", "One construct minus another"), numberColumn("mean", "Mean gap (points)", m.places, "The group's mean gap")),
			m.changeColumns("less_rest", "Gap less the rest", "points"), cols(adjustedColumn, verdictColumn)),
	}
	standing, _ := StandOuts(m.r)
	var waves []Wave
	for _, x := range standing {
		g := x.Group
		if w := (Wave{g.Survey, g.Wave}); !slices.Contains(waves, w) {
			waves = append(waves, w)
		}
		t.Rows = append(t.Rows, line(m.wave(Wave{g.Survey, g.Wave}),
			one(text(BreakdownName(m.s, g.Breakdown)), text(CategoryName(m.s, g.Breakdown, g.Category)), text(MeasureName(m.s, g.Measure)), of(g, g.Estimate)),
			limits(x.Rest), one(probability(x.Rest, x.Rest.PAdjusted), m.verdict(x.Rest))))
	}
	t.Notes = append(m.verdictNote(), m.openOf(waves...)...)
	return t
}

// byTable holds constructs and gaps by a breakdown in one survey's latest wave.
func (m *tabler) byTable(breakdown string, w Wave) Table {
	t := Table{
		ID: GroupsTable(breakdown, w.Survey), Survey: w.Survey, By: breakdown, Title: "By " + Lower(BreakdownName(m.s, breakdown)) + ": " + SurveyWave(m.s, w.Survey, w.Wave),
		Summary: "Mean scores (0 to 100) and gaps (points) with " + Level(m.s) + " limits; the rest is everyone else who named a group.",
		Columns: columns(cols(measureColumn, groupColumn), m.estimateColumns("mean", "Mean", "score or points"), cols(baseColumn),
			cols(m.signed("less_rest", "Less the rest (points)", "The group's mean minus that of the rest")), cols(adjustedColumn, verdictColumn, notesColumn)),
		Notes: append(m.verdictNote(), m.openOf(w)...),
	}
	categories := Categories(m.r, breakdown, w)
	for _, id := range m.sides() {
		groups := GroupRows(m.r, id, breakdown, w, categories)
		if len(groups) == 0 {
			continue
		}
		t.Rows = append(t.Rows, m.byLine(m.find(mean(id, w))))
		for _, row := range Ranked(groups) {
			t.Rows = append(t.Rows, m.byLine(row))
		}
	}
	return t
}

// sides are the gaps and then the constructs.
func (m *tabler) sides() []string {
	return append(m.s.Framework.Gaps.IDs(), m.s.Framework.Constructs.IDs()...)
}

func (m *tabler) byLine(row disclose.Row) []Cell {
	cells := line(one(text(MeasureName(m.s, row.Measure)), text(CategoryName(m.s, row.Breakdown, row.Category))), figures(row))
	rest, ok := Rest(m.r, row.Key)
	if !ok || row.Breakdown == "" {
		z := Cell{Code: disclose.NotApplicable}
		return line(cells, one(z, z, z, notes(row)))
	}
	return line(cells, one(of(rest, rest.Estimate), probability(rest, rest.PAdjusted), m.verdict(rest), notes(row, rest)))
}

// heldBackTable says who lacks what among the willing of each group.
func (m *tabler) heldBackTable(breakdown string, w Wave) Table {
	t := Table{
		ID: HeldBackTable(breakdown, w.Survey), Survey: w.Survey, By: breakdown,
		Title:   "Who lacks what, by " + Lower(BreakdownName(m.s, breakdown)) + ": " + SurveyWave(m.s, w.Survey, w.Wave),
		Summary: "Percent of respondents with " + Level(m.s) + " limits.",
		Columns: columns(cols(textColumn("share", "Share of", "Who is counted, and of whom"), groupColumn), m.shareColumns(), cols(notesColumn)),
		Notes:   append(m.lackNotes(WillingIn(m.r, w.Survey, w.Wave, "", "")), m.openOf(w)...),
	}
	byLabel := map[string][]disclose.Row{}
	var labels []string
	for _, category := range Categories(m.r, breakdown, w) {
		for _, x := range m.willingLines(WillingIn(m.r, w.Survey, w.Wave, breakdown, category)) {
			if byLabel[x.label] == nil {
				labels = append(labels, x.label)
			}
			byLabel[x.label] = append(byLabel[x.label], x.row)
		}
	}
	everyone := m.willingLines(WillingIn(m.r, w.Survey, w.Wave, "", ""))
	for i, label := range labels {
		rows := Ranked(byLabel[label])
		if i < len(everyone) {
			rows = append([]disclose.Row{everyone[i].row}, rows...)
		}
		for _, row := range rows {
			t.Rows = append(t.Rows, line(one(text(label), text(CategoryName(m.s, row.Breakdown, row.Category))), figures(row), one(notes(row))))
		}
	}
	return t
}

func (m *tabler) signed(id, title, description string) Column {
	c := numberColumn(id, title, m.places, description)
	c.Signed = true
	return c
}

// openOf is the note on the intervals of these waves, if any of them needs it.
func (m *tabler) openOf(waves ...Wave) []string {
	if note := OpenNote(m.s, waves...); note != "" {
		return []string{note}
	}
	return nil
}

// trim prints a setting without needless zeros: 5, 2.5.
func trim(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
