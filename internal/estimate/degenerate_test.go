package estimate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure/measuretest"
)

// someone answers every item with the given options, in the study's order: want,
// worth, skill, trained, asked, pressed, time.
func someone(stratum, psu string, answers ...int) measuretest.Respondent {
	return measuretest.Respondent{Weight: 1, Stratum: stratum, PSU: psu, FPC: math.Inf(1), Answers: answers, Ticks: []int{0, 1}, Variables: []int{0, 0}}
}

var (
	low  = []int{0, 4, 0, 0, 0, 2, 0}
	high = []int{4, 0, 9, 4, 2, 0, 9}
)

// one estimates a study of one wave.
func one(t *testing.T, s measuretest.Sample) ([]estimate.Row, []string) {
	t.Helper()
	w := newWorld([]string{"s"}, []string{"1"})
	w.put("s", "1", s)
	rows, diags := w.estimate(t)
	var problems []string
	for _, d := range diags {
		text := d.Code + ": " + d.Message
		if d.Hint != "" {
			text += " (" + d.Hint + ")"
		}
		problems = append(problems, text)
	}
	return rows, problems
}

func find(t *testing.T, rows []estimate.Row, k estimate.Key) estimate.Row {
	t.Helper()
	k.Survey, k.Wave = "s", "1"
	for _, r := range rows {
		if r.Key == k {
			return r
		}
	}
	t.Fatalf("no row %+v", k)
	return estimate.Row{}
}

// figures are what a row has, in words that a table can hold.
type figures struct {
	Status, Flags   string
	Base            int
	Estimate        string
	SE, Deff, DF    string
	Lower, Upper    string
	EffectiveBase   string
	PValueIsMissing bool
}

