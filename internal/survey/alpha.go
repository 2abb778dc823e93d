package survey

import (
	"errors"
	"math"

	"github.com/caregap/caregap/internal/reliability"
)

// Alpha is Cronbach's alpha of items, on the rows that have all of them: K/(K-1)
// (1 - tr C / sum C), C being their weighted covariances, of which all add up to the
// variance of the items' sum (Cronbach 1951; R's svycralpha). It is not to be had
// where that sum is constant.
type Alpha struct{ *Covariances }

// NewAlpha is alpha of two items or more, one number a row each, NaN for missing.
// Items that are worded the other way round must have been turned before.
func NewAlpha(items ...[]float64) (*Alpha, error) {
	if len(items) < 2 {
		return nil, errors.New("reliability needs two items or more")
	}
	return &Alpha{NewCovariances(items...)}, nil
}

// Len is 1.
func (a *Alpha) Len() int { return 1 }

// Estimate gives alpha.
func (a *Alpha) Estimate(w []float64) []float64 { return estimateRows(a, a, w) }

// Linearise takes alpha as a smooth function of the covariances. R has no error of
// alpha but by replication.
func (a *Alpha) Linearise(w, theta []float64, i int, z []float64) {
	lineariseRows(a, a, w, theta, i, z)
}

func (a *Alpha) estimateAt(rows []int32, w []float64) []float64 {
	within, all := a.traceAndSum(a.Covariances.estimateAt(rows, w))
	return []float64{reliability.Alpha(len(a.of), within, all).Or(math.NaN())}
}

func (a *Alpha) traceAndSum(c []float64) (trace, all float64) {
	for i, v := range c {
		all += v
		if a.diagonal(i) {
			trace += v
		}
	}
	return trace, all
}

func (a *Alpha) diagonal(i int) bool { return i%(len(a.of)+1) == 0 }

func (a *Alpha) lineariseAt(rows []int32, w, _ []float64) func(i int, z []float64) {
	c := a.Covariances.estimateAt(rows, w)
	trace, all := a.traceAndSum(c)
	fill, one := a.Covariances.lineariseAt(rows, w, c), make([]float64, len(rows))
	k := float64(len(a.of))
	return func(_ int, z []float64) {
		clear(z)
		for i := range c {
			by := trace / (all * all)
			if a.diagonal(i) {
				by -= 1 / all
			}
			fill(i, one)
			addScaled(z, k/(k-1)*by, one)
		}
	}
}
