package disclose_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
)

// row is a number of survey rcp, wave 2023, by its measure and statistic, such as
// "want_more share positive", and its category, such as "staff_group=nursing".
func row(measure, category string, base int, change ...func(*estimate.Row)) estimate.Row {
	r := estimate.Row{Key: estimate.Key{Survey: "rcp", Wave: "2023"}, Base: base, Respondents: base, Organisations: -1, Count: base / 2}
	words := append(strings.Fields(measure), "", "")
	r.Measure, r.Statistic, r.Level = words[0], words[1], words[2]
	r.Breakdown, r.Category, _ = strings.Cut(category, "=")
	r.Estimate, r.SE, r.Lower, r.Upper = number.Of(50.123), number.Of(1.23456), number.Of(47.7), number.Of(52.5)
	r.EffectiveBase, r.Deff, r.DF = number.Of(float64(base)), number.Of(1), number.Of(float64(base-1))
	for _, f := range change {
		f(&r)
	}
	return r
}

func count(n int) func(*estimate.Row)         { return func(r *estimate.Row) { r.Count = n } }
func respondents(n int) func(*estimate.Row)   { return func(r *estimate.Row) { r.Respondents = n } }
func organisations(n int) func(*estimate.Row) { return func(r *estimate.Row) { r.Organisations = n } }
func in(survey, wave string) func(*estimate.Row) {
	return func(r *estimate.Row) { r.Survey, r.Wave = survey, wave }
}
func status(s string) func(*estimate.Row) { return func(r *estimate.Row) { r.Status, r.Base = s, 0 } }
func versus(contrast, what string, rest int) func(*estimate.Row) {
	return func(r *estimate.Row) {
		r.Stat, r.Statistic, r.Contrast, r.Versus, r.RestBase = r.Statistic, "difference", contrast, what, rest
	}
}
func average(parts ...string) func(*estimate.Row) {
	return func(r *estimate.Row) { r.Survey, r.Wave, r.Parts, r.Base = estimate.Average, "2023+2020", parts, 0 }
}

func TestHiddenRowsHoldNothing(t *testing.T) {
	p := func(r *estimate.Row) { r.PValue, r.Flags = number.Of(0.01), "u" }
	rows := []estimate.Row{row("will mean", "staff_group=medical", 8, p), row("will mean", "staff_group=nursing", 30, p), row("will mean", "staff_group=ahp", 31, p), row("ability mean", "", 0, status("x"))}
	for i := range rows {
		rows[i].Definition, rows[i].Unit = "d0c5a1", "score"
	}
	release, _ := protect(t, disclosetest.Study(), rows)
	for i, r := range release.Rows()[:4] {
		if r.Status == disclose.Shown {
			if !r.Estimate.Known() || !r.Base.Known() {
				t.Errorf("shown row without figures: %+v", r)
			}
			continue
		}
		// Every field but the keys' and words' is nothing.
		want := disclose.Row{Key: rows[i].Key, Unit: "score", Definition: "d0c5a1", Status: r.Status}
		if r != want {
			t.Errorf("got %+v, want %+v", r, want)
		}
	}
	if f := release.Figures(); f != (disclose.Figures{Published: 2, Suppressed: 2}) {
		t.Errorf("figures %+v", f)
	}
}

