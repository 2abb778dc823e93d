package survey

import (
	"fmt"
	"math"

	"github.com/caregap/caregap/internal/interval"
)

// Proportions are shares with what their confidence limits need: the means of
// columns of 0 and 1, and the shares of the levels of categorical ones (R's
// svyciprop).
type Proportions struct {
	*Estimates
	shares []interval.Share // with the sizes that R counts
}

// Proportions estimates the shares of columns of 0 and 1, NaN for missing, and of
// the levels of categorical columns, of the rows that have all of them.
func (s *Sample) Proportions(of ...Column) (*Proportions, error) {
	if err := s.checkShares(of); err != nil {
		return nil, err
	}
	mean := NewMean(of...)
	e, err := s.Estimate(mean)
	if err != nil {
		return nil, err
	}
	observed, err := mean.Observed(s.rows())
	if err != nil {
		return nil, err
	}
	p := &Proportions{Estimates: e, shares: make([]interval.Share, len(e.Theta))}
	for i := range p.shares {
		p.shares[i] = s.share(e, i)
		p.shares[i].Dispersion = s.dispersion(e, len(observed))
	}
	return p, s.replicateLogits(mean, p.shares)
}

func (s *Sample) checkShares(of []Column) error {
	for _, k := range s.taking() {
		for _, c := range of {
			if c.codes != nil {
				continue
			}
			if x := c.numbers[k]; x != 0 && x != 1 && !math.IsNaN(x) {
				return fmt.Errorf("row %d has %v, expected 0 or 1: a share is of those with 1", k+1, x)
			}
		}
	}
	return nil
}

// share has the sizes and the degrees of freedom that R takes.
func (s *Sample) share(e *Estimates, i int) interval.Share {
	return interval.Share{P: e.Theta[i], V: e.V[i][i], DF: e.DF, N: float64(e.N), Rows: float64(s.DesignRows())}
}

// dispersion is that of R's svyglm, which is not quite n/(n-1) where answers are
// missing: weights are rescaled to a mean of 1 over all rows, and residuals scaled
// back over those that have an answer, in both cases with rows of weight 0.
func (s *Sample) dispersion(e *Estimates, observed int) float64 {
	answered, all := e.SumWeights/float64(observed), total(s.weights)/float64(s.DesignRows())
	return answered / all * besselFactor(e.N)
}

// replicateLogits are the errors of the log odds where there are replicates. Where
// one has a share of 0 or 1 the delta method has to do.
func (s *Sample) replicateLogits(mean *Mean, shares []interval.Share) error {
	if s.reps == nil {
		return nil
	}
	for i := range shares {
		e, err := s.Estimate(&logOdds{mean.columns, mean, i})
		if err != nil {
			return err
		}
		if e.Undefined == 0 {
			shares[i].LogitSE = e.SE(0).Or(0)
		}
	}
	return nil
}

// Limits are confidence limits of share i at a level between 0 and 1, by the
// degrees of freedom of the sample as given in R's reading, and of the rows that
// answered in the published one.
func (p *Proportions) Limits(i int, m interval.Method, level float64, reading interval.Reading) interval.Limits {
	share := p.shares[i]
	if reading == interval.Published {
		share.DF, share.Dispersion = p.DFObserved, besselFactor(p.N)
	}
	return share.Limits(m, level, reading)
}

// EffectiveSize is p(1-p)/V of share i: NaN at 0 and 1, infinite without variance.
func (p *Proportions) EffectiveSize(i int) float64 { return p.shares[i].Effective() }
