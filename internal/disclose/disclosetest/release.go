// Package disclosetest makes releases for the tests of those who may only see a
// disclose.Release. Every figure is made up from a seed.
package disclosetest

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// Study returns a study like the example: three surveys of one or two waves,
// three constructs, two gaps, four quadrants, a choice and two variables.
func Study() *study.Study {
	agreement := study.Scale{
		Options:  study.Names{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"},
		Positive: study.Names{"Agree", "Strongly agree"}, Unscored: study.Names{"Unsure", "Not applicable"},
	}
	both := study.Names{"mean", "median"}
	construct := func(title, headline string, items ...string) study.Construct {
		return study.Construct{Title: title, Items: items, Headline: headline, Positive: "75", MinAnswered: "0.5", Statistics: both}
	}
	item := func(title string) study.Item {
		return study.Item{Title: title, Scale: "agreement5", Statistics: study.Names{"mean"}}
	}
	f := &study.Framework{
		Version: 1,
		Scales:  study.Map[study.Scale]{{ID: "agreement5", Value: agreement}},
		Constructs: study.Map[study.Construct]{
			{ID: "will", Value: construct("Will", "want_more", "want_more", "worth_it")},
			{ID: "ability", Value: construct("Ability", "", "skills", "confidence")},
			{ID: "capacity", Value: construct("Capacity", "time", "time", "support")},
		},
		Items: study.Map[study.Item]{
			{ID: "want_more", Value: item("Wants to be more involved in research")},
			{ID: "worth_it", Value: item("Thinks research improves care")},
			{ID: "skills", Value: item("Has the skills that research needs")},
			{ID: "confidence", Value: item("Is confident to start a study")},
			{ID: "time", Value: item("Has time for research in the working week")},
			{ID: "support", Value: item("Is supported by the organisation to do research")},
		},
		Gaps: study.Map[study.Gap]{
			{ID: "ability_gap", Value: study.Gap{Title: "Will minus ability", Of: "will", Minus: "ability", Statistics: both}},
			{ID: "capacity_gap", Value: study.Gap{Title: "Will minus capacity", Of: "will", Minus: "capacity", Statistics: both}},
		},
		Quadrants: study.Map[study.Quadrant]{
			{ID: "held_back", Value: study.Quadrant{Title: "Willing, without the capacity", High: study.Names{"will"}, Low: study.Names{"capacity"}}},
			{ID: "unskilled", Value: study.Quadrant{Title: "Willing, without the ability", High: study.Names{"will"}, Low: study.Names{"ability"}}},
			{ID: "lacks_both", Value: study.Quadrant{Title: "Willing, without either", High: study.Names{"will"}, Low: study.Names{"ability", "capacity"}}},
			{ID: "ready", Value: study.Quadrant{Title: "Willing, able and with the capacity", High: study.Names{"will", "ability", "capacity"}}},
		},
		Choices: study.Map[study.Choice]{{ID: "barriers", Value: study.Choice{Title: "What stands in the way", Options: study.Map[string]{
			{ID: "time", Value: "Lack of time"}, {ID: "funding", Value: "Lack of funding"}, {ID: "skills", Value: "Lack of skills or knowledge"}, {ID: "culture", Value: "No supportive culture"},
		}}}},
		Variables: study.Map[study.Variable]{
			{ID: "staff_group", Value: study.Variable{Title: "Staff group", Categories: study.Map[string]{
				{ID: "medical", Value: "Medical and dental"}, {ID: "nursing", Value: "Nursing and midwifery"}, {ID: "ahp", Value: "Allied health professionals"},
				{ID: "pharmacy", Value: "Pharmacy"}, {ID: "scientists", Value: "Healthcare scientists"},
			}}},
			{ID: "setting", Value: study.Variable{Title: "Setting", Categories: study.Map[string]{{ID: "rural", Value: "Rural"}, {ID: "city", Value: "City"}}}},
		},
	}
	wave := func(id string, invited int, recruitment string) *study.Wave {
		return &study.Wave{ID: id, Codebook: &study.Codebook{}, Fieldwork: study.Fieldwork{From: id + "-01-06", To: id + "-02-14", Recruitment: recruitment, Mode: "online", Invited: invited}}
	}
	return &study.Study{
		ID: "care", Title: "Will, ability and capacity for research in the NHS", Notice: "Made-up data",
		Framework: f, Confidence: 0.95, Meaningful: 5,
		Disclosure: study.Disclosure{MinBase: 10, MinCount: 5, DistributionBase: 100, Decimals: 1, KeepReleases: 5},
		Breakdowns: []study.Breakdown{{"staff_group"}, {"setting"}},
		Surveys: []*study.Survey{
			{ID: "rdforum", Title: "NHS R&D Forum", Waves: []*study.Wave{wave("2019", 0, "open"), wave("2022", 0, "open")}},
			{ID: "rcp", Title: "Royal College of Physicians", Waves: []*study.Wave{wave("2020", 8000, "census"), wave("2023", 8412, "census")}},
			{ID: "crn", Title: "NIHR Clinical Research Network", Waves: []*study.Wave{wave("2020", 0, "open")}},
		},
		Published: []study.Published{{Measure: "want_more", Statistic: "share", Level: "positive", Survey: "rcp", Wave: "2020", Estimate: "57", Base: 1137, Source: "Research for all? (RCP, 2020)"}},
	}
}

// Release returns a release of Study with made-up figures: one small category
// that is hidden, an item that one survey did not ask, and low reliability.
func Release(t testing.TB) *disclose.Release {
	t.Helper()
	return Of(t, Study())
}

// Of returns a release of any study with made-up figures.
func Of(t testing.TB, s *study.Study) *disclose.Release {
	t.Helper()
	r, _, err := disclose.Protect(disclose.Evidence{ID: "3f9a1c07be42", Version: "0.1.0", Study: s, Table: whole(s), Ledgers: ledgers(s)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func ledgers(s *study.Study) []normalise.Ledger {
	var out []normalise.Ledger
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			out = append(out, normalise.Ledger{Survey: v.ID, Wave: w.ID, File: "exports/" + v.ID + "-" + w.ID + ".csv", Platform: "qualtrics", Rows: 640, Respondents: 600,
				SetAside: []normalise.ReasonCount{{Reason: "preview", Count: 3}, {Reason: "unfinished", Count: 25}, {Reason: "duplicate", Count: 12}},
				Rejected: []normalise.RejectedCount{{Column: "Q4_2", Reason: "unknown label", Count: 7}}})
		}
	}
	return out
}

type maker struct {
	study *study.Study
	rnd   *rand.Rand
	rows  []estimate.Row
}

// Rows makes up the rows of a study: everyone, each category of each single
// breakdown, differences between waves and against the rest, and averages.
//
//gosec:disable G404 -- made-up data are to be the same again; nothing is secret
func Rows(s *study.Study) []estimate.Row {
	m := &maker{study: s, rnd: rand.New(rand.NewPCG(1, 2))}
	for _, v := range s.Surveys {
		for i, w := range v.Waves {
			m.domain(v.ID, w.ID, "", "", 600, "")
			if i > 0 {
				m.domain(v.ID, w.ID, "", "", 600, v.Waves[i-1].ID)
			}
			if i > 1 && i == len(v.Waves)-1 {
				m.domain(v.ID, w.ID, "", "", 600, v.Waves[0].ID)
			}
			for _, b := range s.Breakdowns {
				if len(b) != 1 {
					continue
				}
				variable, _ := s.Framework.Variables.Get(b[0])
				for j, c := range variable.Categories {
					base := []int{310, 180, 95, 8, 24}[j%5]
					m.domain(v.ID, w.ID, b[0], c.ID, base, "")
					m.domain(v.ID, w.ID, b[0], c.ID, base, "rest")
				}
			}
		}
	}
	m.average()
	return m.rows
}

func (m *maker) average() {
	latest := make([]string, 0, len(m.study.Surveys))
	for _, v := range m.study.Surveys {
		latest = append(latest, v.Latest().ID)
	}
	m.domain("average", strings.Join(latest, "+"), "", "", 600, "")
}

// domain makes every measure's rows for one survey, wave and category; versus
// makes them differences.
func (m *maker) domain(survey, wave, breakdown, category string, base int, versus string) {
	f := m.study.Framework
	add := func(measure, statistic, level, unit string, centre float64, baseRule string) {
		if versus != "" && statistic != "mean" && statistic != "share" {
			return
		}
		k := estimate.Key{Measure: measure, Statistic: statistic, Level: level, Survey: survey, Wave: wave, Breakdown: breakdown, Category: category}
		if versus != "" {
			k.Statistic, k.Contrast, k.Versus = "difference", "wave", versus
			if versus == "rest" {
				k.Contrast = "category"
			}
			centre = 0
		}
		m.add(k, unit, centre, base, baseRule)
	}
	for id := range f.Constructs.All() {
		add(id, "mean", "", "score", 30+50*m.rnd.Float64(), "")
		add(id, "median", "", "score", 50, "")
	}
	for id := range f.Gaps.All() {
		add(id, "mean", "", "points", 20, "")
		add(id, "median", "", "points", 25, "")
	}
	for id, item := range f.Items.All() {
		add(id, "mean", "", "score", 55, "")
		for _, level := range []string{"positive", "neutral", "negative", "unsure"} {
			add(id, "share", level, "percent", map[string]float64{"positive": 52, "neutral": 18, "negative": 30, "unsure": 6}[level], "")
		}
		scale, _ := f.Scales.Get(item.Scale)
		for i := range scale.Options {
			if versus == "" && breakdown == "" {
				add(id, "share", string(rune('1'+i)), "percent", 20, "")
			}
		}
	}
	for id := range f.Quadrants.All() {
		add(id, "share", "", "percent", 20+20*m.rnd.Float64(), "")
		add(id, "share", "of_high", "percent", 40+20*m.rnd.Float64(), "")
	}
	for id, choice := range f.Choices.All() {
		for option := range choice.Options.All() {
			add(id, "share", option, "percent", 10+50*m.rnd.Float64(), "saw")
		}
	}
}

func (m *maker) add(k estimate.Key, unit string, centre float64, base int, baseRule string) {
	row := estimate.Row{Key: k, Unit: unit, Definition: "d0c5a1", BaseRule: baseRule, Base: base, Respondents: base, Organisations: -1}
	if k.Contrast == "category" {
		row.RestBase = 600 - base
	}
	if k.Measure == "support" && k.Survey == "crn" {
		row.Status, row.Base = "x", 0
		m.rows = append(m.rows, row)
		return
	}
	row.Count = counted(k, base)
	se := 100 * 0.5 / math.Sqrt(float64(base))
	v := centre + se*m.rnd.NormFloat64()
	row.Estimate, row.SE = number.Of(v), number.Of(se)
	row.Lower, row.Upper = number.Of(v-1.96*se), number.Of(v+1.96*se)
	row.Deff, row.EffectiveBase, row.DF = number.Of(1.1), number.Of(float64(base)/1.1), number.Of(float64(base-1))
	if base < 33 {
		row.Flags = "u"
	}
	if k.Contrast == "" && k.Survey != "average" {
		row.WeightedBase = number.Of(float64(base) * (1 + float64(base)/1e4)) // larger groups weigh more
	}
	if k.Contrast != "" || unit == "points" && k.Statistic == "mean" {
		row.PValue = number.Of(math.Erfc(math.Abs(v/se) / math.Sqrt2))
	}
	m.rows = append(m.rows, row)
}

// counted are those in the numerator of a share, so that answers add up.
func counted(k estimate.Key, base int) int {
	positive, neutral := base*52/100, base*18/100
	negative := base - positive - neutral
	switch k.Level {
	case "positive":
		return positive
	case "neutral", "3":
		return neutral
	case "negative":
		return negative
	case "unsure":
		return base * 6 / 100
	case "1", "2":
		return negative/2 + negative%2*(int(k.Level[0])-'1')
	case "4", "5":
		return positive/2 + positive%2*(int(k.Level[0])-'4')
	}
	return base * 30 / 100
}

// Table puts rows into the form that disclose.Evidence takes, for tests that may
// not name its type.
func Table(rows []estimate.Row) *estimate.Table { return &estimate.Table{Rows: rows} }

// Ledgers accounts for one file a wave, of whose rows some are unfinished and
// the others respondents.
func Ledgers(s *study.Study, rows, unfinished int) []normalise.Ledger {
	var out []normalise.Ledger
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			out = append(out, normalise.Ledger{Survey: v.ID, Wave: w.ID, File: "exports/a.csv", Platform: "qualtrics", Rows: rows, Respondents: rows - unfinished,
				SetAside: []normalise.ReasonCount{{Reason: "unfinished", Count: unfinished}}})
		}
	}
	return out
}
