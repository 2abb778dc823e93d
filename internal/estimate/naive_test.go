package estimate_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/caregap/caregap/internal/measure/measuretest"
)

// This is the second implementation: statistics over respondents, straight from
// the formulas of survey sampling, without moments, cells or influences.

// person is a respondent of a file, which may hold the respondents of two waves.
type person struct {
	weight, fpc  float64
	stratum, psu string
	y            float64   // NaN outside the domain or without an answer
	design       float64   // weight before raking
	x            []float64 // indicators that the weights were raked to; nil without
}

// file is what a design is known by: every respondent, whoever is in a domain.
type file []person

// persons puts a sample into a file. Where respondents are the PSUs they have
// names of their own, in which mark keeps the waves apart.
func persons(s measuretest.Sample, mark string, y func(measuretest.Respondent) (float64, bool)) file {
	var out file
	for i, r := range s.Respondents {
		p := person{weight: r.Weight, fpc: r.FPC, stratum: r.Stratum, psu: r.PSU, y: math.NaN()}
		if !s.Clustered {
			p.psu = fmt.Sprint(mark, i)
			p.stratum = mark + p.stratum
		}
		if v, ok := y(r); ok {
			p.y = v
		}
		if s.Raked != nil {
			p.weight, p.design, p.x = r.Weight*r.Factor, r.Weight, indicators(r.Variables)
		}
		out = append(out, p)
	}
	if s.FPC && !s.Weighted {
		sampled := out.sampled()
		for i := range out {
			out[i].weight = out[i].fpc / float64(sampled[out[i].stratum])
		}
	}
	return out
}

func (p person) in() bool { return p.weight > 0 && p.y == p.y }

// sampled counts the PSUs of each stratum in the whole file.
func (f file) sampled() map[string]int {
	psus := map[string]map[string]bool{}
	for _, p := range f {
		if psus[p.stratum] == nil {
			psus[p.stratum] = map[string]bool{}
		}
		psus[p.stratum][p.psu] = true
	}
	out := map[string]int{}
	for h, names := range psus {
		out[h] = len(names)
	}
	return out
}

// mean is an estimated mean with its linearised values.
type mean struct {
	theta, s2, v, df float64
	n                int
	z                []float64 // w z of each person
}

// mean is sum wy / sum w over the domain; z = (y - mean) / W; S2 has n/(n-1).
func (f file) mean() mean {
	m := mean{z: make([]float64, len(f))}
	total, sum := 0.0, 0.0
	for _, p := range f {
		if p.in() {
			m.n++
			total += p.weight
			sum += p.weight * p.y
		}
	}
	if m.n == 0 {
		return m
	}
	m.theta = sum / total
	square := 0.0
	for i, p := range f {
		if p.in() {
			m.z[i] = p.weight * (p.y - m.theta) / total
			square += p.weight * (p.y - m.theta) * (p.y - m.theta)
		}
	}
	if m.n > 1 {
		m.s2 = square / total * float64(m.n) / float64(m.n-1)
	}
	f.residuals(m.z)
	m.v = f.variance(m.z, m.theta)
	m.df = f.df()
	return m
}

// variance is sum over h of (1-f) n/(n-1) sum over i of (t_i - tbar)^2, over all
// PSUs of the file.
func (f file) variance(wz []float64, theta float64) float64 {
	totals := map[string]map[string]float64{}
	population := map[string]float64{}
	for i, p := range f {
		if totals[p.stratum] == nil {
			totals[p.stratum] = map[string]float64{}
			population[p.stratum] = p.fpc
		}
		if p.fpc != population[p.stratum] {
			population[p.stratum] = math.Inf(1) // two waves with different frames
		}
		totals[p.stratum][p.psu] += wz[i]
	}
	v := 0.0
	for _, h := range slices.Sorted(maps.Keys(totals)) {
		n := float64(len(totals[h]))
		mean := 0.0
		for _, i := range slices.Sorted(maps.Keys(totals[h])) {
			mean += totals[h][i] / n
		}
		squares := 0.0
		for _, i := range slices.Sorted(maps.Keys(totals[h])) {
			squares += (totals[h][i] - mean) * (totals[h][i] - mean)
		}
		if n > 1 {
			v += max(0, 1-n/population[h]) * n / (n - 1) * squares
		}
	}
	if limit := 1e-9 * max(math.Abs(theta), 1e-3); v <= limit*limit {
		return 0
	}
	return v
}

