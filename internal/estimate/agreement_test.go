package estimate_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// key is a survey and a wave of it.
type key struct{ survey, wave string }

// world is a study with a sample for each survey and wave.
type world struct {
	study   *study.Study
	samples map[key]measuretest.Sample
	// firstNames are names of PSUs that get the first ids, as they may where
	// goroutines race for them.
	firstNames []string
}

func newWorld(surveys, waves []string) *world {
	return &world{study: measuretest.Study(surveys, waves), samples: map[key]measuretest.Sample{}}
}

// put gives a wave its sample. A weight that the codebook maps is what tells a
// design with weights of its own from one that the population sizes weight.
func (w *world) put(survey, wave string, s measuretest.Sample) {
	w.samples[key{survey, wave}] = s
	if s.Weighted {
		w.study.Survey(survey).Wave(wave).Codebook.Design.Weight = study.Names{"weight"}
	}
}

// estimate runs the samples through measure and estimate.
func (w *world) estimate(t interface {
	Helper()
	Fatal(...any)
}) ([]estimate.Row, []diag.Diagnostic) {
	t.Helper()
	table, diags := w.table(t)
	return table.Rows, diags
}

func (w *world) table(t interface {
	Helper()
	Fatal(...any)
}) (*estimate.Table, []diag.Diagnostic) {
	t.Helper()
	plan := measure.NewPlan(normalise.NewSchema(w.study))
	var waves []estimate.Wave
	for _, v := range w.study.Surveys {
		for _, x := range v.Waves {
			s := w.samples[key{v.ID, x.ID}]
			in := estimate.Wave{Survey: v, Wave: x, Names: normalise.NewWaveNames(plan.Schema), Moments: plan.NewMoments(!s.Clustered), Kept: &measure.Kept{Plan: plan, Linked: true}, BaseRule: []string{"saw"}}
			if s.Raked != nil {
				in.Raking = s.Raked
			}
			for _, name := range w.firstNames {
				in.Names.PSUs.ID(name)
			}
			for _, b := range s.Blocks(plan.Schema, in.Names, len(s.Respondents)/2) {
				in.Moments.Add(b, plan.Prepare(b, nil))
				in.Kept.Add(b, in.Moments)
			}
			waves = append(waves, in)
		}
	}
	diags := &diag.List{}
	table, err := estimate.Estimate(context.Background(), w.study, waves, diags)
	if err != nil {
		t.Fatal(err)
	}
	return table, diags.Sorted()
}

// values says what a row's number is about: each respondent's value, if they are
// in the row's base. rest takes everyone else who named a category.
func (w *world) values(r estimate.Row, rest bool) func(measuretest.Respondent) (float64, bool) {
	f := w.study.Framework
	statistic := r.Statistic
	if r.Stat != "" {
		statistic = r.Stat
	}
	return func(x measuretest.Respondent) (float64, bool) {
		if r.Breakdown != "" {
			named, own := true, true
			categories := strings.Split(r.Category, ":")
			for i, id := range strings.Split(r.Breakdown, ":") {
				v, _ := f.Variables.Get(id)
				c := x.Variables[f.Variables.Index(id)]
				named = named && c >= 0
				own = own && c == v.Categories.Index(categories[i])
			}
			if !named || own == rest {
				return 0, false
			}
		}
		return measuretest.Value(f, x, r.Measure, statistic, r.Level)
	}
}

func (w *world) file(r estimate.Row, survey, wave string, rest bool) file {
	return persons(w.samples[key{survey, wave}], wave+"|", w.values(r, rest))
}

// difference is a minus b, of persons of one file or of two.
func difference(whole file, a, b mean, z []float64) mean {
	d := mean{theta: a.theta - b.theta, n: a.n + b.n, df: whole.df()}
	d.v = whole.variance(z, d.theta)
	if a.df <= 0 || b.df <= 0 {
		d.df = 0
	}
	return d
}

// expect is the number that a row should hold.
func (w *world) expect(r estimate.Row) (m mean, unreliableSide bool) {
	share := r.Statistic == "share" || r.Stat == "share"
	latest := func(survey string) string {
		if v := w.study.Survey(survey); v != nil {
			return v.Latest().ID
		}
		return ""
	}
	one := func(survey, wave string) (mean, bool) {
		x := w.file(r, survey, wave, false).mean()
		return x, unreliable(x, share)
	}
	switch {
	case r.Survey == estimate.Average:
		m.df = 0
		estimable := true
		var keys []key
		for _, v := range r.Parts {
			p, u := one(v, latest(v))
			m.theta += p.theta / float64(len(r.Parts))
			m.df += p.df
			estimable = estimable && p.df > 0
			unreliableSide = unreliableSide || u
			keys = append(keys, key{v, latest(v)})
		}
		m.v = w.averageVariance(r, keys, m.theta)
		if !estimable {
			m.df = 0
		}
	case r.Contrast == "category":
		own, rest := w.file(r, r.Survey, r.Wave, false), w.file(r, r.Survey, r.Wave, true)
		a, b := own.mean(), rest.mean()
		whole, z := slices.Clone(own), slices.Clone(a.z)
		for i := range whole {
			z[i] -= b.z[i]
			if rest[i].in() {
				whole[i].y = rest[i].y
			}
		}
		m, unreliableSide = difference(whole, a, b, z), unreliable(a, share) || unreliable(b, share)
	case r.Contrast != "":
		before := key{r.Versus, latest(r.Versus)}
		if r.Contrast == "wave" {
			before = key{r.Survey, r.Versus}
		}
		files := w.stacked(r, before, key{r.Survey, r.Wave})
		a, b := w.file(r, r.Survey, r.Wave, false).mean(), w.file(r, before.survey, before.wave, false).mean()
		z := slices.Clone(b.z)
		for i := range z {
			z[i] = -z[i]
		}
		m, unreliableSide = difference(slices.Concat(files...), a, b, append(z, a.z...)), unreliable(a, share) || unreliable(b, share)
	default:
		m, unreliableSide = one(r.Survey, r.Wave)
	}
	return m, unreliableSide
}

