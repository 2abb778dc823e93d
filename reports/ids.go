package reports

import "strings"

// Ids of tables that hold a figure's numbers. A figure names its table by them,
// so that both stay the same from run to run.
const (
	TableFinding    = "finding"      // the willing, and of those who lacks what: one survey and wave
	TableEachSurvey = "each-survey"  // the same for every survey and wave
	TableSideBySide = "side-by-side" // constructs per survey and wave
	TableGaps       = "gaps"         // gaps per survey and wave
	TableChanges    = "changes"      // differences between waves
	TableQuadrants  = "quadrants"    // who is high and low on what
	TableCollected  = "collected"    // how answers were collected and checked
	TableRows       = "rows"         // every row of every export
	TablePublished  = "published"    // figures from elsewhere beside ours
	TableLanguage   = "shared-language"
	TableWordings   = "wordings"          // in which words, on which scale
	TableWeights    = "weights"           // what the weights of each wave do
	TableUnweighted = "without-weights"   // the headline with and without raked weights
	TableMargins    = "weighting-margins" // the sample beside the population it was weighted to match

	TableReliability   = "reliability"     // how reliable scores and gaps are
	TableHeterogeneity = "between-surveys" // how far the surveys behind an average differ
)

// GroupsTable is the table of constructs and gaps by a breakdown in a survey's latest wave.
func GroupsTable(breakdown, survey string) string { return slug("by", breakdown, survey) }

// BannerTable is the table of a survey's questions and ticks, with the groups of a
// breakdown across.
func BannerTable(breakdown, survey string) string { return slug("banner", breakdown, survey) }

// HeldBackTable is the table of who lacks what among the willing, by a breakdown.
func HeldBackTable(breakdown, survey string) string { return slug("held-back-by", breakdown, survey) }

// ChoiceTable is the table of a choice's answers in a survey, ranked.
func ChoiceTable(choice, survey string) string { return slug(choice, survey) }

// ItemsTable is the table of each item's answers in a survey.
func ItemsTable(survey string) string { return slug("items", survey) }

// OptionsTable is the table of every answer option of each item in a survey.
func OptionsTable(survey string) string { return slug("options", survey) }

// BreakdownAnchor and ChoiceAnchor are where the page begins a breakdown, and a
// question where several answers can be ticked.
func BreakdownAnchor(breakdown string) string { return slug("by", breakdown) }

// ChoiceAnchor is the place of a choice.
func ChoiceAnchor(choice string) string { return slug("choice", choice) }

// slug makes a file name of ids: lower case, digits and hyphens. Ids hold
// nothing else but underscores, and the colon of a crossed breakdown.
func slug(ids ...string) string {
	s := []byte(strings.ToLower(strings.Join(ids, "-")))
	for i, c := range s {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			continue
		}
		s[i] = '-'
	}
	return string(s)
}
