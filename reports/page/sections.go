package page

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/reports"
)

// sections fills the sections of the report in their order.
func (a *arranger) sections() []section {
	fill := []struct {
		id, title string
		fill      func(*section)
	}{
		{reports.SectionFinding, "The finding", a.findingSection},
		{reports.SectionSides, "Will, ability and capacity", a.sideSection},
		{reports.SectionGroups, "Groups", a.groupSection},
		{reports.SectionBarriers, "Barriers and help", a.barrierSection},
		{reports.SectionQuestions, "Each question", a.questionSection},
		{reports.SectionLanguage, "Shared language", a.languageSection},
		{reports.SectionMethod, "Method and quality", a.methodSection},
	}
	out := make([]section, len(fill))
	for i, f := range fill {
		out[i] = section{ID: f.id, Title: f.title}
		f.fill(&out[i])
		out[i].Intro, out[i].Blocks = spoken(out[i].Intro), whole(out[i].Blocks)
		if labelled(out[i].Note, out[i].Figures, nil) {
			out[i].Note = ""
		}
		for _, b := range out[i].Blocks {
			if b.Listed {
				out[i].Below = append(out[i].Below, link{ID: b.ID, Title: b.Title})
			}
		}
	}
	return out
}

// spoken leaves out empty paragraphs.
func spoken(paragraphs []reports.Told) []reports.Told {
	return slices.DeleteFunc(slices.Clone(paragraphs), func(p reports.Told) bool { return p.Text == "" })
}

// labelled reports whether what follows a text at once says its note already.
func labelled(note string, figures []figure, tables []table) bool {
	switch {
	case len(figures) > 0:
		return slices.Contains(figures[0].Notes, note)
	case len(tables) > 0 && !tables[0].Folded:
		return slices.Contains(tables[0].Notes, note)
	}
	return false
}

// allBare reports whether the tables show no estimate, leaving aside those that
// are made from others.
func allBare(tables []table) bool {
	own := slices.DeleteFunc(slices.Clone(tables), func(t table) bool { return t.Drawn })
	return len(own) > 0 && !slices.ContainsFunc(own, func(t table) bool { return !t.Bare })
}

// whole leaves out blocks that say nothing.
func whole(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		if len(b.Figures) == 0 && allBare(b.Tables) {
			b.Text = append(b.Text, reports.Told{Text: "No number can be shown here. The codes in the tables say why."})
			b.Note = "" // there is no interval to read
		}
		if b.Text = spoken(b.Text); len(b.Text) == 0 || labelled(b.Note, b.Figures, b.Tables) {
			b.Note = ""
		}
		for i := range b.Tables {
			b.Tables[i].Quiet = b.Tables[i].Title == b.Title
		}
		b.Extra = len(b.Text)+len(b.Told)+len(b.List)+len(b.Codes)+len(b.Figures)+len(b.Links) == 0 && !slices.ContainsFunc(b.Tables, func(t table) bool { return !t.Folded })
		if len(b.Text)+len(b.Told)+len(b.List)+len(b.Codes)+len(b.Figures)+len(b.Tables)+len(b.Links) > 0 {
			out = append(out, b)
		}
	}
	return out
}

// caution labels the intervals of a text that open surveys have a part in.
func (a *arranger) caution(waves []reports.Wave) string {
	return reports.OpenNote(a.r.Study(), waves...)
}

func say(text string) []reports.Told { return []reports.Told{{Text: text}} }

// more is a last block with what else a section has.
func (a *arranger) more(section string, placed ...string) block {
	return block{ID: "more-" + section, Title: "More tables", Tables: a.rest(section, placed...)}
}

func (a *arranger) findingSection(x *section) {
	x.Figures = a.figures(reports.SectionFinding, reports.TableEachSurvey)
	x.Blocks = []block{
		{ID: "each-survey", Title: "The finding in each survey", Text: say(reports.EachSurvey(a.r)), Note: a.caution(reports.LatestWaves(a.r.Study())), Figures: a.figuresOf(reports.TableEachSurvey), Tables: foldLong(a.eachWave())},
		{ID: "asked", Title: "Who was asked, and how", Tables: foldLong(a.open("asked"))},
		a.more(reports.SectionFinding, reports.TableEachSurvey, "asked"),
	}
}

