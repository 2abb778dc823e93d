package page

import (
	"strings"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

// headings are the sections of the report in their order.
var headings = []link{
	{reports.SectionFinding, "The finding"},
	{reports.SectionSides, "Will, ability and capacity"},
	{reports.SectionGroups, "Groups"},
	{reports.SectionBarriers, "Barriers and help"},
	{reports.SectionQuestions, "Each question"},
	{reports.SectionLanguage, "Shared language"},
	{reports.SectionMethod, "Method and quality"},
}

func (a *arranger) sections(figures map[string][]figure) []section {
	fill := []func() ([]reports.Told, []block){
		a.findingSection, a.sideSection, a.groupSection, a.barrierSection, a.questionSection, a.languageSection, a.methodSection,
	}
	out := make([]section, len(headings))
	for i, h := range headings {
		intro, blocks := fill[i]()
		out[i] = section{ID: h.ID, Title: h.Title, Intro: spoken(intro), Figures: figures[h.ID], Blocks: whole(blocks)}
	}
	return out
}

// spoken leaves out empty paragraphs.
func spoken(paragraphs []reports.Told) []reports.Told {
	var out []reports.Told
	for _, p := range paragraphs {
		if p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

// whole leaves out blocks that say nothing.
func whole(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		b.Text = spoken(b.Text)
		for i := range b.Tables {
			b.Tables[i].Quiet = b.Tables[i].Title == b.Title
		}
		if len(b.Text)+len(b.List)+len(b.Codes)+len(b.Tables)+len(b.Links) > 0 {
			out = append(out, b)
		}
	}
	return out
}

func say(text string) []reports.Told { return []reports.Told{{Text: text}} }

func (a *arranger) findingSection() ([]reports.Told, []block) {
	return nil, []block{
		{ID: "each-survey", Title: "The finding in each survey", Tables: append(a.eachSurvey(), a.foldedOnly(reports.TableEachSurvey)...)},
		{ID: "asked", Title: "Who was asked, and how", Tables: a.open("asked")},
		{ID: "more-finding", Title: "More tables", Extra: true, Tables: a.rest(reports.SectionFinding, reports.TableEachSurvey, "asked")},
	}
}

func (a *arranger) sideSection() ([]reports.Told, []block) {
	changes := reports.Changes(a.r)
	return say(reports.Persistence(a.r)), []block{
		{ID: "change", Title: "What changed from wave to wave", Text: changes, Tables: a.foldedOnly(reports.TableChanges)},
		{ID: "more-side-by-side", Title: "More tables", Extra: true, Tables: a.rest(reports.SectionSides, reports.TableChanges)},
	}
}

func (a *arranger) foldedOnly(id string) []table {
	out := a.open(id)
	for i := range out {
		out[i].Folded = true
	}
	return out
}

func (a *arranger) groupSection() ([]reports.Told, []block) {
	return say(reports.Groups(a.r)), []block{
		{ID: "stand-out", Title: "Groups that stand out", Tables: a.open("stand-out")},
		{ID: "more-groups", Title: "More tables", Extra: true, Tables: a.rest(reports.SectionGroups, "stand-out")},
	}
}

func (a *arranger) barrierSection() ([]reports.Told, []block) {
	s := a.r.Study()
	if len(s.Framework.Choices) == 0 {
		return say("This study asks no question where several answers can be ticked."), nil
	}
	intro := say("Respondents could tick more than one answer, so the shares add up to more than 100%.")
	for id, choice := range s.Framework.Choices.All() {
		for _, w := range reports.LatestWaves(s) {
			if words := reports.NamedMost(a.r, id, w); words != "" {
				intro = append(intro, reports.Told{About: choice.Title + ", " + reports.SurveyWave(s, w.Survey, w.Wave), Text: words})
			}
		}
	}
	return intro, []block{{ID: "more-barriers", Title: "More tables", Extra: true, Tables: a.rest(reports.SectionBarriers)}}
}

func (a *arranger) questionSection() ([]reports.Told, []block) {
	s := a.r.Study()
	var intro []reports.Told
	for _, w := range reports.LatestWaves(s) {
		intro = append(intro, reports.Told{Text: reports.Questions(a.r, w)})
	}
	return intro, []block{{ID: "more-questions", Title: "More tables", Extra: true, Tables: a.rest(reports.SectionQuestions)}}
}

func (a *arranger) languageSection() ([]reports.Told, []block) {
	return say(reports.Language(a.r.Study())), []block{
		{ID: "matrix", Title: "Which survey asks what", Tables: a.open(reports.TableLanguage)},
		{ID: "more-shared-language", Title: "More tables", Extra: true, Tables: a.rest(reports.SectionLanguage, reports.TableLanguage)},
	}
}

// subtitle is "Three surveys, five waves, 2019 to 2023. Release 3f9a1c07be42."
func subtitle(r releaser) string {
	s := r.Study()
	waves := reports.Waves(s)
	parts := []string{reports.Upper(reports.Plural(len(s.Surveys), "survey")), reports.Plural(len(waves), "wave")}
	first, last := "", ""
	for _, w := range waves {
		f := reports.Fieldwork(s, w)
		for _, day := range []string{f.From, f.To} {
			if len(day) < 4 {
				continue
			}
			if first == "" || day[:4] < first {
				first = day[:4]
			}
			last = max(last, day[:4])
		}
	}
	switch {
	case first != "" && first == last:
		parts = append(parts, first)
	case first != "":
		parts = append(parts, first+" to "+last)
	}
	return strings.Join(parts, ", ") + ". Release " + r.ID() + "."
}

// splitNotice parts a notice after its first words: "Made-up data. Do not quote
// it." has the lead "Made-up data."
func splitNotice(notice string) (lead, rest string) {
	if at := strings.IndexAny(notice, ".:"); at > 0 && at < len(notice)-1 {
		return notice[:at+1], notice[at+1:]
	}
	return notice, ""
}

// gaps are the finding's gaps in points.
func gaps(r finder, w reports.Wave) []gap {
	s := r.Study()
	places := s.Disclosure.Decimals
	var out []gap
	for id, g := range s.Framework.Gaps.All() {
		row, ok := r.Find(key(id, w))
		if !ok || !row.Reliable() {
			continue
		}
		text := reports.Level(s) + " interval " + reports.Range(row, places) + ". Base " + number.Count(int(row.Base.Or(0))) + "."
		out = append(out, gap{
			Title: reports.Upper(strings.TrimPrefix(reports.GapWord(s, g), "the ")), Points: reports.Minus(row.Estimate.Fixed(places)) + " points",
			Text: text, Class: "g-" + reports.Role(s, g.Minus),
		})
	}
	return out
}
