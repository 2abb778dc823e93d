package reports

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// WeightWords says where a wave's weights come from.
func WeightWords(s *study.Study, survey, source string) string {
	switch source {
	case "design":
		return "Weighted with the survey’s own weights"
	case "raked":
		w, _ := s.Weights.Get(survey)
		return "Weighted to match population totals on " + And(variableNames(s, w.Variables()))
	}
	return "Not weighted"
}

func variableNames(s *study.Study, ids []string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = Lower(BreakdownName(s, id))
	}
	return names
}

// Weighting tells how each raked survey's weights were made.
func Weighting(r *disclose.Release) []Told {
	s := r.Study()
	var out []Told
	for id, w := range s.Weights.All() {
		v := s.Survey(id)
		if v == nil {
			continue
		}
		text := WeightWords(s, id, "raked") + " (" + study.PublicName(w.File) + "), each wave on its own, starting from " + startWords(v) + "."
		if w.Bounded() {
			text += " No weight was multiplied by less than " + trim(w.Bounds.Lower) + " or by more than " + trim(w.Bounds.Upper) + "."
		}
		text += " Respondents who gave no category keep the share that they have in the sample. A survey is weighted to match what is known of a population; of what is not, such as who was willing to answer, weights say nothing."
		out = append(out, Told{About: v.Title, Text: text})
	}
	return out
}

// startWords are the weights that raking starts from.
func startWords(v *study.Survey) string {
	own := 0
	for _, w := range v.Waves {
		if len(w.Codebook.Design.Weight) > 0 {
			own++
		}
	}
	switch own {
	case 0:
		return "a weight of 1 for everybody"
	case len(v.Waves):
		return "the survey’s own weights"
	}
	return "the wave’s own weights where it has any"
}

// weightsTable says what the weights of each wave do, and of raked ones how many
// respondents the bounds hold.
func (m *tabler) weightsTable() Table {
	t := Table{
		ID: TableWeights, Title: "Weights", Summary: "What the weights of each wave do.",
		Columns: columns(waveColumns(), cols(textColumn("source", "Source", "Where the weights come from"),
			numberColumn("kish_effect", "Effect of weighting (ratio)", 2, "Kish's design effect of unequal weights: n times the sum of squared weights over the squared sum"),
			numberColumn("effective_base", "Effective base (respondents)", 0, "Respondents over that effect"),
			numberColumn("least", "Smallest weight (of the mean)", 2, "The smallest weight over the mean weight"),
			numberColumn("most", "Largest weight (of the mean)", 2, "The largest weight over the mean weight"))),
	}
	bounded := len(m.r.Weightings()) > 0
	if bounded {
		t.Columns = append(t.Columns, numberColumn("at_lower", "At the lower bound (respondents)", 0, "Respondents whose weight the lower bound holds"),
			numberColumn("at_upper", "At the upper bound (respondents)", 0, "Respondents whose weight the upper bound holds"))
	}
	for _, w := range m.r.Weights() {
		cells := line(m.wave(Wave{w.Survey, w.Wave}), one(text(WeightWords(m.s, w.Survey, w.Source))))
		for _, v := range []Cell{num(w.KishEffect), num(w.EffectiveBase), num(w.MinOverMean), num(w.MaxOverMean)} {
			if w.Status != disclose.Shown {
				v = Cell{Code: w.Status}
			}
			cells = append(cells, v)
		}
		if bounded {
			cells = append(cells, m.atBounds(Wave{w.Survey, w.Wave})...)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (m *tabler) atBounds(w Wave) []Cell {
	for _, x := range m.r.Weightings() {
		if x.Survey == w.Survey && x.Wave == w.Wave {
			return one(count(x.AtLower), count(x.AtUpper))
		}
	}
	return one(text(""), text(""))
}

// marginsTable sets the sample beside the population it was weighted to match.
func (m *tabler) marginsTable() Table {
	t := Table{
		ID: TableMargins, Title: "The sample before and after weighting",
		Summary: "Percent of respondents who gave a category; of those who gave none, percent of all.",
		Columns: columns(waveColumns(), cols(textColumn("variable", "Variable", "What the survey was weighted on"), groupColumn,
			numberColumn("before", "Before weighting (percent)", m.places, "Share by the design's weights, or of respondents where there are none"),
			numberColumn("population", "Population (percent)", m.places, "Share in the population totals"),
			numberColumn("after", "After weighting (percent)", m.places, "Share by the final weights"))),
	}
	for _, w := range m.r.Weightings() {
		for _, x := range w.Margins {
			group := "None given"
			if x.Category != "" {
				group = CategoryName(m.s, x.Variable, x.Category)
			}
			before, after := num(x.Before), num(x.After)
			if x.Status != disclose.Shown {
				before = Cell{Code: x.Status}
				if !x.After.Known() {
					after = before
				}
			}
			t.Rows = append(t.Rows, line(m.wave(Wave{w.Survey, w.Wave}), one(text(BreakdownName(m.s, x.Variable)), text(group), before, num(x.Population), after)))
		}
	}
	return t
}

// unweightedTable shows what weighting does to the numbers that lead.
func (m *tabler) unweightedTable() Table {
	t := Table{
		ID: TableUnweighted, Title: "The headline with and without these weights",
		Summary: "Everyone in the wave. Without: by the design's weights alone where the survey has any, else not weighted.",
		Columns: columns(waveColumns(), cols(measureColumn, textColumn("of", "Of", "For a share, whom or what it is of"), textColumn("unit", "Unit", "What the figures are in"),
			numberColumn("with", "With (see unit)", m.places, "The published number"), numberColumn("without", "Without (see unit)", m.places, "The number without the weights that match the population"), notesColumn)),
	}
	for _, w := range m.r.Weightings() {
		for _, x := range w.Headline {
			what := "Mean"
			if x.Level != "" {
				what = LevelName(m.s, x.Measure, x.Level)
			}
			t.Rows = append(t.Rows, line(m.wave(Wave{w.Survey, w.Wave}), one(text(MeasureName(m.s, x.Measure)), text(what), text(x.Unit), of(x.Row, x.Estimate), of(x.Row, x.Without), notes(x.Row))))
		}
	}
	return t
}
