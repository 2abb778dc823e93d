package chart

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

// accounted draws how the rows of the leading wave's files became respondents
// and answers, and then every wave's in one list where there are more.
func (s *story) accounted() []plan {
	var waves []flow
	lead := -1
	for _, w := range reports.Waves(s.s) {
		f, ok := s.flow(w)
		if !ok {
			continue
		}
		if w == s.lead {
			lead = len(waves)
		}
		waves = append(waves, f)
	}
	if len(waves) == 0 {
		return nil
	}
	if lead < 0 {
		lead = len(waves) - 1
	}
	out := []plan{s.flowOf(waves[lead])}
	if len(waves) > 1 {
		out = append(out, s.flows(waves))
	}
	return out
}

// counted is a label with a count, which may be known only in words.
type counted struct {
	label string
	count disclose.Count
}

// flow is what became of one wave's rows.
type flow struct {
	wave        reports.Wave
	name        string // survey and wave
	rows, kept  disclose.Count
	reasons     []counted
	answers     []counted // respondents who have each score
	answerCodes []disclose.Row
}

// flow reads a wave's ledger. Several files are added up where every part of a
// sum is known.
func (s *story) flow(w reports.Wave) (flow, bool) {
	f := flow{wave: w, name: s.name(w)}
	var rows, kept []disclose.Count
	parts := map[string][]disclose.Count{}
	var order []string
	for _, l := range s.r.Ledger() {
		if l.Survey != w.Survey || l.Wave != w.Wave {
			continue
		}
		rows, kept = append(rows, l.Rows), append(kept, l.Respondents)
		for _, x := range l.SetAside {
			if parts[x.Reason] == nil {
				order = append(order, x.Reason)
			}
			parts[x.Reason] = append(parts[x.Reason], x.Count)
		}
	}
	if len(rows) == 0 {
		return f, false
	}
	f.rows, f.kept = added(rows), added(kept)
	for _, reason := range order {
		f.reasons = append(f.reasons, counted{reports.Upper(reports.ReasonWord(reason)), added(parts[reason])})
	}
	s.answered(&f)
	return f, true
}

// answered is how many respondents have each score and gap.
func (s *story) answered(f *flow) {
	add := func(label, measure string) {
		row, ok := s.r.Find(key(f.wave, measure, "mean", ""))
		if !ok || !telling(row) {
			return
		}
		f.answerCodes = append(f.answerCodes, row)
		c := disclose.Count{N: row.Base, Words: code(row)}
		if row.Shown() {
			c.Words = count(row.Base)
		}
		f.answers = append(f.answers, counted{label, c})
	}
	for _, id := range s.constructOrder() {
		add("Answered on "+reports.Lower(s.measure(id)), id)
	}
	for id, gap := range s.f.Gaps.All() {
		add("Both sides of "+reports.GapWord(s.s, gap), id)
	}
}

// added is the sum of counts. Where some are known only as small, it is what the
// others come to, "or more"; nothing is worked out that the ledger does not say.
func added(counts []disclose.Count) disclose.Count {
	if len(counts) == 1 {
		return counts[0]
	}
	sum, small := 0.0, 0
	for _, c := range counts {
		n, ok := c.N.Get()
		if !ok {
			small++
		}
		sum += n
	}
	switch {
	case small == 0:
		return disclose.Count{N: number.Of(sum), Words: whole(sum)}
	case sum == 0:
		return disclose.Count{Words: counts[0].Words + " a file"}
	}
	return disclose.Count{Words: whole(sum) + " or more"}
}

// aside is how many rows were set aside, where that can be told.
func (f flow) aside() (float64, bool) {
	rows, ok1 := f.rows.N.Get()
	kept, ok2 := f.kept.N.Get()
	return rows - kept, ok1 && ok2 && rows > 0 && kept <= rows
}

func (s *story) flowOf(f flow) plan {
	drawn := "Every row of the file, by the first reason that sets it aside, and what respondents answered"
	return plan{
		id: "rows", title: f.title(), drawn: sentences(drawn, f.name), alt: f.alt(),
		notes: s.notes(nil, f.answerCodes), table: reports.TableRows, layout: flowChart{f}.layout,
	}
}

func (f flow) title() string {
	if _, ok := f.aside(); ok {
		return f.kept.Words + " of " + f.rows.Words + " rows are respondents"
	}
	return "Which rows are respondents"
}

func (f flow) alt() string {
	out := f.name + ". Rows in the file: " + f.rows.Words + ". Respondents: " + f.kept.Words + "."
	if n, ok := f.aside(); ok {
		out += " Set aside: " + whole(n) + "."
	}
	return out + listed(" By the first reason that applies: ", f.reasons) + listed(" Of the respondents: ", f.answers)
}

func listed(lead string, list []counted) string {
	var parts []string
	for _, x := range list {
		parts = append(parts, reports.Lower(x.label)+" "+x.count.Words)
	}
	if len(parts) == 0 {
		return ""
	}
	return lead + strings.Join(parts, ", ") + "."
}

// flows draws every wave's rows as one bar: respondents, and rows set aside.
func (s *story) flows(waves []flow) plan {
	drawn := "Rows of every wave’s files: respondents, and rows set aside"
	var alt []string
	rows, kept, whole1 := 0.0, 0.0, true
	for _, f := range waves {
		alt = append(alt, f.name+": "+f.rows.Words+" rows, "+f.kept.Words+" respondents")
		_, ok := f.aside()
		whole1 = whole1 && ok
		rows, kept = rows+f.rows.N.Or(0), kept+f.kept.N.Or(0)
	}
	title := "Rows and respondents of every wave"
	if whole1 {
		title = whole(kept) + " of " + whole(rows) + " rows are respondents in all"
	}
	return plan{
		id: "rows-by-wave", title: title, drawn: sentences(drawn), alt: sentences(drawn) + " " + strings.Join(alt, "; ") + ".",
		table: reports.TableRows, layout: flowsChart{waves}.layout,
	}
}