func TestRounding(t *testing.T) {
	figures := func(value, se, p float64) func(*estimate.Row) {
		return func(r *estimate.Row) {
			r.Estimate, r.SE, r.Lower, r.Upper = number.Of(value), number.Of(se), number.Of(value-2*se), number.Of(value+2*se)
			r.PValue, r.EffectiveBase, r.Deff, r.DF = number.Of(p), number.Of(123.456), number.Of(1.23456), number.Of(199)
		}
	}
	for _, c := range []struct {
		decimals int
		row      estimate.Row
		want     string
	}{
		{1, row("will mean", "", 200, figures(50.16, 1.2345, 0.0456)), "50.2 1.23 47.7 52.6 p 0.046 base 200 123.5 1.23 199"},
		{0, row("will mean", "", 200, figures(50.16, 1.2345, 0.0456)), "50 1.2 48 53 p 0.046 base 200 123.5 1.23 199"},
		{2, row("will mean", "", 200, figures(50.16, 1.2345, 0.0456)), "50.16 1.234 47.69 52.63 p 0.046 base 200 123.5 1.23 199"},
		{1, row("will mean", "", 200, figures(-0.04, 0.011, 1e-12)), "0 0.01 -0.1 0 p 0.001 base 200 123.5 1.23 199"},
		{1, row("will mean", "", 200, figures(0.05, 0, 0.00149)), "0.1 0 0.1 0.1 p 0.001 base 200 123.5 1.23 199"},
		{1, row("will mean", "", 200, figures(1, 1, 0.9996)), "1 1 -1 3 p 1 base 200 123.5 1.23 199"},
	} {
		s := disclosetest.Study()
		s.Disclosure.Decimals = c.decimals
		release, _ := protect(t, s, []estimate.Row{c.row})
		r := release.Rows()[0]
		got := strings.Join([]string{r.Estimate.Full(), r.SE.Full(), r.Lower.Full(), r.Upper.Full(), "p", r.PValue.Full(), "base", r.Base.Full(), r.EffectiveBase.Full(), r.Deff.Full(), r.DF.Full()}, " ")
		if got != c.want {
			t.Errorf("%d decimals: got %q, want %q", c.decimals, got, c.want)
		}
	}
}

func TestOnlyShownRowsAreAdjusted(t *testing.T) {
	p := func(v float64) func(*estimate.Row) { return func(r *estimate.Row) { r.PValue = number.Of(v) } }
	rows := []estimate.Row{
		row("capacity_gap mean", "staff_group=medical", 8, p(0.001)),
		row("capacity_gap mean", "staff_group=nursing", 20, p(0.002)), // hidden with it
		row("capacity_gap mean", "staff_group=ahp", 30, p(0.01)),
		row("capacity_gap mean", "staff_group=pharmacy", 40, p(0.04)),
		row("capacity_gap mean", "", 100, p(0.04)),
	}
	release, _ := protect(t, disclosetest.Study(), rows)
	var got []string
	for _, r := range release.Rows()[:5] {
		got = append(got, r.PAdjusted.Full())
	}
	// Holm over the two that are shown; everyone is a family of one.
	if diff := cmp.Diff([]string{"", "", "0.02", "0.04", "0.04"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestNothingToPublish(t *testing.T) {
	s := disclosetest.Study()
	for _, c := range []struct {
		rows []estimate.Row
		want error
	}{
		{[]estimate.Row{row("will mean", "", 9), row("ability mean", "", 9)}, disclose.ErrStopped},
		{[]estimate.Row{row("will mean", "", 9), row("ability mean", "", 0, status("x"))}, disclose.ErrStopped},
		{[]estimate.Row{row("will mean", "", 9), row("ability mean", "", 10)}, nil},
		{[]estimate.Row{row("will mean", "", 0, status("x"))}, nil},
	} {
		release, audit, err := disclose.Protect(disclose.Evidence{Study: s, Table: disclosetest.Table(c.rows)})
		if !errors.Is(err, c.want) || (release == nil) != (c.want != nil) {
			t.Errorf("error %v, want %v; release %v", err, c.want, release)
		}
		if audit == nil || len(audit.Rules) != len(c.rows) {
			t.Errorf("audit %+v", audit)
		}
	}
}

func TestRuleNames(t *testing.T) {
	var names []string
	for r := disclose.RuleNone; r <= disclose.RuleConsequential; r++ {
		names = append(names, fmt.Sprint(r))
	}
	if diff := cmp.Diff([]string{"", "base", "sensitive", "complement", "consequence"}, names); diff != "" {
		t.Error(diff)
	}
}

// A wave of which nothing can be shown is hidden whole; the other is published.
func TestAWaveIsHiddenWhole(t *testing.T) {
	rows := []estimate.Row{row("will mean", "", 9, in("rcp", "2020")), row("will mean", "", 400, in("rcp", "2023"))}
	r, audit, err := disclose.Protect(disclose.Evidence{Study: disclosetest.Study(), Table: disclosetest.Table(rows)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][2]string{{"rcp", "2020"}}, audit.Whole); diff != "" {
		t.Error(diff)
	}
	if f := r.Figures(); f != (disclose.Figures{Published: 1, Suppressed: 1}) {
		t.Errorf("%+v", f)
	}
}
