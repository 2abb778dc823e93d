package survey

import "math"

// logOdds is log p/(1-p) of one of the means of columns of 0 and 1.
type logOdds struct {
	columns
	mean *Mean
	i    int
}

func (l *logOdds) Len() int { return 1 }

func (l *logOdds) Estimate(w []float64) []float64 { return l.of(l.mean.Estimate(w)) }

// of has nothing for shares that are 0 or 1 but for rounding.
func (l *logOdds) of(p []float64) []float64 {
	if q := 1 - p[l.i]; p[l.i] > knifeEdge && q > knifeEdge {
		return []float64{math.Log(p[l.i] / q)}
	}
	return []float64{math.NaN()}
}

// Linearise is the delta method's.
func (l *logOdds) Linearise(w, _ []float64, _ int, z []float64) {
	p := l.mean.Estimate(w)
	l.mean.Linearise(w, p, l.i, z)
	for k := range z {
		z[k] /= p[l.i] * (1 - p[l.i])
	}
}

// Sums, Add and Of make the log odds of weighted sums.
func (l *logOdds) Sums() int { return l.mean.Sums() }

func (l *logOdds) Add(k int, w float64, sums []float64) { l.mean.Add(k, w, sums) }

func (l *logOdds) Of(sums []float64) []float64 { return l.of(l.mean.Of(sums)) }
