package estimate

import (
	"math"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// limits puts an estimate into a row's figures: standard error, limits, design
// effect and effective base. level is the confidence level.
func (r *Row) limits(e point, share bool, level float64) {
	scale := 1.0
	if share {
		scale = 100
	}
	upper := (1 - level) / 2
	r.Base = e.n
	r.Count = e.count
	r.Estimate = number.Of(scale * e.theta)
	r.EffectiveBase = number.Of(float64(e.n))
	if !e.reliable {
		r.Flags = "u"
	}
	if e.df <= 0 {
		return // one PSU: nothing is known of the error
	}
	se := math.Sqrt(e.v)
	r.SE, r.DF = number.Of(scale*se), number.Of(e.df)
	if deff, ok := e.deff(); ok {
		r.Deff, r.EffectiveBase = number.Of(deff), number.Of(float64(e.n)/deff)
	}
	t := distribution.TQuantile(upper, e.df)
	if share {
		lo, hi := wilson(e.theta, e.v, float64(e.n), t)
		r.Lower, r.Upper = number.Of(100*lo), number.Of(100*hi)
	} else {
		r.Lower, r.Upper = number.Of(e.theta-t*se), number.Of(e.theta+t*se)
	}
}

// deff is the design effect with replacement: V over S2/n (statistics.md 11).
func (e point) deff() (float64, bool) {
	if e.s2 <= 0 || e.v <= 0 {
		return 0, false
	}
	return e.v / (e.s2 / float64(e.n)), true
}

// isReliable decides the flag u: an effective base under 30, or for a share an
// interval that is too wide. An estimate with no error is not reliable.
func (e point) isReliable(share bool) bool {
	effective := float64(e.n)
	if deff, ok := e.deff(); ok {
		effective /= deff
	}
	return e.df > 0 && effective >= fewEffective && !(share && unreliable(e))
}

// fewEffective is the effective base under which a number is of low reliability,
// 30, less what rounding may take from it.
const fewEffective = 30 - 1e-9

// wilson is the interval of R 4.5's svyciprop(method = "wilson"): the score
// interval with the effective size n* = p(1-p)/V and t in place of z (Wilson
// 1927). Where p is 0 or 1 there is no variance to be had, and n* is n; where the
// whole population answered there is no error, and n* is infinite.
func wilson(p, v, n, t float64) (lo, hi float64) {
	size := n
	if p > 0 && p < 1 {
		if v == 0 {
			return p, p
		}
		size = p * (1 - p) / v
	}
	t2 := t * t
	centre := p + t2/(2*size)
	half := t / (2 * size) * math.Sqrt(4*size*p*(1-p)+t2)
	return max(0, (centre-half)/(1+t2/size)), min(1, (centre+half)/(1+t2/size))
}

// unreliable applies the width rules of Parker and others 2017 (NCHS) to a share:
// the truncated Korn-Graubard interval is 30 points wide or more, or wider than 5
// points and than 130% of the share.
func unreliable(e point) bool {
	n := float64(e.n)
	size := n
	if e.theta > 0 && e.theta < 1 && e.v > 0 {
		size = e.theta * (1 - e.theta) / e.v
	}
	const tail = 0.025
	if adjust := distribution.TQuantile(tail, max(1, n-1)) / distribution.TQuantile(tail, e.df); adjust*adjust*size < n {
		size *= adjust * adjust
	} else {
		size = n
	}
	if size < fewEffective {
		return true
	}
	// An upper bound of the width spares most shares the exact one.
	bound := widthBound(e.theta, size)
	if bound < 0.05 || bound < 0.30 && bound <= 1.30*e.theta {
		return false
	}
	lo, hi := clopperPearson(e.theta, size, tail)
	width := hi - lo
	return width >= 0.30 || width > 0.05 && width > 1.30*e.theta
}

// widthBound is no less than the width of clopperPearson's 95% interval, for sizes
// of 30 and more.
func widthBound(p, n float64) float64 { return 4.1*math.Sqrt(p*(1-p)/n) + 4/n }

// clopperPearson is the exact interval at a size that need not be whole (Korn
// and Graubard 1998).
func clopperPearson(p, n, tail float64) (lo, hi float64) {
	x := n * p
	return distribution.BetaQuantile(tail, x, n-x+1), 1 - distribution.BetaQuantile(tail, n-x, x+1)
}

// pValue is the two-sided p of a t test that the number is 0.
func pValue(e point) number.Value {
	if e.df <= 0 || e.v == 0 {
		return number.Value{}
	}
	return number.Of(distribution.TwoSided(e.theta/math.Sqrt(e.v), e.df))
}
