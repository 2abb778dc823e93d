package attack

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/study"
)

// drawStudy makes a study of any shape that a framework allows, within a size that
// leaves a test its speed.
func drawStudy(t *rapid.T) *study.Study {
	f := &study.Framework{Version: 1, Scales: scales()}
	drawItems(t, f)
	drawPairs(t, f)
	drawChoices(t, f)
	s := &study.Study{ID: "made_up", Title: "Made-up data", Framework: f, Confidence: 0.95, Meaningful: 5}
	s.Breakdowns = drawVariables(t, f)
	s.Disclosure = study.Disclosure{
		MinBase: rapid.SampledFrom([]int{10, 10, 10, 6, 20}).Draw(t, "min base"), MinCount: rapid.SampledFrom([]int{5, 5, 5, 3, 8}).Draw(t, "min count"),
		DistributionBase: rapid.SampledFrom([]int{100, 100, 30, 12}).Draw(t, "distribution base"), Decimals: rapid.SampledFrom([]int{1, 1, 1, 0, 2}).Draw(t, "decimals"), KeepReleases: 1,
		SensitiveAll: rapid.IntRange(0, 9).Draw(t, "all sensitive") == 0,
	}
	s.Disclosure.Sensitive = sensitive(f)
	for i := range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "surveys") {
		v := &study.Survey{ID: fmt.Sprint("survey", i), Title: fmt.Sprint("Survey ", i)}
		for j := range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "waves") {
			v.Waves = append(v.Waves, &study.Wave{ID: fmt.Sprint(2020 + j), Codebook: drawCodebook(t, f), Fieldwork: study.Fieldwork{Recruitment: "open"}})
		}
		s.Surveys = append(s.Surveys, v)
	}
	return s
}

func scales() study.Map[study.Scale] {
	lo, hi := 1, 7
	return study.Map[study.Scale]{
		{ID: "yes2", Value: study.Scale{Options: study.Names{"No", "Yes"}, Positive: study.Names{"Yes"}}},
		{ID: "agree3", Value: study.Scale{Options: study.Names{"Disagree", "Neither", "Agree"}, Positive: study.Names{"Agree"}}},
		{ID: "agree5", Value: study.Scale{Options: study.Names{"A", "B", "C", "D", "E"}, Positive: study.Names{"D", "E"}, Unscored: study.Names{"Unsure"}}},
		{ID: "often4", Value: study.Scale{Options: study.Names{"Never", "Rarely", "Often", "Always"}, Positive: study.Names{"Always"}}},
		{ID: "seven", Value: study.Scale{Min: &lo, Max: &hi, Positive: study.Names{"6", "7"}}},
	}
}

// drawItems makes constructs of one to three items; some share an item.
func drawItems(t *rapid.T, f *study.Framework) {
	for i := range rapid.IntRange(1, 3).Draw(t, "constructs") {
		c := study.Construct{Title: fmt.Sprint("Construct ", i), Positive: study.Decimal(rapid.SampledFrom([]string{"75", "50", "66"}).Draw(t, "positive")),
			MinAnswered: study.Decimal(rapid.SampledFrom([]string{"0.5", "0.5", "1"}).Draw(t, "min answered")), Statistics: drawStatistics(t)}
		for range rapid.SampledFrom([]int{1, 1, 2, 2, 3}).Draw(t, "items") {
			id := fmt.Sprint("item", len(f.Items))
			item := study.Item{Title: id, Scale: rapid.SampledFrom(f.Scales.IDs()).Draw(t, "scale"), Reversed: rapid.IntRange(0, 4).Draw(t, "reversed") == 0,
				Sensitive: rapid.IntRange(0, 2).Draw(t, "sensitive") == 0, Statistics: drawStatistics(t)}
			f.Items = append(f.Items, study.Entry[study.Item]{ID: id, Value: item})
			c.Items = append(c.Items, id)
		}
		if rapid.Bool().Draw(t, "headline") {
			c.Headline = rapid.SampledFrom(c.Items).Draw(t, "headline item")
		}
		f.Constructs = append(f.Constructs, study.Entry[study.Construct]{ID: fmt.Sprint("construct", i), Value: c})
	}
}

func drawStatistics(t *rapid.T) study.Names {
	return rapid.SampledFrom([]study.Names{{"mean"}, {"mean", "median"}, {"mean", "median", "lower_quartile", "upper_quartile"}}).Draw(t, "statistics")
}

