package page

import (
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

func (a *arranger) methodSection(x *section) {
	taken := []string{"definitions", "merged", reports.TableCollected, reports.TableRows, "rejected", "overlap", "suppression", reports.TableWeights, reports.TableUnweighted, reports.TableMargins, reports.TableReliability, reports.TableHeterogeneity, reports.TablePublished, "settings", "inputs"}
	published := say("Figures from elsewhere rest on other respondents and often on other words. They stand beside ours; they are not a test of them.")
	unsaid, list := reports.NotSaid()
	x.Figures = a.figures(reports.SectionMethod, taken...)
	x.Blocks = []block{
		{ID: "how", Title: "How the numbers are made", List: a.how(), Tables: a.open("definitions", "merged")},
		{ID: "verdicts", Title: "Four verdicts on a difference", Told: a.verdicts(), Text: say("Where many groups were looked at, a clear difference also needs the corrected p-value.")},
		{ID: "collected", Title: "How answers were collected", Text: say(unsaid), List: list, Tables: a.folded(reports.TableCollected)},
		{ID: "rows-accounted", Title: "Rows accounted for", Text: say("Each row of each file is a respondent or is set aside for one reason, the first that applies. The sums are checked."),
			Figures: a.figuresOf(reports.TableRows), Tables: a.folded(reports.TableRows, "rejected")},
		{ID: "same-people", Title: "People in two surveys", Tables: a.open("overlap")},
		{ID: "hidden", Title: "What is hidden", List: a.hidden(), Tables: a.folded("suppression")},
		{ID: "weighting", Title: "Weights", Text: reports.Weighting(a.r), Figures: a.figuresOf(reports.TableMargins, reports.TableUnweighted, reports.TableWeights),
			Tables: append(a.open(reports.TableWeights, reports.TableUnweighted), a.folded(reports.TableMargins)...)},
		{ID: "reliability", Title: "How well the questions of a score go together", Text: reports.Reliability(a.r), Tables: a.folded(reports.TableReliability)},
		{ID: "between-surveys", Title: "Do the surveys agree?", Text: reports.Heterogeneity(a.r), Tables: a.open(reports.TableHeterogeneity)},
		{ID: "elsewhere", Title: "Beside published figures", Text: a.ifShown(published, reports.TablePublished), Figures: a.figuresOf(reports.TablePublished), Tables: a.open(reports.TablePublished)},
		{ID: "made-from", Title: "Settings and inputs", Text: say("Made by caregap " + a.r.Version() + ". The same inputs and settings give the same bytes."),
			Tables: a.folded("settings", "inputs")},
		a.more(reports.SectionMethod, taken...),
		{ID: "shorthand", Title: "Shorthand", Codes: codes()},
		{ID: "files", Title: "Files", Links: []fileLink{
			{"caregap.xlsx", "All tables as an Excel workbook"},
			{"caregap.ods", "The same as an OpenDocument spreadsheet"},
			{"tables/estimates.csv", "Every published number as CSV"},
			{"tables/labels.csv", "The words for every id and code as CSV"},
			{"tables/datapackage.json", "What each column of the CSV files means"},
			{"report.md", "This report as Markdown"},
			{"changes.md", "What changed since the last release"},
		}},
	}
}

// ifShown is a text that only makes sense beside a table.
func (a *arranger) ifShown(text []reports.Told, id string) []reports.Told {
	if !slices.ContainsFunc(a.tables, func(t reports.Table) bool { return t.ID == id }) {
		return nil
	}
	return text
}

// how tells the formulas in words.
func (a *arranger) how() []string {
	level := reports.Level(a.r.Study())
	percent := level[:len(level)-1]
	list := []string{
		"Each answer is put on a scale of 0 to 100: the code less the lowest code, over the range of codes, times 100. Questions that are turned round are scored the other way.",
		"A score is the mean of a person’s answers to the questions of a construct that this survey and wave asks. " + a.answered(),
		"A gap is one score minus another for the same person. The report shows the mean of these.",
		"Answers such as “unsure” and “not applicable” are not scored. They are shown beside the other answers.",
		"Means and shares are weighted where the survey has weights. The base is always the plain count of respondents.",
		a.raked(),
		"In " + percent + " of 100 such surveys, a " + level + " interval made in this way would hold the true value. It allows for strata, clusters and weights (Taylor linearisation).",
		"Means and differences have intervals by Student’s t. Shares have Wilson’s, with the effective base. Medians have Woodruff’s.",
		"People of one organisation tend to answer alike. Where two waves asked the same organisations, the interval of a difference allows for that.",
		"A group is set against everyone else who named a group. The p-values are corrected for looking at many groups (Holm, and the breakdown as a whole after Benjamini and Hochberg).",
		"“All surveys together” is the plain mean of the surveys’ latest waves where they ask the same. It leads no text.",
		"Only numbers with an effective base of 30 or more, and without the mark [u], enter sentences and rankings.",
	}
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// raked says what weighting to match a population does to errors, where that is done.
func (a *arranger) raked() string {
	if len(a.r.Weightings()) == 0 {
		return ""
	}
	return "Where a survey is weighted to match population totals, its errors allow for that: they rest on what the totals leave unexplained (the residuals of a regression on the groups that were matched; Deville and Särndal 1992)."
}

// answered says how many questions must be answered, where all constructs agree.
func (a *arranger) answered() string {
	share := study.Decimal("")
	for _, c := range a.r.Study().Framework.Constructs {
		if share != "" && c.Value.MinAnswered != share {
			return "Enough of them must be answered: the study says how many for each construct."
		}
		share = c.Value.MinAnswered
	}
	return "At least " + reports.Percent(number.Of(100*share.Float())) + " of them must be answered."
}

func (a *arranger) verdicts() []reports.Told {
	m := strconv.FormatFloat(a.r.Study().Meaningful, 'f', -1, 64)
	return []reports.Told{
		{About: string(reports.ClearMeaningful), Text: "The interval leaves out 0 and the difference is " + m + " points or more."},
		{About: string(reports.ClearSmall), Text: "The interval leaves out 0 and the difference is under " + m + " points. It is not called different."},
		{About: string(reports.NoMeaningful), Text: "The whole interval is within " + m + " points of 0."},
		{About: string(reports.CannotTell), Text: "The interval holds 0 and reaches beyond " + m + " points."},
	}
}

// hidden tells the disclosure rules with their thresholds, and what they hid.
func (a *arranger) hidden() []string {
	s := a.r.Study()
	d, f := s.Disclosure, a.r.Figures()
	base, least := strconv.Itoa(d.MinBase), strconv.Itoa(d.MinCount)
	return []string{
		number.Count(f.Suppressed) + " of the " + number.Count(f.Published+f.Suppressed) + " numbers that could be shown are hidden and read [c].",
		"No number is shown that rests on fewer than " + base + " respondents, nor one about a group of fewer than three organisations.",
		"For what is marked sensitive, no share is shown where fewer than " + least + " respondents gave that answer, or fewer than " + least + " did not, nor what would give it away.",
		"Where one group is hidden, at least one more is hidden with it, so that it cannot be worked out. Together they hold at least " + base + " respondents.",
		"A difference is shown only where both its ends are; an average only where all its parts are.",
		"An audit, apart from the choice of what to hide, looked at all numbers of a survey and wave together: groups and totals, questions, scores and gaps, and shares of the same people. By the sums and relations that it knows, no hidden base and no hidden count of a sensitive answer follows from what is shown. Each could be one of at least six numbers, or any that its small group allows.",
		"Counts of rows under " + least + " read “fewer than " + least + "”.",
	}
}

func codes() []code {
	var out []code
	for _, c := range reports.Codes() {
		out = append(out, code{"[" + c + "]", reports.Upper(reports.Code(c))})
	}
	return out
}
