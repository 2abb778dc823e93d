package estimate

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/personal"
	"github.com/caregap/caregap/internal/survey"
)

// design is the first stage of one wave's sample: its strata and, in the order
// of their names, the units in which totals are formed. Where respondents are
// the PSUs a unit is a whole stratum.
type design struct {
	rows   bool
	strata []stratum
	units  []unit  // by stratum name, then PSU name
	at     []int32 // position in units of the moments' unit

	calibration *calibration // nil where the weights are not raked
}

// stratum has n PSUs in the file, which are the fraction f of the population's.
type stratum struct {
	name       string
	n          int
	f          float64
	population float64 // +Inf without an FPC
}

type unit struct {
	stratum int
	name    string  // PSU
	factor  float64 // by which weights are expanded where the FPC gives them
}

// newDesign orders the units of a wave by name, so that sums never depend on
// which came first. Where the wave has no weights, its FPC gives them.
func newDesign(m *measure.Moments, names *normalise.WaveNames, weighted bool, problem reporter) *design {
	d := &design{rows: m.RowsArePSUs, at: make([]int32, len(m.Units))}
	type named struct {
		stratum, psu string
		index        int
	}
	list := make([]named, len(m.Units))
	for i, u := range m.Units {
		list[i].index = i
		if names.Strata.Len() > 0 {
			list[i].stratum = names.Strata.Text(u.Stratum)
		}
		if u.PSU >= 0 {
			list[i].psu = names.PSUs.Text(u.PSU)
		}
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.stratum, b.stratum), cmp.Compare(a.psu, b.psu))
	})
	for pos, l := range list {
		if len(d.strata) == 0 || d.strata[len(d.strata)-1].name != l.stratum {
			d.strata = append(d.strata, stratum{name: l.stratum, population: math.Inf(1)})
		}
		s := len(d.strata) - 1
		if d.rows {
			d.strata[s].n = m.Units[l.index].Rows
		} else {
			d.strata[s].n++
		}
		d.units = append(d.units, unit{stratum: s, name: l.psu, factor: 1})
		d.at[l.index] = int32(pos)
	}
	d.population(m, weighted, problem)
	d.check(problem)
	return d
}

// reporter tells of a problem with a wave's design; hint may be empty.
type reporter func(code, hint, format string, args ...any)

// called is what a stratum is called in messages.
func (s stratum) called() string {
	if s.name == "" {
		return "the sample"
	}
	return "stratum " + shown(s.name)
}

// population sets the sampling fractions. An FPC is a population number of PSUs
// (all at least 1) or a fraction (all at most 1).
func (d *design) population(m *measure.Moments, weighted bool, problem reporter) {
	size := make([]float64, len(d.strata))
	below, above := false, false
	said := map[int]bool{}
	for i, u := range m.Units {
		s := d.units[d.at[i]].stratum
		if size[s] != 0 && size[s] != u.FPC && !said[s] {
			problem("fpc-not-constant", "", "design: fpc: %s has more than one population size", d.strata[s].called())
			said[s] = true
		}
		size[s] = u.FPC
		below, above = below || u.FPC < 1, above || u.FPC > 1 && !math.IsInf(u.FPC, 1)
	}
	if len(size) == 0 || math.IsInf(size[0], 1) {
		return
	}
	switch {
	case below && above:
		problem("fpc-mixed", "", "design: fpc: some values are under 1 and some above, expected counts or fractions throughout")
		return
	case !below && !above:
		problem("fpc-ambiguous", "", "design: fpc: every value is 1, which may be a count or a fraction; drop the column where all were sampled or give counts")
		return
	}
	for s := range d.strata {
		st := &d.strata[s]
		st.f, st.population = size[s], float64(st.n)/size[s]
		if above {
			st.f, st.population = st.population, size[s]
		}
		if st.f > 1 {
			problem("fpc-too-small", "", "design: fpc: %s has %d PSUs, but a population of %g", st.called(), st.n, size[s])
		}
	}
	if weighted {
		return
	}
	for i := range d.units {
		d.units[i].factor = 1 / d.strata[d.units[i].stratum].f
	}
}

