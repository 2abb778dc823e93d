package reports_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

func difference(estimate, lower, upper float64) disclose.Row {
	return disclose.Row{Estimate: number.Of(estimate), Lower: number.Of(lower), Upper: number.Of(upper)}
}

func TestJudge(t *testing.T) {
	adjusted := func(row disclose.Row, p float64) disclose.Row {
		row.PAdjusted = number.Of(p)
		return row
	}
	hidden := difference(6, 3, 9)
	hidden.Status = disclose.Confidential
	for _, c := range []struct {
		row  disclose.Row
		want reports.Verdict
	}{
		{difference(6.8, 3.9, 9.7), reports.ClearMeaningful},
		{difference(-7.2, -9.4, -5.0), reports.ClearMeaningful},
		{difference(5, 0.1, 9.9), reports.ClearMeaningful},
		{difference(-4.4, -6.9, -1.8), reports.ClearSmall},
		{difference(2, 1, 3), reports.ClearSmall},
		{difference(0.9, -1.8, 3.6), reports.NoMeaningful},
		{difference(0, -5, 5), reports.NoMeaningful},
		{difference(4.1, -1.8, 9.9), reports.CannotTell},
		{difference(0, -5.1, 5), reports.CannotTell},
		{difference(4, 0, 8), reports.CannotTell},
		{adjusted(difference(6.8, 3.9, 9.7), 0.04), reports.ClearMeaningful},
		{adjusted(difference(6.8, 3.9, 9.7), 0.2), reports.CannotTell},
		{adjusted(difference(2, 1, 3), 0.2), reports.NoMeaningful},
		{hidden, reports.None},
		{disclose.Row{}, reports.None},
	} {
		if got := reports.Judge(c.row, 5, 0.95); got != c.want {
			t.Errorf("%s (%s to %s): %q, want %q", c.row.Estimate.Full(), c.row.Lower.Full(), c.row.Upper.Full(), got, c.want)
		}
	}
}

// No verdict claims what its interval does not carry.
func TestVerdictsAreCarriedByTheInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		estimate := rapid.Float64Range(-40, 40).Draw(t, "estimate")
		half := rapid.Float64Range(0, 30).Draw(t, "half")
		row := difference(estimate, estimate-half, estimate+half)
		lower, upper := row.Lower.Or(0), row.Upper.Or(0)
		switch reports.Judge(row, 5, 0.95) {
		case reports.ClearMeaningful:
			if lower <= 0 && upper >= 0 || math.Abs(estimate) < 5 {
				t.Fatalf("clear and meaningful: %v (%v to %v)", estimate, lower, upper)
			}
		case reports.ClearSmall:
			if lower <= 0 && upper >= 0 || math.Abs(estimate) >= 5 {
				t.Fatalf("clear but small: %v (%v to %v)", estimate, lower, upper)
			}
		case reports.NoMeaningful:
			if lower < -5 || upper > 5 || lower > 0 || upper < 0 {
				t.Fatalf("no meaningful difference: %v (%v to %v)", estimate, lower, upper)
			}
		case reports.CannotTell:
			if lower > 0 || upper < 0 || lower >= -5 && upper <= 5 {
				t.Fatalf("cannot tell: %v (%v to %v)", estimate, lower, upper)
			}
		default:
			t.Fatal("a shown difference without a verdict")
		}
	})
}
