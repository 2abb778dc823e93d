package reports

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/disclose"
)

// Ranked sorts rows as figures and tables show them: reliable ones by estimate,
// the largest first, then those of low reliability, then those without figures,
// each in the order given.
func Ranked(rows []disclose.Row) []disclose.Row {
	out := slices.Clone(rows)
	class := func(r disclose.Row) int {
		switch {
		case r.Reliable() && !r.Low():
			return 0
		case r.Shown():
			return 1
		}
		return 2
	}
	slices.SortStableFunc(out, func(a, b disclose.Row) int {
		if c := cmp.Compare(class(a), class(b)); c != 0 || class(a) > 0 {
			return c
		}
		return cmp.Compare(b.Estimate.Or(0), a.Estimate.Or(0))
	})
	return out
}

// ChoiceRows are the shares of a choice's options for everyone, ranked.
func ChoiceRows(r *disclose.Release, choice string, w Wave) []disclose.Row {
	c, _ := r.Study().Framework.Choices.Get(choice)
	var rows []disclose.Row
	for option := range c.Options.All() {
		row, ok := r.Find(disclose.Key{Measure: choice, Statistic: "share", Level: option, Survey: w.Survey, Wave: w.Wave})
		if ok {
			rows = append(rows, row)
		}
	}
	return Ranked(rows)
}

// NamedMost says which answer was ticked most, as far as the intervals carry
// it; "" where no answer may be told.
func NamedMost(r *disclose.Release, choice string, w Wave) string {
	s := r.Study()
	var rows []disclose.Row
	for _, row := range ChoiceRows(r, choice, w) {
		if row.Reliable() && !row.Low() {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return ""
	}
	label := func(row disclose.Row) string { return "“" + LevelName(s, choice, row.Level) + "”" }
	level := 1 // how many answers share the first place
	for level < len(rows) && rows[level].Upper.Or(0) >= rows[0].Lower.Or(0) {
		level++
	}
	switch {
	case len(rows) == 1:
		return label(rows[0]) + " was ticked by " + share(rows[0]) + " of " + tickers(rows[0]) + "."
	case level == 1:
		return label(rows[0]) + " is named most: by " + share(rows[0]) + " of " + tickers(rows[0]) + "."
	case level <= 3 && level < len(rows):
		named := make([]string, level)
		for i, row := range rows[:level] {
			named[i] = label(row) + " by " + share(row)
		}
		return "Named most are " + And(named) + " of " + tickers(rows[0]) + "; which of them comes first we cannot tell."
	}
	return "No single answer can be said to be named most."
}

// tickers are those whom the shares of a choice are of. Where an export cannot
// tell who saw the question, they are fewer, and their shares larger.
func tickers(row disclose.Row) string {
	if row.BaseRule == "ticked_any" {
		return "respondents who ticked at least one"
	}
	return "respondents"
}

func share(row disclose.Row) string { return Percent(row.Estimate) + " (" + PercentRange(row) + ")" }

// Categories are a breakdown's categories that the release knows in a survey
// and wave: those of a declared variable in their order, others in the
// release's.
func Categories(r *disclose.Release, breakdown string, w Wave) []string {
	v, single := r.Study().Framework.Variables.Get(breakdown)
	if single && !v.Organisation {
		return v.Categories.IDs()
	}
	seen := map[string]bool{}
	var out []string
	for _, row := range r.Select(func(row disclose.Row) bool {
		return row.Breakdown == breakdown && row.Survey == w.Survey && row.Wave == w.Wave && row.Contrast == ""
	}) {
		if !seen[row.Category] {
			seen[row.Category] = true
			out = append(out, row.Category)
		}
	}
	return out
}

// GroupRows are a measure's means in categories of a breakdown, in their order.
func GroupRows(r *disclose.Release, measure, breakdown string, w Wave, categories []string) []disclose.Row {
	var out []disclose.Row
	for _, c := range categories {
		k := disclose.Key{Measure: measure, Statistic: "mean", Survey: w.Survey, Wave: w.Wave, Breakdown: breakdown, Category: c}
		if row, ok := r.Find(k); ok {
			out = append(out, row)
		}
	}
	return out
}

// Rest finds how a category differs from everyone else who named one.
func Rest(r *disclose.Release, k disclose.Key) (disclose.Row, bool) {
	k.Statistic, k.Contrast, k.Versus = "difference", "category", "rest"
	return r.Find(k)
}

// Questions says which question drew the most and the fewest positive answers.
func Questions(r *disclose.Release, w Wave) string {
	s := r.Study()
	var rows []disclose.Row
	for id := range s.Framework.Items.All() {
		row, ok := reliable(r, disclose.Key{Measure: id, Statistic: "share", Level: "positive", Survey: w.Survey, Wave: w.Wave})
		if ok {
			rows = append(rows, row)
		}
	}
	if len(rows) < 2 {
		return ""
	}
	rows = Ranked(rows)
	first, last := rows[0], rows[len(rows)-1]
	return "In " + SurveyWave(s, w.Survey, w.Wave) + ", " + share(first) + " of respondents were positive on “" + MeasureName(s, first.Measure) +
		"” and " + share(last) + " on “" + MeasureName(s, last.Measure) + "”."
}
