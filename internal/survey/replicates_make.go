package survey

import (
	"errors"
	"fmt"
	"strings"
)

// Replication says what replicate weights to make of a sample (R's as.svrepdesign).
type Replication struct {
	Kind       ReplicateKind
	MSE        bool
	Rho        float64 // Fay's, 0 <= rho < 1
	Replicates int     // of a bootstrap; at least 2
	Draws      int     // PSUs drawn of each stratum, of RaoWuFPC; 0: n_h - 1
	Seed       uint64  // of a bootstrap
}

// firstStage is what replicates rest on: the PSUs of the whole file. Strata are in
// the order of their names, and PSUs in theirs.
type firstStage struct {
	psu      []int32 // of each row
	psus     int
	strata   []psuStratum
	stratify bool // the design has strata
}

type psuStratum struct {
	name     string
	psus     []int32
	fraction float64 // f_h, 0 without FPC
}

// takenWhole is so where the FPC leaves nothing (section 3 of R's svyrecvar has
// the same bound).
func (h psuStratum) takenWhole() bool { return 1-h.fraction < 1e-7 }

// Replicate gives the sample with replicate weights in place of its design. It
// comes before any adjustment of the weights, which then is made to every
// replicate (AdjustEach); the other way round is an error, as it would leave out
// what the adjustment does to the variance.
func (s *Sample) Replicate(m Replication) (*Sample, error) {
	if err := s.canReplicate(); err != nil {
		return nil, err
	}
	reps, err := m.replicates(s.design.firstStage(), s.design.Lonely)
	if err != nil {
		return nil, err
	}
	out := *s
	out.reps = reps
	return &out, nil
}

func (m Replication) replicates(first *firstStage, lonely Lonely) (*Replicates, error) {
	reps, err := m.make(first, lonely)
	if err != nil {
		return nil, err
	}
	reps.Kind, reps.MSE, reps.psu, reps.psus = m.Kind, m.MSE, first.psu, first.psus
	return reps, nil
}

func (m Replication) make(first *firstStage, lonely Lonely) (*Replicates, error) {
	switch m.Kind {
	case JK1, JKn:
		return m.jackknife(first, lonely)
	case BRR:
		return makeHalfSamples(first, 0)
	case Fay:
		if !(m.Rho >= 0 && m.Rho < 1) {
			return nil, fmt.Errorf("rho %v: Fay's rho is at least 0 and less than 1", m.Rho)
		}
		return makeHalfSamples(first, m.Rho)
	case Bootstrap, RaoWu, RaoWuFPC:
		if m.Replicates < 2 {
			return nil, fmt.Errorf("%d replicates: a bootstrap has at least 2", m.Replicates)
		}
		return makeBootstrap(first, m)
	default:
		return nil, fmt.Errorf("replicate weights of type %v are given and not made", m.Kind)
	}
}

func (m Replication) jackknife(first *firstStage, lonely Lonely) (*Replicates, error) {
	if m.Kind == JK1 && first.stratify {
		return nil, errors.New("replicates of type JK1 are for designs without strata; those with strata have type JKn")
	}
	reps := makeJackknife(first, lonely)
	if lonely == LonelyFail && len(reps.Fixed) > 0 {
		return nil, fmt.Errorf("one PSU only in stratum %s: choose what becomes of lonely PSUs", strings.Join(reps.Fixed, ", "))
	}
	if reps.Len() == 0 {
		return nil, errNothingDrawn
	}
	if m.Kind == JK1 {
		reps.Scale, reps.RScales = asOneScale(reps.RScales)
	}
	return reps, nil
}

// asOneScale: JK1's replicates have the same scale all.
func asOneScale(rscales []float64) (float64, []float64) {
	scale := rscales[0]
	fillWith(rscales, 1)
	return scale, rscales
}