// apart keeps two files from having strata in common.
func apart(f file, mark string) file {
	for i := range f {
		f[i].stratum = mark + f[i].stratum
	}
	return f
}

// check holds one row against the second implementation.
func (w *world) check(t *rapid.T, r estimate.Row) {
	if q, ok := map[string]float64{"median": 0.5, "lower_quartile": 0.25, "upper_quartile": 0.75}[r.Statistic]; ok {
		w.checkQuantile(t, r, q)
		return
	}
	m, unreliable := w.expect(r)
	scale, share := 1.0, r.Statistic == "share" || r.Stat == "share"
	if share {
		scale = 100
	}
	same(t, r, "estimate", r.Estimate, scale*m.theta, scale)
	if r.Survey != estimate.Average && r.Base != m.n {
		t.Fatalf("%+v: base %d, want %d", r.Key, r.Base, m.n)
	}
	if (r.Flags == "u") != unreliable {
		t.Fatalf("%+v: flags %q, want unreliable %t; %+v", r.Key, r.Flags, unreliable, m)
	}
	w.checkWeightedBase(t, r)
	nan := math.NaN()
	if m.df <= 0 {
		for name, v := range map[string]number.Value{"se": r.SE, "lower": r.Lower, "upper": r.Upper, "df": r.DF, "p": r.PValue, "deff": r.Deff} {
			same(t, r, name, v, nan, 1)
		}
		return
	}
	se := math.Sqrt(m.v)
	same(t, r, "se", r.SE, scale*se, scale)
	same(t, r, "df", r.DF, m.df, 1)
	deff := nan
	if r.Contrast == "" && r.Survey != estimate.Average && m.v > 0 {
		deff = m.v * float64(m.n) / m.s2
	}
	same(t, r, "deff", r.Deff, deff, 1)
	lo, hi := m.theta-tOf(0.95, m.df)*se, m.theta+tOf(0.95, m.df)*se
	if r.Statistic == "share" {
		lo, hi = wilson(m, 0.95)
		if r.Survey == estimate.Average && m.v == 0 {
			lo, hi = nan, nan
		}
	}
	same(t, r, "lower", r.Lower, scale*lo, scale)
	same(t, r, "upper", r.Upper, scale*hi, scale)
	p := nan
	if m.v > 0 && (r.Contrast != "" || strings.HasSuffix(r.Measure, "_gap")) {
		p = pOf(m.theta, m.v, m.df)
	}
	same(t, r, "p", r.PValue, p, 1)
}

func (w *world) checkQuantile(t *rapid.T, r estimate.Row, p float64) {
	f := w.file(r, r.Survey, r.Wave, false)
	if n := f.mean().n; n != r.Base {
		t.Fatalf("%+v: base %d, want %d", r.Key, r.Base, n)
	}
	q, lo, hi, se, df := f.woodruff(p, 0.95)
	same(t, r, "estimate", r.Estimate, q, 1)
	same(t, r, "lower", r.Lower, lo, 1)
	same(t, r, "upper", r.Upper, hi, 1)
	same(t, r, "se", r.SE, se, 1)
	if df > 0 {
		same(t, r, "df", r.DF, df, 1)
	}
}

// same compares to 1e-9 of the number or its scale, whichever is larger; NaN is
// no number at all.
func same(t *rapid.T, r estimate.Row, what string, got number.Value, want, scale float64) {
	t.Helper()
	g, ok := got.Get()
	switch {
	case !ok && want != want:
	case !ok || want != want || math.Abs(g-want) > 1e-9*max(math.Abs(want), scale):
		t.Fatalf("%+v: %s %v (known %t), want %v", r.Key, what, g, ok, want)
	}
}

func TestEstimatesAgreeWithASecondImplementation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld([]string{"s1", "s2"}, []string{"1", "2"})
		schema := normalise.NewSchema(w.study)
		for _, v := range w.study.Surveys {
			for _, x := range v.Waves {
				w.put(v.ID, x.ID, measuretest.Draw(t, schema, 40))
			}
		}
		rows, diags := w.estimate(t)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		seen := map[string]int{}
		const every = 12 // a share of the rows each time, for speed
		offset := rapid.IntRange(0, every-1).Draw(t, "offset")
		for i, r := range rows {
			seen[r.Statistic+r.Contrast]++
			if r.Survey == estimate.Average {
				seen[r.Survey]++
			}
			if i%every != offset {
				continue
			}
			if r.Status == "w" {
				if n := w.file(r, r.Survey, r.Wave, false).mean().n; n != 0 {
					t.Fatalf("%+v: nobody, but there are %d", r.Key, n)
				}
				continue
			}
			w.check(t, r)
		}
		for _, kind := range []string{"mean", "median", "lower_quartile", "share", "differencewave", "differencesurvey", "differencecategory", "average"} {
			if seen[kind] == 0 {
				t.Fatalf("no row of kind %s among %v", kind, seen)
			}
		}
	})
}
