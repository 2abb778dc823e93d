package reports

import (
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// definitionsTable says what each construct, gap and combination rests on.
func (m *tabler) definitionsTable() Table {
	f := m.s.Framework
	t := Table{
		ID: "definitions", Title: "What each measure rests on", Summary: "Constructs, gaps and combinations as the study defines them.",
		Columns: cols(measureColumn, textColumn("kind", "Kind", "Construct, gap, or a combination of high and low"),
			textColumn("made_of", "Made of", "Its questions or sides"), textColumn("high", "Counts as high", "Who is high on it")),
	}
	for _, c := range f.Constructs {
		t.Rows = append(t.Rows, one(text(c.Value.Title), text("construct"), text(quoted(m.s, c.Value.Items)), text(m.high(c.Value))))
	}
	for id, g := range f.Gaps.All() {
		t.Rows = append(t.Rows, one(text(MeasureName(m.s, id)), text("gap"), text(MeasureName(m.s, g.Of)+" minus "+Lower(MeasureName(m.s, g.Minus))+", for each person"), text("")))
	}
	for id, q := range f.Quadrants.All() {
		t.Rows = append(t.Rows, one(text(MeasureName(m.s, id)), text("combination"), text(sidesOf(m.s, q)), text("")))
	}
	return t
}

func quoted(s *study.Study, items []string) string {
	names := make([]string, len(items))
	for i, id := range items {
		names[i] = "“" + MeasureName(s, id) + "”"
	}
	return strings.Join(names, "; ")
}

func sidesOf(s *study.Study, q study.Quadrant) string {
	q.Title = ""
	return quadrantName(s, q)
}

func (m *tabler) high(c study.Construct) string {
	if c.Headline != "" {
		return "positive on “" + MeasureName(m.s, c.Headline) + "”"
	}
	return "a score of at least " + string(c.Positive)
}

func (m *tabler) highNote() string {
	var parts []string
	for _, c := range m.s.Framework.Constructs {
		parts = append(parts, Lower(c.Value.Title)+": "+m.high(c.Value))
	}
	return "High on " + strings.Join(parts, "; ") + ". Not high is low."
}

// mergedTable says which groups were put together, as the study's merge rules say.
func (m *tabler) mergedTable() Table {
	t := Table{
		ID: "merged", Title: "Groups put together", Summary: "Groups that are too small to be shown one by one, made one group everywhere.",
		Columns: cols(textColumn("variable", "Variable", "What respondents are grouped by"), groupColumn, textColumn("made_of", "Made of", "The groups that it replaces")),
	}
	for variable, rules := range m.s.Merged.All() {
		for _, r := range rules {
			t.Rows = append(t.Rows, one(text(BreakdownName(m.s, variable)), text(r.Title), text(strings.Join(r.Titles, "; "))))
		}
	}
	return t
}

func (m *tabler) settingsTable() Table {
	d := m.s.Disclosure
	t := Table{
		ID: "settings", Title: "Settings", Summary: "The settings this release was made under.",
		Columns: cols(textColumn("setting", "Setting", "What is set"), textColumn("value", "Value", "What it is set to")),
	}
	add := func(setting, value string) { t.Rows = append(t.Rows, one(text(setting), text(value))) }
	add("Study", m.s.ID)
	add("Release", m.r.ID())
	add("Program version", m.r.Version())
	add("Confidence level of intervals", Level(m.s))
	add("Smallest difference called meaningful", trim(m.s.Meaningful)+" points")
	add("Fewest respondents behind a number", strconv.Itoa(d.MinBase))
	add("Fewest respondents in a sensitive share", strconv.Itoa(d.MinCount))
	add("Sensitive", or(strings.Join(m.sensitive(), "; "), "nothing"))
	add("Fewest respondents of a group to show every answer", strconv.Itoa(d.DistributionBase))
	add("Decimal places", strconv.Itoa(d.Decimals))
	add("Breakdowns", or(strings.Join(m.breakdowns(), "; "), "none"))
	add("Surveys that may hold the same people", or(strings.Join(m.samePeople(), "; "), "none"))
	f := m.r.Figures()
	add("Numbers shown", number.Count(f.Published))
	add("Numbers hidden", number.Count(f.Suppressed))
	return t
}

func (m *tabler) sensitive() []string {
	if m.s.Disclosure.SensitiveAll {
		return []string{"everything"}
	}
	var out []string
	for _, id := range m.s.Disclosure.Sensitive {
		if v, ok := m.s.Framework.Variables.Get(id); ok {
			out = append(out, v.Title)
			continue
		}
		out = append(out, MeasureName(m.s, id))
	}
	return out
}

func (m *tabler) breakdowns() []string {
	var out []string
	for _, b := range m.s.Breakdowns {
		out = append(out, BreakdownName(m.s, strings.Join(b, ":")))
	}
	return out
}

func (m *tabler) samePeople() []string {
	var out []string
	for _, group := range m.s.SamePeople {
		names := make([]string, len(group))
		for i, id := range group {
			names[i] = SurveyName(m.s, id)
		}
		out = append(out, And(names))
	}
	return out
}

func (m *tabler) inputsTable() Table {
	t := Table{
		ID: "inputs", Title: "Inputs", Summary: "The files this release was made from.",
		Columns: cols(textColumn("file", "File", "Path below the study folder"), textColumn("kind", "Kind", "study file or export"), textColumn("sha256", "SHA-256", "Hash of its bytes")),
	}
	for _, x := range m.r.Inputs() {
		t.Rows = append(t.Rows, one(text(x.Path), text(x.Kind), text(x.SHA256)))
	}
	return t
}
