package chart

import (
	"math"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
)

// Everything here is made up. The rows of disclosetest are drawn from a seed
// without regard to each other; those that figures set side by side are made to
// agree: gaps with their two sides, the parts of the willing with one another.

// madeUp is a release of the study whose parts agree.
func madeUp(t testing.TB, s *study.Study) *disclose.Release {
	t.Helper()
	return edited(t, s, func(k disclose.Key, base int) (float64, bool) {
		switch {
		case k.Contrast != "":
			return differing[k.Measure+" "+k.Survey+" "+k.Category], true
		case k.Survey == "average":
			return 0, false
		}
		shift := float64(len(k.Survey)) - 3.5 + float64(len(k.Category)%7) - float64(base%5)
		v, ok := agreeing[k.Measure+" "+k.Statistic+" "+k.Level]
		if k.Measure == "capacity_gap" || k.Measure == "time" || k.Measure == "barriers" {
			return v + shift, ok
		}
		return v, ok
	})
}

var agreeing = map[string]float64{
	"will mean ": 64.3, "ability mean ": 55.1, "capacity mean ": 42.3, "ability_gap mean ": 9.2, "capacity_gap mean ": 22,
	"want_more share positive": 57.3, "want_more share neutral": 19.6, "want_more share negative": 23.1, "want_more share unsure": 3.2,
	"worth_it share positive": 73.2, "worth_it share neutral": 15.8, "worth_it share negative": 11, "worth_it share unsure": 2.1,
	"skills share positive": 53, "skills share neutral": 19, "skills share negative": 28, "skills share unsure": 4,
	"confidence share positive": 39, "confidence share neutral": 21, "confidence share negative": 40, "confidence share unsure": 12,
	"time share positive": 25, "time share neutral": 17.5, "time share negative": 57.5, "time share unsure": 1.6,
	"support share positive": 16.4, "support share neutral": 14, "support share negative": 69.6, "support share unsure": 14,
	"held_back share of_high": 60.8, "unskilled share of_high": 44, "lacks_both share of_high": 31, "ready share of_high": 26.2, "held_back share ": 34.8, "unskilled share ": 25.2, "lacks_both share ": 17.8, "ready share ": 15,
	"unskilled share at_50": 12, "unskilled share at_60": 20, "unskilled share at_70": 31, "unskilled share at_80": 42, "unskilled share at_90": 55,
	"barriers share time": 54.8, "barriers share funding": 37.8, "barriers share skills": 19.4, "barriers share culture": 17.6,
}

// differing are the differences from the rest that are not 0.
var differing = map[string]float64{
	"capacity_gap rdforum ": -6, "will rdforum ": -7, "capacity rdforum ": -1, "capacity_gap rcp ": 9, "ability_gap rcp ": 1, "capacity rcp ": -9,
	"capacity_gap rcp nursing": 14, "capacity_gap rcp medical": -12}

// edited is a release of the study's made-up rows, with the estimates that value
// gives; intervals keep their widths and p-values follow.
func edited(t testing.TB, s *study.Study, value func(k disclose.Key, base int) (float64, bool)) *disclose.Release {
	t.Helper()
	rows := disclosetest.Rows(s)
	for i := range rows { // for everyone's combinations, at other thresholds: the share grows with the score
		rows[i].Unraked = number.Of(rows[i].Estimate.Or(0) + 1.3)
		if r := rows[i]; r.Unit == "percent" && r.Level == "" && r.Breakdown == "" && r.Contrast == "" && r.Survey != "average" {
			for _, at := range []string{"at_50", "at_60", "at_70", "at_80", "at_90"} {
				row := r
				row.Level = at
				rows = append(rows, row)
			}
		}
	}
	for i := range rows {
		r := &rows[i]
		v, ok := value(r.Key, r.Base)
		if !ok || r.Status != "" {
			continue
		}
		down, up := r.Estimate.Or(0)-r.Lower.Or(0), r.Upper.Or(0)-r.Estimate.Or(0)
		low, high := v-down, v+up
		if r.Unit == "percent" {
			low, high = max(low, 0), min(high, 100)
		}
		r.Estimate, r.Lower, r.Upper = number.Of(v), number.Of(low), number.Of(high)
		if r.PValue.Known() {
			r.PValue = number.Of(math.Erfc(math.Abs(v/r.SE.Or(1)) / math.Sqrt2))
		}
	}
	release, _, err := disclose.Protect(disclose.Evidence{
		ID: "3f9a1c07be42", Version: "0.1.0", Study: s, Table: disclosetest.Table(rows), Ledgers: disclosetest.Ledgers(s, 1318, 136), Rakings: rakings(s),
	})
	if err != nil {
		t.Fatal(err)
	}
	return release
}

// rakings weight the second survey's latest wave, or else the first's, to match
// a population on the study's breakdowns.
func rakings(s *study.Study) []disclose.Raking {
	v := s.Surveys[min(1, len(s.Surveys)-1)]
	var margins []weight.MarginCategory
	for _, b := range s.Breakdowns {
		variable, _ := s.Framework.Variables.Get(b[0])
		n := float64(len(variable.Categories))
		for i, c := range variable.Categories {
			before, target := (float64(i)+1)/(n*(n+1)/2), 1/n
			margins = append(margins, weight.MarginCategory{Variable: b[0], Category: c.ID, Respondents: int(before * 1000), Before: before, Target: target, After: (before + 9*target) / 10})
		}
	}
	if len(margins) == 0 {
		return nil
	}
	return []disclose.Raking{{Survey: v.ID, Wave: v.Latest().ID, Margins: margins}}
}
