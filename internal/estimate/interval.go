package estimate

import (
	"math"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/interval"
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
		lo, hi := interval.Wilson(e.theta, e.v, float64(e.n), t)
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
	return e.df > 0 && effective >= interval.FewEffective && !(share && e.unreliable())
}

// unreliable applies the width rules of the NCHS to a share.
func (e point) unreliable() bool {
	s := interval.Share{P: e.theta, V: e.v, DF: e.df, N: float64(e.n)}
	return s.Unreliable()
}

// pValue is the two-sided p of a t test that the number is 0.
func pValue(e point) number.Value {
	if e.df <= 0 || e.v == 0 {
		return number.Value{}
	}
	return number.Of(distribution.TwoSided(e.theta/math.Sqrt(e.v), e.df))
}
