package reports

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

func (m *tabler) findingTables() []Table {
	return []Table{m.findingTable(), m.gapsTable(), m.eachSurveyTable(), m.askedTable()}
}

// findingTable holds the finding's own numbers: one survey and wave.
func (m *tabler) findingTable() Table {
	h := Finding(m.r)
	t := Table{
		ID: TableFinding, Title: "Willing, and of those who lacks what",
		Summary: "Percent of respondents with " + Level(m.s) + " limits.",
		Columns: columns(cols(groupColumn), m.shareColumns(), cols(notesColumn)),
	}
	if h.Survey == "" {
		return t
	}
	w := WillingIn(m.r, h.Survey, h.Wave, "", "")
	t.Summary = SurveyWave(m.s, h.Survey, h.Wave) + ". " + t.Summary
	for _, x := range m.willingLines(w) {
		t.Rows = append(t.Rows, line(one(text(x.label)), figures(x.row), one(notes(x.row))))
	}
	t.Notes = append(m.lackNotes(w), m.openOf(Wave{h.Survey, h.Wave})...)
	return t
}

type labelled struct {
	label string
	row   disclose.Row
}

// willingLines are the shares of the finding in words, those of the framework
// only; a study without will or quadrants has none.
func (m *tabler) willingLines(w Willing) []labelled {
	var out []labelled
	if w.Will == "" {
		return nil
	}
	if w.Share.Measure != "" {
		out = append(out, labelled{"All: " + w.Who(m.s), w.Share})
	}
	for _, l := range w.All() {
		out = append(out, labelled{"Of those: " + m.lackLabel(w, l), l.Row})
	}
	return out
}

func (m *tabler) lackLabel(w Willing, l Lack) string {
	names := lowerNames(m.s, l.Constructs)
	switch {
	case l.Quadrant == w.Neither.Quadrant && len(names) == 2:
		return "lack neither"
	case l.Quadrant == w.Neither.Quadrant:
		return "lack none of " + And(names)
	case len(names) > 1:
		return "lack " + And(names)
	}
	return "lack " + And(names)
}

func (m *tabler) lackNotes(w Willing) []string {
	var constructs []string
	for _, l := range w.Lacks {
		constructs = append(constructs, l.Constructs...)
	}
	if note := LackNote(m.s, constructs); note != "" {
		return []string{note}
	}
	return nil
}

func (m *tabler) eachSurveyTable() Table {
	t := Table{
		ID: TableEachSurvey, Title: "The finding in each survey",
		Summary: "Percent of respondents with " + Level(m.s) + " limits, every survey and wave.",
		Columns: columns(waveColumns(), cols(groupColumn), m.shareColumns(), cols(notesColumn)),
	}
	for _, w := range Waves(m.s) {
		willing := WillingIn(m.r, w.Survey, w.Wave, "", "")
		t.Notes = m.lackNotes(willing)
		for _, x := range m.willingLines(willing) {
			t.Rows = append(t.Rows, line(m.wave(w), one(text(x.label)), figures(x.row), one(notes(x.row))))
		}
	}
	t.Notes = append(t.Notes, m.openNote()...)
	return t
}

// openNote is the note of a table of every wave.
func (m *tabler) openNote() []string { return m.openOf(Waves(m.s)...) }

func (m *tabler) askedTable() Table {
	t := Table{
		ID: "asked", Title: "Who was asked, and how", Summary: "Fieldwork, recruitment and response of every wave.",
		Columns: columns(waveColumns(), cols(
			textColumn("fieldwork", "Fieldwork", "First and last day on which people could answer"),
			textColumn("recruitment", "Recruitment", "census: everyone on a list; sample: some drawn at random; open survey: anyone who saw the link"),
			textColumn("mode", "Mode", "How the questions were put"),
			numberColumn("invited", "Invited (people)", 0, "People who were asked to take part"),
			numberColumn("respondents", "Respondents (people)", 0, "People who took part and whose answers count"),
			numberColumn("response_rate", "Response rate (percent)", 0, "Respondents in percent of those invited"),
		)),
		Notes: []string{"Census: all on a list were invited. Sample: some were drawn at random. Open survey: anyone who saw the link could answer, so the response rate is unknown."},
	}
	for _, w := range Waves(m.s) {
		f := Fieldwork(m.s, w)
		t.Rows = append(t.Rows, line(m.wave(w), one(
			text(Dates(f)), text(Upper(RecruitmentWord(f.Recruitment))), text(or(f.Mode, "not given")),
			unknown(f.Invited), count(Respondents(m.r, w)), rate(ResponseRate(m.r, w)),
		)))
	}
	return t
}

func unknown(n int) Cell {
	if n <= 0 {
		return text("unknown")
	}
	return num(number.Of(float64(n)))
}

func rate(v number.Value) Cell {
	if !v.Known() {
		return text("unknown")
	}
	return num(v.Round(0))
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
