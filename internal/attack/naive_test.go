package attack

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports/table"
)

// naive is a release that hides what must not be shown and nothing else: no
// complements, and of a sensitive share that share alone. Nobody publishes that; it
// is what an attacker of any use must break.
func (w *world) naive() *published {
	return w.printed(func(r estimate.Row) bool { return r.Survey != estimate.Average && w.secret(r) != open })
}

// open is a release that hides nothing.
func (w *world) open() *published { return w.printed(func(estimate.Row) bool { return false }) }

// printed prints the unprotected table but for the rows that hide is true of.
func (w *world) printed(hide func(r estimate.Row) bool) *published {
	rows := make([]table.EstimateRow, len(w.table.Rows))
	d := w.study.Disclosure
	for i, r := range w.table.Rows {
		x := table.EstimateRow{Measure: r.Measure, Statistic: r.Statistic, Level: r.Level, Survey: r.Survey, Wave: r.Wave, Breakdown: r.Breakdown, Category: r.Category,
			Contrast: r.Contrast, Versus: r.Versus, Unit: r.Unit, Definition: r.Definition, BaseRule: r.BaseRule, Status: r.Status}
		switch {
		case x.Status != "":
		case hide(r):
			x.Status = disclose.Confidential
		default:
			x.Estimate, x.SE, x.DF = r.Estimate.Fixed(d.Decimals), r.SE.Fixed(d.Decimals+1), r.DF.Fixed(0)
			x.Lower, x.Upper, x.EffectiveBase = r.Lower.Fixed(d.Decimals), r.Upper.Fixed(d.Decimals), r.EffectiveBase.Fixed(1)
			if r.Survey != estimate.Average {
				x.Base = number.Of(float64(r.Base)).Fixed(0)
			}
		}
		rows[i] = x
	}
	data, err := table.EstimatesCSV(rows)
	if err != nil {
		panic(err)
	}
	out := &published{rows: read(data), respondents: map[[2]string]int{}, weighted: map[[2]string]bool{}}
	for _, x := range w.waves {
		key := [2]string{x.survey.ID, x.wave.ID}
		out.respondents[key] = len(x.sample.Respondents)
		out.weighted[key] = x.sample.Weighted || x.sample.Raked != nil
	}
	return out
}

// releases are a world's naive release and, unless protection stops it, its real
// one.
func (w *world) releases(t testing.TB) []*published {
	t.Helper()
	out := []*published{w.naive()}
	if pub, err := w.publish(); err == nil {
		out = append(out, pub)
	}
	return out
}

// attacker prepares an attack on a release.
func (w *world) attacker(pub *published) *attacker {
	return newAttacker(w.study, pub, w.rules, func(int) bool { return true })
}

// rules are the base rules of a wave's choices, which its rows tell.
func (w *world) rules(survey, wave string) []string {
	for _, x := range w.waves {
		if x.survey.ID == survey && x.wave.ID == wave {
			return x.baseRule
		}
	}
	return nil
}
