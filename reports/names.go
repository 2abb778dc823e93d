package reports

import (
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/bidi"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// Average is the survey id of all surveys together.
const Average = "average"

// SurveyName is the survey's title.
func SurveyName(s *study.Study, id string) string {
	if id == Average {
		return "All surveys together"
	}
	if v := s.Survey(id); v != nil {
		return v.Title
	}
	return id
}

// WaveName is a wave for people; an average's joined waves become a list.
func WaveName(wave string) string { return bidi.Isolate(strings.ReplaceAll(wave, "+", ", ")) }

// SurveyWave is a survey and its wave: "Royal College of Physicians 2023".
func SurveyWave(s *study.Study, survey, wave string) string {
	return SurveyName(s, survey) + " " + WaveName(wave)
}

// MeasureName is the title of a construct, gap, item, quadrant or choice.
func MeasureName(s *study.Study, id string) string {
	f := s.Framework
	if c, ok := f.Constructs.Get(id); ok {
		return c.Title
	}
	if i, ok := f.Items.Get(id); ok {
		return i.Title
	}
	if g, ok := f.Gaps.Get(id); ok {
		return gapName(s, g)
	}
	if q, ok := f.Quadrants.Get(id); ok {
		return quadrantName(s, q)
	}
	if c, ok := f.Choices.Get(id); ok {
		return c.Title
	}
	return id
}

func gapName(s *study.Study, g study.Gap) string {
	if g.Title != "" {
		return g.Title
	}
	return MeasureName(s, g.Of) + " minus " + Lower(MeasureName(s, g.Minus))
}

func quadrantName(s *study.Study, q study.Quadrant) string {
	if q.Title != "" {
		return q.Title
	}
	var sides []string
	if len(q.High) > 0 {
		sides = append(sides, "high on "+And(lowerNames(s, q.High)))
	}
	if len(q.Low) > 0 {
		sides = append(sides, "low on "+And(lowerNames(s, q.Low)))
	}
	return Upper(strings.Join(sides, ", "))
}

func lowerNames(s *study.Study, ids []string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = Lower(MeasureName(s, id))
	}
	return names
}

// BreakdownName is a breakdown's title; crossed ones read "Staff group and setting".
func BreakdownName(s *study.Study, breakdown string) string {
	if breakdown == "" {
		return "All respondents"
	}
	var names []string
	for id := range strings.SplitSeq(breakdown, ":") {
		name := id
		if v, ok := s.Framework.Variables.Get(id); ok {
			name = v.Title
		}
		if len(names) > 0 {
			name = Lower(name)
		}
		names = append(names, name)
	}
	return And(names)
}

// CategoryName is a category's label; crossed ones are joined by a comma.
// Organisations have no names in a release unless figures about them are shown.
func CategoryName(s *study.Study, breakdown, category string) string {
	if breakdown == "" {
		return "All respondents"
	}
	variables := strings.Split(breakdown, ":")
	if len(variables) == 1 {
		return oneCategory(s, breakdown, category)
	}
	parts := strings.Split(category, ":")
	if len(parts) != len(variables) {
		return category
	}
	for i := range parts {
		parts[i] = oneCategory(s, variables[i], parts[i])
	}
	return strings.Join(parts, ", ")
}

func oneCategory(s *study.Study, variable, category string) string {
	if v, ok := s.Framework.Variables.Get(variable); ok {
		if v.Organisation && category == disclose.Single {
			return "Single organisations"
		}
		if label, ok := v.Categories.Get(category); ok {
			return label
		}
	}
	return category
}

// LevelName is the words for a level of a share: a net, an answer, an option,
// or what a quadrant's share is of.
func LevelName(s *study.Study, measure, level string) string {
	f := s.Framework
	if c, ok := f.Choices.Get(measure); ok {
		if label, ok := c.Options.Get(level); ok {
			return label
		}
		return level
	}
	if q, ok := f.Quadrants.Get(measure); ok {
		return quadrantLevel(s, q, level)
	}
	if item, ok := f.Items.Get(measure); ok {
		return itemLevel(s, item, level)
	}
	return level
}

func quadrantLevel(s *study.Study, q study.Quadrant, level string) string {
	switch {
	case level == "":
		return "Of all respondents"
	case level == "of_high" && len(q.High) > 0:
		return "Of those high on " + Lower(MeasureName(s, q.High[0]))
	case level == "strict":
		return "Of all respondents, low meaning a negative answer"
	case strings.HasPrefix(level, "at_"):
		return "Of all respondents, high meaning a score of at least " + level[len("at_"):]
	}
	return level
}

func itemLevel(s *study.Study, item study.Item, level string) string {
	switch level {
	case "positive", "negative", "unsure":
		return Upper(level)
	case "neutral":
		return "Neither"
	}
	scale, _ := s.Framework.Scales.Get(item.Scale)
	code, err := strconv.Atoi(level)
	if err == nil && code >= 1 && code <= len(scale.Options) {
		return scale.Options[code-1]
	}
	return level
}
