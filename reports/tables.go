package reports

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// The sections of the report, in their order.
const (
	SectionFinding   = "finding"
	SectionSides     = "side-by-side"
	SectionGroups    = "groups"
	SectionBarriers  = "barriers"
	SectionQuestions = "questions"
	SectionLanguage  = "shared-language"
	SectionMethod    = "method"
)

// Tables makes every table of a release, in the order of the report's sections.
// A table without rows is left out.
func Tables(r *disclose.Release) []Table {
	m := &tabler{r: r, s: r.Study()}
	m.places = m.s.Disclosure.Decimals
	sections := []struct {
		id   string
		make func() []Table
	}{
		{SectionFinding, m.findingTables},
		{SectionSides, m.sideTables},
		{SectionGroups, m.groupTables},
		{SectionBarriers, m.choiceTables},
		{SectionQuestions, m.questionTables},
		{SectionLanguage, m.languageTables},
		{SectionMethod, m.methodTables},
	}
	var out []Table
	for _, section := range sections {
		for _, t := range section.make() {
			if len(t.Rows) == 0 {
				continue
			}
			t.Section = section.id
			out = append(out, t)
		}
	}
	return out
}

// tabler makes tables of one release.
type tabler struct {
	r      *disclose.Release
	s      *study.Study
	places int // decimals of estimates
}

// text is a cell of words; where there are none it says "not applicable".
func text(s string) Cell {
	if s == "" {
		return Cell{Code: disclose.NotApplicable}
	}
	return Cell{Text: s}
}

// num is a cell of a number; where there is none it says "not applicable".
func num(v number.Value) Cell {
	if !v.Known() {
		return Cell{Code: disclose.NotApplicable}
	}
	return Cell{Number: v}
}

// count is a cell of a count that may be known only as small.
func count(c disclose.Count) Cell {
	if !c.N.Known() {
		return text(c.Words)
	}
	return num(c.N)
}

// find returns the row, or one that says "not applicable" where there is none.
func (m *tabler) find(k disclose.Key) disclose.Row {
	if row, ok := m.r.Find(k); ok {
		return row
	}
	return disclose.Row{Key: k, Status: disclose.NotApplicable}
}

// of is one figure of a row: the number, or the code that stands for it.
func of(row disclose.Row, v number.Value) Cell {
	if !row.Shown() {
		return Cell{Code: row.Status}
	}
	c := num(v)
	c.Flag = row.Flags
	return c
}

// probability is a p-value of a row, never printed as none.
func probability(row disclose.Row, p number.Value) Cell {
	if f, ok := p.Get(); ok && f < 0.001 {
		p = number.Of(0.001)
	}
	return of(row, p)
}

// figures are a row's estimate, limits and base.
func figures(row disclose.Row) []Cell {
	return append(limits(row), of(row, row.Base))
}

// limits are a row's estimate and its limits.
func limits(row disclose.Row) []Cell {
	return []Cell{of(row, row.Estimate), of(row, row.Lower), of(row, row.Upper)}
}

// notes is the last cell of a line: the flags of any of its rows, or "None".
func notes(rows ...disclose.Row) Cell {
	text := ""
	for _, flag := range []string{disclose.LowReliability, disclose.Revised} {
		if slices.ContainsFunc(rows, func(row disclose.Row) bool { return row.Shown() && strings.Contains(row.Flags, flag) }) {
			text += "[" + flag + "]"
		}
	}
	return Cell{Text: or(text, "None")}
}

func line(cells ...[]Cell) []Cell {
	var out []Cell
	for _, c := range cells {
		out = append(out, c...)
	}
	return out
}

func one(cells ...Cell) []Cell { return cells }

func (m *tabler) wave(w Wave) []Cell {
	return one(text(SurveyName(m.s, w.Survey)), text(WaveName(w.Wave)))
}

// mean is the key of a measure's mean for everyone.
func mean(measure string, w Wave) disclose.Key {
	return disclose.Key{Measure: measure, Statistic: "mean", Survey: w.Survey, Wave: w.Wave}
}

func median(k disclose.Key) disclose.Key {
	k.Statistic = "median"
	return k
}

// averages are the waves of the rows that stand for all surveys together.
func (m *tabler) averages() []Wave {
	seen := map[string]bool{}
	var out []Wave
	for _, row := range m.r.Select(func(row disclose.Row) bool { return row.Survey == Average && row.Contrast == "" }) {
		if !seen[row.Wave] {
			seen[row.Wave] = true
			out = append(out, Wave{Average, row.Wave})
		}
	}
	return out
}