func TestDegenerateCases(t *testing.T) {
	many := func(n int, make func(i int) measuretest.Respondent) measuretest.Sample {
		var s measuretest.Sample
		for i := range n {
			s.Respondents = append(s.Respondents, make(i))
		}
		return s
	}
	clustered := func(s measuretest.Sample) measuretest.Sample { s.Clustered = true; return s }
	weighted := func(s measuretest.Sample) measuretest.Sample { s.Weighted = true; return s }
	psu := func(i int) string { return string(rune('a' + i%4)) }
	positive := estimate.Key{Measure: "want", Statistic: "share", Level: "positive"}
	will := estimate.Key{Measure: "will", Statistic: "mean"}
	median := estimate.Key{Measure: "skill", Statistic: "median"}
	in := func(k estimate.Key, category string) estimate.Key {
		k.Breakdown, k.Category = "role", category
		return k
	}
	for _, c := range []struct {
		name   string
		sample measuretest.Sample
		key    estimate.Key
		want   figures
	}{
		{"nobody in the category", many(12, func(i int) measuretest.Respondent { return someone("", psu(i), low...) }), in(will, "b"),
			figures{Status: "w", PValueIsMissing: true}},
		{"nobody answered the item of a median", many(12, func(i int) measuretest.Respondent { return someone("", "", 0, 0, measuretest.Missing, 0, 0, 0, 0) }), median,
			figures{Status: "w", PValueIsMissing: true}},
		{"nobody has a weight", weighted(many(12, func(i int) measuretest.Respondent { r := someone("", "", low...); r.Weight = 0; return r })), will,
			figures{Status: "w", PValueIsMissing: true}},
		{"one respondent", many(1, func(int) measuretest.Respondent { return someone("", "", high...) }), will,
			figures{Flags: "u", Base: 1, Estimate: "100", EffectiveBase: "1", PValueIsMissing: true}},
		{"a category within one PSU", clustered(many(12, func(i int) measuretest.Respondent {
			r := someone("", psu(i), low...)
			if i%4 == 3 {
				r.Variables[0] = 1
				r.Answers = []int{i / 4, 0, i / 4, 0, 0, 0, 0}
			}
			return r
		})), in(positive, "b"), figures{Flags: "u", Base: 3, Estimate: "0", EffectiveBase: "3", PValueIsMissing: true}},
		{"the median of a category within one PSU", clustered(many(12, func(i int) measuretest.Respondent {
			r := someone("", psu(i), low...)
			if i%4 == 3 {
				r.Variables[0] = 1
				r.Answers = []int{0, 0, i, 0, 0, 0, 0}
				r.Answers[2] = i / 4
			}
			return r
		})), in(median, "b"), figures{Flags: "u", Base: 3, Estimate: "2", EffectiveBase: "3", PValueIsMissing: true}},
		// p = 0 and 1: error 0, Wilson with the base for its size: t is 2.200985 at
		// 11 degrees of freedom, and t^2/(12+t^2) is 28.7594%.
		{"a share of nothing", many(12, func(int) measuretest.Respondent { return someone("", "", low...) }), positive,
			figures{Flags: "u", Base: 12, Estimate: "0", SE: "0", DF: "11", Lower: "0", Upper: "28.7594", EffectiveBase: "12", PValueIsMissing: true}},
		{"a share of everyone", many(12, func(int) measuretest.Respondent { return someone("", "", high...) }), positive,
			figures{Flags: "u", Base: 12, Estimate: "100", SE: "0", DF: "11", Lower: "71.2406", Upper: "100", EffectiveBase: "12", PValueIsMissing: true}},
		{"one score for all", clustered(many(40, func(i int) measuretest.Respondent { return someone("", psu(i), high...) })), will,
			figures{Base: 40, Estimate: "100", SE: "0", DF: "3", Lower: "100", Upper: "100", EffectiveBase: "40", PValueIsMissing: true}},
		{"a gap that is the same for all", many(40, func(int) measuretest.Respondent { return someone("", "", 4, 0, 0, 0, 0, 0, 0) }), estimate.Key{Measure: "ability_gap", Statistic: "mean"},
			figures{Base: 40, Estimate: "100", SE: "0", DF: "39", Lower: "100", Upper: "100", EffectiveBase: "40", PValueIsMissing: true}},
		{"one median for all", many(40, func(int) measuretest.Respondent { return someone("", "", high...) }), median,
			figures{Base: 40, Estimate: "10", SE: "0", DF: "39", Lower: "10", Upper: "10", EffectiveBase: "40", PValueIsMissing: true}},
		// Two of twelve are below: the upper limit of the distribution function
		// passes 1, and there is no value to invert it to. The lower one stands.
		{"a limit of a quantile that cannot be had", many(12, func(i int) measuretest.Respondent { return someone("", "", 0, 0, i/10, 0, 0, 0, 0) }), estimate.Key{Measure: "skill", Statistic: "upper_quartile"},
			figures{Flags: "u", Base: 12, Estimate: "1", DF: "11", Lower: "1", EffectiveBase: "12", PValueIsMissing: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, problems := one(t, c.sample)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			r := find(t, rows, c.key)
			got := figures{r.Status, r.Flags, r.Base, short(r.Estimate.Fixed(4)), short(r.SE.Fixed(4)), short(r.Deff.Fixed(4)), short(r.DF.Fixed(4)),
				short(r.Lower.Fixed(4)), short(r.Upper.Fixed(4)), short(r.EffectiveBase.Fixed(4)), !r.PValue.Known()}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// short drops zeros behind the point.
func short(fixed string) string {
	if strings.Contains(fixed, ".") {
		fixed = strings.TrimRight(strings.TrimRight(fixed, "0"), ".")
	}
	return fixed
}

func TestDifferencesFromOnePSUHaveNoError(t *testing.T) {
	s := measuretest.Sample{Clustered: true}
	for i := range 24 {
		r := someone("", string(rune('a'+i%6)), i%5, 0, i%10, i%5, i%3, i%3, i%10)
		if i%6 == 5 {
			r.Variables[0] = 1 // all of b, and nobody else, in one PSU
		}
		s.Respondents = append(s.Respondents, r)
	}
	rows, _ := one(t, s)
	for _, category := range []string{"a", "b"} {
		r := find(t, rows, estimate.Key{Measure: "will", Statistic: "difference", Breakdown: "role", Category: category, Contrast: "category", Versus: "rest"})
		if !r.Estimate.Known() || r.SE.Known() || r.Lower.Known() || r.PValue.Known() || r.Flags != "u" {
			t.Errorf("%s against the rest: %+v", category, r)
		}
	}
}

func TestDesignsWithoutAVariance(t *testing.T) {
	// Two strata of two PSUs, but for what a case changes.
	sample := func(change func(i int, r *measuretest.Respondent)) measuretest.Sample {
		s := measuretest.Sample{Stratified: true, Clustered: true, FPC: true}
		for i := range 8 {
			r := someone([]string{"north", "south"}[i%2], []string{"a", "b", "c", "d"}[i%4], i%5, 0, i, 0, 0, 0, 0)
			r.FPC = 20
			change(i, &r)
			s.Respondents = append(s.Respondents, r)
		}
		return s
	}
	fpc := func(values ...float64) measuretest.Sample { // by stratum
		return sample(func(i int, r *measuretest.Respondent) { r.FPC = values[i%2] })
	}
	lonely := func(population float64) measuretest.Sample { // the south has d alone
		return sample(func(i int, r *measuretest.Respondent) {
			if i%2 == 1 {
				r.PSU, r.FPC = "d", population
			}
		})
	}
	for _, c := range []struct {
		name   string
		sample measuretest.Sample
		want   []string // beginnings
	}{
		{"sound", sample(func(int, *measuretest.Respondent) {}), nil},
		{"a stratum with one PSU", lonely(20), []string{`lonely-psu: survey "s", wave "1": stratum "south" has one PSU, from which no variance can be had (put it into a similar stratum`}},
		{"a stratum with one PSU, taken with certainty", lonely(1), nil},
		{"one PSU", measuretest.Sample{Clustered: true, Respondents: []measuretest.Respondent{someone("", "a", low...), someone("", "a", high...)}},
			[]string{`one-psu: survey "s", wave "1": all respondents are in one PSU, from which no variance can be had (design: {psu: none} makes every respondent a PSU)`}},
		{"fpc as counts, one stratum taken whole", fpc(2, 20), nil},
		{"fpc as fractions", fpc(0.1, 0.5), nil},
		{"fpc as fractions, one stratum taken whole", fpc(0.1, 1), nil},
		{"fpc as counts and fractions", fpc(0.1, 20), []string{`fpc-mixed: survey "s", wave "1": design: fpc: some values are under 1 and some above`}},
		{"fpc that is 1 throughout", fpc(1, 1), []string{`fpc-ambiguous: survey "s", wave "1": design: fpc: every value is 1`}},
		{"a population smaller than the sample", fpc(20, 1.5), []string{`fpc-too-small: survey "s", wave "1": design: fpc: stratum "south" has 2 PSUs, but a population of 1.5`}},
		{"fpc that differs within a stratum", sample(func(i int, r *measuretest.Respondent) { r.FPC = 20 + float64(i%4/2) }),
			[]string{`fpc-not-constant: survey "s", wave "1": design: fpc: stratum "north" has more than one population size`, `fpc-not-constant: survey "s", wave "1": design: fpc: stratum "south"`}},
		{"fpc that differs within a PSU", sample(func(i int, r *measuretest.Respondent) { r.FPC = 20 + float64(i/4) }),
			[]string{`fpc-not-constant: survey "s", wave "1": design: fpc differs within stratum "north"`, `fpc-not-constant: survey "s", wave "1": design: fpc differs within stratum "south"`}},
		{"a PSU in two strata", sample(func(i int, r *measuretest.Respondent) {
			if i == 7 {
				r.PSU = "a"
			}
		}), []string{`psu-in-two-strata: survey "s", wave "1": PSU "a" is in strata "north" and "south", expected in one`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, problems := one(t, c.sample)
			if len(problems) != len(c.want) {
				t.Fatalf("problems %q, want %q", problems, c.want)
			}
			for i, want := range c.want {
				if !strings.HasPrefix(problems[i], want) {
					t.Errorf("problem %q, want %q", problems[i], want)
				}
			}
			if (len(rows) > 0) != (len(c.want) == 0) {
				t.Errorf("%d rows beside problems %q", len(rows), problems)
			}
		})
	}
}

// A fraction, or counts, say the same.
func TestFPCAsCountOrFraction(t *testing.T) {
	var rows [2][]estimate.Row
	for i, fpc := range []float64{16, 0.25} {
		s := measuretest.Sample{FPC: true, Clustered: true}
		for j := range 20 {
			r := someone("", string(rune('a'+j%4)), j%5, 1, j%10, 1, 1, 1, j%7)
			r.FPC = fpc
			s.Respondents = append(s.Respondents, r)
		}
		rows[i], _ = one(t, s)
	}
	if diff := cmp.Diff(rows[0], rows[1], valuesEqual); diff != "" {
		t.Error(diff)
	}
	if len(rows[0]) == 0 {
		t.Error("no rows")
	}
}
