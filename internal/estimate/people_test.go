package estimate_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// stacked are the files of several waves with the PSUs and strata that they have
// when one lies below the other: apart, if the waves are independent.
func (w *world) stacked(r estimate.Row, keys ...key) []file {
	files := make([]file, len(keys))
	clustered := true
	for i, k := range keys {
		files[i] = w.file(r, k.survey, k.wave, false)
		clustered = clustered && w.samples[k].Clustered
	}
	linked := w.meet(keys)
	for i, k := range keys {
		switch {
		case linked:
			w.rename(files[i], k, keys)
		case !clustered || keys[0].survey != k.survey:
			apart(files[i], fmt.Sprint(i, "|"))
		}
	}
	return files
}

// meet reports whether somebody answered two of the waves, which are of one survey
// or of surveys that may hold the same people.
func (w *world) meet(keys []key) bool {
	in := map[string]key{}
	for _, k := range keys {
		for _, x := range w.samples[k].Respondents {
			if x.Person == "" {
				continue
			}
			if other, seen := in[x.Person]; seen && other != k && w.mayMeet(k.survey, other.survey) {
				return true
			}
			in[x.Person] = k
		}
	}
	return false
}

func (w *world) mayMeet(a, b string) bool {
	return a == b || slices.ContainsFunc(w.study.SamePeople, func(g study.Names) bool { return slices.Contains(g, a) && slices.Contains(g, b) })
}

// rename makes PSUs of the stack: those of the wave, or persons, or the PSU of
// another wave in which the person is.
func (w *world) rename(f file, k key, keys []key) {
	for i, x := range w.samples[k].Respondents {
		f[i].stratum = x.Stratum
		switch {
		case w.samples[k].Clustered:
			f[i].psu = "PSU " + x.PSU
		case x.Person == "":
			f[i].psu = fmt.Sprint(k, i)
		default:
			f[i].psu = "person " + x.Person
			if psu, in := w.psuOf(x, keys); in {
				f[i].psu = "PSU " + psu
			}
		}
	}
}

// psuOf looks for a person among the waves that have PSUs, in the same stratum.
func (w *world) psuOf(x measuretest.Respondent, keys []key) (string, bool) {
	for _, k := range keys {
		for _, y := range w.samples[k].Respondents {
			if w.samples[k].Clustered && y.Person == x.Person && y.Stratum == x.Stratum {
				return y.PSU, true
			}
		}
	}
	return "", false
}

// averageVariance is the variance of the mean of surveys' estimates: of those that
// hang together by people from their stack, of others each its own.
func (w *world) averageVariance(r estimate.Row, keys []key, theta float64) float64 {
	v, left := 0.0, slices.Clone(keys)
	k := float64(len(keys))
	for len(left) > 0 {
		joined := left[:1:1]
		left = left[1:]
		for i := 0; i < len(left); i++ {
			if slices.ContainsFunc(joined, func(o key) bool { return w.meet([]key{o, left[i]}) }) {
				joined = append(joined, left[i])
				left = slices.Delete(slices.Clone(left), i, i+1)
				i = -1
			}
		}
		slices.SortFunc(joined, func(a, b key) int { return slices.Index(keys, a) - slices.Index(keys, b) })
		if len(joined) == 1 {
			v += w.file(r, joined[0].survey, joined[0].wave, false).mean().v / (k * k)
			continue
		}
		files, z := w.stacked(r, joined...), []float64(nil)
		for _, f := range files {
			for _, x := range f.mean().z {
				z = append(z, x/k)
			}
		}
		v += file(slices.Concat(files...)).variance(z, theta)
	}
	return v
}

// TestSharedPeopleAgreeWithASecondImplementation has people answer twice, in waves
// and surveys of any design, and within a wave.
func TestSharedPeopleAgreeWithASecondImplementation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld([]string{"s1", "s2", "s3"}, []string{"1", "2"})
		w.study.SamePeople = rapid.SampledFrom([][]study.Names{nil, {{"s1", "s2"}}, {{"s1", "s2"}, {"s2", "s3"}}, {{"s1", "s2", "s3"}}}).Draw(t, "same people")
		schema := normalise.NewSchema(w.study)
		raked := rapid.Bool().Draw(t, "raked")
		for _, v := range w.study.Surveys {
			for _, x := range v.Waves {
				s := measuretest.Draw(t, schema, 30)
				if raked && rapid.Bool().Draw(t, "rake") {
					s.Weighted = s.Weighted || s.FPC
					s.Rake(t, schema)
				}
				if rapid.IntRange(0, 9).Draw(t, "named") > 0 {
					s.Name(t, rapid.SampledFrom([]int{3, 30}).Draw(t, "names"))
				}
				w.put(v.ID, x.ID, s)
			}
		}
		rows, diags := w.estimate(t)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		const every = 12
		offset := rapid.IntRange(0, every-1).Draw(t, "offset")
		for i, r := range rows {
			if i%every == offset && r.Status == "" && (r.Contrast == "wave" || r.Contrast == "survey" || r.Survey == estimate.Average) {
				w.check(t, r)
			}
		}
	})
}
