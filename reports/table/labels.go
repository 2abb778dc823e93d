package table

import (
	"strings"

	"github.com/caregap/caregap/internal/bidi"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// Label is the words for an id, or for a level under an id: a wave of a survey,
// an answer to an item, an option of a choice, a category of a variable. The
// codes of estimates.csv's own columns have the column's name as id.
type Label struct {
	ID    string `csv:"id"`
	Level string `csv:"level"`
	Label string `csv:"label"`
}

func labelsCSV(labels []Label) ([]byte, error) {
	safe := make([]Label, len(labels))
	for i, l := range labels {
		safe[i] = Label{Safe(l.ID), Safe(l.Level), Safe(bidi.Bare(l.Label))}
	}
	return marshal(safe)
}

// Labels are the words for every id and code of a release, in a fixed order
// and each once.
func Labels(r *disclose.Release) []Label {
	s := r.Study()
	l := &labels{seen: map[Label]bool{}}
	for _, v := range s.Surveys {
		l.add(v.ID, "", v.Title)
		for _, w := range v.Waves {
			l.add(v.ID, w.ID, reports.SurveyWave(s, v.ID, w.ID))
		}
	}
	l.add(reports.Average, "", reports.SurveyName(s, reports.Average))
	l.framework(s)
	for row := range r.All() {
		l.row(s, row)
	}
	l.codes()
	return l.list
}

type labels struct {
	list []Label
	seen map[Label]bool
}

func (l *labels) add(id, level, label string) {
	x := Label{id, level, label}
	if l.seen[x] {
		return
	}
	l.seen[x] = true
	l.list = append(l.list, x)
}

func (l *labels) framework(s *study.Study) {
	f := s.Framework
	for _, ids := range [][]string{f.Constructs.IDs(), f.Gaps.IDs(), f.Quadrants.IDs(), f.Items.IDs(), f.Choices.IDs()} {
		for _, id := range ids {
			l.add(id, "", reports.MeasureName(s, id))
		}
	}
	for id, v := range f.Variables.All() {
		l.add(id, "", v.Title)
		for category, title := range v.Categories.All() {
			l.add(id, category, title)
		}
	}
}

// row adds the words for what a row's keys name and the framework does not list:
// levels, crossed breakdowns, organisations.
func (l *labels) row(s *study.Study, row disclose.Row) {
	if row.Level != "" {
		l.add(row.Measure, row.Level, reports.LevelName(s, row.Measure, row.Level))
	}
	if row.Survey == reports.Average {
		l.add(row.Survey, row.Wave, reports.SurveyWave(s, row.Survey, row.Wave))
	}
	if row.Breakdown == "" {
		return
	}
	if strings.Contains(row.Breakdown, ":") {
		l.add(row.Breakdown, "", reports.BreakdownName(s, row.Breakdown))
	}
	l.add(row.Breakdown, row.Category, reports.CategoryName(s, row.Breakdown, row.Category))
}

// codes adds the words for the codes of estimates.csv's own columns.
func (l *labels) codes() {
	for _, x := range []Label{
		{"statistic", "mean", "Mean"}, {"statistic", "median", "Median"}, {"statistic", "lower_quartile", "Lower quartile"},
		{"statistic", "upper_quartile", "Upper quartile"}, {"statistic", "share", "Share"}, {"statistic", "difference", "Difference"},
		{"contrast", "wave", "This wave minus an earlier one"}, {"contrast", "survey", "This survey minus another"},
		{"contrast", "category", "This group minus the rest"}, {"versus", "rest", "Everyone else who named a group"},
		{"unit", "score", "Score from 0 to 100"}, {"unit", "points", "Points on a scale of 0 to 100"},
		{"unit", "percent", "Percent"}, {"unit", "scale", "On the question's own scale"},
		{"base_rule", "saw", "Those who saw the question"}, {"base_rule", "ticked_any", "Those who ticked at least one answer"},
	} {
		l.add(x.ID, x.Level, x.Label)
	}
	for _, code := range reports.Codes() {
		column := "status"
		if code == disclose.LowReliability || code == disclose.Revised {
			column = "flags"
		}
		l.add(column, code, reports.Upper(reports.Code(code)))
	}
}
