package estimate

import (
	"gonum.org/v1/gonum/mat"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/multiplicity"
	"github.com/caregap/caregap/internal/number"
)

// family names the numbers of one measure over the categories of one breakdown.
type family struct{ measure, stat, level, survey, wave, breakdown string }

// categoryMeans are a family's estimates with their covariance.
type categoryMeans struct {
	categories []string
	theta      []float64
	cov        *mat.SymDense
	df         map[string]influence
	design     *design
}

// addOmnibus keeps, per measure and single-variable breakdown, the category
// estimates with their full covariance.
func (e *waveEstimator) addOmnibus(t *Table) {
	for i := range e.specs {
		s := &e.specs[i]
		if !s.contrast || e.points[i] == nil {
			continue
		}
		for g := 0; g < len(e.groups); {
			h := g
			for h < len(e.groups) && e.groups[h].breakdown == e.groups[g].breakdown {
				h++
			}
			if e.groups[g].single && e.groups[g].organisations < 0 {
				f := family{s.measure, s.statistic, s.level, e.Survey.ID, e.Wave.Wave.ID, e.groups[g].breakdown}
				t.omnibus[f] = e.categoryMeans(i, g, h)
			}
			g = h
		}
	}
}

func (e *waveEstimator) categoryMeans(i, from, to int) *categoryMeans {
	out := &categoryMeans{df: map[string]influence{}, design: e.design}
	var inf []influence
	for g := from; g < to; g++ {
		p := e.points[i][g]
		if p.df <= 0 {
			continue // nobody, or one PSU: its error is unknown, and 0 it is not
		}
		out.categories = append(out.categories, e.groups[g].category)
		out.theta = append(out.theta, p.theta)
		out.df[e.groups[g].category] = p.inf
		inf = append(inf, p.inf)
	}
	if len(inf) == 0 {
		return out
	}
	out.cov = mat.NewSymDense(len(inf), nil)
	for a := range inf {
		for b := a; b < len(inf); b++ {
			out.cov.SetSym(a, b, e.design.covariance(inf[a], inf[b]))
		}
	}
	return out
}

// test is the Wald F test that the shown categories are equal: the contrasts of
// each with the first, on (k-1, df of the shown categories together) degrees of
// freedom (R's regTermTest on svyglm's design-based covariance).
func (c *categoryMeans) test(shown func(category string) bool) number.Value {
	var keep []int
	union := c.design.newInfluence()
	for i, name := range c.categories {
		if !shown(name) {
			continue
		}
		keep = append(keep, i)
		inf := c.df[name]
		union.n += inf.n
		for u, in := range inf.in {
			union.in[u] = union.in[u] || in
		}
	}
	k := len(keep) - 1
	df := c.design.df(union)
	if k < 1 || df <= 0 {
		return number.Value{}
	}
	diff := mat.NewVecDense(k, nil)
	v := mat.NewSymDense(k, nil)
	first := keep[0]
	for a := range k {
		x := keep[a+1]
		diff.SetVec(a, c.theta[x]-c.theta[first])
		for b := a; b < k; b++ {
			y := keep[b+1]
			v.SetSym(a, b, c.cov.At(x, y)-c.cov.At(x, first)-c.cov.At(first, y)+c.cov.At(first, first))
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(v) {
		return number.Value{} // fewer PSUs than categories, or no variance at all
	}
	var solved mat.VecDense
	if err := chol.SolveVecTo(&solved, diff); err != nil {
		return number.Value{}
	}
	return number.Of(distribution.FUpper(mat.Dot(diff, &solved)/float64(k), float64(k), df))
}

// Adjust corrects the p-values of the rows that hidden does not hide, and
// returns one value a row of the table, nothing where there is no p-value.
//
// Holm's correction (Holm 1979) runs over the rows of the same measure,
// statistic, level, contrast, breakdown, survey and wave - without wave or
// survey where these are what is compared. A category's difference from the rest
// has at least the p-value of its whole breakdown, after Benjamini and Hochberg
// (1995) over the measure's breakdowns.
func (t *Table) Adjust(hidden func(row int) bool) []number.Value {
	out := make([]number.Value, len(t.Rows))
	families := map[Key][]int{}
	var order []Key
	for i := range t.Rows {
		r := &t.Rows[i]
		if !r.PValue.Known() || r.Status != "" || hidden(i) {
			continue
		}
		k := r.family()
		if families[k] == nil {
			order = append(order, k)
		}
		families[k] = append(families[k], i)
	}
	for _, k := range order {
		rows := families[k]
		p := make([]number.Value, len(rows))
		for i, r := range rows {
			p[i] = t.Rows[r].PValue
		}
		for i, adjusted := range multiplicity.Holm(p) {
			out[rows[i]] = adjusted
		}
	}
	t.applyOmnibus(out, hidden)
	return out
}

// family is the key of the rows that are corrected together.
func (r *Row) family() Key {
	k := r.Key
	k.Category, k.Versus = "", ""
	if r.Contrast != "" {
		k.Statistic = r.Stat
	}
	switch r.Contrast {
	case "wave":
		k.Wave = ""
	case "survey":
		k.Survey, k.Wave = "", ""
	}
	return k
}

// applyOmnibus raises the p-values of categories to that of their breakdown.
func (t *Table) applyOmnibus(out []number.Value, hidden func(int) bool) {
	shown := map[family]map[string]bool{}
	breakdowns := map[family][]family{}
	rowFamily := func(r *Row) family {
		return family{r.Measure, r.Stat, r.Level, r.Survey, r.Wave, r.Breakdown}
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Contrast != "category" || hidden(i) || r.Status != "" {
			continue
		}
		f := rowFamily(r)
		if shown[f] == nil {
			shown[f] = map[string]bool{}
			all := f
			all.breakdown = ""
			breakdowns[all] = append(breakdowns[all], f)
		}
		shown[f][r.Category] = true
	}
	floor := map[family]float64{}
	for _, list := range breakdowns {
		p := make([]number.Value, len(list))
		for i, f := range list {
			if c := t.omnibus[f]; c != nil {
				p[i] = c.test(func(category string) bool { return shown[f][category] })
			}
		}
		for i, v := range multiplicity.BenjaminiHochberg(p) {
			floor[list[i]] = v.Or(0)
		}
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		if v, ok := out[i].Get(); ok && r.Contrast == "category" {
			out[i] = number.Of(max(v, floor[rowFamily(r)]))
		}
	}
}
