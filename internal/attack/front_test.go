package attack

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// front is the attack on one survey and wave: each quantity in each domain is a
// variable of the system, as a number of respondents and, where the wave is
// weighted, as a share of all weight too.
type front struct {
	*catalogue
	*domains
	counts, weights [][]int // by domain, quantity; weights nil where everybody counts alike
	numbers         map[[3]string]estimand
	simple          bool // no sample of clusters or strata, as the rows show
}

// estimand is how a row's estimate is made: 100 times a form over a base.
type estimand struct {
	form form // nil for medians and quartiles
	base int
	item string // of a median or quartile: the item that it is of, if one
	p    float64
	ok   bool
}

// attacker is all that can be written down of a release.
type attacker struct {
	study  *study.Study
	pub    *published
	s      *system
	fronts []*front
	at     map[[2]string]*front
	lines  map[estimate.Key]line
	there  map[estimate.Key]bool // every row's key, whether it may be used or not
}

// newAttacker writes down what holds of any respondents, and what the rows for
// which use holds say.
func newAttacker(s *study.Study, pub *published, rules func(survey, wave string) []string, use func(i int) bool) *attacker {
	a := &attacker{study: s, pub: pub, s: &system{}, at: map[[2]string]*front{}, lines: map[estimate.Key]line{}, there: map[estimate.Key]bool{}}
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			f := &front{catalogue: newCatalogue(s, v, w, rules(v.ID, w.ID)), numbers: map[[3]string]estimand{}}
			f.domains = newDomains(s, func(id string) bool { return s.Asked(v.ID, w.ID, id) })
			f.simple = pub.simple(v.ID, w.ID)
			a.fronts = append(a.fronts, f)
			a.at[[2]string{v.ID, w.ID}] = f
			a.raise(f)
		}
	}
	for i, l := range pub.rows {
		a.there[l.Key] = true
		if use(i) {
			a.lines[l.Key] = l
		}
	}
	for i, l := range pub.rows {
		if use(i) {
			a.learn(l)
		}
	}
	a.learnTables()
	return a
}

// raise makes a wave's variables and the rows that always hold.
func (a *attacker) raise(f *front) {
	key := [2]string{f.survey.ID, f.wave.ID}
	all, told := a.pub.respondents[key]
	if !told {
		all = unbounded / 100
	}
	f.counts = a.variables(f, float64(all), true)
	a.relations(f, f.counts)
	n := f.counts[0][everyone]
	if told && !a.pub.weighted[key] {
		a.s.lo[n] = float64(all)
	}
	if a.pub.weighted[key] {
		f.weights = a.variables(f, 1, false)
		a.relations(f, f.weights)
		a.s.lo[f.weights[0][everyone]] = 1
	}
}

func (a *attacker) variables(f *front, most float64, whole bool) [][]int {
	out := make([][]int, len(f.domains.list))
	for d := range out {
		for _, q := range f.catalogue.list {
			out[d] = append(out[d], a.s.variable(0, most, whole && q.whole))
		}
	}
	return out
}

func (a *attacker) relations(f *front, v [][]int) {
	for d := range v {
		for _, r := range f.catalogue.relations {
			a.s.add(terms(v[d], r.form), r.lo, r.hi)
		}
	}
	for _, x := range f.additions {
		for q := range f.catalogue.list {
			sum := []term{{v[x.whole][q], -1}}
			for _, p := range x.parts {
				sum = append(sum, term{v[p][q], 1})
			}
			a.s.add(sum, 0, 0)
		}
	}
}

// terms are a form's in one domain.
func terms(v []int, f form) []term {
	out := make([]term, len(f))
	for i, p := range f {
		out[i] = term{v[p.q], p.a}
	}
	return out
}

// number finds out how a row's estimate is made.
func (f *front) number(measure, statistic, level string) estimand {
	key := [3]string{measure, statistic, level}
	n, ok := f.numbers[key]
	if !ok {
		n = f.makeNumber(measure, statistic, level)
		f.numbers[key] = n
	}
	return n
}

var quantileOf = map[string]float64{"median": 0.5, "lower_quartile": 0.25, "upper_quartile": 0.75}

func (f *front) makeNumber(measure, statistic, level string) estimand {
	n := estimand{ok: true, base: -1}
	switch f.study.Framework.KindOf(measure) {
	case study.KindItem:
		if x := f.items[measure]; x != nil {
			n.base, n.item = x.answered, measure
			if level == "unsure" {
				n.base = x.could
			}
		}
	case study.KindConstruct:
		if x := f.scores[measure]; x != nil {
			n.base = x.known
			if len(x.items) == 1 {
				n.item = x.items[0]
			}
		}
	default:
		if base, ok := f.bases[measure]; ok {
			n.base = base
		}
		if level == "of_high" {
			n.base = f.highs[measure]
		}
	}
	if n.base < 0 {
		return estimand{}
	}
	switch p, quantile := quantileOf[statistic]; {
	case quantile:
		n.p = p
	case statistic == "mean":
		n.form = f.sums[measure]
	default:
		n.form = f.catalogue.counts[measure+" "+level]
	}
	return n
}

// estimated are the variables that estimates speak of.
func (f *front) estimated() [][]int {
	if f.weights != nil {
		return f.weights
	}
	return f.counts
}

// latest reports whether the wave is the survey's last.
func (f *front) latest() bool { return f.survey.Latest() == f.wave }

// where finds the front and domain of a row, if they are known.
func (a *attacker) where(survey, wave, breakdown, category string) (*front, int, bool) {
	f := a.at[[2]string{survey, wave}]
	if f == nil {
		return nil, 0, false
	}
	d, ok := f.named[[2]string{breakdown, category}]
	return f, d, ok
}

// describe names a variable, for those who read what was found.
func (a *attacker) describe(v int) string {
	for _, f := range a.fronts {
		for _, set := range [][][]int{f.counts, f.weights} {
			for d := range set {
				if q := slices.Index(set[d], v); q >= 0 {
					return fmt.Sprint(f.survey.ID, "/", f.wave.ID, " ", f.domains.list[d].key(), " ", f.catalogue.list[q].name)
				}
			}
		}
	}
	return "variable " + strconv.Itoa(v)
}
