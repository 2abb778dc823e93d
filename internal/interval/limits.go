package interval

import (
	"math"
	"slices"

	"github.com/caregap/caregap/internal/number"
)

// Method is a way to confidence limits of a share.
type Method uint8

// The methods, by R's names for svyciprop. Logit is XLogit with the error that
// replicates give the log odds, where there are replicates. Truncated is Beta at
// no more than the number of answers (SAS and the NCHS standards).
const (
	Mean Method = iota
	Logit
	XLogit
	Asin
	Beta
	Truncated
	Wilsons
	Likelihood
)

// Names are the methods' names, by Method.
var Names = []string{"mean", "logit", "xlogit", "asin", "beta", "korn_graubard_truncated", "wilson", "likelihood"}

// Parse finds a method by its name.
//
//gosec:disable G115 -- an index into a list of a few names
func Parse(name string) (Method, bool) {
	at := slices.Index(Names, name)
	return Method(max(at, 0)), at >= 0
}

func (m Method) String() string { return Names[m] }

// Reading says by whose rules limits are to be read where R prints some that a
// reader should not see.
type Reading uint8

const (
	// Published limits stay within 0 and 1 and count only answers.
	Published Reading = iota
	// AsInR is for comparison with R.
	AsInR
)

// Limits are the ends of an interval, nothing where there are none.
type Limits struct {
	Lower, Upper number.Value
	Note         string // why there are none, or what was done to them
}

// The notes that Limits carry.
const (
	NoDF       = "no degrees of freedom"
	NoVariance = "no variance information"
	Clipped    = "clipped to 0 and 1"
)

// Limits are the share's limits at a level between 0 and 1.
func (s Share) Limits(m Method, level float64, reading Reading) Limits {
	tail := (1 - level) / 2
	switch {
	case math.IsNaN(s.P):
		return Limits{}
	case !(s.DF > 0):
		return Limits{Note: NoDF}
	case s.certain():
		return s.limitsOfCertain(m, tail, reading)
	case s.V == 0:
		return limits(s.P, s.P, "")
	}
	lo, hi := s.ends(m, tail, reading)
	if reading == Published && (lo < 0 || hi > 1) {
		return limits(max(lo, 0), min(hi, 1), Clipped)
	}
	return limits(lo, hi, "")
}

func limits(lo, hi float64, note string) Limits {
	return Limits{number.Of(lo), number.Of(hi), note}
}

func (s Share) ends(m Method, tail float64, reading Reading) (lo, hi float64) {
	switch m {
	case Mean:
		return s.wald(tail)
	case Logit:
		if s.LogitSE > 0 {
			return s.logit(tail, s.LogitSE)
		}
		return s.logit(tail, s.deltaLogitSE())
	case XLogit:
		return s.logit(tail, s.deltaLogitSE())
	case Asin:
		return s.asin(tail, reading == Published)
	case Beta:
		if reading == AsInR {
			return s.kornGraubard(tail, s.Rows)
		}
		return s.kornGraubard(tail, s.N)
	case Truncated:
		return ClopperPearson(s.P, s.truncatedSize(tail), tail)
	case Wilsons:
		return Wilson(s.P, s.V, s.N, s.t(tail))
	case Likelihood:
		return s.likelihood(tail)
	}
	panic("interval: no such method")
}

// limitsOfCertain are those of a share of 0 or 1. R prints the share itself for
// the plain method and nothing, or rounding, for the others. Here the number of
// answers stands for the effective size where a method has one.
func (s Share) limitsOfCertain(m Method, tail float64, reading Reading) Limits {
	if reading == AsInR {
		if m == Mean {
			return limits(s.P, s.P, "")
		}
		return Limits{Note: NoVariance}
	}
	switch m {
	case Wilsons:
		lo, hi := Wilson(s.P, 0, s.N, s.t(tail))
		return limits(lo, hi, NoVariance)
	case Beta, Truncated:
		lo, hi := ClopperPearson(s.P, s.truncatedSize(tail), tail)
		return limits(lo, hi, NoVariance)
	}
	return Limits{Note: NoVariance}
}
