package workbook

import (
	"fmt"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// cover is the first worksheet: what this is, who was asked, how to read it and
// what is hidden. It has no table.
func cover(r *disclose.Release) sheet {
	st := r.Study()
	s := sheet{name: "Cover", widths: []float64{72}}
	add := func(k kind, texts ...string) {
		for _, t := range texts {
			if t = clean(t); t != "" {
				s.lines = append(s.lines, line{t, k})
			}
		}
	}
	add(title, orElse(st.Title, st.ID))
	add(body, sentence(st.Notice))
	add(subtitle, "What this workbook holds")
	add(body,
		"The tables of a report on the gap between the will of healthcare teams to take part in research and their ability and capacity to do so.",
		"Each worksheet after the Notes holds one table. The Contents worksheet leads to each of them.")
	add(subtitle, "Who was asked")
	add(body, asked(r)...)
	add(subtitle, "How to read the numbers")
	add(body, reading(st)...)
	add(subtitle, "What is not shown")
	add(body, hidden(r)...)
	add(subtitle, "Release")
	add(body, fmt.Sprintf("Release %s of the study %s, made by caregap, version %s.", r.ID(), st.ID, r.Version()))
	return s
}

func orElse(s, other string) string {
	if clean(s) == "" {
		return other
	}
	return s
}

// asked is one line a survey and wave: when, how and how many.
func asked(r *disclose.Release) []string {
	var out []string
	for _, w := range reports.Waves(r.Study()) {
		out = append(out, reports.Asked(r, w))
	}
	return out
}

func reading(st *study.Study) []string {
	out := []string{
		"Scores run from 0 to 100. A gap is one score minus another of the same respondent, in points. Shares are percentages of the respondents whose answer counts.",
		fmt.Sprintf("Lower and upper limits are those of %s confidence intervals.", reports.Level(st)),
		"The base is the number of respondents behind a number, before any weighting.",
		"Where codes in square brackets stand in a table, the lines above it say what they mean.",
	}
	return append(out, reports.OpenNote(st, reports.Waves(st)...))
}

func hidden(r *disclose.Release) []string {
	d, f := r.Study().Disclosure, r.Figures()
	return []string{
		fmt.Sprintf("Numbers on fewer than %d respondents are confidential. So are small counts of sensitive answers, fewer than %d, and whatever would give a hidden number back.", d.MinBase, d.MinCount),
		fmt.Sprintf("This release has %s numbers with figures and %s confidential ones.", number.Count(f.Published), number.Count(f.Suppressed)),
	}
}