func (a *arranger) sideSection(x *section) {
	x.Intro, x.Note = say(reports.Persistence(a.r)), a.caution(reports.Waves(a.r.Study()))
	x.Figures = a.figures(reports.SectionSides, reports.TableChanges, reports.TableQuadrants)
	x.Blocks = []block{
		{ID: "change", Title: "What changed from wave to wave", Text: reports.Changes(a.r), Note: a.caution(reports.Waves(a.r.Study())), Figures: a.figuresOf(reports.TableChanges), Tables: a.folded(reports.TableChanges)},
		{ID: "quadrants", Title: "Who is high and low on what", Figures: a.figuresOf(reports.TableQuadrants), Tables: a.folded(reports.TableQuadrants)},
		a.more(reports.SectionSides, reports.TableChanges, reports.TableQuadrants),
	}
}

func (a *arranger) groupSection(x *section) {
	intro, told := reports.Groups(a.r)
	x.Intro, x.Told = say(intro), told
	if len(told) > 0 {
		x.Note = a.caution(reports.LatestWaves(a.r.Study()))
	}
	x.Blocks = []block{{ID: "stand-out", Title: "Groups that stand out", Tables: a.open("stand-out")}}
	placed := []string{"stand-out"}
	for _, breakdown := range a.r.Study().Breakdowns {
		by := strings.Join(breakdown, ":")
		var tables []string
		for _, t := range a.tables {
			if t.By == by {
				tables = append(tables, t.ID)
			}
		}
		placed = append(placed, tables...)
		x.Blocks = append(x.Blocks, block{ID: reports.BreakdownAnchor(by), Title: "By " + reports.Lower(reports.BreakdownName(a.r.Study(), by)), Listed: true,
			Figures: a.figuresOf(tables...), Tables: a.folded(tables...)})
	}
	x.Figures = a.figures(reports.SectionGroups)
	x.Blocks = append(x.Blocks, a.more(reports.SectionGroups, placed...))
}

func (a *arranger) barrierSection(x *section) {
	s := a.r.Study()
	if len(s.Framework.Choices) == 0 {
		x.Intro = say("This study asks no question where several answers can be ticked.")
		return
	}
	x.Intro = say("Respondents could tick more than one answer, so the shares add up to more than 100%.")
	var placed []string
	for id, choice := range s.Framework.Choices.All() {
		var tables []string
		for _, v := range s.Surveys {
			tables = append(tables, reports.ChoiceTable(id, v.ID))
		}
		placed = append(placed, tables...)
		b := block{ID: reports.ChoiceAnchor(id), Title: choice.Title, Listed: true}
		for _, w := range reports.LatestWaves(s) {
			b.Text = append(b.Text, reports.Told{About: reports.SurveyWave(s, w.Survey, w.Wave), Text: reports.NamedMost(a.r, id, w)})
		}
		if b.Text = spoken(b.Text); len(b.Text) > 0 {
			b.Note = a.caution(reports.LatestWaves(s))
		}
		b.Figures, b.Tables = a.figuresOf(tables...), a.folded(tables...)
		x.Blocks = append(x.Blocks, b)
	}
	x.Figures = a.figures(reports.SectionBarriers)
	x.Blocks = append(x.Blocks, a.more(reports.SectionBarriers, placed...))
}

func (a *arranger) questionSection(x *section) {
	for _, w := range reports.LatestWaves(a.r.Study()) {
		x.Intro = append(x.Intro, reports.Told{Text: reports.Questions(a.r, w)})
	}
	if x.Intro = spoken(x.Intro); len(x.Intro) > 0 {
		x.Note = a.caution(reports.LatestWaves(a.r.Study()))
	}
	x.Figures = a.figures(reports.SectionQuestions)
	x.Blocks = []block{
		{ID: "positive", Title: "Positive answers in each survey", Tables: a.positives()},
		a.banners(),
		a.more(reports.SectionQuestions),
	}
}

// banners leads to the tables with the groups of a breakdown across, for which
// the page has no room.
func (a *arranger) banners() block {
	b := block{ID: "by-group", Title: "Questions by group"}
	for _, t := range a.tables {
		if t.FilesOnly {
			b.Links = append(b.Links, fileLink{"tables/" + t.ID + ".csv", t.Title + ", as CSV"})
		}
	}
	if len(b.Links) > 0 {
		b.Text = say("These tables have questions and ticks down, groups across, and bases below, not weighted and weighted. They are in the workbook too.")
	}
	return b
}

func (a *arranger) languageSection(x *section) {
	x.Intro = say(reports.Language(a.r.Study()))
	x.Figures = a.figures(reports.SectionLanguage)
	x.Blocks = []block{
		{ID: "matrix", Title: "Which survey asks what", Tables: a.open(reports.TableLanguage)},
		{ID: "wordings", Title: "Wordings, scales and versions", Tables: a.folded(reports.TableWordings)},
		a.more(reports.SectionLanguage, reports.TableLanguage, reports.TableWordings),
	}
}
