package survey

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestAlphaAgreesWithR holds weighted alpha against R's svycralpha.
func TestAlphaAgreesWithR(t *testing.T) {
	type question struct{ Vars []string }
	type wanted struct{ Alpha *float64 }
	eachAnswer(t, "cronbach", map[string]int{"alpha_weighted.json": 6}, func(a *answer[question, wanted]) {
		var items [][]float64
		for _, v := range a.ask.Vars {
			items = append(items, a.f.numbers(v))
		}
		alpha, err := NewAlpha(items...)
		if err != nil {
			a.c.Fatal(err)
		}
		e, err := a.s.Estimate(alpha)
		if err != nil {
			a.c.Fatal(err)
		}
		a.c.close("alpha", e.Theta[0], a.want.Alpha, 1e-10, 0)
	})
}

// The linearised error of alpha is close to the jackknife's, which recomputes it
// without each respondent.
func TestErrorOfAlphaIsCloseToTheJackknife(t *testing.T) {
	f := readFrame(t, "likert_a")
	s, err := New(Design{Rows: f.rows, Weights: f.numbers("weight")})
	if err != nil {
		t.Fatal(err)
	}
	alpha, err := NewAlpha(f.numbers("will_1"), f.numbers("will_2"), f.numbers("will_3"))
	if err != nil {
		t.Fatal(err)
	}
	jackknife, err := s.Replicate(Replication{Kind: JK1})
	if err != nil {
		t.Fatal(err)
	}
	var errors [2]float64
	for i, sample := range []*Sample{s, jackknife} {
		e, err := sample.Estimate(alpha)
		if err != nil {
			t.Fatal(err)
		}
		errors[i] = value(e.SE(0))
	}
	if ratio := errors[0] / errors[1]; !(math.Abs(ratio-1) < 0.03) {
		t.Errorf("the errors are %v and %v, %v of one another", errors[0], errors[1], ratio)
	}
}

// An item that all items are copies of has alpha 1, whatever the weights; an item
// and its reverse have none, as their sum is constant.
func TestAlphaOfCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(-5, 5), 4, 12).Draw(t, "y")
		w := rapid.SliceOfN(rapid.Float64Range(0.1, 9), len(y), len(y)).Draw(t, "w")
		y[0], y[1] = 3, 4
		reversed := make([]float64, len(y))
		for k, v := range y {
			reversed[k] = 7 - v
		}
		copies, _ := NewAlpha(y, y, y)
		if got := copies.Estimate(w)[0]; math.Abs(got-1) > 1e-9 {
			t.Errorf("alpha of copies is %v", got)
		}
		opposed, _ := NewAlpha(y, reversed)
		s, err := New(Design{Rows: len(y), Weights: w})
		if err != nil {
			t.Fatal(err)
		}
		e, err := s.Estimate(opposed)
		if err != nil {
			t.Fatal(err)
		}
		if e.Value(0).Known() || e.SE(0).Known() {
			t.Errorf("alpha of a constant sum is %v", e.Theta)
		}
	})
}

func TestAlphaOfOneItem(t *testing.T) {
	if _, err := NewAlpha([]float64{1, 2}); err == nil {
		t.Error("no error for one item")
	}
}
