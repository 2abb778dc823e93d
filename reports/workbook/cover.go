package workbook

import (
	"fmt"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
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
	for _, v := range r.Study().Surveys {
		for _, w := range v.Waves {
			out = append(out, fmt.Sprintf("%s, %s: %s.", v.Title, w.ID, strings.Join(facts(r, v, w), "; ")))
		}
	}
	return out
}

func facts(r *disclose.Release, v *study.Survey, w *study.Wave) []string {
	var out []string
	f := w.Fieldwork
	out = append(out, recruitment(f.Recruitment))
	n, known := respondents(r, v.ID, w.ID)
	if known {
		out = append(out, number.Count(n)+" respondents")
	}
	out = append(out, responseRate(n, known, f.Invited))
	if f.From != "" && f.To != "" {
		out = append(out, "asked from "+f.From+" to "+f.To)
	}
	if f.Mode != "" {
		out = append(out, "mode "+f.Mode)
	}
	return out
}

func recruitment(how string) string {
	switch how {
	case "sample":
		return "a sample was asked"
	case "census":
		return "everyone was asked"
	case "open":
		return "open to anyone who saw the link"
	}
	return "how people were asked is not known"
}

func responseRate(n int, known bool, invited int) string {
	if !known || invited <= 0 {
		return "response rate unknown"
	}
	rate := number.Fixed(100*float64(n)/float64(invited), 1)
	return fmt.Sprintf("response rate %s%% of %s invited", rate, number.Count(invited))
}

// respondents adds up the files of a wave; one file whose count is hidden hides the sum.
func respondents(r *disclose.Release, survey, wave string) (n int, known bool) {
	for _, l := range r.Ledger() {
		if l.Survey != survey || l.Wave != wave {
			continue
		}
		count, ok := l.Respondents.N.Get()
		if !ok {
			return 0, false
		}
		n, known = n+int(count), true
	}
	return n, known
}

func reading(st *study.Study) []string {
	out := []string{
		"Scores run from 0 to 100. A gap is one score minus another of the same respondent, in points. Shares are percentages of the respondents whose answer counts.",
		fmt.Sprintf("Lower and upper limits are those of %s%% confidence intervals.", number.Of(100*st.Confidence).Round(2).Full()),
		"The base is the number of respondents behind a number, before any weighting.",
		"Where codes in square brackets stand in a table, the lines above it say what they mean.",
	}
	if anyOpen(st) {
		out = append(out, "Where a survey was open to anyone who saw the link, its limits hold if respondents were like a random sample of their group.")
	}
	return out
}

func anyOpen(st *study.Study) bool {
	for _, v := range st.Surveys {
		for _, w := range v.Waves {
			if w.Fieldwork.Recruitment == "open" {
				return true
			}
		}
	}
	return false
}

func hidden(r *disclose.Release) []string {
	d, f := r.Study().Disclosure, r.Figures()
	return []string{
		fmt.Sprintf("Numbers on fewer than %d respondents are confidential. So are small counts of sensitive answers, fewer than %d, and whatever would give a hidden number back.", d.MinBase, d.MinCount),
		fmt.Sprintf("This release has %s numbers with figures and %s confidential ones.", number.Count(f.Published), number.Count(f.Suppressed)),
	}
}