// check finds what no variance can be had for: a stratum with one PSU that was
// not taken with certainty, and a file with one PSU in all.
func (d *design) check(problem reporter) {
	total := 0
	for _, s := range d.strata {
		total += s.n
		if s.n == 1 && s.f < 1 && len(d.strata) > 1 {
			problem("lonely-psu", "put it into a similar stratum in the export's stratum column", "%s has one PSU, from which no variance can be had", s.called())
		}
	}
	if total == 1 && !d.rows {
		problem("one-psu", "design: {psu: none} makes every respondent a PSU", "all respondents are in one PSU, from which no variance can be had")
	}
}

// influence is an estimator's linearised values: per unit the sum of w z, and
// where respondents are the PSUs that of its squares. Outside the domain z is 0,
// and the units stay (Binder 1983; Lumley 2010, ch. 2).
type influence struct {
	sum, squares []float64
	in           []bool // units with a respondent of the domain and a weight above 0
	n            int    // such respondents

	fitted, cross []float64 // of raked weights: see fit
}

func (d *design) newInfluence() influence {
	inf := influence{sum: make([]float64, len(d.units)), in: make([]bool, len(d.units))}
	if d.rows {
		inf.squares = make([]float64, len(d.units))
	}
	return inf
}

// variance is the Taylor-linearised variance of an estimate, R's svyrecvar for
// one stage: the sum over strata of (1-f) n/(n-1) sum (t_i - tbar)^2, with n the
// stratum's PSUs in the whole file (Wolter 2007, ch. 6; statistics.md 3).
func (d *design) variance(inf influence) float64 { return d.covariance(inf, inf) }

// covariance is the same for two estimates of one design. Where respondents are
// the PSUs, the two must be equal or of disjoint domains.
func (d *design) covariance(a, b influence) float64 {
	total := 0.0
	for i := 0; i < len(d.units); {
		s := d.units[i].stratum
		j := i
		for j < len(d.units) && d.units[j].stratum == s {
			j++
		}
		total += d.stratumCovariance(d.strata[s], a, b, i, j)
		i = j
	}
	return total
}

func (d *design) stratumCovariance(s stratum, a, b influence, from, to int) float64 {
	if !d.rows {
		return survey.StratumCovariance(s.n, s.f, a.sum[from:to], b.sum[from:to])
	}
	if 1-s.f < 1e-7 || s.n < 2 {
		return 0
	}
	n := float64(s.n)
	factor := (1 - s.f) * n / (n - 1)
	if !same(a, b) {
		return factor * (d.products(a, b, from) - a.sum[from]*b.sum[from]/n)
	}
	squares := a.squares[from]
	about := squares - a.sum[from]*a.sum[from]/n
	if about <= 1e-12*squares {
		return 0 // all alike: what is left is rounding
	}
	return factor * about
}

// products is the sum over a unit's respondents of two linearised values, of
// disjoint domains.
func (d *design) products(a, b influence, unit int) float64 {
	if d.calibration == nil {
		return 0
	}
	return d.calibration.products(a, b, unit)
}

func same(a, b influence) bool { return &a.sum[0] == &b.sum[0] }

// df is the degrees of freedom of a domain: its PSUs less its strata, both
// counted where it has respondents (R's degf of a subset).
func (d *design) df(inf influence) float64 {
	psus, strata, last := 0, 0, -1
	for i, in := range inf.in {
		if !in {
			continue
		}
		psus++
		if d.units[i].stratum != last {
			last = d.units[i].stratum
			strata++
		}
	}
	if d.rows {
		return float64(inf.n - strata)
	}
	return float64(psus - strata)
}

// minus is the linearised difference a-b of estimates of disjoint domains.
func (d *design) minus(a, b influence) influence {
	out := d.newInfluence()
	out.n = a.n + b.n
	for i := range out.sum {
		out.sum[i] = a.sum[i] - b.sum[i]
		out.in[i] = a.in[i] || b.in[i]
		if d.rows {
			out.squares[i] = a.squares[i] + b.squares[i]
		}
	}
	if d.rows && d.calibration != nil {
		d.calibration.subtract(&out, a, b)
	}
	return out
}

// shown is a stratum's or PSU's name for messages, where it may be shown: in a wrong
// column it would be somebody's answer.
func shown(name string) string {
	if personal.Looks(name) {
		return "(a name that is not shown)"
	}
	return strconv.Quote(name)
}
