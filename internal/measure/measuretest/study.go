// Package measuretest makes small samples of made-up respondents for the tests
// of measure and estimate, and says of each respondent, straight from the
// definitions in docs/method.md, what is measured.
//
//  1. Study is a study with every kind of measure: headline and scored
//     constructs, a reversed item, gaps, quadrants, ticked options, breakdowns.
//  2. Draw makes a sample with a design, by rapid. A Respondent holds plain
//     values; nothing here knows of moments.
//  3. Blocks turns the sample into the columns that measure takes.
//  4. Value is the second implementation: one respondent's value of a number.
package measuretest

import (
	"github.com/caregap/caregap/internal/study"
)

var (
	scoreStatistics = study.Names{"mean", "median"}
	allStatistics   = study.Names{"mean", "median", "lower_quartile", "upper_quartile"}
)

// Study returns the study of the samples, with one survey per id and one wave per
// wave id, the same for all.
func Study(surveys []string, waves []string) *study.Study {
	s := &study.Study{
		ID: "made_up", Title: "Made-up data", Framework: framework(), Confidence: 0.95, Meaningful: 5,
		Disclosure: study.Disclosure{MinBase: 10, MinCount: 5, DistributionBase: 4, Decimals: 1, KeepReleases: 1},
		Breakdowns: []study.Breakdown{{"role"}, {"place"}, {"role", "place"}},
	}
	for _, id := range surveys {
		v := &study.Survey{ID: id, Title: id}
		for _, w := range waves {
			v.Waves = append(v.Waves, &study.Wave{ID: w, Codebook: codebook(s.Framework)})
		}
		s.Surveys = append(s.Surveys, v)
	}
	return s
}

func framework() *study.Framework {
	lo, hi := 1, 10
	item := func(id, scale string, reversed bool, statistics study.Names) study.Entry[study.Item] {
		return study.Entry[study.Item]{ID: id, Value: study.Item{Title: id, Scale: scale, Reversed: reversed, Statistics: statistics}}
	}
	construct := func(id, headline string, items ...string) study.Entry[study.Construct] {
		return study.Entry[study.Construct]{ID: id, Value: study.Construct{Title: id, Items: items, Headline: headline, Positive: "65", MinAnswered: "0.5", Statistics: scoreStatistics}}
	}
	mean := study.Names{"mean"}
	return &study.Framework{
		Version: 1,
		Scales: study.Map[study.Scale]{
			{ID: "agree5", Value: study.Scale{Options: study.Names{"1", "2", "3", "4", "5"}, Positive: study.Names{"4", "5"}}},
			{ID: "ten", Value: study.Scale{Min: &lo, Max: &hi, Positive: study.Names{"7", "8", "9", "10"}}},
			// The positive answers reach past the middle, so that their mirror images overlap them.
			{ID: "wide3", Value: study.Scale{Options: study.Names{"1", "2", "3"}, Positive: study.Names{"2", "3"}}},
		},
		Constructs: study.Map[study.Construct]{
			construct("will", "want", "want", "worth"),
			construct("ability", "", "skill", "trained", "asked"),
			construct("capacity", "pressed", "pressed", "time"),
		},
		Items: study.Map[study.Item]{
			item("want", "agree5", false, mean), item("worth", "agree5", true, mean),
			item("skill", "ten", false, allStatistics), item("trained", "agree5", false, mean), item("asked", "wide3", false, mean),
			item("pressed", "wide3", true, mean), item("time", "ten", false, mean),
		},
		Gaps: study.Map[study.Gap]{
			{ID: "ability_gap", Value: study.Gap{Of: "will", Minus: "ability", Statistics: scoreStatistics}},
			{ID: "capacity_gap", Value: study.Gap{Of: "will", Minus: "capacity", Statistics: scoreStatistics}},
		},
		Quadrants: study.Map[study.Quadrant]{
			{ID: "held_back", Value: study.Quadrant{High: study.Names{"will"}, Low: study.Names{"capacity"}}},
			{ID: "lacks_both", Value: study.Quadrant{High: study.Names{"will"}, Low: study.Names{"ability", "capacity"}}},
			{ID: "ready", Value: study.Quadrant{High: study.Names{"will", "ability"}}},
			{ID: "without", Value: study.Quadrant{Low: study.Names{"ability", "capacity"}}},
		},
		Choices: study.Map[study.Choice]{{ID: "barriers", Value: study.Choice{Title: "barriers", Options: study.Map[string]{{ID: "hours", Value: "hours"}, {ID: "money", Value: "money"}}}}},
		Variables: study.Map[study.Variable]{
			{ID: "role", Value: study.Variable{Title: "role", Categories: study.Map[string]{{ID: "a", Value: "a"}, {ID: "b", Value: "b"}, {ID: "c", Value: "c"}}}},
			{ID: "place", Value: study.Variable{Title: "place", Categories: study.Map[string]{{ID: "x", Value: "x"}, {ID: "y", Value: "y"}}}},
		},
	}
}

// codebook maps everything, so that everything counts as asked.
func codebook(f *study.Framework) *study.Codebook {
	c := &study.Codebook{Version: 1}
	for id := range f.Items.All() {
		c.Items = append(c.Items, study.Entry[study.ItemSource]{ID: id, Value: study.ItemSource{Column: study.Names{id}, Version: 1}})
	}
	for id := range f.Choices.All() {
		c.Choices = append(c.Choices, study.Entry[study.ChoiceSource]{ID: id, Value: study.ChoiceSource{Columns: id, Version: 1}})
	}
	for id := range f.Variables.All() {
		c.Variables = append(c.Variables, study.Entry[study.VariableSource]{ID: id, Value: study.VariableSource{Column: study.Names{id}}})
	}
	return c
}
