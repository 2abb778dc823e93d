package reports

import (
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

// mostAcross is the most groups that a banner table sets side by side. Those of
// longer breakdowns can be read in estimates.csv alone.
const mostAcross = 24

// bannerTables set the groups of a breakdown side by side, in each survey's
// latest wave: questions and ticks down, everyone and the groups across.
func (m *tabler) bannerTables() []Table {
	var out []Table
	for _, w := range LatestWaves(m.s) {
		for _, b := range m.s.Breakdowns {
			out = append(out, m.bannerTable(strings.Join(b, ":"), w))
		}
	}
	return out
}

// banner is a banner table in the making.
type banner struct {
	m      *tabler
	wave   Wave
	domain []disclose.Key // everyone and the groups: breakdown and category
	heads  []string       // their names
	rows   [][]Cell
}

func (m *tabler) bannerTable(breakdown string, w Wave) Table {
	name := Lower(BreakdownName(m.s, breakdown))
	t := Table{
		ID: BannerTable(breakdown, w.Survey), Title: "Questions by " + name + ": " + SurveyWave(m.s, w.Survey, w.Wave), Survey: w.Survey, By: breakdown, FilesOnly: true,
		Summary: "Positive answers to each question and ticks of each answer, in percent of the respondents in the rows below them, not weighted and weighted.",
		Notes: append([]string{"The weighted base is the sum of weights, of which the mean over all respondents of the wave is 1. It is not shown where numbers of the same question are confidential in another group of the breakdown."},
			m.openOf(w)...),
	}
	b := &banner{m: m, wave: w, domain: []disclose.Key{{}}, heads: []string{"All respondents"}}
	categories := Categories(m.r, breakdown, w)
	if len(categories) > mostAcross || m.byOrganisation(breakdown) {
		return t
	}
	for _, c := range categories {
		b.domain = append(b.domain, disclose.Key{Breakdown: breakdown, Category: c})
		b.heads = append(b.heads, CategoryName(m.s, breakdown, c))
	}
	t.Columns = m.bannerColumns(b)
	b.questions()
	b.ticks()
	t.Rows = b.rows
	return t
}

func (m *tabler) byOrganisation(breakdown string) bool {
	for id := range strings.SplitSeq(breakdown, ":") {
		if v, _ := m.s.Framework.Variables.Get(id); v.Organisation {
			return true
		}
	}
	return false
}

// bannerColumns name a group's column by its category's id. Ids of crossed
// categories may come to the same, and then have a number.
func (m *tabler) bannerColumns(b *banner) []Column {
	out := cols(textColumn("about", "About", "The construct that a question belongs to, or what could be ticked"), questionColumn,
		textColumn("figure", "Figure", "What the row holds: a share in percent, or a base in respondents"))
	taken := map[string]int{}
	for i, k := range b.domain {
		id := "all"
		if k.Category != "" {
			id = strings.ReplaceAll(slug(k.Category), "-", "_")
		}
		if taken[id]++; taken[id] > 1 {
			id += "_" + strconv.Itoa(taken[id])
		}
		out = append(out, numberColumn("group_"+id, b.heads[i], m.places, b.heads[i]))
	}
	return append(out, notesColumn)
}

// questions adds each question's positive share, and below it its bases.
func (b *banner) questions() {
	for _, c := range b.m.s.Framework.Constructs {
		for _, item := range c.Value.Items {
			positive := b.across(item, "positive")
			if positive == nil {
				continue
			}
			question := b.m.itemName(item)
			b.line(c.Value.Title, question, "Positive (percent)", positive, func(row disclose.Row) number.Value { return row.Estimate }, false)
			b.bases(c.Value.Title, question, positive)
		}
	}
}

// ticks adds the share of each answer that could be ticked, in the order of the
// framework, and below all of them their bases, which are the same.
func (b *banner) ticks() {
	for id, choice := range b.m.s.Framework.Choices.All() {
		var last []disclose.Row
		for option, label := range choice.Options.All() {
			ticked := b.across(id, option)
			if ticked == nil {
				continue
			}
			b.line(choice.Title, label, "Ticked (percent)", ticked, func(row disclose.Row) number.Value { return row.Estimate }, false)
			last = ticked
		}
		if last != nil {
			b.bases(choice.Title, "All answers", last)
		}
	}
}

// across finds a share for everyone and in each group; nothing where the wave
// does not have it.
func (b *banner) across(measure, level string) []disclose.Row {
	rows := make([]disclose.Row, len(b.domain))
	for i, k := range b.domain {
		k.Measure, k.Statistic, k.Level, k.Survey, k.Wave = measure, "share", level, b.wave.Survey, b.wave.Wave
		rows[i] = b.m.find(k)
	}
	if everyone := rows[0].Status; everyone == disclose.NotAsked || everyone == disclose.NotApplicable {
		return nil
	}
	return rows
}

func (b *banner) bases(about, question string, rows []disclose.Row) {
	b.line(about, question, "Base (respondents)", rows, func(row disclose.Row) number.Value { return row.Base }, true)
	b.line(about, question, "Weighted base", rows, func(row disclose.Row) number.Value { return row.WeightedBase }, true)
}

// line adds one figure of each row. A figure that is not shown although its row
// is, as a weighted base may be, is confidential.
func (b *banner) line(about, question, figure string, rows []disclose.Row, value func(disclose.Row) number.Value, whole bool) {
	cells := one(text(about), text(question), text(figure))
	flagged := map[string][]string{} // the groups that each flag stands on
	for i, row := range rows {
		c := of(row, value(row))
		if row.Shown() && !value(row).Known() {
			c = Cell{Code: disclose.Confidential}
		}
		if c.Whole = whole; whole {
			c.Flag = ""
		}
		for _, flag := range c.Flag {
			flagged[string(flag)] = append(flagged[string(flag)], b.heads[i])
		}
		cells = append(cells, c)
	}
	var notes []string
	for _, flag := range []string{disclose.LowReliability, disclose.Revised} {
		if groups := flagged[flag]; len(groups) > 0 {
			notes = append(notes, "["+flag+"] "+strings.Join(groups, "; "))
		}
	}
	b.rows = append(b.rows, append(cells, Cell{Text: or(strings.Join(notes, ". "), "None")}))
}
