package survey

import (
	"errors"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// Independence is a test that the variables of a table are independent.
type Independence uint8

// The tests, by R's names for svychisq.
const (
	RaoScottF    Independence = iota // second-order correction (Thomas and Rao 1987)
	RaoScottChi2                     // first-order correction (Rao and Scott 1984)
	Wald
	AdjustedWald
)

// IndependenceNames are the tests' names in R, by Independence.
var IndependenceNames = []string{"F", "Chisq", "Wald", "adjWald"}

// ParseIndependence finds a test by its name.
//
//gosec:disable G115 -- an index into a list of a few names
func ParseIndependence(name string) (Independence, bool) {
	at := slices.Index(IndependenceNames, name)
	return Independence(max(at, 0)), at >= 0
}

// TableTest is the outcome of a test of independence. DDF is nothing for a
// chi-squared. P is nothing without degrees of freedom.
type TableTest struct{ Value, NDF, DDF, P number.Value }

// Test tests independence, on the levels that a row with a weight has. observed
// takes the degrees of freedom of the rows that have both variables in place of
// R's, those of all rows of the sample. The error tells what the table lacks, or is
// a *Problems of the sample.
func (t *Table) Test(which Independence, observed bool) (TableTest, error) {
	if err := t.cross.testable(); err != nil {
		return TableTest{}, err
	}
	if err := t.estimateShares(); err != nil {
		return TableTest{}, err
	}
	df := t.sample.dfWithZeros()
	if observed {
		df = t.shares.DFObserved
	}
	switch which {
	case RaoScottF, RaoScottChi2:
		return t.raoScott(which, df)
	case Wald, AdjustedWald:
		return t.waldTest(which, df)
	}
	panic("survey: no such test of independence")
}

// dfWithZeros are the sample's PSUs less its strata, those included that have rows
// of weight 0 alone (in svychisq and nowhere else); or the rank of the replicate
// weights less 1.
func (s *Sample) dfWithZeros() float64 {
	if s.reps != nil {
		return s.DF()
	}
	return s.design.df(s.rows())
}

func (t *Table) estimateShares() (err error) {
	if t.shares == nil {
		t.shares, err = t.sample.Estimate(NewMean(t.cross.column))
	}
	return err
}

// raoScott is Pearson's X2 with its distribution corrected for the design (Rao and
// Scott 1981, 1984; R's svychisq). n counts the rows of the design, with those that
// lack a variable, as R does; the corrections have it too, so that it bears on
// the value of RaoScottChi2 alone.
func (t *Table) raoScott(which Independence, df float64) (TableTest, error) {
	n := float64(t.sample.DesignRows())
	x2 := t.cross.pearson(t.shares.Theta, n)
	effects := t.cross.generalisedEffects(t.shares.Theta, t.shares.V, n)
	if effects == nil {
		return TableTest{}, t.cross.singular(df)
	}
	trace, q := mat.Trace(effects), float64(t.cross.contrasts())
	if !(trace > rounding) {
		return TableTest{}, errors.New("the cells have no variance")
	}
	if which == RaoScottChi2 {
		p := distribution.ChiSquaredUpper(x2*q/trace, q)
		return TableTest{Value: number.Of(x2), NDF: number.Of(q), P: number.Of(p)}, nil
	}
	var squares mat.Dense
	squares.Mul(effects, effects)
	d := trace * trace / mat.Trace(&squares)
	return fTest(x2/trace, d, d*df), nil
}

// waldTest is a Wald test of the cells' departures from independence, with their
// covariance by the delta method, and with a correction for few degrees of freedom
// where it is adjusted.
func (t *Table) waldTest(which Independence, df float64) (TableTest, error) {
	e, err := t.sample.Estimate(NewTotal(t.cross.scores()...))
	if err != nil {
		return TableTest{}, err
	}
	w, ok := wald(e.Theta, e.V)
	if !ok {
		return TableTest{}, t.cross.singular(df)
	}
	q := float64(t.cross.contrasts())
	if which == AdjustedWald {
		left := df - q + 1
		return fTest(w*left/(q*df), q, left), nil
	}
	return fTest(w/q, q, df), nil
}

func fTest(f, df1, df2 float64) TableTest {
	t := TableTest{Value: number.Of(f), NDF: number.Of(df1), DDF: number.Of(df2)}
	if df2 > 0 && t.Value.Known() {
		t.P = number.Of(distribution.FUpper(f, df1, df2))
	}
	return t
}
