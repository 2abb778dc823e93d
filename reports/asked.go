package reports

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// openWords label every interval of an open survey.
const openWords = "read the intervals as what would hold if respondents were like a random sample of their group"

// Asked says in sentences who was asked in a survey and wave, and how.
func Asked(r *disclose.Release, w Wave) string {
	s := r.Study()
	f := Fieldwork(s, w)
	parts := []string{SurveyWave(s, w.Survey, w.Wave) + ".", tookPart(r, w, f)}
	if how := howAsked(f); how != "" {
		parts = append(parts, how)
	}
	if words := weighted(r, w); words != "" {
		parts = append(parts, words)
	}
	return strings.Join(parts, " ")
}

func tookPart(r *disclose.Release, w Wave, f study.Fieldwork) string {
	n := Respondents(r, w)
	if share := ResponseRate(r, w); share.Known() {
		return n.Words + " of " + number.Count(f.Invited) + " invited took part, a response rate of " + Percent(share) + "."
	}
	if f.Recruitment == "open" {
		return n.Words + " took part. Anyone who saw the link could answer, so the response rate is unknown."
	}
	return n.Words + " took part, response rate unknown."
}

func howAsked(f study.Fieldwork) string {
	var parts []string
	if f.Recruitment != "" {
		parts = append(parts, RecruitmentWord(f.Recruitment))
	}
	if f.Mode != "" {
		parts = append(parts, f.Mode)
	}
	if p := Period(f); p != "" {
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return ""
	}
	return Upper(strings.Join(parts, ", ")) + "."
}

// RecruitmentWord is the word for how respondents were found.
func RecruitmentWord(recruitment string) string {
	switch recruitment {
	case "census", "sample":
		return recruitment
	case "open":
		return "open survey"
	}
	return "recruitment not given"
}

func weighted(r *disclose.Release, w Wave) string {
	for _, x := range r.Weights() {
		if x.Survey != w.Survey || x.Wave != w.Wave {
			continue
		}
		return WeightWords(r.Study(), x.Survey, x.Source) + "."
	}
	return ""
}

// Respondents is how many answered in a survey and wave, over its files.
func Respondents(r *disclose.Release, w Wave) disclose.Count {
	total, files := 0.0, 0
	for _, l := range r.Ledger() {
		if l.Survey != w.Survey || l.Wave != w.Wave {
			continue
		}
		n, ok := l.Respondents.N.Get()
		if !ok {
			return l.Respondents
		}
		total, files = total+n, files+1
	}
	if files == 0 {
		return disclose.Count{Words: "An unknown number"}
	}
	return disclose.Count{N: number.Of(total), Words: number.Count(int(total))}
}

// ResponseRate is respondents in percent of those invited, where the study says
// how many were and not just anyone could answer.
func ResponseRate(r *disclose.Release, w Wave) number.Value {
	f := Fieldwork(r.Study(), w)
	n, ok := Respondents(r, w).N.Get()
	if !ok || f.Invited <= 0 || f.Recruitment == "open" || n > float64(f.Invited) {
		return number.Value{}
	}
	return number.Of(100 * n / float64(f.Invited))
}

// OpenNote is the note that goes with intervals of these waves, "" when none
// of them was an open survey.
func OpenNote(s *study.Study, waves ...Wave) string {
	var open []string
	for _, w := range waves {
		if Fieldwork(s, w).Recruitment == "open" {
			open = append(open, SurveyWave(s, w.Survey, w.Wave))
		}
	}
	switch {
	case len(open) == 0:
		return ""
	case len(waves) == 1:
		return "Open survey: " + openWords + "."
	case len(open) == len(waves):
		return "All are open surveys: " + openWords + "."
	case len(open) > 4:
		return Upper(CountWord(len(open))) + " of the " + Plural(len(waves), "wave") + " are open surveys, as “Who was asked, and how” says: " + openWords + "."
	case len(open) == 1:
		return open[0] + " is an open survey: " + openWords + "."
	}
	return And(open) + " are open surveys: " + openWords + "."
}

// LackNote says what it means to lack each construct.
func LackNote(s *study.Study, constructs []string) string {
	var parts []string
	for _, id := range constructs {
		c, ok := s.Framework.Constructs.Get(id)
		if !ok {
			continue
		}
		name := Lower(c.Title)
		if c.Headline != "" {
			parts = append(parts, "To lack "+name+" is not to be positive on “"+MeasureName(s, c.Headline)+"”.")
			continue
		}
		parts = append(parts, "To lack "+name+" is to score under "+string(c.Positive)+" on it.")
	}
	return strings.Join(parts, " ")
}
