package survey

import "fmt"

// ReplicateKind says how replicate weights came about, and with that what scale
// their squared deviations have.
type ReplicateKind uint8

// The kinds of replicate weights. Successive differences, JK2 and Other can be
// given and not made, RaoWu and RaoWuFPC made and not given (as Bootstrap).
const (
	JK1                  ReplicateKind = iota // one PSU left out at a time, no strata
	JKn                                       // one PSU left out at a time, within its stratum
	BRR                                       // balanced half samples, two PSUs a stratum (McCarthy 1969)
	Fay                                       // the same with weights rho and 2 - rho (Judkins 1990)
	Bootstrap                                 // given: any; made: Canty and Davison (1999)
	RaoWu                                     // n_h - 1 draws of n_h, without FPC (Rao and Wu 1988)
	RaoWuFPC                                  // the same with FPC, and any number of draws
	SuccessiveDifference                      // as the American Community Survey publishes them
	JK2                                       // one of two PSUs a stratum left out
	OtherReplicates                           // scale and rscales say it all
)

// replicateNames are R's words for the kinds, where it has them.
var replicateNames = []struct {
	name string
	kind ReplicateKind
}{
	{"JK1", JK1}, {"JKn", JKn}, {"BRR", BRR}, {"Fay", Fay}, {"bootstrap", Bootstrap},
	{"subbootstrap", RaoWu}, {"rao-wu", RaoWuFPC}, {"ACS", SuccessiveDifference},
	{"successive-difference", SuccessiveDifference}, {"JK2", JK2}, {"other", OtherReplicates},
}

// ReplicateKindOf is the kind that R's survey package calls name.
func ReplicateKindOf(name string) (ReplicateKind, bool) {
	for _, k := range replicateNames {
		if k.name == name {
			return k.kind, true
		}
	}
	return 0, false
}

// String is R's word for the kind.
func (k ReplicateKind) String() string {
	for _, n := range replicateNames {
		if n.kind == k {
			return n.name
		}
	}
	return fmt.Sprintf("replicates(%d)", uint8(k))
}

// Replicates are replicate weights and how their estimates are put together:
//
//	Var = Scale sum_r RScales_r (theta_r - c)(theta_r - c)'
//
// Where they were made here they are multipliers of the weights of PSUs, and take
// no room of rows times replicates; given or adjusted ones are columns.
type Replicates struct {
	Kind    ReplicateKind
	Scale   float64
	RScales []float64 // one a replicate
	MSE     bool      // c is the full sample's estimate, not the mean of the replicates'
	Seed    uint64    // of the bootstraps made here
	// Fixed names strata that no replicate changes although they were not taken
	// whole: those with one PSU, where Lonely lets them add nothing, and in a bootstrap.
	Fixed []string
	// Unadjusted is how many replicates could not be adjusted with the others.
	Unadjusted int

	columns [][]float64 // one a replicate: the weight of each row, in full; or
	factors factors     // what each replicate makes of the weight of each PSU, and
	psu     []int32     // the PSU of each row
	psus    int
}

// factors are multipliers of the weights of PSUs.
type factors interface {
	// fill gives the multiplier of each PSU in replicate r.
	fill(r int, f []float64)
}

// Len is the number of replicates.
func (r *Replicates) Len() int { return len(r.RScales) }

// Replicates are the replicate weights of the sample, or nil where it is linearised.
func (s *Sample) Replicates() *Replicates { return s.reps }

// eachReplicate calls do with the rows' weights in each replicate in turn, 0 for
// those outside. They are overwritten by the next.
func (s *Sample) eachReplicate(do func(r int, w []float64)) {
	w, f := make([]float64, len(s.weights)), make([]float64, s.reps.psus)
	for r := range s.reps.Len() {
		s.replicate(r, w, f)
		do(r, w)
	}
}

// replicate fills w with the rows' weights in replicate r; f is room for factors.
func (s *Sample) replicate(r int, w, f []float64) {
	if s.reps.columns != nil {
		s.maskedColumn(r, w)
		return
	}
	s.reps.factors.fill(r, f)
	for k, p := range s.reps.psu {
		w[k] = s.weights[k] * f[p]
	}
}

func (s *Sample) maskedColumn(r int, w []float64) {
	copy(w, s.reps.columns[r])
	for k, in := range s.present {
		if !in {
			w[k] = 0
		}
	}
}
