package reports_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

func TestFinding(t *testing.T) {
	willing := at(57.3, 54.2, 60.2)
	noItem := func(s *study.Study) {
		s.Framework.Constructs[0].Value.Headline = ""
	}
	for _, c := range []struct {
		name      string
		change    func(*study.Study)
		set       edit
		want      string
		intervals string
	}{
		{"the willing and what they lack", nil, edit{
			share("want_more", "positive"): willing,
			share("held_back", "of_high"):  at(60.8, 56.6, 64.8),
			share("unskilled", "of_high"):  at(44.0, 39.9, 48.2),
			share("lacks_both", "of_high"): at(31.0, 27.3, 35.0),
			share("ready", "of_high"):      at(26.2, 22.8, 30.0),
			mean("capacity_gap"):           at(22, 20, 24),
			share("want_more", "negative"): at(22, 20, 24),
			share("barriers", "time"):      at(55, 52, 58),
			share("held_back", ""):         at(35, 32, 38),
			{Measure: "will", Statistic: "mean", Survey: "average", Wave: "2022+2023+2020"}: at(60, 50, 70),
		},
			"Of the 57% of respondents who want to be more involved in research, 61% reported they lack the capacity, 44% the ability and 31% both.",
			"95% intervals: 54% to 60%, 57% to 65%, 40% to 48% and 27% to 35%."},
		{"one part hidden", nil, edit{
			share("want_more", "positive"): willing,
			share("unskilled", "of_high"):  at(44.0, 39.9, 48.2),
		},
			"Of the 57% of respondents who want to be more involved in research, 44% reported they lack the ability.", "95% intervals: 54% to 60% and 40% to 48%."},
		{"only both", nil, edit{
			share("want_more", "positive"): willing,
			share("lacks_both", "of_high"): at(0.3, 0.1, 1.2),
		},
			"Of the 57% of respondents who want to be more involved in research, under 1% reported they lack the ability and the capacity.", "95% intervals: 54% to 60% and 0% to 1%."},
		{"on too few answers in effect", nil, edit{
			share("want_more", "positive"): willing,
			share("unskilled", "of_high"):  on(24, 44, 20, 70),
			mean("capacity_gap"):           at(22, 20.04, 24.1),
		},
			"Respondents scored 22.0 points (20.0 to 24.1) lower on capacity than on will.", ""},
		{"an interval too wide to rely on", nil, edit{
			share("want_more", "positive"): willing,
			share("held_back", "of_high"):  {estimate: 68, lower: 50, upper: 81, base: 34, flags: "u"},
			share("unskilled", "of_high"):  at(44.0, 39.9, 48.2),
		},
			"Of the 57% of respondents who want to be more involved in research, 44% reported they lack the ability.", "95% intervals: 54% to 60% and 40% to 48%."},
		{"no share of the willing", noItem, edit{
			share("held_back", "of_high"): at(60.8, 56.6, 64.8),
			share("unskilled", "of_high"): at(44.0, 39.9, 48.2),
		},
			"Of respondents who score high on will, 61% reported they lack the capacity and 44% the ability.", "95% intervals: 57% to 65% and 40% to 48%."},
		{"a gap the other way round", nil, edit{mean("capacity_gap"): at(-6.5, -9.1, -4)},
			"Respondents scored 6.5 points (4.0 to 9.1) higher on capacity than on will.", ""},
		{"a gap that may be none", nil, edit{mean("capacity_gap"): at(2, -1.5, 5.5)},
			"It is not clear whether respondents score lower on capacity than on will: the gap is 2.0 points (−1.5 to 5.5).", ""},
		{"only the willing", nil, edit{share("want_more", "positive"): willing},
			"57% of respondents want to be more involved in research.", "95% interval: 54% to 60%."},
		{"a title that is no verb", func(s *study.Study) { s.Framework.Items[0].Value.Title = "Research interest" }, edit{share("want_more", "positive"): willing},
			"57% of respondents are positive on “Research interest”.", "95% interval: 54% to 60%."},
		{"only a mean", nil, edit{mean("ability"): at(55.1, 52, 58.24)},
			"On a scale of 0 to 100, respondents scored 55.1 on ability (52.0 to 58.2).", ""},
		{"an average never leads", nil, edit{
			{Measure: "will", Statistic: "mean", Survey: "average", Wave: "2022+2023+2020"}: at(60, 50, 70)},
			"No number in this release rests on enough answers to lead with.", ""},
		{"nothing", nil, edit{}, "No number in this release rests on enough answers to lead with.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := disclosetest.Study()
			if c.change != nil {
				c.change(s)
			}
			h := reports.Finding(release(t, s, c.set))
			if diff := cmp.Diff([]string{c.want, c.intervals}, []string{h.Sentence.String(), h.Intervals}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The finding is of the newest wave that carries it, whatever the survey order.
func TestFindingTakesTheNewestWave(t *testing.T) {
	older := func(k disclose.Key) disclose.Key {
		k.Survey, k.Wave = "rdforum", "2022"
		return k
	}
	both := edit{
		share("want_more", "positive"):        at(57, 54, 60),
		share("held_back", "of_high"):         at(61, 57, 65),
		older(share("want_more", "positive")): at(70, 65, 75),
		older(share("held_back", "of_high")):  at(64, 59, 68),
	}
	if h := reports.Finding(release(t, disclosetest.Study(), both)); h.Survey != "rcp" || h.Wave != "2023" {
		t.Errorf("the finding is of %s %s", h.Survey, h.Wave)
	}
	delete(both, share("held_back", "of_high"))
	if h := reports.Finding(release(t, disclosetest.Study(), both)); h.Survey != "rdforum" || h.Wave != "2022" {
		t.Errorf("without the newest wave's parts the finding is of %s %s", h.Survey, h.Wave)
	}
	s := disclosetest.Study()
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			w.Fieldwork = study.Fieldwork{}
		}
	}
	if h := reports.Finding(release(t, s, edit{
		share("want_more", "positive"):        at(57, 54, 60),
		older(share("want_more", "positive")): at(70, 65, 75),
	})); h.Survey != "rdforum" {
		t.Errorf("without dates the finding is of %s %s", h.Survey, h.Wave)
	}
}

func TestNumbersOfTheFindingAreMarked(t *testing.T) {
	h := reports.Finding(release(t, disclosetest.Study(), edit{
		share("want_more", "positive"): at(57, 54, 60),
		share("held_back", "of_high"):  at(61, 57, 65),
		share("lacks_both", "of_high"): at(31, 27, 35),
	}))
	var marked []string
	for _, span := range h.Sentence {
		if span.Strong {
			marked = append(marked, span.Construct+" "+span.Text)
		} else if strings.ContainsAny(span.Text, "0123456789") {
			t.Errorf("a number that is not marked: %q", span.Text)
		}
	}
	if diff := cmp.Diff([]string{"will 57%", "capacity 61%", " 31%"}, marked); diff != "" {
		t.Error(diff)
	}
}

func TestAsked(t *testing.T) {
	for _, c := range []struct {
		fieldwork study.Fieldwork
		want      string
	}{
		{study.Fieldwork{From: "2023-01-09", To: "2023-02-17", Recruitment: "census", Mode: "online", Invited: 8412},
			"Royal College of Physicians 2023. 1,182 of 8,412 invited took part, a response rate of 14%. Census, online, January to February 2023."},
		{study.Fieldwork{From: "2023-01-09", To: "2023-01-17", Recruitment: "open", Mode: "online"},
			"Royal College of Physicians 2023. 1,182 took part. Anyone who saw the link could answer, so the response rate is unknown. Open survey, online, January 2023."},
		{study.Fieldwork{Recruitment: "open", Invited: 8412},
			"Royal College of Physicians 2023. 1,182 took part. Anyone who saw the link could answer, so the response rate is unknown. Open survey."},
		{study.Fieldwork{From: "2022-12-09", To: "2023-01-17", Recruitment: "sample"},
			"Royal College of Physicians 2023. 1,182 took part, response rate unknown. Sample, December 2022 to January 2023."},
		{study.Fieldwork{}, "Royal College of Physicians 2023. 1,182 took part, response rate unknown."},
	} {
		s := disclosetest.Study()
		s.Survey("rcp").Wave("2023").Fieldwork = c.fieldwork
		r := release(t, s, edit{})
		if got := reports.Asked(r, reports.Wave{Survey: "rcp", Wave: "2023"}); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestOpenNote(t *testing.T) {
	s := disclosetest.Study()
	rcp, forum := reports.Wave{Survey: "rcp", Wave: "2023"}, reports.Wave{Survey: "rdforum", Wave: "2022"}
	const words = "read the intervals as what would hold if respondents were like a random sample of their group."
	for _, c := range []struct {
		waves []reports.Wave
		want  string
	}{
		{[]reports.Wave{rcp}, ""},
		{[]reports.Wave{forum}, "Open survey: " + words},
		{[]reports.Wave{forum, forum}, "All are open surveys: " + words},
		{[]reports.Wave{rcp, forum}, "NHS R&D Forum 2022 is an open survey: " + words},
		{[]reports.Wave{rcp, forum, {Survey: "crn", Wave: "2020"}}, "NHS R&D Forum 2022 and NIHR Clinical Research Network 2020 are open surveys: " + words},
	} {
		if got := reports.OpenNote(s, c.waves...); got != c.want {
			t.Errorf("%v: got %q, want %q", c.waves, got, c.want)
		}
	}
}