// df counts the PSUs less the strata in which the domain has somebody.
func (f file) df() float64 {
	strata, psus := map[string]bool{}, map[[2]string]bool{}
	for _, p := range f {
		if p.in() {
			strata[p.stratum] = true
			psus[[2]string{p.stratum, p.psu}] = true
		}
	}
	return float64(len(psus) - len(strata))
}

// quantile is rule math: with C the cumulated weights of the sorted values, the
// last value with C at most pW if that is pW, else the next.
func (f file) quantile(p float64) float64 {
	sorted := slices.DeleteFunc(slices.Clone(f), func(p person) bool { return !p.in() })
	slices.SortStableFunc(sorted, func(a, b person) int { return cmp.Compare(a.y, b.y) })
	total := 0.0
	for _, x := range sorted {
		total += x.weight
	}
	const knife = 1e-12
	k, cumulated, at := 0, 0.0, sorted[0].weight
	for i, x := range sorted {
		cumulated += x.weight
		if cumulated <= (p+knife)*total {
			k, at = i, cumulated
		}
	}
	if p-at/total <= knife {
		return sorted[k].y
	}
	return sorted[min(k+1, len(sorted)-1)].y
}

// woodruff inverts the limits of the distribution function at the quantile.
func (f file) woodruff(p, level float64) (q, lo, hi, se, df float64) {
	q = f.quantile(p)
	below := slices.Clone(f)
	for i := range below {
		if below[i].in() {
			below[i].y = indicator(below[i].y <= q+1e-9) // equal scores may differ by rounding here
		}
	}
	m := below.mean()
	nan := math.NaN()
	if m.df <= 0 {
		return q, nan, nan, nan, m.df
	}
	t := tOf(level, m.df)
	a, b := m.theta-t*math.Sqrt(m.v), m.theta+t*math.Sqrt(m.v)
	lo, hi = nan, nan
	if a >= 0 {
		lo = f.quantile(a)
	}
	if b <= 1+1e-12 {
		hi = f.quantile(b)
	}
	return q, lo, hi, (hi - lo) / (2 * t), m.df
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func tOf(level, df float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(1 - (1-level)/2)
}

func pOf(theta, v, df float64) float64 {
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.CDF(-math.Abs(theta)/math.Sqrt(v))
}

// wilson solves |p - x| = t sqrt(x(1-x)/size) for x, as Wilson (1927) states it.
func wilson(m mean, level float64) (lo, hi float64) {
	size := float64(m.n)
	if m.theta > 0 && m.theta < 1 {
		size = m.theta * (1 - m.theta) / m.v
	}
	if math.IsInf(size, 1) {
		return m.theta, m.theta
	}
	t := tOf(level, m.df)
	a, b, c := 1+t*t/size, -(2*m.theta + t*t/size), m.theta*m.theta
	root := math.Sqrt(max(0, b*b-4*a*c))
	return max(0, (-b-root)/(2*a)), min(1, (-b+root)/(2*a))
}

// unreliable is the flag u of a mean or share.
func unreliable(m mean, share bool) bool {
	if m.df <= 0 {
		return true
	}
	size := float64(m.n)
	if m.v > 0 && m.s2 > 0 {
		size = m.s2 / m.v
	}
	const few = 30 - 1e-9
	if size < few || !share {
		return size < few
	}
	n := float64(m.n)
	size = n
	if m.theta > 0 && m.theta < 1 {
		size = m.theta * (1 - m.theta) / m.v
	}
	ratio := tOf(0.95, n-1) / tOf(0.95, m.df)
	size = min(n, size*ratio*ratio)
	x := size * m.theta
	lo, hi := 0.0, 1.0
	if x > 0 {
		lo = mathext.InvRegIncBeta(x, size-x+1, 0.025)
	}
	if size-x > 0 {
		hi = mathext.InvRegIncBeta(x+1, size-x, 0.975)
	}
	width := hi - lo
	return size < few || width >= 0.3 || width > 0.05 && width > 1.3*m.theta
}