// drawPairs makes gaps and quadrants of the constructs.
func drawPairs(t *rapid.T, f *study.Framework) {
	ids := f.Constructs.IDs()
	for i := 1; i < len(ids); i++ {
		if rapid.Bool().Draw(t, "gap") {
			f.Gaps = append(f.Gaps, study.Entry[study.Gap]{ID: fmt.Sprint("gap", i), Value: study.Gap{Of: ids[0], Minus: ids[i], Statistics: study.Names{"mean", "median"}}})
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "quadrants") {
		q := study.Quadrant{Sensitive: rapid.IntRange(0, 3).Draw(t, "sensitive") == 0}
		for _, id := range ids {
			switch rapid.IntRange(0, 2).Draw(t, "side") {
			case 0:
				q.High = append(q.High, id)
			case 1:
				q.Low = append(q.Low, id)
			}
		}
		if len(q.High)+len(q.Low) > 0 {
			f.Quadrants = append(f.Quadrants, study.Entry[study.Quadrant]{ID: fmt.Sprint("quadrant", i), Value: q})
		}
	}
}

func drawChoices(t *rapid.T, f *study.Framework) {
	for i := range rapid.IntRange(0, 2).Draw(t, "choices") {
		c := study.Choice{Title: "choice", Sensitive: rapid.IntRange(0, 2).Draw(t, "sensitive") == 0}
		for j := range rapid.IntRange(2, 4).Draw(t, "options") {
			c.Options = append(c.Options, study.Entry[string]{ID: fmt.Sprint("option", j), Value: "option"})
		}
		f.Choices = append(f.Choices, study.Entry[study.Choice]{ID: fmt.Sprint("choice", i), Value: c})
	}
}

// drawVariables makes one to three variables of 2 to 60 groups, broken down by one
// at a time and crossed.
func drawVariables(t *rapid.T, f *study.Framework) []study.Breakdown {
	most := rapid.SampledFrom([]int{60, 12, 8, 6, 4}).Draw(t, "most groups")
	for i := range rapid.IntRange(1, 3).Draw(t, "variables") {
		v := study.Variable{Title: "variable"}
		for j := range rapid.IntRange(2, max(2, most)).Draw(t, "groups") {
			v.Categories = append(v.Categories, study.Entry[string]{ID: fmt.Sprint("c", j), Value: "category"})
		}
		most = min(most, 60/len(v.Categories), 6)
		f.Variables = append(f.Variables, study.Entry[study.Variable]{ID: fmt.Sprint("variable", i), Value: v})
	}
	var out []study.Breakdown
	ids := f.Variables.IDs()
	for i, id := range ids {
		if i == 0 || rapid.Bool().Draw(t, "single") {
			out = append(out, study.Breakdown{id})
		}
		if i > 0 && rapid.Bool().Draw(t, "crossed") {
			out = append(out, study.Breakdown{ids[i-1], id})
		}
	}
	if len(ids) == 3 && rapid.IntRange(0, 2).Draw(t, "three") == 0 {
		out = append(out, study.Breakdown(ids))
	}
	return out
}

// sensitive are the ids that are declared so.
func sensitive(f *study.Framework) study.Names {
	var out study.Names
	for id, x := range f.Items.All() {
		if x.Sensitive {
			out = append(out, id)
		}
	}
	for id, x := range f.Quadrants.All() {
		if x.Sensitive {
			out = append(out, id)
		}
	}
	for id, x := range f.Choices.All() {
		if x.Sensitive {
			out = append(out, id)
		}
	}
	return out
}

// drawCodebook maps most of what there is; the rest is not asked in that wave.
func drawCodebook(t *rapid.T, f *study.Framework) *study.Codebook {
	c := &study.Codebook{Version: 1}
	for i, id := range f.Items.IDs() {
		if i == 0 || rapid.IntRange(0, 7).Draw(t, "asked") > 0 {
			c.Items = append(c.Items, study.Entry[study.ItemSource]{ID: id, Value: study.ItemSource{Column: study.Names{id}, Version: 1 + rapid.IntRange(0, 9).Draw(t, "version")/9}})
		}
	}
	for id := range f.Choices.All() {
		if rapid.IntRange(0, 7).Draw(t, "asked") > 0 {
			c.Choices = append(c.Choices, study.Entry[study.ChoiceSource]{ID: id, Value: study.ChoiceSource{Columns: id, Version: 1}})
		}
	}
	for id := range f.Variables.All() {
		if rapid.IntRange(0, 9).Draw(t, "asked") > 0 {
			c.Variables = append(c.Variables, study.Entry[study.VariableSource]{ID: id, Value: study.VariableSource{Column: study.Names{id}}})
		}
	}
	return c
}
